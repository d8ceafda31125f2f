#include "ui/dialogs/side_by_side.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/canvas/overlay.h"
#include "ui/model/overlay_state.h"

namespace maskwright::ui {
namespace {

constexpr int kSide = 320;                                 // pixels: the longer side of a picture here
constexpr std::size_t kFound = 0, kChosen = 3, kBoth = 2;  // places in kOverlayColours: pink, blue, green

// The picture, small, with one map over the other where they are given.
QImage small(const PicturePyramid& picture, double ratio) {
    const QSize size = picture.size().scaled(QSize(kSide, kSide) * ratio, Qt::KeepAspectRatio);
    const double scale = double(size.width()) / picture.size().width();
    return picture.levels[std::size_t(picture.levelFor(scale))]
        .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

void lay(QImage& over, const HeatPyramid& map, double threshold, output::Colour colour) {
    ViewTransform view;
    view.scale = double(over.width()) / map.full->width;
    output::Appearance appearance = screenAppearance(colour);
    appearance.threshold = threshold;
    QPainter(&over).drawImage(0, 0, renderOverlay(map, view, over.rect(), appearance));
}

// Each pixel in the colour of who has it.
void layAgreement(QImage& over, const HeatPyramid& found, double threshold, const HeatPyramid& chosen) {
    ViewTransform view;
    view.scale = double(over.width()) / found.full->width;
    const Heatmap a = sampled(found, view, over.rect()).map, b = sampled(chosen, view, over.rect()).map;
    if (a.empty() || b.empty()) {
        return;
    }
    QImage colours(over.size(), QImage::Format_ARGB32);
    colours.fill(Qt::transparent);
    for (int y = 0; y < colours.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(colours.scanLine(y));
        for (int x = 0; x < colours.width(); ++x) {
            const bool inA = double(a.at(x, y)) > threshold, inB = b.at(x, y) > 0.5f;
            if (inA || inB) {
                const output::Colour c = kOverlayColours[inA && inB ? kBoth : inA ? kFound : kChosen];
                line[x] = qRgba(c[0], c[1], c[2], 150);
            }
        }
    }
    QPainter(&over).drawImage(0, 0, colours);
}

}  // namespace

Agreement agreement(const Heatmap& found, double threshold, const Heatmap& chosen) {
    Agreement counts;
    for (std::size_t i = 0; i < std::min(found.pixels.size(), chosen.pixels.size()); ++i) {
        const bool a = double(found.pixels[i]) > threshold, b = chosen.pixels[i] > 0.5f;
        counts.both += a && b ? 1 : 0;
        counts.foundAlone += a && !b ? 1 : 0;
        counts.chosenAlone += b && !a ? 1 : 0;
    }
    return counts;
}

SideBySide::SideBySide(Document& document, Preview& preview, Candidates& candidates, QWidget* parent)
    : QDialog(parent), document_(document), preview_(preview), candidates_(candidates), text_(new QLabel) {
    setAttribute(Qt::WA_DeleteOnClose);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    for (int i = 0; i < 3; ++i) {
        pictures_[std::size_t(i)] = new QLabel;
        titles_[std::size_t(i)] = new QLabel;
        titles_[std::size_t(i)]->setObjectName("title");
        grid->addWidget(titles_[std::size_t(i)], 0, i);
        grid->addWidget(pictures_[std::size_t(i)], 1, i);
    }
    text_->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->addLayout(grid);
    column->addWidget(text_);
    column->addWidget(buttons);
    connect(&preview_, &Preview::findingChanged, this, &SideBySide::follow);
    connect(&document_, &Document::thresholdChanged, this, &SideBySide::follow);
    connect(&candidates_, &Candidates::chosenChanged, this, &SideBySide::follow);
    connect(&candidates_, &Candidates::ranked, this, &SideBySide::follow);
    follow();
}

void SideBySide::follow() {
    setWindowTitle(tr("Where it is, and which one"));
    titles_[0]->setText(tr("Where is it (CLIPSeg)"));
    titles_[1]->setText(tr("Which one (Global-Local CLIP)"));
    titles_[2]->setText(tr("Agreement"));
    const auto& finding = preview_.finding();
    const auto found = finding && !finding->maps.empty() ? finding->maps.front() : nullptr;
    const auto chosen = candidates_.map();
    const auto& pyramid = document_.picture().pyramid;
    const double threshold = document_.threshold();
    for (std::size_t i = 0; i < 3; ++i) {
        if (!pyramid || pyramid->levels.empty()) {
            pictures_[i]->clear();
            continue;
        }
        QImage image = small(*pyramid, devicePixelRatioF());
        if (i == 0 && found) {
            lay(image, *found, threshold, kOverlayColours[kFound]);
        } else if (i == 1 && chosen) {
            lay(image, *chosen, 0.5, kOverlayColours[kChosen]);
        } else if (i == 2 && found && chosen) {
            layAgreement(image, *found, threshold, *chosen);
        }
        image.setDevicePixelRatio(devicePixelRatioF());
        pictures_[i]->setPixmap(QPixmap::fromImage(image));
    }
    if (!found || !chosen) {
        text_->setText(tr("Type a phrase, so that both have an answer."));
        return;
    }
    const Agreement counts = agreement(*found->full, threshold, *chosen->full);
    text_->setText(tr("Intersection over union: %1. Green: both; pink: only where it is; blue: only which one.")
                       .arg(QLocale().toString(counts.iou(), 'f', 2)));
}

void SideBySide::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        follow();
    }
    QDialog::changeEvent(event);
}

}  // namespace maskwright::ui
