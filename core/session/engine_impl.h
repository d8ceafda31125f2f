// What the engine's two source files share: its insides. Nothing else includes this.
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/clip/preprocessing.h"
#include "core/clipseg/model.h"
#include "core/session/engine.h"
#include "core/session/limits.h"
#include "core/session/lru.h"

namespace maskwright::session {

constexpr std::size_t kTextCache = 1024, kRegionCache = 256;

using Clock = std::chrono::steady_clock;

inline double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

inline std::vector<float> asVector(const at::Tensor& tensor) {
    const at::Tensor host = tensor.to(at::kCPU, at::kFloat).contiguous();
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

inline at::Tensor asTensor(const Planar& planar) {
    // [1, 3, H, W]; read only, and the caller keeps `planar` as long as the tensor
    return at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, planar.height, planar.width}, at::kFloat);
}

struct RegionKey {
    std::weak_ptr<const Image> image;
    std::weak_ptr<const Mask> region;
    visual_prompt::Style style;
};

class EncodedPicture {
  public:
    clip::VisionOutput features;
    std::uint64_t engine = 0;  // features of one model mean nothing to another
    int inputWidth = 0, inputHeight = 0;
};

struct Engine::Impl {
    std::unique_ptr<clipseg::Model> model;
    clip::Preprocessing preprocessing;
    ModelInfo info;
    std::uint64_t serial = 0;  // of this engine among all
    Lru<std::string, Condition> texts{kTextCache};
    Lru<RegionKey, Condition> regions{kRegionCache};

    [[nodiscard]] const clipseg::Config& config() const { return model->config(); }
    [[nodiscard]] Planar pixelsOf(const Image& image) const {
        return normalize(image, preprocessing.mean, preprocessing.deviation);
    }

    // A mask of NaN would be empty and look like an answer.
    [[nodiscard]] Result<void> checkFinite(std::span<const float> values) const {
        if (std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); })) {
            return {};
        }
        return Error{ErrorKind::weights, "the model " + info.name + " gives numbers that are not finite",
                     info.dtype == "float32" ? "its weights are damaged or of another model; get them again"
                                             : "try --dtype float32, or get the weights again"};
    }

    [[nodiscard]] Result<void> checkSize(std::int64_t size) const { return checkInputSize(info, size); }
    [[nodiscard]] Result<void> checkMemory(std::int64_t width, std::int64_t height) const {
        return model->device().is_cpu() ? checkInputMemory(config().clip.vision, width, height) : Result<void>();
    }

    Result<Condition> embedPixels(const Planar& pixels, std::stop_token stop, clip::TokenMask tokenMask = {});
    Result<Condition> embedRegion(const SupportRegion& support, std::stop_token stop);
    // The weighted mean of the regions' embeddings.
    Result<Condition> embedRegions(std::span<const SupportRegion> supports, const std::stop_token& stop);
};

}  // namespace maskwright::session
