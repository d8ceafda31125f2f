#include "ui/model/row_findings.h"

#include <QRect>
#include <algorithm>
#include <utility>

#include "core/project/mask.h"
#include "ui/model/edges.h"

namespace maskwright::ui {
namespace {

// Of one pixel.
bool inside(const ShownMask& shown, QPoint pixel, double threshold) {
    const int x = pixel.x(), y = pixel.y();
    if (!QRect(QPoint(0, 0), shown.size()).contains(pixel) || !(shown.at(x, y) > float(threshold))) {
        return false;
    }
    const bool byHand = shown.correction.added && holds(*shown.correction.added, x, y);
    return byHand || std::none_of(shown.rivals.begin(), shown.rivals.end(), [&](const Rival& rival) {
               const float other = ShownMask{rival.map, rival.object}.at(x, y);
               return project::takes(other, float(rival.threshold), shown.at(x, y), rival.first);
           });
}

}  // namespace

RowFindings::RowFindings(Document& document, Preview& preview, Jobs& jobs, QObject* parent)
    : QObject(parent), document_(document), preview_(preview), jobs_(jobs) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &RowFindings::ask);
    connect(&document_, &Document::rowsChanged, this, &RowFindings::follow);
    connect(&document_, &Document::pictureChanged, this, &RowFindings::forget);
    connect(&preview_, &Preview::modelOpened, this, &RowFindings::forget);
    connect(&preview_, &Preview::findingChanged, this, &RowFindings::follow);
    connect(&document_, &Document::rowsCompeteChanged, this, &RowFindings::changed);
}

const RowFinding* RowFindings::of(const QString& id) const {
    const auto found = found_.find(id);
    return found == found_.end() ? nullptr : &found->second;
}

ShownMask RowFindings::shownOf(const Row& row) const {
    if (row.object) {
        return {nullptr, row.object, row.correction, rivalsOf(row.id)};
    }
    const RowFinding* finding = of(row.id);
    return {finding != nullptr ? finding->map : nullptr, nullptr, row.correction, rivalsOf(row.id)};
}

std::vector<Rival> RowFindings::rivalsOf(const QString& id) const {
    if (!document_.rowsCompete()) {
        return {};
    }
    std::vector<Rival> rivals;
    bool first = true;
    for (const Row& row : document_.rows()) {
        const RowFinding* finding = of(row.id);
        if (row.id == id) {
            first = false;
        } else if (row.visible && row.object) {
            rivals.push_back({nullptr, row.object, document_.thresholdOf(row), first});
        } else if (row.visible && finding != nullptr && finding->map) {
            rivals.push_back({finding->map, nullptr, document_.thresholdOf(row), first});
        }
    }
    const auto& typed = preview_.finding();
    const bool inHand = document_.currentRow().isEmpty() && !id.isEmpty();
    if (inHand && typed && !typed->maps.empty() && typed->answer.image == document_.picture().image) {
        rivals.push_back({typed->maps.front(), nullptr, document_.threshold(), false});
    }
    return rivals;
}

ShownMask RowFindings::shownNow() const {
    const Row* row = document_.row(document_.currentRow());
    if (row != nullptr && (row->object || current(*row))) {
        return shownOf(*row);
    }
    const auto& finding = preview_.finding();
    ShownMask shown{finding && !finding->maps.empty() ? finding->maps.front() : nullptr};
    shown.rivals = rivalsOf(document_.currentRow());
    if (row != nullptr) {
        shown.correction = row->correction;
    }
    return shown;
}

bool RowFindings::nothingInHand() const { return document_.currentRow().isEmpty() && document_.search().empty(); }

std::vector<const Row*> RowFindings::known() const {
    std::vector<const Row*> rows;
    for (const Row& row : document_.rows()) {
        if (row.visible && !shownOf(row).empty()) {
            rows.push_back(&row);
        }
    }
    return rows;
}

const Row* RowFindings::meantAt(QPoint pixel) const {
    const auto rows = known();
    if (rows.size() == 1) {
        return rows.front();
    }
    const auto hit = std::find_if(rows.rbegin(), rows.rend(), [&](const Row* row) {  // later ones are drawn over these
        return inside(shownOf(*row), pixel, document_.thresholdOf(*row));
    });
    return hit == rows.rend() ? nullptr : *hit;
}

