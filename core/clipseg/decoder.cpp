#include "core/clipseg/decoder.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/clipseg/presence.h"
#include "core/clipseg/spoken.h"
#include "core/nn/layers.h"
#include "core/nn/product.h"

namespace maskwright::clipseg {

namespace {

constexpr double kSunk = 4;  // logits by which a map that is not decoded lies below its presence

// The maps of one level side by side. [B, C, h, w]
at::Tensor levelMap(const vision::Output& features, const std::vector<std::size_t>& layers) {
    if (layers.size() == 1) {
        return features.pyramid[layers.front()];
    }
    std::vector<at::Tensor> maps;
    for (const std::size_t layer : layers) {
        maps.push_back(features.pyramid[layer]);
    }
    return at::cat(maps, 1);
}

// A picture's maps for each of its conditions; where there is one picture, a view of them. [B, ...] -> [N or 1, ...]
at::Tensor ofConditions(const at::Tensor& maps, const at::Tensor& pictureOf) {
    return maps.size(0) == 1 ? maps : maps.index_select(0, pictureOf);
}

// x: [N, D, gh, gw]; each level doubles the grid towards its lateral map. maps: spokenMaps()'s finer ones, or
// undefined.
// -> [N, 1, h, w] of the finest level
at::Tensor pyramidHead(const nn::Params& p, at::Tensor x, const std::vector<at::Tensor>& laterals,
                       const at::Tensor& pictureOf, const at::Tensor& maps) {
    for (std::size_t i = 0; i < laterals.size(); ++i) {
        const nn::Params level = p[static_cast<std::int64_t>(i)];
        const at::Tensor lateral = ofConditions(laterals[i], pictureOf);
        x = nn::conv2d(level["reduce"], x);  // [N, c, h, w]
        x = at::upsample_bilinear2d(x, {lateral.size(2), lateral.size(3)}, false);
        // A gate as well as a sum: fine detail counts only where the condition is present.
        at::Tensor sum = x + lateral + x * lateral;
        if (maps.defined()) {
            sum = nn::conv2d(level["maps"], at::adaptive_avg_pool2d(maps, {sum.size(2), sum.size(3)}), 1, 0, 1, 1,
                             nn::Activation::none, sum);
        }
        x = at::relu(sum);
        x = at::relu(nn::conv2d(level["mix"], x, 1, 1, 1, 1, nn::Activation::none, x));
    }
    return nn::conv2d(p["out"], x);
}

// The maps by which a condition and a picture meet before the first block, where the model has any.
Maps mapsOf(const nn::Params& p, const Config& config, const Features& features, const at::Tensor& names,
            const at::Tensor& conditions, const at::Tensor& isA, const at::Tensor& pictureOf) {
    if (config.eyes.spokenMaps) {
        return spokenMaps(p, features.spoken, features.joint, conditions, at::sigmoid(isA), pictureOf, names);
    }
    Maps maps;
    if (config.similarityMap) {
        const std::int64_t n = conditions.size(0);
        // Every condition with every picture: one product is cheaper than a copy of the dense features for each
        // condition.
        const at::Tensor all = similarity(features.dense, conditions);                         // [B, N, T]
        const at::Tensor cosine = all.index({pictureOf, at::arange(n, pictureOf.options())});  // [N, T]
        const at::Tensor scaled = cosine * p["similarity"].tensor("scale") + p["similarity"].tensor("bias");
        maps.tokens =
            scaled.to(features.taps.front().scalar_type()).reshape({n, 1, features.gridHeight, features.gridWidth});
    }
    return maps;
}

// What the maps add to every token. maps: [N, M, gh, gw] -> [N, T, D]
at::Tensor tokensOf(const nn::Params& p, const Config& config, const at::Tensor& maps) {
    const at::Tensor rows = maps.flatten(2).transpose(1, 2);  // [N, T, M]
    return config.eyes.spokenMaps ? nn::linear(p["maps"]["tokens"], rows)
                                  : rows * p["similarity"].tensor("weight");  // [N, T, 1] * [D]
}

// The logits of the pyramid head, [N, 1, h, w], and what the maps add to them.
at::Tensor withMaps(const nn::Params& p, const Config& config, const at::Tensor& logits, const Maps& maps) {
    const auto here = [&](const at::Tensor& map) {
        return at::upsample_bilinear2d(map, {logits.size(2), logits.size(3)}, false);
    };
    if (config.eyes.spokenMaps) {
        const nn::Params weights = p["maps"]["logits"];
        std::vector<at::Tensor> each;
        for (std::int64_t i = 0; i < maps.fine.size(1); ++i) {
            each.push_back(weights.tensor(std::to_string(i)));
        }
        const at::Tensor sum = at::conv2d(maps.fine, at::stack(each).view({1, -1, 1, 1}));
        return logits + (sum.sizes() == logits.sizes() ? sum : here(sum));
    }
    return maps.tokens.defined() ? logits + p["pyramid"].tensor("similarity") * here(maps.tokens) : logits;
}

// x: [N, T, D] after the last decoder block, without class tokens; maps: [N, M, gh, gw] or undefined. -> [N]
at::Tensor presenceHead(const nn::Params& p, const at::Tensor& x, const at::Tensor& maps) {
    std::vector<at::Tensor> seen = {x.amax(1), x.mean(1)};  // [N, D] each
    if (maps.defined()) {
        const at::Tensor flat = maps.flatten(2);  // [N, M, T]
        seen.push_back(flat.amax(2));
        seen.push_back(flat.mean(2));
    }
    const at::Tensor all = at::cat(seen, 1);
    return nn::linear(p["1"], nn::linear(p["0"], all, nn::Activation::relu)).to(at::kFloat).squeeze(1);
}

// x: [N, D, gh, gw] -> [N, h, w]
at::Tensor transposedHead(const nn::Params& p, const Config& config, const at::Tensor& x) {
    if (!config.complexTransposedConvolution) {
        return nn::expandPixels(p, x).squeeze(1);
    }
    at::Tensor y = nn::conv2d(p["0"], x, 1, 1, 1, 1, nn::Activation::relu);
    y = at::relu(nn::expandPixels(p["2"], y));
    return nn::expandPixels(p["4"], y).squeeze(1);
}

// What can be told of conditions before the first block: what they mean, and with presence_mlp whether that is there.
Decoded before(const nn::Params& p, const Config& config, const PictureShare& share, const at::Tensor& wanted,
               const at::Tensor& pictureOf) {
    Decoded out;
    if (config.eyes.isAMlp > 0) {
        out.isA = isA(p["is_a"], wanted);
    }
    if (config.eyes.presenceMlp > 0) {
        const at::Tensor facts = presenceFacts(share.presence, wanted, at::sigmoid(out.isA), pictureOf);
        out.presence = namedPresence(p["named_presence"], facts, wanted);
    }
    return out;
}

// out: before()'s answer for `wanted`, conditions as asked() gives them.
Decoded decodeFrom(const nn::Params& p, const Config& config, const Features& features, const PictureShare& share,
                   const at::Tensor& wanted, const at::Tensor& pictureOf, Decoded out) {
    const std::int64_t n = wanted.size(0), height = features.gridHeight, width = features.gridWidth;
    const double eps = config.clip.vision.eps();
    const at::Tensor c = wanted.to(share.reduced.front().scalar_type());
    const Maps maps = mapsOf(p, config, features, share.names, wanted, out.isA, pictureOf);

    at::Tensor x;  // [N, T, D]
    for (std::size_t i = 0; i < share.reduced.size(); ++i) {
        const auto step = static_cast<std::int64_t>(i);
        const at::Tensor reduced = ofConditions(share.reduced[i], pictureOf);
        x = x.defined() ? reduced + x : reduced;
        if (step == config.conditionalLayer) {
            x = nn::linear(p["film_mul"], c).unsqueeze(1) * x + nn::linear(p["film_add"], c).unsqueeze(1);
            if (maps.tokens.defined()) {
                x = x + tokensOf(p, config, maps.tokens);
            }
        }
        x = nn::postNormBlock(p["layers"][step], x, config.decoderHeads, nn::Activation::relu, eps);
    }
    x = x.slice(1, features.classTokens);
    if (config.presenceHead) {
        const at::Tensor general = presenceHead(p["presence"], x, maps.tokens);
        out.presence = config.eyes.presenceMlp > 0 ? blended(out.presence, general, at::sigmoid(out.isA)) : general;
    }
    x = x.transpose(1, 2).reshape({n, config.reduceDim, height, width});
    if (config.pyramidLayers.empty()) {
        out.logits = transposedHead(p["transposed_convolution"], config, x);
    } else {
        const at::Tensor read = config.eyes.pyramidMaps ? maps.fine : at::Tensor();
        const at::Tensor head = pyramidHead(p["pyramid"], x, share.laterals, pictureOf, read);
        out.logits = withMaps(p, config, head, maps).squeeze(1);
    }
    if (out.presence.defined()) {
        out.logits = config.eyes.presenceMlp > 0 ? bothOf(out.logits, out.presence / config.eyes.presenceTemperature)
                                                 : out.logits + at::log_sigmoid(out.presence).view({n, 1, 1});
    }
    return out;
}

PictureShare shareOf(const nn::Params& p, const Config& config, const Features& features) {
    return features.share ? *features.share : pictureShare(p, config, features);
}

// Only what may be in its picture is decoded. wanted: as asked() gives it.
at::Tensor decodePresent(const nn::Params& p, const Config& config, const Features& features, const at::Tensor& wanted,
                         const at::Tensor& pictureOf) {
    const PictureShare share = shareOf(p, config, features);
    Decoded known = before(p, config, share, wanted, pictureOf);
    const at::Tensor most = mostOf(known.presence, at::sigmoid(known.isA)) / config.eyes.presenceTemperature;
    const at::Tensor maybe = (at::sigmoid(most) >= kSurelyAbsent).nonzero().squeeze(1);
    if (maybe.size(0) == wanted.size(0)) {
        return decodeFrom(p, config, features, share, wanted, pictureOf, std::move(known)).logits;
    }
    const at::Tensor& finest = share.laterals.back();
    at::Tensor logits = at::empty({wanted.size(0), finest.size(2), finest.size(3)}, most.options());
    logits.copy_((most - kSunk).view({-1, 1, 1}).expand_as(logits));
    if (maybe.size(0) > 0) {
        const auto some = [&](const at::Tensor& all) { return all.index_select(0, maybe); };
        Decoded there{{}, some(known.presence), some(known.isA)};
        logits.index_copy_(
            0, maybe, decodeFrom(p, config, features, share, some(wanted), some(pictureOf), std::move(there)).logits);
    }
    return logits;
}

}  // namespace

vision::Request visionRequest(const Config& config) {
    vision::Request request;
    request.taps = config.extractLayers;
    request.pyramid = config.pyramidLayers;
    for (const auto* layers : {&config.eyes.jointLayers, &config.eyes.jointFineLayers}) {
        request.pyramid.insert(request.pyramid.end(), layers->begin(), layers->end());
    }
    request.dense = config.similarityMap;
    request.spoken = config.eyes.spokenMaps;
    return request;
}

Features featuresOf(const nn::Params& p, const Config& config, vision::Output trunk) {
    Features features{std::move(trunk), {}};
    if (config.eyes.jointSpace()) {
        const auto maps = std::span<const at::Tensor>(features.pyramid).subspan(config.pyramidLayers.size());
        features.joint = jointSpace(p["joint"], config.eyes, maps, features.gridHeight, features.gridWidth);
    }
    return features;
}

at::Tensor nameCosines(const nn::Params& p, const at::Tensor& joint, std::int64_t names) {
    return similarity(joint.flatten(2).transpose(1, 2), p.tensor("names").slice(0, 0, names));
}

PictureShare pictureShare(const nn::Params& p, const Config& config, const Features& features) {
    PictureShare share;
    std::vector<at::Tensor> taps(features.taps.rbegin(), features.taps.rend());  // deepest first
    if (config.eyes.jointSpace()) {
        taps.insert(taps.begin(), features.joint.coarse.flatten(2).transpose(1, 2));
    }
    for (const at::Tensor& tap : taps) {
        share.reduced.push_back(nn::linear(p["reduces"][static_cast<std::int64_t>(share.reduced.size())], tap));
    }
    for (const auto& layers : pyramidLevels(config)) {
        const nn::Params level = p["pyramid"][static_cast<std::int64_t>(share.laterals.size())];
        share.laterals.push_back(nn::conv2d(level["lateral"], levelMap(features, layers)));
    }
    if (config.eyes.spokenMaps) {
        share.names = nameCosines(p, features.joint.coarse, config.clip.vision.names());
    }
    if (config.eyes.presenceMlp > 0) {
        share.presence = presenceInput(features.spoken, features.joint, share.names, config.clip.vision.classes());
    }
    return share;
}

at::Tensor asked(const Config& config, const at::Tensor& conditions) {
    const double length = config.eyes.conditionLength;
    return length == 0 ? conditions : conditions * (length / conditions.norm(2, -1, true).clamp_min(1e-6));
}

at::Tensor similarity(const at::Tensor& dense, const at::Tensor& conditions) {
    // dense: [B, T, P], conditions: [K, P]
    const auto unit = [](const at::Tensor& x) {
        const at::Tensor y = x.to(at::kFloat);
        return y / y.norm(2, -1, true).clamp_min(1e-6);
    };
    return nn::matmul(unit(conditions), unit(dense).transpose(1, 2));  // [B, K, T]
}

Decoded decodeAll(const nn::Params& p, const Config& config, const Features& features, const at::Tensor& conditions,
                  const at::Tensor& pictureOf) {
    // conditions: [N, P], pictureOf: [N]
    const at::Tensor wanted = asked(config, conditions);
    const PictureShare share = shareOf(p, config, features);
    return decodeFrom(p, config, features, share, wanted, pictureOf, before(p, config, share, wanted, pictureOf));
}

at::Tensor decode(const nn::Params& p, const Config& config, const Features& features, const at::Tensor& conditions,
                  const at::Tensor& pictureOf) {
    if (config.eyes.presenceMlp > 0) {
        return decodePresent(p, config, features, asked(config, conditions), pictureOf);
    }
    const Decoded all = decodeAll(p, config, features, conditions, pictureOf);
    return config.maskShape ? stretched(*config.maskShape, all.logits, all.presence) : all.logits;
}

at::Tensor stretched(const MaskShape& shape, const at::Tensor& logits, const at::Tensor& presence) {
    const at::Tensor peak = logits.amax({1, 2}, true);  // [N, 1, 1], what the map claims
    at::Tensor own = logits, ownPeak = peak;            // without the presence head: where in the picture
    if (presence.defined()) {
        const at::Tensor sunk = at::log_sigmoid(presence).view({-1, 1, 1});
        own = logits - sunk;
        ownPeak = peak - sunk;
    }
    const at::Tensor level = ownPeak.clamp_max(shape.cap) * shape.share + shape.offset;
    constexpr double kLeast = 0.5;  // of a map that is flat
    const at::Tensor inside = ((own - level) / (ownPeak - level).clamp_min(kLeast)).clamp(0, 1);
    const at::Tensor top = at::where(peak >= shape.anchor, (peak - shape.anchor) * inside + shape.anchor, peak);
    return top + (own - level).clamp_max(0);
}

at::Tensor toInputSize(const at::Tensor& logits, std::int64_t height, std::int64_t width) {
    if (logits.size(1) == height && logits.size(2) == width) {
        return logits;
    }
    return at::upsample_bilinear2d(logits.unsqueeze(1), {height, width}, false).squeeze(1);
}

nn::TensorMap freshDecoder(const Config& config) {
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : decoderParameters(config)) {
        tensors.emplace(name, nn::fresh(parameter));
    }
    return tensors;
}

}  // namespace maskwright::clipseg
