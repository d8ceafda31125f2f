#include "core/clipseg/marked.h"

#include <ATen/ATen.h>

#include "core/clipseg/spoken.h"
#include "core/nn/product.h"

namespace maskwright::clipseg {

namespace {

constexpr double kSeen = 0.2;    // from this fit on the detector alone is believed
constexpr double kSharp = 25;    // what cosines are multiplied by before the softmax over names; chosen on val
constexpr double kLeast = 1e-6;  // of what is divided by

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(kLeast); }

// The region on another grid: the share of each cell that is in it. [M, height * width]
at::Tensor onGrid(const at::Tensor& regions, std::int64_t height, std::int64_t width) {
    return at::adaptive_avg_pool2d(regions.unsqueeze(1), {height, width}).flatten(1);
}

// The mean joint feature under each region, [M, P].
at::Tensor featureUnder(const at::Tensor& joint, const at::Tensor& regions, const at::Tensor& pictureOf) {
    const at::Tensor inside = onGrid(regions, joint.size(2), joint.size(3));        // [M, T]
    const at::Tensor rows = unit(joint.to(at::kFloat).flatten(2).transpose(1, 2));  // [B, T, P]
    const at::Tensor sums = ofOwnPicture(nn::matmul(inside, rows), pictureOf);      // [M, P]
    return sums / inside.sum(1, true).clamp_min(kLeast);
}

}  // namespace

bool marksByNames(const Config& config) { return config.eyes.spokenMaps; }

at::Tensor namesUnder(const at::Tensor& evidence, const at::Tensor& regions, const at::Tensor& pictureOf) {
    const at::Tensor inside = onGrid(regions, evidence.size(2), evidence.size(3));              // [M, T]
    const at::Tensor maps = evidence.flatten(2);                                                // [B, K, T]
    const at::Tensor both = ofOwnPicture(nn::matmul(inside, maps.transpose(1, 2)), pictureOf);  // [M, K]
    const at::Tensor covered = both / inside.sum(1, true).clamp_min(kLeast);
    const at::Tensor precise = both / maps.sum(2).index_select(0, pictureOf).clamp_min(kLeast);
    return covered * precise.sqrt();
}

at::Tensor markedConditions(const nn::Params& p, const Config& config, const Features& features,
                            const at::Tensor& regions, const at::Tensor& pictureOf) {
    const at::Tensor& names = p.tensor("names");  // [n, P]
    const std::int64_t detected = config.clip.vision.names();
    const at::Tensor feature = featureUnder(features.joint.fine, regions, pictureOf);
    at::Tensor shares = at::softmax(nn::matmul(unit(feature), unit(names).t()) * kSharp, 1);  // [M, n]
    if (features.spoken.evidence.defined()) {
        const at::Tensor fit = namesUnder(features.spoken.evidence, regions, pictureOf);  // [M, K]
        // Squared, so that what fits half as well counts a quarter.
        const at::Tensor sharp = fit.square(), own = sharp / sharp.sum(1, true).clamp_min(kLeast);
        const at::Tensor seen = (fit.amax(1, true) / kSeen).clamp_max(1);  // [M, 1]
        shares = (1 - seen) * shares + seen * at::constant_pad_nd(own, {0, names.size(0) - detected}, 0);
    }
    // As long as names are, so that x = a * image + (1 - a) * text means what it says.
    return unit(nn::matmul(shares, unit(names))) * names.norm(2, -1).mean();
}

}  // namespace maskwright::clipseg
