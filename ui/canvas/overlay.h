// The mask as it is laid over the picture: sampled from the heat map at the screen's own pixels, so that its edge is
// smooth and its outline as thin at 6400 % as at 10 %. No inference: threshold, colour and opacity act here. Pure; any
// thread.
#pragma once

#include <QColor>
#include <QImage>
#include <QRect>

#include "ui/canvas/pyramid.h"
#include "ui/canvas/view_transform.h"

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

// The probabilities under `area` (device pixels of the view), bilinear, from the pyramid level fit for the scale.
Heatmap sampled(const HeatPyramid& map, const ViewTransform& view, const QRect& area);

// Premultiplied ARGB of `area`'s size. Pixels outside the picture are transparent.
QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area, const OverlayStyle& style);

// The colour of a probability in OverlayMode::heat: dark violet through red to pale yellow.
QColor heatColour(double probability);

}  // namespace maskwright::ui
