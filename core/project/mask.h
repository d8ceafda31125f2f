// A row's mask: the model's answer, the threshold, and what a hand has corrected. The window and the command line both
// make it here. Pure; any thread.
#pragma once

#include <utility>

#include "core/image/image.h"
#include "core/project/project.h"

namespace maskwright::project {

// Above which probability the row is inside; `usual`: the model's own threshold.
double thresholdOf(const Threshold& threshold, const Heatmap& map, double usual);

// The map with 1 where the correction adds and 0 where it takes away: all kinds of results are made from it, so that a
// corrected mask looks the same in each. Of one size.
void correct(Heatmap& map, const Correction& correction);
Runs corrected(const Runs& mask, const Correction& correction);
// Where rows compete: whether another row has the pixel, of which it is `other` sure and this row `own`; which of two
// that are equally sure has it, `otherFirst` says.
inline bool takes(float other, float otherThreshold, float own, bool otherFirst) {
    return other > otherThreshold && (other > own || (otherFirst && other == own));
}
// A pixel that the other row has becomes at most `lost`. Of one size. Done once for each other row, in any order.
void giveWay(Heatmap& map, float lost, const Heatmap& other, double otherThreshold, bool otherFirst);
// The same for many rows, none of whose maps has to stay: all are added, from the first to the last, and then each
// gives way to the others at once.
using Winners = Plane<std::uint16_t>;  // by pixel the row that has it: its number, from 1; 0: no row
class Contest {
  public:
    Contest(int width, int height);
    // `row`: its number, higher than those before.
    void add(std::uint16_t row, const Heatmap& map, double threshold);
    [[nodiscard]] Winners winners() && { return std::move(winners_); }

  private:
    Heatmap best_;
    Winners winners_;
};
void giveWay(Heatmap& map, float lost, const Winners& winners, std::uint16_t row);
// The map of a row that is an object: 1 inside, 0 outside. Its threshold is always kObjectThreshold.
inline constexpr double kObjectThreshold = 0.5;
Heatmap mapOf(const Runs& object);

// The correction after one more stroke.
Correction painted(const Correction& correction, const Runs& stroke);
Correction erased(const Correction& correction, const Runs& stroke);
// The correction after which the row's mask is `after`, where it is `before` now (with the correction in it): what
// holes filled, a mask that has grown and the like leave in the layer.
Correction changedTo(const Correction& correction, const Runs& before, const Runs& after);

}  // namespace maskwright::project
