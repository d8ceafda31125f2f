// What a set of masks is worth, over many thresholds at once. A pixel is in a mask where its probability is greater
// than the threshold (strict). Definitions: facts.md section 6 (CLIPSeg's FixedIntervalMetrics), and the issue's
// phantom rate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/image/image.h"

namespace maskwright::eval {

inline constexpr std::size_t kThresholds = 49;  // 0.02, 0.04, ..., 0.98
inline constexpr double kPhantomArea = 0.003;   // of the picture: an absent phrase's mask larger than this is a phantom
inline constexpr double kPhantomRate = 0.15;    // the most the default threshold may bring
[[nodiscard]] double thresholdAt(std::size_t index);

// One phrase asked of one picture: pixel counts at the fixed thresholds, then at those asked for besides.
struct Counts {
    std::vector<std::int64_t> hit, extra;  // pixels of the mask inside and outside the truth
    std::int64_t truth = 0, pixels = 0;

    [[nodiscard]] double iou(std::size_t t) const;  // 0 where both are empty
    [[nodiscard]] bool phantom(std::size_t t) const;
};
// `probability` and `truth` have one size; `truth` empty: the phrase is absent.
Counts count(const Heatmap& probability, const Mask& truth, const std::vector<double>& besides = {});

struct Asked {
    std::size_t photo = 0, phrase = 0;
    bool present = false;
    Counts counts;
};

// Everything at one threshold.
struct Figures {
    double threshold = 0;
    double phraseIou = 0;      // mean over (picture, present phrase)
    double classIou = 0;       // mean over phrases of sum of intersections / sum of unions, absent pictures counted in
    double overallIou = 0;     // sum of intersections / sum of unions over present phrases
    double foregroundIou = 0;  // TP / (1 + TP + FP + FN) over everything asked
    double binaryIou = 0;      // 0.5 * foreground + 0.5 * TN / (1 + TN + FN + FP)
    double precision = 0, recall = 0;  // TP / (1 + TP + FP), TP / (1 + TP + FN)
    double phantomRate = 0;            // share of absent phrases whose mask is a phantom
};

struct PhraseFigures {
    std::string phrase;
    std::int64_t present = 0, absent = 0;
    double iou = 0;       // mean over the pictures that have it
    double classIou = 0;  // intersections over unions, all pictures
    double phantomRate = 0;
};

struct Metrics {
    std::vector<Figures> figures;  // at the fixed thresholds, then at those asked for besides
    // Simpson's rule over sorted (recall, precision) at the fixed thresholds at which anything is predicted.
    double averagePrecision = 0;
    // Of the fixed thresholds: highest phraseIou with phantomRate at most kPhantomRate (lowest phantomRate where none
    // has it).
    std::size_t best = 0;
    std::int64_t present = 0, absent = 0;

    // The figures measured at `threshold` exactly, or at the fixed one nearest to it.
    [[nodiscard]] std::size_t indexOf(double threshold) const;
    [[nodiscard]] std::vector<PhraseFigures> phrases(std::size_t threshold) const;

    std::vector<Asked> asked;
    std::vector<std::string> names;  // of the phrases
};

// `besides`: the thresholds that the counts hold after the fixed ones.
Metrics measure(std::vector<Asked> asked, std::vector<std::string> names, const std::vector<double>& besides = {});
// The threshold of the fixed list nearest to `value`.
[[nodiscard]] std::size_t nearestThreshold(double value);
// Composite Simpson over irregular points with distinct x, as SciPy's `simpson` of old: pairs of intervals, the
// trapezium for a last odd one averaged from both ends.
[[nodiscard]] double simpson(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace maskwright::eval
