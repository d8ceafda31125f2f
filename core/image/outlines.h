// Masks as polygons, for formats that have nothing else. Along the edges of the pixels, so that runsFromPolygons()
// gives the very mask back. Pure; any thread.
#pragma once

#include <vector>

#include "core/image/runs.h"

namespace maskwright {

// [x0, y0, x1, y1, ...], corners of pixels, closed without the first point again.
using Polygon = std::vector<double>;

// A polygon for each part that hangs together (over edges, not over corners), from top to bottom by its topmost pixel,
// clockwise on the screen. Holes have no polygons: a slit without width leads from the outline to each hole and back,
// so that the polygon goes round it and even-odd filling leaves it out. None for an empty mask.
std::vector<Polygon> outlines(const Runs& runs);

// All polygons as one, joined by lines without width between near corners: for formats with one outline an object.
Polygon joined(const std::vector<Polygon>& polygons);

}  // namespace maskwright
