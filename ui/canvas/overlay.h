// The mask as it is laid over the picture: sampled from the heat map at the screen's own pixels, so that its edge is
// smooth and its outline as thin at 6400 % as at 10 %. No inference: threshold, colour and opacity act here. Pure; any
// thread.
#pragma once

#include <QColor>
#include <QImage>
#include <QRect>

#include "ui/canvas/view_transform.h"
#include "ui/model/overlay_style.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

// The probabilities under `area` (device pixels of the view), bilinear, from the pyramid level fit for the scale.
Heatmap sampled(const HeatPyramid& map, const ViewTransform& view, const QRect& area);

// Premultiplied ARGB of `area`'s size. Pixels outside the picture are transparent.
QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area, const OverlayStyle& style);

// The colour of a probability in OverlayMode::heat: dark violet through red to pale yellow.
QColor heatColour(double probability);

}  // namespace maskwright::ui
