#include "core/vision/regions.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "core/nn/attention.h"
#include "core/nn/layers.h"

namespace maskwright::vision {

namespace {

constexpr double kLeast = 1e-12;  // of what is divided by

void enter(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        throw Stopped{};
    }
}

// The transformer's blocks for regions.
class Blocks {
  public:
    Blocks(const Vit& vit, const nn::Params& p)
        : vit_(vit), p_(p), activation_(nn::activationFromName(vit.activation)) {}

    // x: [B, T, C]; hidden: undefined, or added to the scores of each key, [B, 1, 1, T]
    [[nodiscard]] at::Tensor whole(std::int64_t i, const at::Tensor& x, const at::Tensor& hidden = {}) const {
        return nn::preNormBlock(block(i), x, vit_.heads, activation_, vit_.eps, false, hidden);
    }

    // What the last block makes of the class tokens alone: nobody asks for the others. -> [B, 1, C]
    [[nodiscard]] at::Tensor classToken(std::int64_t i, const at::Tensor& x, const at::Tensor& hidden) const {
        const auto [q, k, v] = heads(i, x);
        return lookedAt(i, x.slice(1, 0, 1), q.slice(2, 0, 1), k, v, hidden);
    }

    // A token for each region looks at the patches of the picture and at itself. token: [N, 1, C]; x: [1, T, C];
    // hidden: [N, 1, 1, T], itself the last -> [N, 1, C]
    [[nodiscard]] at::Tensor regionToken(std::int64_t i, const at::Tensor& token, const at::Tensor& x,
                                         const at::Tensor& hidden) const {
        const nn::QueryKeyValue patches = heads(i, x.slice(1, 1)), own = heads(i, token);
        const auto both = [](const at::Tensor& shared, const at::Tensor& one) {
            return at::cat({shared.expand({one.size(0), -1, -1, -1}), one}, 2);  // [N, h, T, d]
        };
        return lookedAt(i, token, own.query, both(patches.key, own.key), both(patches.value, own.value), hidden);
    }

    [[nodiscard]] at::Tensor end(const at::Tensor& token) const {
        return nn::layerNorm(p_["post_layernorm"], token.select(1, 0), vit_.eps);  // [N, C]
    }

  private:
    [[nodiscard]] nn::Params block(std::int64_t i) const { return p_["encoder"]["layers"][i]; }
    [[nodiscard]] nn::QueryKeyValue heads(std::int64_t i, const at::Tensor& x) const {
        return nn::queryKeyValue(block(i)["self_attn"], nn::layerNorm(block(i)["layer_norm1"], x, vit_.eps),
                                 vit_.heads);
    }
    // token: [N, 1, C]; q: [N, h, 1, d]; k, v: [N, h, T, d] -> [N, 1, C]
    [[nodiscard]] at::Tensor lookedAt(std::int64_t i, const at::Tensor& token, const at::Tensor& q, const at::Tensor& k,
                                      const at::Tensor& v, const at::Tensor& hidden) const {
        const at::Tensor seen = nn::attention(q, k, v, hidden, false).transpose(1, 2).reshape(token.sizes());
        const at::Tensor y = nn::linear(block(i)["self_attn"]["out_proj"], seen, nn::Activation::none, token);
        return nn::mlp(block(i)["mlp"], nn::layerNorm(block(i)["layer_norm2"], y, vit_.eps), activation_, y);
    }

