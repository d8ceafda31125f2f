#include "core/referring/ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maskwright::referring {
namespace {

// Chosen on the photographs of tests/reference/refer/photos-val.json: its expressions of place and size, and 215 made
// of the same photographs' annotations ("the smallest cup", "the animal on the left"). Sight took the right one for
// 0.86 and 0.72 by what is named, for 0.81 and 0.64 by likeness; before objectness counted for 0.73 and 0.56.
constexpr double kCompared = 0.5;    // prior() compares what has so much sameness
constexpr double kHalfAlike = 0.35;  // of the way from the best likeness to the least: half as sure
// How far geometry decides among what is compared. What is surely named need not be likest to the expression as well.
struct Weights {
    double half;  // of the way from the best score to the least: a score worth half as much
    double geometry;
};
constexpr Weights kByName = {0.75, 2}, kByLikeness = {0.25, 1};

// Values that lie between the least and the best, as shares: 1 for the best, a half for what lies `half` of the way
// down.
std::vector<double> sharesOf(std::vector<double> values, double half) {
    if (values.empty()) {
        return values;
    }
    const auto [least, best] = std::minmax_element(values.begin(), values.end());
    const double most = *best, range = *best - *least;
    for (double& one : values) {
        one = range > 0 ? std::exp2((one - most) / (half * range)) : 1;
    }
    return values;
}

// How surely each region is one of the things that the noun phrase names, beside the surest; nothing told apart: 1.
// A part of a thing, or two things together, may be as like the noun as the thing is; its objectness tells.
std::vector<double> surenessOf(const Compared& compared, const Parts& parts, double v, std::span<const Place> places) {
    std::vector<double> sure(compared.named.begin(), compared.named.end());
    if (sure.empty()) {
        for (std::size_t i = 0; i < parts.globalNounPhrase.size(); ++i) {
            sure.push_back(v * parts.globalNounPhrase[i] + (1 - v) * parts.localNounPhrase[i]);
        }
        sure = sharesOf(std::move(sure), kHalfAlike);
    }
    double surest = 0;
    for (std::size_t i = 0; i < sure.size(); ++i) {
        sure[i] *= places[i].objectness;
        surest = std::max(surest, sure[i]);
    }
    for (double& one : sure) {
        one = surest > 0 ? one / surest : 1;
    }
    return sure;
}

// prior()'s sameness.
double samenessOf(double sure) { return std::min(1.0, kCompared / kAlike * sure); }

// Beside the best; the least is 0 where scores alone are compared, which may be below it.
std::vector<double> besideBest(std::vector<double> values, double least) {
    const double most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    for (double& one : values) {
        one = most > least ? (one - least) / (most - least) : 1;
    }
    return values;
}

}  // namespace

Ranking rank(const Compared& compared, const Mixture& mixture, std::span<const Wish> wishes,
             std::span<const Place> places) {
    Ranking ranking{scores(compared, mixture), parts(compared), {}, {}, {}, {}};
    std::vector<double> worth(ranking.scores.begin(), ranking.scores.end());
    if (!wishes.empty()) {
        ranking.sure = surenessOf(compared, ranking.parts, mixture.v, places);
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < places.size(); ++i) {
            candidates.push_back({places[i].box, places[i].area, samenessOf(ranking.sure[i])});
        }
        ranking.prior = prior(wishes, candidates, true);
        const Weights& weights = compared.named.empty() ? kByLikeness : kByName;
        worth = sharesOf(std::move(worth), weights.half);
        for (std::size_t i = 0; i < worth.size(); ++i) {
            worth[i] *= std::sqrt(candidates[i].sameness) * std::pow(ranking.prior[i], weights.geometry);
        }
    }
    ranking.order.resize(worth.size());
    std::iota(ranking.order.begin(), ranking.order.end(), std::size_t(0));
    std::stable_sort(ranking.order.begin(), ranking.order.end(),
                     [&](std::size_t a, std::size_t b) { return worth[a] > worth[b]; });
    const double least = wishes.empty() && !worth.empty() ? *std::min_element(worth.begin(), worth.end()) : 0;
    ranking.worth = besideBest(std::move(worth), least);
    return ranking;
}

}  // namespace maskwright::referring