bool RowFindings::current(const Row& row) const {
    const RowFinding* finding = of(row.id);
    return finding != nullptr && sameQuestion(finding->asked, row.search);
}

void RowFindings::forget() {
    jobs_.drop(this);
    asked_.clear();
    found_.clear();
    Q_EMIT changed();
    follow();
}

void RowFindings::follow() {
    bool different = std::erase_if(found_, [this](const auto& f) { return document_.row(f.first) == nullptr; }) > 0;
    const auto& finding = preview_.finding();
    const bool usable = finding && !finding->maps.empty() && finding->answer.image == document_.picture().image;
    bool missing = false;
    for (const Row& row : document_.rows()) {
        const bool known = current(row);
        if (row.object || (known && sameEdges(of(row.id)->asked, row.search))) {
            continue;
        }
        if (usable && sameQuestion(preview_.foundFor(), row.search) &&
            (!known || sameEdges(preview_.foundFor(), row.search))) {
            const auto& coarse = finding->answer.coarse;
            found_[row.id] = {preview_.foundFor(),
                              finding->maps.front(),
                              double(finding->answer.presence.front()),
                              {},
                              coarse.empty() ? nullptr : coarse.front()};
            different = true;
        } else if (!known) {
            // The preview asks for the current one itself.
            missing = missing || (row.id != document_.currentRow() && row.visible);
        }
    }
    if (missing && document_.hasPicture()) {
        soon_.start();
    }
    // What is typed takes pixels from the rows, too.
    if (different || (document_.rowsCompete() && !document_.rows().empty())) {
        Q_EMIT changed();
    }
    followEdges();
}

// Of the rows that are not worked on: the preview makes its own.
void RowFindings::followEdges() {
    for (const Row& row : document_.rows()) {
        const RowFinding* finding = of(row.id);
        if (refining_ || row.id == document_.currentRow() || !current(row) || !finding->coarse ||
            sameEdges(finding->asked, row.search)) {
            continue;
        }
        refining_ = true;
        makeEdges(this, finding->coarse, document_.picture().image, row.search,
                  [this, id = row.id, wanted = row.search,
                   coarse = finding->coarse](const Result<std::shared_ptr<const HeatPyramid>>& map) {
                      refining_ = false;
                      const auto known = found_.find(id);
                      if (known != found_.end() && known->second.coarse == coarse) {
                          known->second.asked.refine = wanted.refine;
                          known->second.asked.refineRadius = wanted.refineRadius;
                          known->second.map = map ? *map : known->second.map;
                          Q_EMIT changed();
                      }
                      followEdges();
                  });
    }
}

void RowFindings::ask() {
    session::Request request;
    request.engine = jobs_.engine();
    request.image = document_.picture().image;
    std::vector<std::pair<QString, Search>> wanted;
    bool known = true;
    for (const Row& row : document_.rows()) {
        if (request.image && row.visible && !row.object && row.id != document_.currentRow() && !current(row) &&
            !row.search.empty()) {
            const auto under = asked_.find(row.id);
            known = known && under != asked_.end() && sameQuestion(under->second, row.search);
            request.prompts.push_back(row.search.prompt());
            wanted.emplace_back(row.id, row.search);
        }
    }
    if (wanted.empty() || (known && asked_.size() == wanted.size())) {
        return;  // it is on its way
    }
    jobs_.drop(this);
    asked_ = {wanted.begin(), wanted.end()};
    jobs_.run(this, std::move(request),
              [this, wanted = std::move(wanted)](const std::shared_ptr<const Finding>& finding) {
                  asked_.clear();
                  for (std::size_t i = 0; i < wanted.size(); ++i) {
                      RowFinding& row = found_[wanted[i].first];
                      row = {wanted[i].second, nullptr, -1, finding->answer.error};
                      // One job has one radius; followEdges() makes the others.
                      row.asked.refine = true;
                      row.asked.refineRadius = kRefineRadius;
                      if (!finding->answer.error && i < finding->maps.size()) {
                          row.map = finding->maps[i];
                          row.presence = double(finding->answer.presence[i]);
                          row.coarse = i < finding->answer.coarse.size() ? finding->answer.coarse[i] : nullptr;
                      }
                  }
                  Q_EMIT changed();
                  follow();
              });
}

}  // namespace maskwright::ui
