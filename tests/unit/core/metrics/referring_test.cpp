#include "core/metrics/referring.h"

#include <gtest/gtest.h>

namespace maskwright::metrics {
namespace {

TEST(ReferringTotals, HaveThePapersFigures) {
    ReferringTotals totals;
    totals.add({50, 100});  // 0.5 counts as good enough
    totals.add({9, 10});
    totals.add({0, 40});
    totals.add({0, 0});
    const ReferringFigures f = totals.figures();
    EXPECT_EQ(f.texts, 4);
    EXPECT_DOUBLE_EQ(f.overallIou, 59.0 / 150);
    EXPECT_DOUBLE_EQ(f.meanIou, 1.4 / 4);
    EXPECT_DOUBLE_EQ(f.precision[0], 0.5);
    EXPECT_DOUBLE_EQ(f.precision[1], 0.25);
    EXPECT_DOUBLE_EQ(f.precision[4], 0.25);
}

TEST(ReferringTotals, OfNothingAreZero) {
    const ReferringFigures f = ReferringTotals().figures();
    EXPECT_EQ(f.texts, 0);
    EXPECT_EQ(f.overallIou, 0);
    EXPECT_EQ(f.meanIou, 0);
    EXPECT_EQ(f.precision[0], 0);
}

}  // namespace
}  // namespace maskwright::metrics
