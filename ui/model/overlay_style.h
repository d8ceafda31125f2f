// How a mask is laid over a picture: what the mask panel chooses, the canvas draws and a saved overlay repeats. A
// value.
#pragma once

#include <QColor>

namespace maskwright::ui {

enum class OverlayMode { tint, spotlight, heat };

struct OverlayStyle {
    double threshold = 0.5;  // 0..1; inside is above
    double opacity = 0.55;   // 0..1
    QColor colour = QColor(255, 46, 126);
    OverlayMode mode = OverlayMode::tint;
    double lineWidth = 1.6;  // of the outline, device pixels; 0 for none
    bool operator==(const OverlayStyle&) const = default;
};

}  // namespace maskwright::ui
