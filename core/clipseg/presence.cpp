#include "core/clipseg/presence.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/clipseg/decoder.h"
#include "core/clipseg/spoken.h"
#include "core/nn/layers.h"
#include "core/nn/product.h"

namespace maskwright::clipseg {

namespace {

constexpr double kSurest = 4;               // of the decoder's own head: a presence of 98 %
constexpr double kLeast = 1e-5;             // of a probability whose logarithm is taken
constexpr double kLeastShare = 1e-3;        // of a sum of probabilities, and of the head's own answers
constexpr double kLeastSeen = 0.01;         // of evidence whose logarithm is taken
constexpr double kSeen = 0.25;              // evidence that counts as covering a place
constexpr double kNearest = 0.05;           // share of the places that "near" looks at
constexpr double kLog = 0.25, kCosine = 5;  // bring logarithms and cosines to about one

at::Tensor logOf(const at::Tensor& x, double least) { return x.clamp_min(least).log() * kLog; }

// The largest x_l of the names that are not meant. x, a: [N, L] -> [N]
at::Tensor otherwise(const at::Tensor& x, const at::Tensor& a) { return x.masked_fill(a >= kMeant, 0).amax(1); }

}  // namespace

PresenceInput presenceInput(const vision::Spoken& spoken, const JointSpace& joint, const at::Tensor& names,
                            std::int64_t classes) {
    const std::int64_t pictures = joint.coarse.size(0);
    const auto options = joint.coarse.options().dtype(at::kFloat);
    PresenceInput input;
    input.joint = joint.coarse;
    input.names = names;
    input.whole = input.anywhere = at::zeros({pictures, classes}, options);
    input.surest = input.area = at::zeros({pictures, names.size(1)}, options);
    if (spoken.classes.defined()) {
        input.whole = spoken.whole;
        input.anywhere = spoken.classes.flatten(2).amax(2);
    }
    if (spoken.evidence.defined()) {
        const at::Tensor maps = spoken.evidence.flatten(2);  // [B, K, h * w]
        input.surest = maps.amax(2);
        input.area = (maps * (maps > kSeen)).mean(2);
    }
    return input;
}

at::Tensor presenceFacts(const PresenceInput& input, const at::Tensor& conditions, const at::Tensor& a,
                         const at::Tensor& pictureOf) {
    const std::int64_t names = input.surest.size(1);
    const at::Tensor meant = a.slice(1, 0, names), classes = a.slice(1, names);
    std::vector<at::Tensor> facts;
    for (const at::Tensor& said : {input.whole, input.anywhere}) {
        const at::Tensor x = said.index_select(0, pictureOf);  // [N, L]
        facts.push_back(logOf((classes * x).amax(1), kLeast));
        facts.push_back(logOf((classes * x).sum(1), kLeastShare));
        facts.push_back(logOf(otherwise(x, classes), kLeast));
    }
    const at::Tensor surest = input.surest.index_select(0, pictureOf), area = input.area.index_select(0, pictureOf);
    facts.push_back((meant * surest).amax(1));
    facts.push_back(logOf((meant * surest).amax(1), kLeastSeen));
    facts.push_back((meant * surest).sum(1).clamp_max(1));
    facts.push_back(otherwise(surest, meant));
    facts.push_back((meant * area).sum(1).clamp_max(1));
    facts.push_back(otherwise(area, meant));

    const at::Tensor rows = input.joint.flatten(2).transpose(1, 2);                   // [B, T, P]
    const at::Tensor cosine = ofOwnPicture(similarity(rows, conditions), pictureOf);  // [N, T]
    const at::Tensor ahead = margin(cosine, input.names, meant, pictureOf);           // [N, T]
    const auto near = std::max<std::int64_t>(static_cast<std::int64_t>(kNearest * double(cosine.size(1))), 1);
    facts.push_back(cosine.amax(1) * kCosine);
    facts.push_back(std::get<0>(cosine.topk(near, 1)).mean(1) * kCosine);
    facts.push_back(cosine.mean(1) * kCosine);
    facts.push_back(ahead.amax(1) * kCosine);
    facts.push_back(ahead.mean(1) * kCosine);

    facts.push_back(meant.amax(1));
    facts.push_back(logOf(meant.amax(1), kLeastShare));
    facts.push_back(classes.amax(1));
    facts.push_back(logOf(classes.amax(1), kLeastShare));
    facts.push_back(logOf(classes.sum(1), kLeastShare));
    return at::stack(facts, 1);
}

at::Tensor namedPresence(const nn::Params& p, const at::Tensor& facts, const at::Tensor& conditions) {
    const at::Tensor& condition = p.tensor("condition");
    const at::Tensor first = nn::linear(p["facts"], facts, nn::Activation::none,
                                        nn::matmul(conditions.to(condition.scalar_type()), condition.t()));
    const at::Tensor second = nn::linear(p["inner"], at::relu(first), nn::Activation::relu);
    return nn::linear(p["out"], second).to(at::kFloat).squeeze(1);
}

at::Tensor blended(const at::Tensor& named, const at::Tensor& general, const at::Tensor& a) {
    const at::Tensor share = a.amax(1);
    return share * named + (1 - share) * general.clamp_max(kSurest);
}

at::Tensor mostOf(const at::Tensor& named, const at::Tensor& a) {
    return blended(named, at::full_like(named, kSurest), a);
}

at::Tensor bothOf(const at::Tensor& maps, const at::Tensor& presence) {
    return at::minimum(maps, presence.view({-1, 1, 1}));
}

}  // namespace maskwright::clipseg
