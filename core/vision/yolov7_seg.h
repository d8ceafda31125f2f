// YOLOv7-seg's network: 105 layers, a detection head on three of them, and prototypes that its masks are sums of.
// The authors' graph (github.com/WongKinYiu/yolov7, branch u7), batch norm folded. Internal to core/vision.
//
// Tensors, by name in its scope: layers.<number>.weight|bias of a convolution, layers.51.cv1 .. cv7 of the pooling
// pyramid's seven, head.<0|1|2>, prototypes.<1|2|3>, and anchors [3 levels, 3, 2] (width, height in pixels).
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <stop_token>

#include "core/nn/parameter.h"
#include "core/nn/params.h"

namespace maskwright::vision::yolo {

inline constexpr std::int64_t kLayers = 105, kPrototypes = 105;  // the prototypes are numbered after the layers
inline constexpr std::array<std::int64_t, 3> kHeadLayers = {102, 103, 104}, kStrides = {8, 16, 32};
inline constexpr std::int64_t kAnchors = 3, kCoefficients = 32;

// Of layer 0 .. 104 or the prototypes' (105) result; stride: pixels between its positions.
std::int64_t channelsOf(std::int64_t layer);
std::int64_t strideOf(std::int64_t layer);

// `names`: how many kinds of things the detector knows.
void declare(const nn::Declaration& d, std::int64_t names);

// Maps by their layer, [B, C, h, w].
using Maps = std::map<std::int64_t, at::Tensor>;

// Runs what the `wanted` layers need and no more. pixels: [B, 3, H, W], RGB 0 .. 1, sides multiples of 32. A map that
// is neither wanted nor still needed is freed. Throws Stopped between layers.
Maps run(const nn::Params& p, const at::Tensor& pixels, const std::set<std::int64_t>& wanted,
         const std::stop_token& stop);
// The most floats that live at once meanwhile, and those of the result, `pixels` being the area.
struct Alive {
    double most, kept;
};
Alive floatsAlive(double pixels, const std::set<std::int64_t>& wanted);

// The head's three maps before any sigmoid: [B, anchors * (5 + names + coefficients), h, w], anchor-major. `maps` holds
// the head's layers.
std::array<at::Tensor, 3> head(const nn::Params& p, const Maps& maps);

// -> [B, N, 5 + names + coefficients] float32, N boxes: level, then anchor, row, column. Each: centre x, y, width,
// height in input pixels; objectness and the names' scores as probabilities; mask coefficients as they are.
at::Tensor decoded(const std::array<at::Tensor, 3>& raw, const at::Tensor& anchors);

}  // namespace maskwright::vision::yolo
