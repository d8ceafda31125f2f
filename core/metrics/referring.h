// What the answers to referring expressions are worth: overall and mean IoU as the papers have them (Yu, Seo, Son 2023,
// section 4; RefCOCO's evaluation), and the share of answers that are good enough.
#pragma once

#include <array>
#include <cstdint>

namespace maskwright::metrics {

inline constexpr std::array<double, 5> kPrecisionAt = {0.5, 0.6, 0.7, 0.8, 0.9};

struct ReferringFigures {
    std::int64_t texts = 0;
    double overallIou = 0;                                // sum of intersections / sum of unions
    double meanIou = 0;                                   // mean over texts; 0 where a union is empty
    std::array<double, kPrecisionAt.size()> precision{};  // share of texts with an IoU of at least kPrecisionAt[i]
};

// An answer and what is meant, in pixels.
struct Overlap {
    std::int64_t common = 0, either = 0;
    [[nodiscard]] double iou() const {
        return either > 0 ? static_cast<double>(common) / static_cast<double>(either) : 0;
    }
};

class ReferringTotals {
  public:
    void add(const Overlap& one);
    // All 0 where nothing was added.
    [[nodiscard]] ReferringFigures figures() const;

  private:
    std::int64_t texts_ = 0, common_ = 0, either_ = 0;
    double iou_ = 0;
    std::array<std::int64_t, kPrecisionAt.size()> good_{};
};

}  // namespace maskwright::metrics
