#include "ui/model/corrections.h"

#include <QRect>
#include <algorithm>
#include <utility>

#include "core/image/mask_ops.h"
#include "core/image/run_ops.h"
#include "core/image/run_parts.h"
#include "core/output/names.h"
#include "core/project/mask.h"
#include "ui/model/background.h"

namespace maskwright::ui {
namespace {

constexpr int kCandidateName = 1000;  // characters, as a phrase may have
constexpr double kMostlyIn = 0.8;     // of a candidate that counts as one of the mask's objects

Mask changed(const Mask& mask, MaskChange change, double amount) {
    switch (change) {
        case MaskChange::fillHoles:
            return holesFilled(mask);
        case MaskChange::largestPart:
            return largestPart(mask);
        case MaskChange::dropSpecks:
            return specksDropped(mask, std::int64_t(amount));
        case MaskChange::grow:
            return grown(mask, amount);
        case MaskChange::shrink:
            return shrunk(mask, amount);
        case MaskChange::smooth:
            return smoothed(mask, amount);
        default:
            return inverted(mask);
    }
}

QString titleOf(MaskChange change) {
    switch (change) {
        case MaskChange::fillHoles:
            return Corrections::tr("holes filled");
        case MaskChange::largestPart:
            return Corrections::tr("largest part kept");
        case MaskChange::dropSpecks:
            return Corrections::tr("specks dropped");
        case MaskChange::grow:
            return Corrections::tr("mask grown");
        case MaskChange::shrink:
            return Corrections::tr("mask shrunk");
        case MaskChange::smooth:
            return Corrections::tr("mask smoothed");
        default:
            return Corrections::tr("mask inverted");
    }
}

// Those with the pixel inside, the smallest first.
std::vector<Runs> masksAt(const std::vector<proposals::Proposal>& all, QPoint pixel) {
    std::vector<const proposals::Proposal*> found;
    for (const proposals::Proposal& one : all) {
        if (holds(one.runs, pixel.x(), pixel.y())) {
            found.push_back(&one);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->area < b->area; });
    std::vector<Runs> masks;
    for (const proposals::Proposal* one : found) {
        masks.push_back(one->runs);
    }
    return masks;
}

// Of the candidates, or else of the mask.
Runs objectAt(const ShownMask& shown, double threshold, QPoint pixel, const std::vector<Runs>& candidates) {
    const Runs mask = shown.runs(threshold);
    if (!holds(mask, pixel.x(), pixel.y())) {
        return noPixel(mask.width, mask.height);
    }
    const Runs* best = nullptr;
    for (const Runs& one : candidates) {
        const bool in = double(common(one, mask).area()) >= kMostlyIn * double(one.area());
        if (in && (best == nullptr || one.area() > best->area())) {
            best = &one;
        }
    }
    return best != nullptr ? common(*best, mask) : partAt(mask, pixel.x(), pixel.y());
}

}  // namespace

Corrections::Corrections(Document& document, const RowFindings& rows, const Candidates& candidates,
                         PictureObjects& objects, const OverlayState& overlay, QObject* parent)
    : QObject(parent),
      document_(document),
      rows_(rows),
      candidates_(candidates),
      objects_(objects),
      overlay_(overlay) {}

bool Corrections::possible() const {
    const auto& image = document_.picture().image;
    return !candidates_.on() && image && rows_.shownNow().size() == QSize(image->width, image->height);
}

bool Corrections::takeUp(QPoint pixel) {
    if (!candidates_.on() && rows_.nothingInHand()) {
        if (const Row* row = rows_.meantAt(pixel)) {
            document_.selectRow(row->id);
        }
    }
    return possible();
}

bool Corrections::any() const {
    const Row* row = document_.row(document_.currentRow());
    return row != nullptr && !row->correction.empty();
}

ShownMask Corrections::with(const Runs& stroke, BrushUse use) const {
    ShownMask shown = rows_.shownNow();
    shown.correction =
        use == BrushUse::paint ? project::painted(shown.correction, stroke) : project::erased(shown.correction, stroke);
    return shown;
}

QString Corrections::rowInHand() {
    if (document_.currentRow().isEmpty()) {
        document_.keepRow(overlay_.colourNow(), true);
    }
    return document_.currentRow();
}

void Corrections::stroke(const Runs& stroke, BrushUse use) {
    if (!possible() || isEmpty(stroke)) {
        return;
    }
    const project::Correction after = with(stroke, use).correction;
    document_.editRow(rowInHand(), use == BrushUse::paint ? tr("brush stroke") : tr("eraser stroke"), {},
                      [&](Row& row) { row.correction = after; });
}

void Corrections::change(MaskChange change, double amount) {
    if (!possible() || busy_) {
        return;
    }
    setBusy(true);
    const ShownMask shown = rows_.shownNow();
    inBackground(
        this,
        [shown, threshold = document_.threshold(), change, amount] {
            const Runs before = shown.runs(threshold);
            return project::changedTo(shown.correction, before, runsFromMask(changed(toMask(before), change, amount)));
        },
        [this, shown, change](const Result<project::Correction>& after) {
            setBusy(false);
            if (!after) {
                Q_EMIT failed(after.error());
            } else if (rows_.shownNow() == shown && !(*after == shown.correction)) {  // else it is another mask by now
                document_.editRow(rowInHand(), titleOf(change), {}, [&](Row& row) { row.correction = *after; });
            }
        });
}

void Corrections::takeBack() {
    document_.editRow(document_.currentRow(), tr("correction removed"), {}, [](Row& row) { row.correction = {}; });
}

void Corrections::takeObject(QPoint pixel) {
    const std::vector<int> under = candidates_.at(pixel);
    if (candidates_.on()) {
        under.empty() ? Q_EMIT missed() : takeCandidate(under.front());
        return;
    }
    const Row* row = rows_.nothingInHand() ? rows_.meantAt(pixel) : nullptr;
    const ShownMask shown = row != nullptr ? rows_.shownOf(*row) : ShownMask{};
    if (QRect(QPoint(0, 0), shown.size()).contains(pixel) &&
        shown.at(pixel.x(), pixel.y()) > float(document_.thresholdOf(*row))) {
        document_.selectRow(row->id);  // beside its mask the object is one of the picture's
    }
    if (!document_.hasPicture() || busy_) {
        Q_EMIT missed();
        return;
    }
    if (const auto& answer = candidates_.answer()) {  // the person has looked at these
        takeFrom(pixel, masksAt(answer->candidates, pixel));
        return;
    }
    objects_.want([this, pixel](const Result<PictureObjects::Masks>& known) {
        if (known) {
            takeFrom(pixel, masksAt(*known, pixel));
        } else if (possible()) {
            takeFrom(pixel, {});  // what hangs together needs no model
        } else {
            Q_EMIT failed(known.error());
        }
    });
}

void Corrections::takeFrom(QPoint pixel, const std::vector<Runs>& there) {
    if (!possible()) {
        there.empty() ? Q_EMIT missed() : addObject(there.front(), objectName());
        return;
    }
    if (busy_) {
        return;
    }
    setBusy(true);
    const auto image = document_.picture().image;
    inBackground(
        this,
        [shown = rows_.shownNow(), threshold = document_.threshold(), pixel, there] {
            return objectAt(shown, threshold, pixel, there);
        },
        [this, image, name = objectName()](const Result<Runs>& object) {
            setBusy(false);
            if (!object) {
                Q_EMIT failed(object.error());
            } else if (image != document_.picture().image) {
                return;
            } else if (isEmpty(*object)) {
                Q_EMIT missed();
            } else {
                addObject(*object, name);
            }
        });
}

void Corrections::takeCandidate(int candidate) {
    const auto& answer = candidates_.answer();
    if (answer && candidate >= 0 && candidate < candidates_.count()) {
        // The whole expression: "the left horse" and "the right horse" are two rows.
        const QString meant = candidates_.expression().left(kCandidateName);
        addObject(answer->candidates[std::size_t(candidate)].runs, meant.isEmpty() ? objectName() : meant);
    }
}

QString Corrections::objectName() const {
    const Row* row = document_.row(document_.currentRow());
    const std::string label = row != nullptr ? row->title().toStdString() : document_.search().label();
    return label == output::kSupportLabel ? tr("Object") : QString::fromStdString(label);
}

// A second cat is "cat 2": rows that are called alike cannot be told apart in the list.
void Corrections::addObject(Runs object, const QString& name) {
    const auto taken = [this](const QString& wanted) {
        return std::any_of(document_.rows().begin(), document_.rows().end(),
                           [&](const Row& row) { return row.title() == wanted; });
    };
    QString own = name;
    for (int number = 2; taken(own); ++number) {
        own = QStringLiteral("%1 %2").arg(name).arg(number);
    }
    Row row;
    row.name = own;
    row.object = std::make_shared<const Runs>(std::move(object));
    document_.addRow(tr("object “%1”").arg(own), std::move(row), document_.nextColour(1));
    Q_EMIT objectTaken(own);
}

void Corrections::setBusy(bool busy) {
    if (busy != busy_) {
        busy_ = busy;
        Q_EMIT busyChanged(busy);
    }
}

}  // namespace maskwright::ui
