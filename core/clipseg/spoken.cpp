#include "core/clipseg/spoken.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "core/clipseg/decoder.h"
#include "core/nn/layers.h"
#include "core/nn/product.h"

namespace maskwright::clipseg {

namespace {

constexpr double kLeast = 0.001, kNothing = 0.02;  // probabilities of a class: added, and where its word is 0

// sum over k of a_k x_k. x: [B, K, T] -> [N, T]
at::Tensor weighted(const at::Tensor& x, const at::Tensor& a, const at::Tensor& pictureOf) {
    return ofOwnPicture(nn::matmul(a, x), pictureOf);
}

// The names that were found in any of the pictures: a few of many.
at::Tensor found(const at::Tensor& evidence) {
    return (evidence.amax({0, 2, 3}) > 0).nonzero().squeeze(1);  // [K']
}

// The same map at another resolution. [N, 1, h, w]
at::Tensor resized(const at::Tensor& map, std::int64_t height, std::int64_t width) {
    return map.size(2) == height && map.size(3) == width ? map : at::upsample_bilinear2d(map, {height, width}, false);
}

at::Tensor largestOfEach(const at::Tensor& map, std::int64_t height, std::int64_t width) {
    return std::get<0>(at::adaptive_max_pool2d(map, {height, width}));
}

// How far the classifier is asked at all: 0 for what the detector has a name for. [N]
at::Tensor classGate(const at::Tensor& names, const at::Tensor& classes) {
    return classes.amax(1) * (1 - names.amax(1));
}

}  // namespace

at::Tensor ofOwnPicture(const at::Tensor& all, const at::Tensor& pictureOf) {
    return all.size(0) == 1 ? all.select(0, 0) : all.index({pictureOf, at::arange(all.size(1), pictureOf.options())});
}

at::Tensor isA(const nn::Params& p, const at::Tensor& conditions) {
    return nn::linear(p["fc2"], nn::linear(p["fc1"], conditions, nn::Activation::gelu));
}

at::Tensor evidenceFor(const at::Tensor& evidence, const at::Tensor& a, const at::Tensor& pictureOf) {
    const at::Tensor some = found(evidence);
    const at::Tensor maps = evidence.index_select(1, some).flatten(2);  // [B, K', h * w]
    return weighted(maps, a.index_select(1, some), pictureOf)
        .clamp_max(1)
        .reshape({a.size(0), evidence.size(2), evidence.size(3)});
}

at::Tensor evidenceAgainst(const at::Tensor& evidence, const at::Tensor& a, const at::Tensor& pictureOf) {
    const at::NoGradGuard guard;
    const at::Tensor some = found(evidence);
    at::Tensor against = at::zeros({a.size(0), evidence.size(2), evidence.size(3)}, evidence.options());
    if (some.numel() == 0) {
        return against;
    }
    const at::Tensor maps = evidence.index_select(1, some);                               // [B, K', h, w]
    const at::Tensor others = (a.index_select(1, some) < kMeant).to(maps.scalar_type());  // [N, K']
    const std::int64_t atOnce = std::max<std::int64_t>(kSpokenAtOnce / maps[0].numel(), 1);
    for (std::int64_t from = 0; from < a.size(0); from += atOnce) {
        const at::Tensor mine = maps.index_select(0, pictureOf.slice(0, from, from + atOnce));
        const at::Tensor share = others.slice(0, from, from + atOnce).unsqueeze(-1).unsqueeze(-1);
        against.slice(0, from, from + atOnce).copy_((mine * share).amax(1));
    }
    return against;
}

at::Tensor margin(const at::Tensor& cosine, const at::Tensor& names, const at::Tensor& a, const at::Tensor& pictureOf) {
    // A name that is meant competes as the worst there is.
    const at::Tensor best =
        names.index_select(0, pictureOf).masked_fill((a >= kMeant).unsqueeze(-1), -1).amax(1);  // [N, T]
    return cosine - best;
}

at::Tensor classesFor(const at::Tensor& classes, const at::Tensor& a, const at::Tensor& pictureOf) {
    return (weighted(classes, a, pictureOf) + kLeast).log() - std::log(kNothing);
}

Maps spokenMaps(const nn::Params& p, const vision::Spoken& spoken, const JointSpace& joint,
                const at::Tensor& conditions, const at::Tensor& a, const at::Tensor& pictureOf,
                const at::Tensor& names) {
    const nn::Params own = p["maps"];
    const std::int64_t n = conditions.size(0), height = joint.coarse.size(2), width = joint.coarse.size(3);
    const at::Tensor meantNames = a.slice(1, 0, names.size(1)), meantClasses = a.slice(1, names.size(1));
    const at::Tensor &scale = own.tensor("scale"), &bias = own.tensor("bias");
    const auto map = [&](const at::Tensor& flat, std::int64_t h, std::int64_t w) { return flat.reshape({n, 1, h, w}); };

    const auto cosineWith = [&](const at::Tensor& features) {
        const at::Tensor all = similarity(features.flatten(2).transpose(1, 2), conditions);  // [B, N, T]
        return ofOwnPicture(all, pictureOf);
    };
    const at::Tensor cosine = cosineWith(joint.coarse);
    const at::Tensor coarse = map(cosine * scale + bias, height, width);
    const at::Tensor fine = map(cosineWith(joint.fine) * scale + bias, joint.fine.size(2), joint.fine.size(3));
    const at::Tensor ahead = map(margin(cosine, names, meantNames, pictureOf) * scale, height, width);

    // Maps that nobody spoke are 0, at the resolution they would have.
    at::Tensor evidence = at::zeros({n, 1, 4 * height, 4 * width}, coarse.options()), against = evidence;
    if (spoken.evidence.defined()) {
        evidence = evidenceFor(spoken.evidence, meantNames, pictureOf).unsqueeze(1);
        against = evidenceAgainst(spoken.evidence, meantNames, pictureOf).unsqueeze(1);
    }
    at::Tensor classes = at::zeros_like(coarse);
    if (spoken.classes.defined()) {
        const at::Tensor here = classesFor(spoken.classes.flatten(2), meantClasses, pictureOf);    // [N, T]
        const at::Tensor whole = classesFor(spoken.whole.unsqueeze(-1), meantClasses, pictureOf);  // [N, 1]
        const at::Tensor word = own.tensor("class_here") * here + own.tensor("class_whole") * whole;
        const at::Tensor gate = classGate(meantNames, meantClasses).unsqueeze(1);
        classes = resized(map(word * gate, spoken.classes.size(2), spoken.classes.size(3)), height, width);
    }

    Maps maps;
    maps.tokens =
        at::cat({coarse, at::adaptive_avg_pool2d(fine, {height, width}), largestOfEach(evidence, height, width),
                 classes, largestOfEach(against, height, width), ahead},
                1);
    std::vector<at::Tensor> all = {coarse, fine, evidence, classes, against, ahead};
    for (at::Tensor& one : all) {
        one = resized(one, evidence.size(2), evidence.size(3));
    }
    maps.fine = at::cat(all, 1);
    return maps;
}

}  // namespace maskwright::clipseg
