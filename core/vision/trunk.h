// The network that looks at a picture, whatever its kind. A kind is one alternative of Trunk::Type and one file;
// everybody else asks a trunk for facts. A value, a few hundred bytes; weights are the caller's, under the scope
// "vision_model". Tensor functions throw on shapes that do not fit.
#pragma once

#include <string>
#include <variant>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"
#include "core/vision/detector_trunk.h"
#include "core/vision/efficientnet.h"
#include "core/vision/modified_resnet.h"
#include "core/vision/output.h"
#include "core/vision/vit.h"

namespace maskwright::vision {

class Trunk {
  public:
    using Type = std::variant<Vit, EfficientNet, DetectorTrunk, ModifiedResNet>;

    Trunk() = default;
    Trunk(Vit type) : type_(std::move(type)) {}             // NOLINT: implicit, a trunk is its type
    Trunk(EfficientNet type) : type_(std::move(type)) {}    // NOLINT
    Trunk(DetectorTrunk type) : type_(std::move(type)) {}   // NOLINT
    Trunk(ModifiedResNet type) : type_(std::move(type)) {}  // NOLINT

    // Reads a vision_config; `where` names it in messages. Errors: ErrorKind::weights, naming the member.
    static Result<Trunk> read(JsonReader& json, const std::string& where);
    // The inverse.
    [[nodiscard]] Json toJson() const;

    // "clip_vit", "clip_modified_resnet", "efficientnet_lite", "yolov7_seg_efficientnet": for people.
    [[nodiscard]] std::string name() const;
    // Pixels that both sides of a picture must be multiples of.
    [[nodiscard]] std::int64_t cell() const;
    // Pixels between positions of the grid (Output::gridHeight, gridWidth); it divides cell().
    [[nodiscard]] std::int64_t gridStride() const;
    // Blocks that taps can follow; the channels after one, and the pixels its positions are apart.
    [[nodiscard]] std::int64_t blocks() const;
    [[nodiscard]] std::int64_t channelsAfter(std::int64_t block) const;
    [[nodiscard]] std::int64_t strideAfter(std::int64_t block) const;
    // Numbers in a pooled or dense feature.
    [[nodiscard]] std::int64_t hiddenSize() const;
    // The longer side, in pixels, that a picture is looked at with which is only pooled; 0: as it is.
    [[nodiscard]] std::int64_t pooledSize() const;
    // The side, in pixels, of the pictures it was trained with, a multiple of cell(); 0: its configuration says none.
    [[nodiscard]] std::int64_t imageSize() const;
    // Of the layer norms of this model.
    [[nodiscard]] double eps() const;
    // Whether tokens can be hidden inside (Request::tokenMask).
    [[nodiscard]] bool hidesTokens() const;
    // Whether there are feature maps and a feature of every position (Request::pyramid, Request::dense).
    [[nodiscard]] bool hasMaps() const;
    // Whether kernels of convolutions, also those on its maps, are best laid out channels-last.
    [[nodiscard]] bool channelsLast() const;
    // Whether a model's masks stay what they are in half precision. Mean IoU with those of float32 in bfloat16, eight
    // phrases on 40 photographs: rd64's shape 0.98, Sight 0.99, Mini, whose layers are narrow, 0.90. In float16
    // (tests/gpu.sh, an H200): rd64's shape 0.997, Sight 0.999; Mini was not tried, and is fast enough without.
    [[nodiscard]] bool holdsInHalf() const;
    // Whether the matrix that takes its features to the joint space has a bias.
    [[nodiscard]] bool projectsWithBias() const;
    // Names its detector and classes its classifier know (Request::spoken); 0 where it has none.
    [[nodiscard]] std::int64_t names() const;
    [[nodiscard]] std::int64_t classes() const;

    // Its tensors, in the scope `d`.
    void declare(const nn::Declaration& d) const;
    // Bytes that live at once while one picture of width x height pixels goes through in float32, what is kept of it
    // among them. An estimate.
    [[nodiscard]] double bytesAlive(std::int64_t width, std::int64_t height, const Request& request) const;
    // pixels: [B, 3, H, W], normalised; H and W multiples of cell(). Blocks past the last one needed are not run.
    [[nodiscard]] Output forward(const nn::Params& p, const at::Tensor& pixels, const Request& request) const;

    // The type itself, for who builds or imports one of it.
    [[nodiscard]] const Type& type() const { return type_; }

  private:
    Type type_;
};

}  // namespace maskwright::vision