    const Vit& vit_;
    nn::Params p_;
    nn::Activation activation_;
};

// seen: [N, T] true for keys that are looked at -> what is added to the scores, [N, 1, 1, T]
at::Tensor hidden(const at::Tensor& seen) {
    const at::Tensor nothing = at::zeros(seen.sizes(), seen.options().dtype(at::kFloat));
    const at::Tensor added = nothing.masked_fill(seen.logical_not(), -std::numeric_limits<float>::infinity());
    return added.unsqueeze(1).unsqueeze(1);
}

at::Tensor underRegionToken(const Vit& vit, const nn::Params& p, const Passage& passage, const GridRegions& regions,
                            std::int64_t first, const std::stop_token& stop) {
    const Blocks blocks(vit, p);
    // A region that is at no patch's corner has the patches that it touches.
    const at::Device device = passage.before.front().device();
    const at::Tensor corners = regions.corners.flatten(1).to(device) > 0;  // [N, T - 1]
    const at::Tensor touched = regions.soft.flatten(1).to(device) > 0;
    const at::Tensor inside = at::where(corners.any(1, true), corners, touched);
    const std::int64_t count = inside.size(0);
    const at::Tensor itself = at::ones({count, 1}, inside.options());
    const at::Tensor unseen = hidden(at::cat({inside, itself}, 1));
    at::Tensor token = passage.before[static_cast<std::size_t>(first)].slice(1, 0, 1).expand({count, -1, -1});
    for (std::int64_t i = first; i < vit.layers; ++i) {
        enter(stop);
        token = blocks.regionToken(i, token, passage.before[static_cast<std::size_t>(i)], unseen);
    }
    return blocks.end(token);
}

at::Tensor underTokens(const Vit& vit, const nn::Params& p, const Passage& passage, const at::Tensor& soft,
                       Silencing how, std::int64_t first, const std::stop_token& stop) {
    const Blocks blocks(vit, p);
    at::Tensor x = passage.before[static_cast<std::size_t>(first)];  // [1, T, C]
    const at::Tensor patches = soft.flatten(1).to(x.device(), at::kFloat);
    const at::Tensor kept = at::cat({at::ones({patches.size(0), 1}, patches.options()), patches}, 1);  // [N, T]
    const bool asKeys = how == Silencing::attention;
    const at::Tensor unseen = asKeys ? hidden(kept > 0) : at::Tensor();
    x = x.expand({patches.size(0), -1, -1});
    for (std::int64_t i = first; i < vit.layers; ++i) {
        enter(stop);
        if (!asKeys && (i == first || how == Silencing::tokens)) {
            x = x * kept.unsqueeze(2);  // [N, T, C]
        }
        x = i + 1 < vit.layers ? blocks.whole(i, x, unseen) : blocks.classToken(i, x, unseen);
    }
    return blocks.end(x);
}

at::Tensor under(const Vit& vit, const nn::Params& p, const Passage& passage, const GridRegions& regions, Silencing how,
                 std::int64_t blocks, const std::stop_token& stop) {
    const std::int64_t first = vit.layers - std::clamp<std::int64_t>(blocks, 1, vit.layers);
    return how == Silencing::regionToken ? underRegionToken(vit, p, passage, regions, first, stop)
                                         : underTokens(vit, p, passage, regions.soft, how, first, stop);
}

at::Tensor under(const ModifiedResNet& resnet, const nn::Params& p, const Passage& passage, const GridRegions& regions,
                 Silencing how, std::int64_t, const std::stop_token& stop) {
    if (how != Silencing::tokens) {
        throw std::invalid_argument("a modified ResNet has no tokens: regions silence its map");
    }
    enter(stop);
    const at::Tensor soft = regions.soft.to(passage.map.device(), at::kFloat).unsqueeze(1);  // [N, 1, h, w]
    return resnet.attentionPool(p, passage.map * soft);
}

Passage through(const Vit& vit, const nn::Params& p, const at::Tensor& pixels, std::stop_token stop) {
    const Blocks blocks(vit, p);
    Passage seen;
    at::Tensor x = vit.tokens(p, pixels);
    for (std::int64_t i = 0; i < vit.layers; ++i) {
        enter(stop);
        seen.before.push_back(x);
        if (i + 1 < vit.layers) {
            x = blocks.whole(i, x);
        }
    }
    return seen;
}

Passage through(const ModifiedResNet& resnet, const nn::Params& p, const at::Tensor& pixels, std::stop_token stop) {
    Request request;
    request.pyramid = {resnet.blockCount() - 1};
    request.stop = std::move(stop);
    Passage seen;
    const at::Tensor map = resnet.forward(p, pixels, request).pyramid.front();
    seen.map = map / map.norm(2, 1, true).clamp_min(kLeast);
    return seen;
}

template <class F>
auto ofRegionTrunk(const Trunk& trunk, F&& call) {
    if (const auto* vit = std::get_if<Vit>(&trunk.type())) {
        return call(*vit);
    }
    if (const auto* resnet = std::get_if<ModifiedResNet>(&trunk.type())) {
        return call(*resnet);
    }
    throw std::invalid_argument("the trunk " + trunk.name() + " does not take regions");
}

}  // namespace

bool takesRegions(const Trunk& trunk) {
    return std::holds_alternative<Vit>(trunk.type()) || std::holds_alternative<ModifiedResNet>(trunk.type());
}

Passage passage(const Trunk& trunk, const nn::Params& p, const at::Tensor& pixels, std::stop_token stop) {
    Passage seen = ofRegionTrunk(trunk, [&](const auto& type) { return through(type, p, pixels, std::move(stop)); });
    seen.gridHeight = pixels.size(2) / trunk.gridStride();
    seen.gridWidth = pixels.size(3) / trunk.gridStride();
    return seen;
}

at::Tensor pooledUnder(const Trunk& trunk, const nn::Params& p, const Passage& passage, const GridRegions& regions,
                       Silencing how, std::int64_t blocks, const std::stop_token& stop) {
    return ofRegionTrunk(trunk, [&](const auto& type) { return under(type, p, passage, regions, how, blocks, stop); });
}

double floatsPerRegion(const Trunk& trunk, const Passage& passage) {
    const double tokens = double(passage.gridHeight * passage.gridWidth) + 1;
    // Stream, sum, and the widest of a block: the MLP before and after its activation.
    const auto* vit = std::get_if<Vit>(&trunk.type());
    const double wide = vit != nullptr ? 3.0 * double(vit->mlp) : 0;
    return tokens * (4.0 * double(trunk.hiddenSize()) + wide);
}

}  // namespace maskwright::vision
