#include "core/metrics/reliability.h"

#include <algorithm>
#include <cmath>

namespace maskwright::metrics {
namespace {

constexpr double kLowest = 0.05, kHighest = 20;  // temperatures that are tried
constexpr double kEdge = 1e-6;                   // presence is kept off 0 and 1, whose logits have no end

double logitOf(double presence) {
    const double p = std::clamp(presence, kEdge, 1 - kEdge);
    return std::log(p / (1 - p));
}

// Mean of -log p(what is so), over what left a mask.
double loss(const std::vector<Said>& said, double temperature) {
    double sum = 0;
    std::int64_t count = 0;
    for (const Said& one : said) {
        if (one.mask) {
            const double logit = logitOf(one.presence) / temperature;
            sum += std::log1p(std::exp(one.there ? -logit : logit));
            ++count;
        }
    }
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

// In 1 / temperature the loss is convex: a golden section over the logarithm finds where it is least.
double bestTemperature(const std::vector<Said>& said) {
    const double golden = (std::sqrt(5.0) - 1) / 2;
    double low = std::log(kLowest), high = std::log(kHighest);
    for (int step = 0; step < 60; ++step) {
        const double left = high - golden * (high - low), right = low + golden * (high - low);
        if (loss(said, std::exp(left)) <= loss(said, std::exp(right))) {
            high = right;
        } else {
            low = left;
        }
    }
    return std::exp((low + high) / 2);
}

}  // namespace

Calibration calibration(const std::vector<Said>& said) {
    Calibration c;
    c.said = static_cast<std::int64_t>(said.size());
    for (const Said& one : said) {
        if (!one.mask) {
            continue;
        }
        const auto index = static_cast<std::size_t>(std::clamp(one.presence, 0.0, 1.0) * kBins);
        Bin& bin = c.bins[std::min(index, kBins - 1)];
        ++bin.masks;
        ++c.masks;
        bin.presence += one.presence;
        bin.there += one.there ? 1 : 0;
        bin.fitting += one.there && one.iou >= kFits ? 1 : 0;
    }
    if (c.masks == 0) {
        return c;
    }
    for (Bin& bin : c.bins) {
        const auto masks = static_cast<double>(std::max<std::int64_t>(1, bin.masks));
        for (double* sum : {&bin.presence, &bin.there, &bin.fitting}) {
            *sum /= masks;
        }
        const double weight = static_cast<double>(bin.masks) / static_cast<double>(c.masks);
        c.errorThere += weight * std::abs(bin.there - bin.presence);
        c.errorFitting += weight * std::abs(bin.fitting - bin.presence);
    }
    c.temperature = bestTemperature(said);
    c.logLikelihoodLoss = loss(said, 1);
    c.lossAtTemperature = loss(said, c.temperature);
    return c;
}

}  // namespace maskwright::metrics
