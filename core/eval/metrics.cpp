#include "core/eval/metrics.h"

#include <algorithm>
#include <cmath>

namespace maskwright::eval {

double thresholdAt(std::size_t index) { return static_cast<double>(index + 1) / 50.0; }

std::size_t nearestThreshold(double value) {
    return static_cast<std::size_t>(std::clamp(std::lround(value * 50.0) - 1, 0L, static_cast<long>(kThresholds) - 1));
}

double Counts::iou(std::size_t t) const {
    const std::int64_t together = truth + extra[t];
    return together > 0 ? static_cast<double>(hit[t]) / static_cast<double>(together) : 0.0;
}

bool Counts::phantom(std::size_t t) const {
    return static_cast<double>(extra[t]) > kPhantomArea * static_cast<double>(pixels);
}

Counts count(const Heatmap& probability, const Mask& truth, const std::vector<double>& besides) {
    // Bin b holds the pixels that are above exactly the first b thresholds.
    static const std::vector<float> kEdges = [] {
        std::vector<float> edges;
        for (std::size_t t = 0; t < kThresholds; ++t) {
            edges.push_back(static_cast<float>(thresholdAt(t)));
        }
        return edges;
    }();
    std::array<std::int64_t, kThresholds + 1> inside{}, outside{};
    Counts counts;
    counts.hit.resize(kThresholds + besides.size());
    counts.extra.resize(kThresholds + besides.size());
    counts.pixels = static_cast<std::int64_t>(probability.pixels.size());
    for (std::size_t i = 0; i < probability.pixels.size(); ++i) {
        const float p = probability.pixels[i];
        auto bin = static_cast<std::size_t>(std::clamp(p * 50.0f - 1.0f, 0.0f, static_cast<float>(kThresholds)));
        while (bin > 0 && !(p > kEdges[bin - 1])) {
            --bin;
        }
        while (bin < kThresholds && p > kEdges[bin]) {
            ++bin;
        }
        const bool in = !truth.empty() && truth.pixels[i] != 0;
        ++(in ? inside : outside)[bin];
        counts.truth += in ? 1 : 0;
    }
    std::int64_t hit = 0, extra = 0;
    for (std::size_t t = kThresholds; t > 0; --t) {
        hit += inside[t];
        extra += outside[t];
        counts.hit[t - 1] = hit;
        counts.extra[t - 1] = extra;
    }
    for (std::size_t k = 0; k < besides.size(); ++k) {
        const auto edge = static_cast<float>(besides[k]);
        for (std::size_t i = 0; i < probability.pixels.size(); ++i) {
            if (probability.pixels[i] > edge) {
                const bool in = !truth.empty() && truth.pixels[i] != 0;
                ++(in ? counts.hit : counts.extra)[kThresholds + k];
            }
        }
    }
    return counts;
}

double simpson(const std::vector<double>& x, const std::vector<double>& y) {
    const std::size_t n = x.size();
    const auto trapezium = [&](std::size_t i) { return 0.5 * (x[i + 1] - x[i]) * (y[i] + y[i + 1]); };
    // Over an even number of intervals, two at a time.
    const auto pairs = [&](std::size_t begin, std::size_t end) {
        double sum = 0;
        for (std::size_t i = begin; i + 2 <= end; i += 2) {
            const double h0 = x[i + 1] - x[i], h1 = x[i + 2] - x[i + 1];
            sum += (h0 + h1) / 6 *
                   (y[i] * (2 - h1 / h0) + y[i + 1] * (h0 + h1) * (h0 + h1) / (h0 * h1) + y[i + 2] * (2 - h0 / h1));
        }
        return sum;
    };
    if (n < 2) {
        return 0;
    }
    if (n % 2 == 1) {
        return pairs(0, n - 1);
    }
    return 0.5 * (pairs(0, n - 2) + trapezium(n - 2) + trapezium(0) + pairs(1, n - 1));
}

Metrics measure(std::vector<Asked> asked, std::vector<std::string> names, const std::vector<double>& besides) {
    Metrics m;
    m.asked = std::move(asked);
    m.names = std::move(names);
    for (const Asked& a : m.asked) {
        (a.present ? m.present : m.absent) += 1;
    }
    std::vector<std::pair<double, double>> curve;
    for (std::size_t t = 0; t < kThresholds + besides.size(); ++t) {
        Figures f;
        f.threshold = t < kThresholds ? thresholdAt(t) : besides[t - kThresholds];
        double tp = 0, fp = 0, fn = 0, tn = 0, presentHit = 0, presentUnion = 0, phantoms = 0, ious = 0;
        std::vector<double> hit(m.names.size(), 0), together(m.names.size(), 0);
        std::vector<char> seen(m.names.size(), 0);
        for (const Asked& a : m.asked) {
            const auto in = static_cast<double>(a.counts.hit[t]), out = static_cast<double>(a.counts.extra[t]);
            const auto truth = static_cast<double>(a.counts.truth);
            tp += in;
            fp += out;
            fn += truth - in;
            tn += static_cast<double>(a.counts.pixels) - truth - out;
            hit[a.phrase] += in;
            together[a.phrase] += truth + out;
            if (a.present) {
                seen[a.phrase] = 1;
                ious += a.counts.iou(t);
                presentHit += in;
                presentUnion += truth + out;
            } else {
                phantoms += a.counts.phantom(t) ? 1 : 0;
            }
        }
        double classes = 0, classSum = 0;
        for (std::size_t k = 0; k < m.names.size(); ++k) {
            if (seen[k] != 0) {
                classes += 1;
                classSum += together[k] > 0 ? hit[k] / together[k] : 0;
            }
        }
        f.phraseIou = m.present > 0 ? ious / static_cast<double>(m.present) : 0;
        f.classIou = classes > 0 ? classSum / classes : 0;
        f.overallIou = presentUnion > 0 ? presentHit / presentUnion : 0;
        f.foregroundIou = tp / (1 + tp + fp + fn);
        f.binaryIou = 0.5 * f.foregroundIou + 0.5 * tn / (1 + tn + fn + fp);
        f.precision = tp / (1 + tp + fp);
        f.recall = tp / (1 + tp + fn);
        f.phantomRate = m.absent > 0 ? phantoms / static_cast<double>(m.absent) : 0;
        m.figures.push_back(f);
        if (t < kThresholds && tp + fp > 0) {
            curve.emplace_back(f.recall, f.precision);
        }
    }
    std::sort(curve.begin(), curve.end());
    std::vector<double> x, y;
    for (const auto& [recall, precision] : curve) {
        if (x.empty() || recall > x.back()) {
            x.push_back(recall);
            y.push_back(precision);
        }
    }
    m.averagePrecision = simpson(x, y);
    const auto better = [](const Figures& a, const Figures& b) {
        const bool aFits = a.phantomRate <= kPhantomRate, bFits = b.phantomRate <= kPhantomRate;
        if (aFits != bFits) {
            return aFits;
        }
        return aFits ? a.phraseIou > b.phraseIou : a.phantomRate < b.phantomRate;
    };
    for (std::size_t t = 1; t < kThresholds; ++t) {
        if (better(m.figures[t], m.figures[m.best])) {
            m.best = t;
        }
    }
    return m;
}

std::size_t Metrics::indexOf(double threshold) const {
    for (std::size_t t = 0; t < figures.size(); ++t) {
        if (std::abs(figures[t].threshold - threshold) < 1e-9) {
            return t;
        }
    }
    return nearestThreshold(threshold);
}

std::vector<PhraseFigures> Metrics::phrases(std::size_t t) const {
    std::vector<PhraseFigures> rows(names.size());
    std::vector<double> hit(names.size(), 0), together(names.size(), 0);
    for (std::size_t k = 0; k < names.size(); ++k) {
        rows[k].phrase = names[k];
    }
    for (const Asked& a : asked) {
        PhraseFigures& row = rows[a.phrase];
        hit[a.phrase] += static_cast<double>(a.counts.hit[t]);
        together[a.phrase] += static_cast<double>(a.counts.truth + a.counts.extra[t]);
        if (a.present) {
            row.present += 1;
            row.iou += a.counts.iou(t);
        } else {
            row.absent += 1;
            row.phantomRate += a.counts.phantom(t) ? 1 : 0;
        }
    }
    for (std::size_t k = 0; k < names.size(); ++k) {
        rows[k].iou /= std::max(1.0, static_cast<double>(rows[k].present));
        rows[k].phantomRate /= std::max(1.0, static_cast<double>(rows[k].absent));
        rows[k].classIou = together[k] > 0 ? hit[k] / together[k] : 0;
    }
    return rows;
}

}  // namespace maskwright::eval
