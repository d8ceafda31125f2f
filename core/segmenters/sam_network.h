// Segment Anything's network (Kirillov et al. 2023): a picture becomes a map of embeddings once, and each point in it
// three masks with a prediction of how good they are. Throws; session translates.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <stop_token>
#include <string>

#include "core/segmenters/loaded.h"
#include "core/segmenters/sam_config.h"

namespace maskwright::segmenters {

// What of a picture every point asks for. T: positions of the grid, C: the embeddings' width.
struct SamPicture {
    at::Tensor embeddings, places;  // [1, T, C]
    // The first layer's views of the picture, the same for all points: [1, heads, T, d].
    at::Tensor key, value, query;
};

// What the decoder makes of N points.
struct SamAnswer {
    at::Tensor iou;     // [N, masks] predicted intersection over union with what is meant; may be above 1
    at::Tensor tokens;  // [N, masks, C]
    at::Tensor map;     // [N, T, C]
};

class SamNetwork {
  public:
    // Errors: ErrorKind::weights.
    static Result<std::unique_ptr<SamNetwork>> load(const std::string& folder, at::Device device, at::ScalarType dtype);

    [[nodiscard]] const SamConfig& config() const { return config_; }
    [[nodiscard]] std::int64_t parameterCount() const { return loaded_.parameters; }
    // Numbers that live at once for each point of ask(). An estimate.
    [[nodiscard]] double floatsPerPoint() const;

    // pixels: [1, 3, s, s], normalised, s = imageSize -> [1, C, grid, grid] float32. Stops and goes on as SamVit.
    [[nodiscard]] at::Tensor embed(const at::Tensor& pixels, const std::stop_token& stop,
                                   vision::Halfway* halfway = nullptr) const;
    [[nodiscard]] SamPicture prepared(const at::Tensor& embeddings) const;
    // points: [N, 2] float32 on the CPU, x and y in pixels of the encoder's input; each is inside what is meant.
    [[nodiscard]] SamAnswer ask(const SamPicture& picture, const at::Tensor& points) const;
    // Masks `which` [k] (int64) of point n -> [k, 4 grid, 4 grid], logits.
    [[nodiscard]] at::Tensor masks(const SamAnswer& answer, std::int64_t point, const at::Tensor& which) const;

  private:
    SamNetwork() = default;
    [[nodiscard]] nn::Params params() const { return loaded_.params(); }
    // [n, 2] in 0..1 -> [n, C]: sines and cosines (Tancik et al. 2020).
    [[nodiscard]] at::Tensor places(const at::Tensor& at) const;

    SamConfig config_;
    nn::Loaded loaded_;
    at::Device device_{at::kCPU};
};

}  // namespace maskwright::segmenters
