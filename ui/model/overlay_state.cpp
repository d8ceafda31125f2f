#include "ui/model/overlay_state.h"

#include <QSettings>
#include <algorithm>

#include "ui/model/settings.h"

namespace maskwright::ui {

OverlayState::OverlayState(Document& document, QObject* parent) : QObject(parent), document_(document) {
    const QSettings kept;
    mode_ = OverlayMode(std::clamp(kept.value(settings::kMaskMode, 0).toInt(), 0, 2));
    opacity_ = std::clamp(kept.value(settings::kMaskOpacity, OverlayStyle{}.opacity).toDouble(), 0.0, 1.0);
    colour_ = std::clamp(kept.value(settings::kMaskColour, 0).toInt(), 0, int(kOverlayColours.size()) - 1);
    connect(&document_, &Document::thresholdChanged, this, &OverlayState::changed);
}

OverlayStyle OverlayState::style() const {
    OverlayStyle style;
    style.threshold = document_.threshold();
    style.opacity = opacity_;
    style.mode = mode_;
    style.colour = QColor(kOverlayColours[std::size_t(colour_)]);
    return style;
}

void OverlayState::setMode(OverlayMode mode) {
    mode_ = mode;
    keep();
    Q_EMIT changed();
}

void OverlayState::setColour(int colour) {
    colour_ = colour;
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
}

}  // namespace maskwright::ui
