// What a model makes of regions of a picture and of sentences, in one space. A describer is one kind of model: a CLIP
// (clip_describer.cpp), or a model with a feature at every position (joint_describer.cpp). Throws; session translates.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/global_local/facts.h"

namespace maskwright::global_local {

// A picture that went through its describer's tower; known to that describer alone. Immutable.
class Picture {
  public:
    explicit Picture(std::shared_ptr<const Image> shown) : image(std::move(shown)) {}
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;
    virtual ~Picture() = default;

    const std::shared_ptr<const Image> image;
};

struct TextFeature {
    at::Tensor values;  // [1, P] float32 on the CPU
    bool truncated = false;
    bool known = true;                 // false: the model has learned none of its words
    std::vector<std::string> unknown;  // words it has not learned
};

class Describer {
  public:
    Describer() = default;
    Describer(const Describer&) = delete;
    Describer& operator=(const Describer&) = delete;
    virtual ~Describer() = default;

    [[nodiscard]] virtual const Facts& facts() const = 0;
    // image: not empty.
    [[nodiscard]] virtual std::shared_ptr<const Picture> encode(std::shared_ptr<const Image> image,
                                                                const std::stop_token& stop) const = 0;
    // Each region with the picture round it, the rest silenced in the last `blocks` blocks; and each region cut out,
    // all round it a constant. Regions: not empty, of the picture's size, boxes within it. -> [N, P] float32 on the
    // CPU. N may be anything: memory does not grow with it but for the result's.
    [[nodiscard]] virtual at::Tensor global(const Picture& picture, std::span<const Region> regions, Silencing how,
                                            std::int64_t blocks, const std::stop_token& stop) const = 0;
    [[nodiscard]] virtual at::Tensor local(const Picture& picture, std::span<const Region> regions,
                                           const std::stop_token& stop) const = 0;
    // Regions of one number have cut-outs of one shape, which are cheaper one after the other: what a shape's products
    // need prepared is kept for few shapes (nn/onednn_internal.h).
    [[nodiscard]] virtual std::int64_t shapeOf(const Region& /*region*/) const { return 0; }
    [[nodiscard]] virtual TextFeature text(const std::string& text) const = 0;
};

// A CLIP in any of the layouts of clip::Clip; of a CLIPSeg folder its CLIP, or the joint space where its trunk has
// maps. Errors: weights.
Result<std::unique_ptr<Describer>> openDescriber(const std::string& folder, at::Device device, at::ScalarType dtype);
Result<std::unique_ptr<Describer>> openClipDescriber(const std::string& folder, at::Device device,
                                                     at::ScalarType dtype);
Result<std::unique_ptr<Describer>> openJointDescriber(const std::string& folder, at::Device device,
                                                      at::ScalarType dtype);

}  // namespace maskwright::global_local
