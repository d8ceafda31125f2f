#include "core/metrics/figures.h"

#include <algorithm>
#include <cmath>

namespace maskwright::metrics {
namespace {

// Simpson's rule over (recall, precision) at the thresholds at which anything is predicted; of points with one recall
// the first.
double averagePrecisionOf(std::vector<std::pair<double, double>> curve) {
    std::sort(curve.begin(), curve.end());
    std::vector<double> x, y;
    for (const auto& [recall, precision] : curve) {
        if (x.empty() || recall > x.back()) {
            x.push_back(recall);
            y.push_back(precision);
        }
    }
    return simpson(x, y);
}

// Which of `count` thresholds, given by `at`, is `value`; the fixed one nearest to it where none is.
template <class At>
std::size_t indexAmong(std::size_t count, const At& at, double value) {
    for (std::size_t t = 0; t < count; ++t) {
        if (std::abs(at(t) - value) < 1e-9) {
            return t;
        }
    }
    return nearestThreshold(value);
}

bool better(const Figures& a, const Figures& b, double most) {
    const bool aFits = a.phantomRate <= most, bFits = b.phantomRate <= most;
    if (aFits != bFits) {
        return aFits;
    }
    return aFits ? a.phraseIou > b.phraseIou : a.phantomRate < b.phantomRate;
}

}  // namespace

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

Totals::Totals(std::size_t phrases, std::vector<double> besides)
    : besides_(std::move(besides)), sums_(kThresholds + besides_.size()), present_(phrases), absent_(phrases) {
    for (At& at : sums_) {
        at.phrases.resize(phrases);
    }
}

void Totals::add(std::size_t phrase, bool present, const Counts& counts) {
    (present ? present_ : absent_)[phrase] += 1;
    truth_ += counts.truth;
    pixels_ += counts.pixels;
    const bool small = present && static_cast<double>(counts.truth) < kSmall * static_cast<double>(counts.pixels);
    small_ += small ? 1 : 0;
    for (std::size_t t = 0; t < sums_.size(); ++t) {
        At& at = sums_[t];
        OfPhrase& own = at.phrases[phrase];
        const std::int64_t together = counts.truth + counts.extra[t];
        own.hit += counts.hit[t];
        own.together += together;
        at.hit += counts.hit[t];
        at.extra += counts.extra[t];
        if (present) {
            const double iou = counts.iouAt(t);
            own.iou += iou;
            at.iou += iou;
            at.smallIou += small ? iou : 0;
            at.presentTogether += together;
            at.presentHit += counts.hit[t];
        } else {
            own.phantoms += counts.phantomAt(t) ? 1 : 0;
        }
    }
}

void Totals::add(const Totals& other) {
    truth_ += other.truth_;
    pixels_ += other.pixels_;
    small_ += other.small_;
    for (std::size_t k = 0; k < present_.size(); ++k) {
        present_[k] += other.present_[k];
        absent_[k] += other.absent_[k];
    }
    for (std::size_t t = 0; t < sums_.size(); ++t) {
        At& at = sums_[t];
        const At& more = other.sums_[t];
        at.hit += more.hit;
        at.extra += more.extra;
        at.presentHit += more.presentHit;
        at.presentTogether += more.presentTogether;
        at.iou += more.iou;
        at.smallIou += more.smallIou;
        for (std::size_t k = 0; k < at.phrases.size(); ++k) {
            at.phrases[k].hit += more.phrases[k].hit;
            at.phrases[k].together += more.phrases[k].together;
            at.phrases[k].phantoms += more.phrases[k].phantoms;
            at.phrases[k].iou += more.phrases[k].iou;
        }
    }
}

PhraseFigures Totals::phraseAt(std::size_t t, std::size_t phrase) const {
    const OfPhrase& own = sums_[t].phrases[phrase];
    PhraseFigures f;
    f.present = present_[phrase];
    f.absent = absent_[phrase];
    f.iou = own.iou / std::max(1.0, static_cast<double>(f.present));
    f.phantomRate = static_cast<double>(own.phantoms) / std::max(1.0, static_cast<double>(f.absent));
    f.classIou = own.together > 0 ? static_cast<double>(own.hit) / static_cast<double>(own.together) : 0;
    return f;
}

Figures Totals::figuresAt(std::size_t t) const {
    const At& at = sums_[t];
    double present = 0, absent = 0, phantoms = 0, classes = 0, classSum = 0;
    for (std::size_t k = 0; k < at.phrases.size(); ++k) {
        const PhraseFigures own = phraseAt(t, k);
        present += static_cast<double>(own.present);
        absent += static_cast<double>(own.absent);
        phantoms += static_cast<double>(at.phrases[k].phantoms);
        if (own.present > 0) {
            classes += 1;
            classSum += own.classIou;
        }
    }
    const auto tp = static_cast<double>(at.hit), fp = static_cast<double>(at.extra),
               fn = static_cast<double>(truth_ - at.hit), tn = static_cast<double>(pixels_ - truth_ - at.extra);
    Figures f;
    f.threshold = thresholdAt(t);
    f.phraseIou = present > 0 ? at.iou / present : 0;
    f.classIou = classes > 0 ? classSum / classes : 0;
    f.overallIou =
        at.presentTogether > 0 ? static_cast<double>(at.presentHit) / static_cast<double>(at.presentTogether) : 0;
    f.foregroundIou = tp / (1 + tp + fp + fn);
    f.binaryIou = 0.5 * f.foregroundIou + 0.5 * tn / (1 + tn + fn + fp);
    f.precision = tp / (1 + tp + fp);
    f.recall = tp / (1 + tp + fn);
    f.phantomRate = absent > 0 ? phantoms / absent : 0;
    f.smallIou = small_ > 0 ? at.smallIou / static_cast<double>(small_) : 0;
    return f;
}

Summary Totals::summary() const {
    Summary s;
    s.small = small_;
    std::vector<std::pair<double, double>> curve;
    for (std::size_t t = 0; t < sums_.size(); ++t) {
        s.figures.push_back(figuresAt(t));
        if (t < kThresholds && sums_[t].hit + sums_[t].extra > 0) {
            curve.emplace_back(s.figures[t].recall, s.figures[t].precision);
        }
        s.phrases.emplace_back();
        for (std::size_t k = 0; k < present_.size(); ++k) {
            s.phrases[t].push_back(phraseAt(t, k));
        }
    }
    s.averagePrecision = averagePrecisionOf(std::move(curve));
    s.best = s.bestUnder(kPhantomRate);
    for (std::size_t k = 0; k < present_.size(); ++k) {
        s.present += present_[k];
        s.absent += absent_[k];
    }
    return s;
}

double Totals::thresholdAt(std::size_t index) const {
    return index < kThresholds ? metrics::thresholdAt(index) : besides_[index - kThresholds];
}

std::size_t Totals::indexOf(double threshold) const {
    return indexAmong(
        sums_.size(), [&](std::size_t t) { return thresholdAt(t); }, threshold);
}

std::size_t Summary::bestUnder(double phantomRate) const {
    std::size_t chosen = 0;
    for (std::size_t t = 1; t < kThresholds; ++t) {
        if (better(figures[t], figures[chosen], phantomRate)) {
            chosen = t;
        }
    }
    return chosen;
}

std::size_t Summary::indexOf(double threshold) const {
    return indexAmong(
        figures.size(), [&](std::size_t t) { return figures[t].threshold; }, threshold);
}

}  // namespace maskwright::metrics
