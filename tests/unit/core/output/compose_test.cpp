#include "core/output/compose.h"

#include <cmath>

#include "core/image/refine.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::output {
namespace {

using test::picture;
using test::ramp;

struct Pixels {
    std::vector<std::uint8_t> bytes;
    [[nodiscard]] int alpha(std::size_t i) const { return bytes[4 * i + 3]; }
    [[nodiscard]] std::array<int, 3> colour(std::size_t i) const {
        return {bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2]};
    }
};

Appearance with(double threshold, CutoutEdge edge = CutoutEdge::soft) {
    Appearance appearance;
    appearance.threshold = threshold;
    appearance.cutoutEdge = edge;
    return appearance;
}

// A disc of high probability, falling off over some pixels, on a background that is not quite sure of being none.
Heatmap disc(float background, float slope = 0.2f) {
    Heatmap map(40, 40);
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 40; ++x) {
            const float inside = 12 - std::hypot(float(x) - 20, float(y) - 20);
            map.at(x, y) = std::clamp(0.5f + slope * inside, background, 0.98f);
        }
    }
    return map;
}

TEST(Cutout, TheBackgroundIsGoneHoweverLowTheThreshold) {
    const Image image = picture(40, 40);
    // 0.09 is a background near a threshold of 0.1, as models with a recorded threshold have it.
    const std::pair<float, double> cases[] = {{0.03f, 0.1}, {0.09f, 0.1}, {0.45f, 0.5}, {0.0f, 0.01}};
    for (const auto& [background, threshold] : cases) {
        const Heatmap map = disc(background);
        const Pixels cut{cutout(image, map, with(threshold))};
        const Mask mask = maskwright::threshold(map, float(threshold));
        int soft = 0;
        for (std::size_t i = 0; i < map.pixels.size(); ++i) {
            EXPECT_EQ(cut.alpha(i) >= 128, mask.pixels[i] != 0);
            if (cut.alpha(i) == 0) {
                EXPECT_EQ(cut.colour(i), (std::array<int, 3>{0, 0, 0}));
            } else {
                EXPECT_EQ(cut.colour(i)[0], image.pixels[3 * i]);
            }
            soft += cut.alpha(i) != 0 && cut.alpha(i) != 255 ? 1 : 0;
        }
        EXPECT_EQ(cut.alpha(0), 0);
        EXPECT_EQ(cut.alpha(20 * 40 + 20), 255);
        EXPECT_GT(soft, 20) << "a soft edge";
        EXPECT_LT(soft, 300) << "of a pixel or two round a disc, not a veil";
    }
}

TEST(Cutout, AHardEdgeIsTheMask) {
    const Heatmap map = disc(0.03f);
    const Pixels cut{cutout(picture(40, 40), map, with(0.3, CutoutEdge::hard))};
    const Mask mask = threshold(map, 0.3f);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        EXPECT_EQ(cut.alpha(i), mask.pixels[i]);
    }
}

TEST(Cutout, ASoftEdgeIsAsWideAsTheBorder) {
    Heatmap map(8, 1);  // rises by 0.05 a pixel, crosses 0.5 half way between the fourth and the fifth
    for (int x = 0; x < 8; ++x) {
        map.at(x, 0) = 0.325f + 0.05f * float(x);
    }
    const Pixels cut{cutout(picture(8, 1), map, with(0.5))};
    EXPECT_EQ(cut.alpha(2), 0);
    EXPECT_NEAR(cut.alpha(3), 255 * 0.25, 1);
    EXPECT_NEAR(cut.alpha(4), 255 * 0.75, 1);
    EXPECT_EQ(cut.alpha(5), 255);
}

// A calm map has no slope to speak of: one side of the threshold is whole, the other is nothing.
TEST(Cutout, ACalmMapHasNoVeil) {
    const Pixels below{cutout(picture(9, 9), Heatmap(9, 9, 0.4999f), with(0.5))};
    const Pixels above{cutout(picture(9, 9), Heatmap(9, 9, 0.5001f), with(0.5))};
    for (std::size_t i = 0; i < 81; ++i) {
        EXPECT_EQ(below.alpha(i), 0);
        EXPECT_EQ(above.alpha(i), 255);
    }
}

TEST(Cutout, APicturesOwnTransparencyIsKept) {
    Image laid(3, 1);
    Mask alpha(3, 1);
    alpha.pixels = {0, 128, 255};
    const int own[] = {200, 100, 50};
    for (int x = 0; x < 3; ++x) {
        for (std::size_t c = 0; c < 3; ++c) {
            laid.at(x, 0)[c] = std::uint8_t((own[c] * alpha.at(x, 0) + 255 * (255 - alpha.at(x, 0)) + 127) / 255);
        }
    }
    const Pixels cut{cutout(laid, Heatmap(3, 1, 1), with(0.5), {&alpha, {255, 255, 255}})};
    EXPECT_EQ(cut.alpha(0), 0);
    EXPECT_EQ(cut.colour(0), (std::array<int, 3>{0, 0, 0})) << "not the colour it was laid over";
    EXPECT_EQ(cut.alpha(1), 128);
    EXPECT_EQ(cut.alpha(2), 255);
    for (std::size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(cut.colour(1)[c], own[c], 1) << "as it was before it was laid over white";
        EXPECT_EQ(cut.colour(2)[c], own[c]);
    }
    const Pixels outside{cutout(laid, Heatmap(3, 1, 0), with(0.5), {&alpha, {255, 255, 255}})};
    EXPECT_EQ(outside.alpha(2), 0);
}

}  // namespace
}  // namespace maskwright::output
