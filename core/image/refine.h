// A low-resolution map brought to a picture's size, and what is read off it.
#pragma once

#include "core/image/image.h"

namespace maskwright {

// Half the side of the guided filter's window, in pixels of a map that is 352 pixels on its longer side or less, else
// of the map's own: how far from a mask's coarse border an edge of the picture is looked for. How 8 was chosen:
// refine.cpp.
inline constexpr double kRefineRadius = 8;
inline constexpr double kLeastRefineRadius = 1, kMostRefineRadius = 64;

// The map (probabilities at the network's resolution) at the picture's size. With `edgeAware` it is bilinear plus what
// a colour guided filter (He et al. 2010) with the picture as guide adds to the filter's own smoothing, so that a mask
// follows the object's edges and small objects are not flattened; without, plain bilinear (parity). A uniform map stays
// uniform, and the answer keeps to the map's lowest and highest value. The coefficients are solved at a reduced size
// and applied at full size (fast guided filter): full-size memory is the answer's alone. `radius`: see kRefineRadius;
// of no effect without `edgeAware`. Empty for empty input.
Heatmap toPictureSize(const Heatmap& map, const Image& picture, bool edgeAware, double radius = kRefineRadius);

// 255 where the probability is greater than `threshold` (strict, as the reference's metrics), 0 elsewhere.
Mask threshold(const Heatmap& map, float threshold);

// Highest value of the map after a 3x3 box mean at the network's resolution (edges replicated): one hot pixel is not
// presence.
float presence(const Heatmap& map);

// Tight box round the non-zero pixels; empty when there are none.
Box boundingBox(const Mask& mask);
std::int64_t area(const Mask& mask);
// Intersection over union of two masks of one size; 0 when both are empty.
double iou(const Mask& a, const Mask& b);
// Connected components (8-connected), labelled 1..n; 0 outside. Returns labels and sizes by label (index 0 =
// background).
struct Components {
    Plane<std::int32_t> labels;
    std::vector<std::int64_t> sizes;
};
Components components(const Mask& mask);

}  // namespace maskwright
