#include "core/vision/detections.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "core/vision/instances.h"
#include "core/vision/trunk.h"
#include "core/vision/yolov7_seg.h"

namespace maskwright::vision {
namespace {

// Boxes [1, N, 5 + names + coefficients] as if the detector knew one name, which is as sure as its surest.
at::Tensor nameless(const at::Tensor& boxes, std::int64_t names) {
    const std::int64_t numbers = boxes.size(2);
    return at::cat({boxes.narrow(2, 0, 5), boxes.narrow(2, 5, names).amax(2, true),
                    boxes.narrow(2, 5 + names, numbers - 5 - names)},
                   2);
}

}  // namespace

Detections detections(const nn::Params& p, const Trunk& trunk, const at::Tensor& pixels,
                      const DetectionOptions& options, const std::stop_token& stop) {
    const at::NoGradGuard frozen;
    const nn::Params own = p["detector"];
    std::set<std::int64_t> wanted(yolo::kHeadLayers.begin(), yolo::kHeadLayers.end());
    wanted.insert(yolo::kPrototypes);
    const yolo::Maps maps = yolo::run(own, pixels, wanted, stop);
    const at::Tensor boxes = yolo::decoded(yolo::head(own, maps), own.tensor("anchors"));
    const Instances found =
        instances(nameless(boxes, trunk.names()), 1, {options.score, options.overlap, options.most}).front();
    const at::Tensor prototypes = maps.at(yolo::kPrototypes).select(0, 0).to(at::kFloat);  // [C, h, w]
    const at::Tensor masks = at::sigmoid(at::matmul(found.coefficients, prototypes.flatten(1)))
                                 .view({-1, prototypes.size(1), prototypes.size(2)});
    return {found.boxes.cpu(), found.scores.cpu(), masks.cpu()};
}

}  // namespace maskwright::vision
