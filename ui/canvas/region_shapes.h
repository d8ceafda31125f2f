// Masks from what a hand draws on a picture. Pure; points are in picture pixels, pixel (x, y) covers [x, x+1) x [y,
// y+1). Whatever lies outside the picture is cut off; a shape wholly outside gives an empty mask.
#pragma once

#include <QPoint>
#include <QPointF>
#include <QPolygonF>

#include "core/image/image.h"

namespace maskwright::ui {

// Every pixel the rectangle touches: never empty for corners inside the picture.
Mask rectangleMask(int width, int height, QPointF a, QPointF b);
// Every pixel whose centre is inside (odd-even); a sliver too thin to hold a centre keeps the pixels of its corners.
Mask polygonMask(int width, int height, const QPolygonF& polygon);
// Sets the pixels within `radius` of the line to `value`; at least the pixels the line starts and ends in.
void paintStroke(Mask& mask, QPointF from, QPointF to, double radius, std::uint8_t value);
// The connected piece (8 neighbours) of `map` > threshold that holds the pixel; empty where there is none.
Mask pickPiece(const Heatmap& map, double threshold, QPoint pixel);

}  // namespace maskwright::ui
