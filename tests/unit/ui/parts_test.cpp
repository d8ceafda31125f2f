// Small pure parts of the window.
#include <gtest/gtest.h>

#include "ui/canvas/mask_writer.h"
#include "ui/model/inference.h"
#include "ui/widgets/icons.h"

namespace maskwright::ui {
namespace {

TEST(Icons, PathsAreReadFromText) {
    const QPainterPath path = iconPath("M2 3 L10 3 L10 9 Z O 12 12 4 R 1 1 5 6 1");
    EXPECT_EQ(path.boundingRect().toAlignedRect(), QRect(1, 1, 15, 15));
    EXPECT_TRUE(iconPath("").isEmpty());
    EXPECT_TRUE(icon("no such icon").isNull());
    EXPECT_FALSE(icon("open").isNull());
}

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

TEST(Inference, StagesAreKnownByTheWorkersWords) {
    EXPECT_EQ(stageOf("loading model"), PreviewStage::loadingModel);
    EXPECT_EQ(stageOf("encoding"), PreviewStage::encoding);
    EXPECT_EQ(stageOf("something new"), PreviewStage::finding);
}

TEST(Inference, AFindingCarriesADrawableMapForEveryPrompt) {
    session::Answer answer;
    answer.maps = {std::make_shared<const Heatmap>(600, 10, 0.5f), nullptr};
    const auto finding = makeFinding(answer);
    ASSERT_EQ(finding->maps.size(), 2u);
    EXPECT_EQ(finding->maps[0]->full, answer.maps[0]);
    EXPECT_EQ(finding->maps[1], nullptr);
}

}  // namespace
}  // namespace maskwright::ui
