#include "core/segmenters/solo_masks.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/nn/product.h"
#include "core/segmenters/stretched.h"

namespace maskwright::segmenters {

namespace {

constexpr double kFloatsTogether = 32e6;  // masks that are looked at once: 128 MB

// Kernels [n, K] over features [K, h, w] -> [n, h * w] probabilities.
at::Tensor probabilities(const at::Tensor& kernels, const at::Tensor& features) {
    return at::sigmoid(nn::matmul(kernels.contiguous(), features.flatten(1)));
}

// Pixels inside, and how sure the mask is there on average (maskness).
struct Measured {
    at::Tensor area, maskness;  // [n]
};
Measured measured(const at::Tensor& kernels, const at::Tensor& features, double inside) {
    const std::int64_t each = features.size(1) * features.size(2);
    const auto together = std::max<std::int64_t>(1, std::int64_t(kFloatsTogether) / std::max<std::int64_t>(each, 1));
    std::vector<at::Tensor> areas, sure;
    for (std::int64_t first = 0; first < kernels.size(0); first += together) {
        const at::Tensor some =
            probabilities(kernels.slice(0, first, std::min(first + together, kernels.size(0))), features);
        const at::Tensor within = some > inside;
        areas.push_back(within.sum(1).to(at::kFloat));
        sure.push_back((some * within).sum(1) / areas.back());
    }
    return {at::cat(areas), at::cat(sure)};
}

// The stride of each cell's grid: [N].
at::Tensor stridesOf(const SoloConfig& config, const at::Tensor& like) {
    std::vector<at::Tensor> strides;
    for (std::size_t i = 0; i < config.grids.size(); ++i) {
        strides.push_back(
            at::full({config.grids[i] * config.grids[i]}, double(SoloConfig::kStrides[i]), like.options()));
    }
    return at::cat(strides);
}

}  // namespace

at::Tensor matrixNms(const at::Tensor& masks, const at::Tensor& labels, const at::Tensor& scores, double sigma) {
    const at::Tensor both = nn::matmul(masks, masks.t().contiguous()), area = masks.sum(1);
    const at::Tensor same = labels.unsqueeze(0) == labels.unsqueeze(1);
    const at::Tensor overlap = (both / (area.unsqueeze(0) + area.unsqueeze(1) - both) * same).triu(1);
    const at::Tensor own = std::get<0>(overlap.max(0));  // of each with the surer one that hides it most
    const auto decay = [&](const at::Tensor& x) { return (x.square() * -sigma).exp(); };
    return scores * std::get<0>((decay(overlap) / decay(own).unsqueeze(1)).min(0));
}

Candidates soloMasks(const SoloNetwork& network, const SoloAnswer& answer, const SoloSize& size,
                     const SoloOptions& options) {
    Candidates found;
    const at::Tensor sure = (answer.scores > options.score).nonzero();  // [n, 2] cell, class
    if (sure.size(0) == 0) {
        return found;
    }
    found.before = std::size_t(sure.size(0));
    const at::Tensor cells = sure.select(1, 0);
    at::Tensor labels = sure.select(1, 1), kernels = answer.kernels.index_select(0, cells);
    const Measured all = measured(kernels, answer.features, options.inside);
    at::Tensor scores = answer.scores.index({cells, labels}) * all.maskness;
    const at::Tensor large =
        (all.area > stridesOf(network.config(), answer.scores).index_select(0, cells)).nonzero().flatten();
    const auto take = [&](const at::Tensor& which) {
        scores = scores.index_select(0, which);
        labels = labels.index_select(0, which);
        kernels = kernels.index_select(0, which);
    };
    take(large);
    take(at::argsort(scores, true, 0, true).slice(0, 0, options.before));
    if (scores.size(0) == 0) {
        return found;
    }
    at::Tensor maps = probabilities(kernels, answer.features);
    scores = matrixNms((maps > options.inside).to(at::kFloat), labels, scores, options.sigma);
    const at::Tensor order = at::argsort(scores, true, 0, true);
    maps = (maps - options.inside).to(at::kCPU).contiguous();
    const std::int64_t height = answer.features.size(1), width = answer.features.size(2);
    // A map is stretched as a whole number of times as the input is larger than it.
    const std::int64_t times = std::max((size.height + height - 1) / height, (size.width + width - 1) / width);
    const Stretch stretch(int(width), tapsAlong(int(height), int(height * times), int(size.height), size.pictureHeight),
                          tapsAlong(int(width), int(width * times), int(size.width), size.pictureWidth));
    for (std::int64_t i = 0; i < order.size(0) && found.all.size() < options.most; ++i) {
        const auto which = order[i].item<std::int64_t>();
        const float score = scores[which].item<float>();
        if (score < float(options.updated)) {
            break;
        }
        const at::Tensor map = maps.select(0, which);
        Cut cut = stretch.cut({map.data_ptr<float>(), std::size_t(map.numel())}, 0);
        if (cut.area > 0) {
            found.all.push_back({std::move(cut.runs), score});
        }
    }
    return found;
}

}  // namespace maskwright::segmenters
