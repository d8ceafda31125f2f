#include "core/train/validate.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/clipseg/decoder.h"
#include "core/nn/device.h"
#include "core/nn/layers.h"
#include "core/train/model_files.h"
#include "core/train/pixels.h"
#include "core/train/shards.h"

namespace maskwright::train {
namespace {

constexpr std::int64_t kChunk = 20;  // phrases decoded at a time

// Every cell of the grid is what the mask is at its centre.
Mask onGrid(const Mask& mask, std::int64_t grid) {
    Mask small(static_cast<int>(grid), static_cast<int>(grid));
    for (std::int64_t y = 0; y < grid; ++y) {
        for (std::int64_t x = 0; x < grid; ++x) {
            small.at(static_cast<int>(x), static_cast<int>(y)) =
                mask.at(static_cast<int>((2 * x + 1) * mask.width / (2 * grid)),
                        static_cast<int>((2 * y + 1) * mask.height / (2 * grid)));
        }
    }
    return small;
}

class Validator {
  public:
    Validator(const Context& context, const data::DataSet& set)
        : context_(context), set_(set), preprocessing_(preprocessingOf(context)), grid_(context.config.inputSize / 2) {}

    // conditions: [K, P], one a closed name.
    void picture(const nn::Params& p, const data::Photo& photo, const at::Tensor& conditions,
                 metrics::Totals& totals) const {
        const at::Tensor pixels =
            pixelsAsAsked(need(data::readPhoto(set_, photo)), context_.config, preprocessing_).to(context_.device);
        vision::Request request = clipseg::visionRequest(context_.config);
        request.arithmetic = nn::trainingArithmetic(false);
        request.firstTrained = vision::kNoneTrained;
        const clipseg::Features features = clipseg::featuresOf(
            p["decoder"], context_.config, clip::vision(p["clip"], context_.config.clip, pixels, request));
        for (std::int64_t from = 0; from < conditions.size(0); from += kChunk) {
            const at::Tensor some = conditions.slice(0, from, from + kChunk);
            const at::Tensor logits = clipseg::decode(p["decoder"], context_.config, features, some,
                                                      at::zeros({some.size(0)}, some.options().dtype(at::kLong)));
            const at::Tensor maps = at::sigmoid(at::upsample_bilinear2d(logits.unsqueeze(1), {grid_, grid_}, false))
                                        .to(at::kCPU)
                                        .contiguous();  // [N, 1, grid, grid]
            for (std::int64_t k = 0; k < some.size(0); ++k) {
                judge(photo, static_cast<std::size_t>(from + k), maps.data_ptr<float>() + k * grid_ * grid_, totals);
            }
        }
    }

  private:
    void judge(const data::Photo& photo, std::size_t name, const float* values, metrics::Totals& totals) const {
        const std::size_t category = set_.closed[name];
        const bool present = set_.holds(photo, category);
        if (!present && set_.unsure(photo, category)) {
            return;
        }
        Heatmap map(static_cast<int>(grid_), static_cast<int>(grid_));
        std::copy_n(values, map.pixels.size(), map.pixels.begin());
        const Mask truth = present ? onGrid(data::maskOf(set_, photo, category), grid_) : Mask();
        totals.add(name, present, metrics::count(map, truth));
    }

    const Context& context_;
    const data::DataSet& set_;
    const clip::Preprocessing preprocessing_;
    std::int64_t grid_;
};

}  // namespace

metrics::Summary validate(const Context& context, const data::DataSet& set, const nn::TensorMap& model,
                          const at::Tensor& closedFeatures, std::int64_t pictures) {
    const Validator validator(context, set);
    // Reading and judging pictures is the processor's work, wherever the model runs.
    const Shards shards(model, static_cast<std::size_t>(std::max(nn::threads(), 1)));
    std::vector<metrics::Totals> totals(shards.count(), metrics::Totals(set.closed.size()));
    const auto count = std::min<std::size_t>(set.photos.size(), static_cast<std::size_t>(pictures));
    shards.run([&](std::size_t shard, const nn::TensorMap& tensors) {
        at::NoGradGuard guard;
        const nn::Params p(tensors);
        const at::Tensor conditions = nn::linear(p["clip"]["text_projection"], closedFeatures);
        for (std::size_t i = shard; i < count; i += shards.count()) {
            if (set.photos[i].coverage != data::Coverage::listed) {
                validator.picture(p, set.photos[i], conditions, totals[shard]);
            }
        }
    });
    for (std::size_t shard = 1; shard < totals.size(); ++shard) {
        totals.front().add(totals[shard]);
    }
    return totals.front().summary();
}

}  // namespace maskwright::train
