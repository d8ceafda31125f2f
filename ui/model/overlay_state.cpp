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

OverlayState::OverlayState(Document& document, QObject* parent) : QObject(parent), document_(document) {
    const QSettings kept;
    mode_ = output::OverlayMode(std::clamp(kept.value(settings::kMaskMode, 0).toInt(), 0, 2));
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
    appearance.mode = mode_;
    appearance.cutoutEdge = cutoutEdge_;
    return appearance;
}

output::Appearance OverlayState::appearanceOf(const Row& row) const {
    output::Appearance appearance = screenAppearance(row.colour);
    appearance.threshold = document_.thresholdOf(row.search);
    appearance.opacity = opacity_;
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

void OverlayState::setMode(output::OverlayMode mode) {
    mode_ = mode;
    keep();
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
    kept.setValue(settings::kMaskMode, int(mode_));
    kept.setValue(settings::kMaskOpacity, opacity_);
    kept.setValue(settings::kMaskColour, colour_);
    kept.setValue(settings::kCutoutEdge, int(cutoutEdge_));
}

}  // namespace maskwright::ui
