#include "core/train/validate.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>

#include "core/clipseg/decoder.h"
#include "core/image/resize.h"
#include "core/nn/layers.h"
#include "core/train/shards.h"
#include "core/train/vision.h"

namespace maskwright::train {
namespace {

constexpr int kThresholds = 45;  // 0.02, 0.04, ..., 0.90
constexpr double kThresholdStep = 0.02;
constexpr std::int64_t kChunk = 20;
constexpr double kPhantomArea = 0.003, kPhantomRate = 0.15;

struct Sums {
    std::array<double, kThresholds> iou{}, intersection{}, together{}, phantom{};
    double present = 0, absent = 0;
};

}  // namespace

Validation validate(const Context& context, const data::DataSet& set, const nn::TensorMap& model,
                    const at::Tensor& closedFeatures, std::int64_t pictures) {
    const std::int64_t side = context.config.inputSize, grid = side / 2;
    const Shards shards(model, context.shards());
    std::vector<Sums> sums(shards.count());
    const auto count = std::min<std::size_t>(set.photos.size(), static_cast<std::size_t>(pictures));
    shards.run([&](std::size_t shard, const nn::TensorMap& tensors) {
        at::NoGradGuard guard;
        const nn::Params p(tensors);
        Sums& own = sums[shard];
        const at::Tensor conditions = nn::linear(p["clip"]["text_projection"], closedFeatures);
        for (std::size_t i = shard; i < count; i += shards.count()) {
            const data::Photo& photo = set.photos[i];
            if (photo.coverage == data::Coverage::listed) {
                continue;
            }
            const Image image = need(data::readPhoto(set, photo));
            const Planar planar =
                normalize(resizeBilinearAntialiased(image, static_cast<int>(side), static_cast<int>(side)),
                          kImageNetMean, kImageNetStd);
            const at::Tensor pixels =
                at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, side, side}, at::kFloat)
                    .to(context.device);
            const clip::VisionOutput features = visionForTraining(p["clip"], context.config.clip.vision, pixels,
                                                                  clipseg::visionRequest(context.config), 1000, false);
            for (std::int64_t from = 0; from < conditions.size(0); from += kChunk) {
                const at::Tensor some = conditions.slice(0, from, from + kChunk);
                const at::Tensor logits = clipseg::decode(p["decoder"], context.config, features, some,
                                                          at::zeros({some.size(0)}, some.options().dtype(at::kLong)));
                const at::Tensor map = at::sigmoid(at::upsample_bilinear2d(logits.unsqueeze(1), {grid, grid}, false))
                                           .to(at::kCPU)
                                           .contiguous();
                for (std::int64_t k = 0; k < some.size(0); ++k) {
                    const std::size_t category = set.closed[static_cast<std::size_t>(from + k)];
                    const Mask mask = data::maskOf(set, photo, category);
                    const bool present =
                        std::any_of(photo.annotations.begin(), photo.annotations.end(),
                                    [&](std::size_t a) { return set.covers(category, set.annotations[a].category); });
                    const float* values = map.data_ptr<float>() + k * grid * grid;
                    // Histograms over thresholds: one pass over the map.
                    std::array<double, kThresholds + 1> inside{}, outside{};
                    double truth = 0;
                    for (std::int64_t y = 0; y < grid; ++y) {
                        for (std::int64_t x = 0; x < grid; ++x) {
                            const int bin =
                                std::clamp(static_cast<int>(values[y * grid + x] / kThresholdStep), 0, kThresholds);
                            const bool in =
                                present && mask.at(static_cast<int>((2 * x + 1) * photo.width / (2 * grid)),
                                                   static_cast<int>((2 * y + 1) * photo.height / (2 * grid))) != 0;
                            (in ? inside : outside)[static_cast<std::size_t>(bin)] += 1;
                            truth += in ? 1 : 0;
                        }
                    }
                    double hit = 0, extra = 0;
                    for (int t = kThresholds; t >= 1; --t) {
                        const auto bin = static_cast<std::size_t>(t);
                        hit += inside[bin];
                        extra += outside[bin];
                        if (present) {
                            own.iou[bin - 1] += truth + extra > 0 ? hit / (truth + extra) : 0;
                            own.intersection[bin - 1] += hit;
                            own.together[bin - 1] += truth + extra;
                        } else {
                            own.phantom[bin - 1] += extra > kPhantomArea * static_cast<double>(grid * grid) ? 1 : 0;
                        }
                    }
                    (present ? own.present : own.absent) += 1;
                }
            }
        }
    });
    Sums all;
    for (const Sums& own : sums) {
        for (std::size_t t = 0; t < kThresholds; ++t) {
            all.iou[t] += own.iou[t];
            all.intersection[t] += own.intersection[t];
            all.together[t] += own.together[t];
            all.phantom[t] += own.phantom[t];
        }
        all.present += own.present;
        all.absent += own.absent;
    }
    Validation best;
    double bestScore = -1e9;
    for (std::size_t t = 0; t < kThresholds; ++t) {
        Validation v;
        v.threshold = kThresholdStep * static_cast<double>(t + 1);
        v.iou = all.iou[t] / std::max(all.present, 1.0);
        v.overall = all.intersection[t] / std::max(all.together[t], 1.0);
        v.phantom = all.phantom[t] / std::max(all.absent, 1.0);
        const double score = v.phantom <= kPhantomRate ? v.iou : -v.phantom;
        if (score > bestScore) {
            bestScore = score;
            best = v;
        }
    }
    return best;
}

}  // namespace maskwright::train
