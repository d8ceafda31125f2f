#include "ui/dialogs/side_by_side.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(Agreement, CountsWhoHasWhichPixel) {
    Heatmap found(4, 1), chosen(4, 1);
    found.pixels = {0.9f, 0.6f, 0.4f, 0.1f};
    chosen.pixels = {0, 1, 1, 0};
    const Agreement counts = agreement(found, 0.5, chosen);
    EXPECT_EQ(counts.both, 1);
    EXPECT_EQ(counts.foundAlone, 1);
    EXPECT_EQ(counts.chosenAlone, 1);
    EXPECT_DOUBLE_EQ(counts.iou(), 1 / 3.0);
    EXPECT_EQ(agreement(found, 0.3, chosen).both, 2) << "the threshold decides what was found";
    EXPECT_EQ(agreement(found, 0.95, Heatmap(4, 1)).iou(), 0) << "both are empty";
}

}  // namespace
}  // namespace maskwright::ui
