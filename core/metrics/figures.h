// What a set of masks is worth, at every threshold: the figures of CLIPSeg (Lueddecke & Ecker 2022, section 4:
// IoU_FG, IoU_BIN, mean IoU, AP), the overall IoU of referring segmentation, and a rate of phantoms, the masks that a
// phrase gets which is not in the picture.
#pragma once

#include <cstdint>
#include <vector>

#include "core/metrics/counts.h"

namespace maskwright::metrics {

inline constexpr double kSmall = 0.01;        // of the picture: a truth that covers less is small
inline constexpr double kPhantomRate = 0.15;  // the most the best threshold may bring

// Everything at one threshold. Pixels of the positives and negatives are summed over all that was asked; the ones are
// those of FixedIntervalMetrics (timojl/clipseg metrics.py).
struct Figures {
    double threshold = 0;
    double phraseIou = 0;      // mean over (picture, present phrase)
    double classIou = 0;       // mean over phrases of sum of intersections / sum of unions, absent pictures counted in
    double overallIou = 0;     // sum of intersections / sum of unions over present phrases
    double foregroundIou = 0;  // TP / (1 + TP + FP + FN)
    double binaryIou = 0;      // 0.5 * foreground + 0.5 * TN / (1 + TN + FN + FP)
    double precision = 0, recall = 0;  // TP / (1 + TP + FP), TP / (1 + TP + FN)
    double phantomRate = 0;            // share of absent phrases whose mask is a phantom
    double smallIou = 0;               // as phraseIou, over the present phrases whose truth is small (kSmall)
};

// One phrase at one threshold.
struct PhraseFigures {
    std::int64_t present = 0, absent = 0;
    double iou = 0;       // mean over the pictures that have it
    double classIou = 0;  // intersections over unions, all pictures
    double phantomRate = 0;
};

struct Summary {
    std::vector<Figures> figures;                     // at the fixed thresholds, then at those asked for besides
    std::vector<std::vector<PhraseFigures>> phrases;  // [threshold][phrase]
    // Simpson's rule over sorted (recall, precision) at the fixed thresholds at which anything is predicted.
    double averagePrecision = 0;
    // Of the fixed thresholds: highest phraseIou with phantomRate at most kPhantomRate (lowest phantomRate where none
    // has it).
    std::size_t best = 0;
    // How many times something was asked for that was there, and that was not. Where one is 0, its figures are of
    // nothing and stand at 0: the phantom rate is that of `absent`, all others are of `present`.
    std::int64_t present = 0, absent = 0;
    std::int64_t small = 0;  // of `present`, those whose truth is small; smallIou is of them

    // The figures measured at `threshold` exactly, or at the fixed one nearest to it.
    [[nodiscard]] std::size_t indexOf(double threshold) const;
    // As `best`, with this for kPhantomRate.
    [[nodiscard]] std::size_t bestUnder(double phantomRate) const;
};

// Sums of counts: as large as thresholds times phrases, however many pictures are added.
class Totals {
  public:
    // `besides`: the thresholds that the counts hold after the fixed ones.
    explicit Totals(std::size_t phrases, std::vector<double> besides = {});
    void add(std::size_t phrase, bool present, const Counts& counts);
    // What another thread has summed, of the same phrases and thresholds.
    void add(const Totals& other);
    [[nodiscard]] Summary summary() const;
    // The thresholds it is for, by index; and which one is `threshold` exactly, or the fixed one nearest to it.
    [[nodiscard]] double thresholdAt(std::size_t index) const;
    [[nodiscard]] std::size_t indexOf(double threshold) const;

  private:
    struct OfPhrase {
        std::int64_t hit = 0, together = 0, phantoms = 0;
        double iou = 0;
    };
    struct At {
        std::int64_t hit = 0, extra = 0, presentHit = 0, presentTogether = 0;
        double iou = 0, smallIou = 0;
        std::vector<OfPhrase> phrases;
    };
    [[nodiscard]] Figures figuresAt(std::size_t t) const;
    [[nodiscard]] PhraseFigures phraseAt(std::size_t t, std::size_t phrase) const;

    std::vector<double> besides_;
    std::vector<At> sums_;  // by threshold
    std::vector<std::int64_t> present_, absent_;
    std::int64_t truth_ = 0, pixels_ = 0, small_ = 0;
};

// Composite Simpson over irregular points with distinct x, as SciPy's `simpson` of old: pairs of intervals, the
// trapezium for a last odd one averaged from both ends.
[[nodiscard]] double simpson(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace maskwright::metrics
