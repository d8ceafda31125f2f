// SOLOv2's network (Wang et al. 2020) as AdelaiDet and FreeSOLO build it: every cell of five grids says how surely
// something has its middle there and by which kernel its mask is made of the mask features. Throws; session translates.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/image/resize.h"
#include "core/segmenters/loaded.h"
#include "core/vision/resnet_fpn.h"

namespace maskwright::segmenters {

// Defaults: FreeSOLO's (freesolo/config.py, configs/freesolo/freesolo_30k.yaml).
struct SoloConfig {
    static constexpr const char* kName = "solov2";
    static constexpr std::size_t kLevels = 5;
    static constexpr std::int64_t kGroups = 32;                                        // of group norms
    static constexpr std::array<std::int64_t, kLevels> kStrides = {8, 8, 16, 32, 32};  // pixels; of each grid's level

    vision::ResNetFpn backbone;
    std::vector<std::int64_t> grids = {40, 36, 24, 16, 12};  // cells a side
    std::int64_t classes = 2, convolutions = 4;              // of the head
    std::int64_t width = 512;                                // of the head
    std::int64_t maskWidth = 128, kernels = 256;             // of the mask branch, and its result
    std::int64_t shortSide = 800, longSide = 1333;  // pixels: what a picture is brought to (detectron2's test settings)
    std::array<float, 3> mean = kImageNetMean, deviation = kImageNetStd;  // in shares of 255
};

// config.json of a folder that convertSolo() made. Errors: ErrorKind::weights.
Result<SoloConfig> readSoloConfig(const std::string& folder);
Json toJson(const SoloConfig& config);
// Tensors under the release's names, batch norms folded.
nn::Parameters soloParameters(const SoloConfig& config);

// Of one picture. N: cells of all grids, level by level, row by row.
struct SoloAnswer {
    at::Tensor scores;    // [N, classes] 0..1, only where a cell beats its neighbours, else 0
    at::Tensor kernels;   // [N, kernels]
    at::Tensor features;  // [kernels, h, w] at a quarter of the input; masks are sigmoid(kernel . features)
};

class SoloNetwork {
  public:
    // Errors: ErrorKind::weights.
    static Result<std::unique_ptr<SoloNetwork>> load(const std::string& folder, at::Device device,
                                                     at::ScalarType dtype);

    [[nodiscard]] const SoloConfig& config() const { return config_; }
    [[nodiscard]] std::int64_t parameterCount() const { return loaded_.parameters; }
    // pixels: [1, 3, H, W], normalised, sides multiples of 32.
    [[nodiscard]] SoloAnswer ask(const at::Tensor& pixels, const std::stop_token& stop) const;

  private:
    SoloNetwork() = default;
    [[nodiscard]] at::Tensor tower(const char* name, at::Tensor x) const;
    [[nodiscard]] at::Tensor maskFeatures(const std::vector<at::Tensor>& levels) const;

    SoloConfig config_;
    nn::Loaded loaded_;
    at::Device device_{at::kCPU};
};

}  // namespace maskwright::segmenters
