// What a trunk's detector sees, whatever it takes it for: boxes with soft masks, no names.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <stop_token>

#include "core/nn/params.h"

namespace maskwright::vision {

class Trunk;

struct DetectionOptions {
    double score = 0.02;   // a box must be surer
    double overlap = 0.7;  // intersection over union with a surer box, whatever either is, above which it goes
    std::int64_t most = 200;
};

// Of one picture, the surest first; on the CPU, float32.
struct Detections {
    at::Tensor boxes;   // [n, 4] x1, y1, x2, y2 in input pixels
    at::Tensor scores;  // [n] 0..1: objectness times the surest name's score
    at::Tensor masks;   // [n, H / 4, W / 4] probabilities, not cut to the boxes
};

// pixels: [1, 3, H, W] as Trunk::forward() takes them, of a trunk that has a detector (Trunk::names() > 0). `p`: the
// trunk's scope. Bounded: `most` masks. Throws Stopped.
Detections detections(const nn::Params& p, const Trunk& trunk, const at::Tensor& pixels,
                      const DetectionOptions& options, const std::stop_token& stop);

}  // namespace maskwright::vision
