#include "ui/model/overlay_state.h"

#include <QSettings>
#include <algorithm>

#include "ui/model/settings.h"

namespace maskwright::ui {

output::Appearance screenAppearance(output::Colour colour) {
    output::Appearance appearance;
    appearance.colour = colour;
    appearance.edge = 1;
    appearance.lineWidth = 1.6;
    return appearance;
}

namespace {

// All there is: it is drawn stronger than one beside a fill.
void asOutline(output::Appearance& appearance) {
    appearance.mode = output::OverlayMode::outline;
    appearance.opacity = 1;
    appearance.lineWidth = 2.4;
}

}  // namespace

output::OverlayMode modeOf(MaskView view) {
    switch (view) {
        case MaskView::spotlight:
            return output::OverlayMode::spotlight;
        case MaskView::heat:
            return output::OverlayMode::heat;
        case MaskView::outline:
            return output::OverlayMode::outline;
        default:
            return output::OverlayMode::tint;
    }
}

OverlayState::OverlayState(Document& document, QObject* parent) : QObject(parent), document_(document) {
    const QSettings kept;
    view_ = MaskView(std::clamp(kept.value(settings::kMaskMode, 0).toInt(), 0, kMaskViews - 1));
    split_ = kept.value(settings::kSplit, false).toBool();
    splitAt_ = std::clamp(kept.value(settings::kSplitAt, 0.5).toDouble(), 0.0, 1.0);
    opacity_ = std::clamp(kept.value(settings::kMaskOpacity, output::Appearance{}.opacity).toDouble(), 0.0, 1.0);
    colour_ = std::clamp(kept.value(settings::kMaskColour, 0).toInt(), 0, int(kOverlayColours.size()) - 1);
    cutoutEdge_ = output::CutoutEdge(std::clamp(kept.value(settings::kCutoutEdge, 0).toInt(), 0, 1));
    connect(&document_, &Document::thresholdChanged, this, &OverlayState::changed);
    connect(&document_, &Document::rowsChanged, this, &OverlayState::changed);
}

output::Appearance OverlayState::appearance() const {
    output::Appearance appearance = screenAppearance(colourNow());
    appearance.threshold = document_.threshold();
    appearance.opacity = opacity_;
    appearance.mode = modeOf(view_);
    if (view_ == MaskView::outline) {
        asOutline(appearance);
    }
    appearance.cutoutEdge = cutoutEdge_;
    return appearance;
}

output::Appearance OverlayState::appearanceOf(const Row& row) const {
    output::Appearance appearance = screenAppearance(row.colour);
    appearance.threshold = document_.thresholdOf(row);
    appearance.opacity = opacity_;
    if (view_ == MaskView::outline) {
        asOutline(appearance);
    }
    return appearance;
}

output::Colour OverlayState::colourNow() const {
    const Row* row = document_.row(document_.currentRow());
    return row != nullptr ? row->colour : document_.nextColour(colour_);
}

int OverlayState::colour() const {
    const auto found = std::find(kOverlayColours.begin(), kOverlayColours.end(), colourNow());
    return found == kOverlayColours.end() ? -1 : int(found - kOverlayColours.begin());
}

void OverlayState::setView(MaskView view) {
    view_ = view;
    keep();
    Q_EMIT changed();
}

void OverlayState::setSplit(bool split) {
    split_ = split;
    keep();
    Q_EMIT changed();
}

void OverlayState::setSplitAt(double share) {
    splitAt_ = std::clamp(share, 0.0, 1.0);
    Q_EMIT changed();
}

void OverlayState::setColour(int colour) {
    const output::Colour chosen = kOverlayColours[std::size_t(colour)];
    if (!document_.currentRow().isEmpty()) {
        document_.editRow(document_.currentRow(), tr("colour"), {}, [&](Row& row) { row.colour = chosen; });
        return;
    }
    colour_ = colour;
    keep();
    Q_EMIT changed();
}

void OverlayState::setCutoutEdge(output::CutoutEdge edge) {
    cutoutEdge_ = edge;
    keep();
    Q_EMIT changed();
}

void OverlayState::setOpacity(double opacity) {
    opacity_ = opacity;
    Q_EMIT changed();
}

void OverlayState::keep() const {
    QSettings kept;
    kept.setValue(settings::kMaskMode, int(view_));
    kept.setValue(settings::kSplit, split_);
    kept.setValue(settings::kSplitAt, splitAt_);
    kept.setValue(settings::kMaskOpacity, opacity_);
    kept.setValue(settings::kMaskColour, colour_);
    kept.setValue(settings::kCutoutEdge, int(cutoutEdge_));
}

}  // namespace maskwright::ui
