#include "ui/canvas/mask_writer.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(MaskWriter, TheMaskIsStrictlyAboveTheThreshold) {
    Heatmap map(3, 1);
    map.pixels = {0.49f, 0.5f, 0.51f};
    EXPECT_EQ(maskOf(map, 0.5).pixels, (std::vector<std::uint8_t>{0, 0, 255}));
}

TEST(MaskWriter, ACutoutsEdgeIsSoftAndHalfAtTheThreshold) {
    Heatmap map(4, 1);
    map.pixels = {0.0f, 0.5f, 0.55f, 1.0f};
    const Heatmap soft = softMask(map, 0.5);
    EXPECT_FLOAT_EQ(soft.pixels[0], 0);
    EXPECT_FLOAT_EQ(soft.pixels[1], 0.5f);
    EXPECT_NEAR(soft.pixels[2], 0.75f, 1e-6);
    EXPECT_FLOAT_EQ(soft.pixels[3], 1);
}

TEST(MaskWriter, SuggestsANameBesideThePicture) {
    EXPECT_EQ(suggestedPath("/photos/my cat.jpg", "my cat.jpg", SaveKind::mask, {}), "/photos/my cat-mask.png");
    EXPECT_EQ(suggestedPath("/photos/a.b.png", "a.b.png", SaveKind::cutout, "/out"), "/out/a.b-cutout.png");
    EXPECT_EQ(suggestedPath({}, {}, SaveKind::overlay, {}), "picture-overlay.png");
}

}  // namespace
}  // namespace maskwright::ui
