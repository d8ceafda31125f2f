// ResNet (He et al. 2016) with a feature pyramid (Lin et al. 2017) as detectron2 builds them: the stride in a
// bottleneck's 3 x 3, nearest upsampling, a fifth level that is every second position of the fourth. No Trunk: it is
// there for segmenters. Batch norm is folded when weights are imported.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/nn/parameter.h"
#include "core/nn/params.h"

namespace maskwright::vision {

// Defaults: ResNet-50's.
struct ResNetFpn {
    std::int64_t stem = 64;                           // channels
    std::int64_t inner = 64;                          // of the first stage's 3 x 3; twice as many each stage
    std::int64_t width = 256;                         // after the first stage; twice as many each stage
    std::vector<std::int64_t> layers = {3, 4, 6, 3};  // bottlenecks of each stage
    std::int64_t channels = 256;                      // of every level

    static constexpr std::int64_t kCell = 32;  // pixels that both sides must be multiples of

    static Result<ResNetFpn> read(JsonReader& json, const std::string& where);
    [[nodiscard]] Json toJson() const;

    // Names as detectron2's, below "backbone", a batch norm being one with its convolution.
    void declare(const nn::Declaration& d) const;
    // pixels: [B, 3, H, W], normalised -> p2 to p6: [B, channels, H / s, W / s], s = 4, 8, 16, 32, 64. Throws Stopped.
    [[nodiscard]] std::vector<at::Tensor> forward(const nn::Params& p, const at::Tensor& pixels,
                                                  const std::stop_token& stop) const;
};

}  // namespace maskwright::vision
