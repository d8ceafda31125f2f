// From a detector's boxes to instances and what they say of every place. Internal to core/vision.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace maskwright::vision {

// Of one picture, the surest first. Tensors on the detector's device.
struct Instances {
    at::Tensor boxes;                 // [n, 4] x1, y1, x2, y2 in input pixels
    at::Tensor scores;                // [n] 0..1
    at::Tensor coefficients;          // [n, coefficients] of the prototypes
    std::vector<std::int64_t> names;  // n: which of the detector's
};

struct Suppression {
    double score = 0.02;     // a box's best name must be surer
    double overlap = 0.5;    // intersection over union with a surer box of the same name, above which it goes
    std::int64_t most = 60;  // instances a picture
};

// decoded: [B, N, 5 + names + coefficients], as yolo::decoded() gives it. Of each box its best name; score =
// objectness * name. One copy to the CPU, one back, whatever the device.
std::vector<Instances> instances(const at::Tensor& decoded, std::int64_t names, const Suppression& suppression);

// prototypes: [C, h, w] of that picture. -> [n, h, w] probabilities, nothing outside the boxes: position (row, column)
// is inside where x1 <= column * stride < x2, and likewise down.
at::Tensor softMasks(const Instances& of, const at::Tensor& prototypes, std::int64_t stride);

// -> [n, height, width] of 0 and 1 at the input's size: probabilities resized bilinearly, cut to the box, above 0.5.
at::Tensor masks(const Instances& of, const at::Tensor& prototypes, std::int64_t height, std::int64_t width);

// prototypes: [B, C, h, w] -> [B, names, h, w] float32: the largest, over a name's instances, of score * clamp(3 (p -
// 0.5) + 0.5, 0, 1), p being the soft mask. Masks that are not sharpened so lose 0.03 mean IoU on val.
at::Tensor evidence(const std::vector<Instances>& of, const at::Tensor& prototypes, std::int64_t names,
                    std::int64_t stride);

}  // namespace maskwright::vision
