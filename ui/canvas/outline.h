// The border of a region as a line that is drawn at any zoom, for many regions at once: an overlay of its own for each
// (overlay.h) would take as much memory as the picture. Coarse for large regions, since it says where a thing is; the
// mask itself is drawn exactly once it is chosen. Pure; any thread.
#pragma once

#include <QPainterPath>

#include "core/image/runs.h"

namespace maskwright::ui {

// In picture pixels, closed, with holes (odd-even). `box` holds all of `runs`, which are looked at on a grid of at most
// 160 cells a side, so that a step is a pixel or two where the region fills a window.
QPainterPath outlineOf(const Runs& runs, const Box& box);

}  // namespace maskwright::ui
