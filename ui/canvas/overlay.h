// The mask as it is laid over the picture, by the same brush as in saved overlays (core/output/overlay.h): sampled from
// the heat map at the screen's own pixels, so that its edge is smooth and its outline as thin at 6400 % as at 10 %. No
// inference: threshold, colour and opacity act here. Pure; any thread.
#pragma once

#include <QImage>
#include <QRect>

#include "core/output/appearance.h"
#include "ui/canvas/view_transform.h"
#include "ui/model/shown_mask.h"

namespace maskwright::ui {

// The probabilities under an area of the view.
struct Sampled {
    Heatmap map;  // of the area's size; empty where there is nothing to draw
    Box inside;   // the part of it that lies in the picture
};
// Of `area` (device pixels of the view): bilinear, from the pyramid level fit for the scale. Corrections and objects
// are drawn into that level where the area is: where a pixel of the level is corrected in part, it is their mean.
// A map whose values nobody wants any more may be given, so that a frame takes no new memory: of a screen's size that
// comes from the kernel page by page, which takes longer than the samples.
Sampled sampled(const ShownMask& mask, const ViewTransform& view, const QRect& area, Heatmap&& spare = {});
Sampled sampled(const HeatPyramid& map, const ViewTransform& view, const QRect& area);
// Device pixels at which samples may differ where the mask differs in these pixels of the picture.
QRect touchedBy(const QRect& pixels, const ViewTransform& view);

// Premultiplied ARGB of `area`'s size; `appearance` in device pixels. Pixels outside the picture are transparent.
QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area,
                     const output::Appearance& appearance);
// The same of what was sampled before: another threshold or opacity leaves the samples as they are. `size`: the area's.
// An image of that size whose pixels nobody wants any more may be given, so that a frame takes no new memory.
QImage renderOverlay(const Sampled& sampled, const QSize& size, const output::Appearance& appearance,
                     QImage&& spare = {});

}  // namespace maskwright::ui
