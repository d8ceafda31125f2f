#include "core/output/overlay.h"

#include <cstdlib>

#include "core/image/refine.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::output {
namespace {

using test::picture;
using test::ramp;

constexpr Colour kRed = {230, 60, 40};

TEST(Overlay, ByDefaultItIsTheMasksOwnPixelsInOneColour) {
    const Image before = picture(21, 5);
    const Heatmap map = ramp(21, 5);
    const Image after = overlay(before, map, {}, kRed);
    const Mask mask = threshold(map, 0.5f);
    for (int x = 0; x < 21; ++x) {
        for (std::size_t c = 0; c < 3; ++c) {
            const double from = before.at(x, 2)[c];
            const double wanted = mask.at(x, 2) != 0 ? from + 0.55 * (kRed[c] - from) : from;
            EXPECT_NEAR(after.at(x, 2)[c], wanted, 0.501) << x;
        }
    }
}

TEST(Overlay, AHardEdgeIsTheShadeOfTheMask) {
    const Image before = picture(64, 9);
    const Heatmap map = ramp(64, 9);
    Heatmap asMap(64, 9);
    const Mask mask = threshold(map, 0.5f);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
        asMap.pixels[i] = mask.pixels[i] != 0 ? 1.0f : 0.0f;
    }
    EXPECT_EQ(overlay(before, map, {}, kRed), shade(before, asMap, kRed, 0.55f));
}

TEST(Overlay, ASoftEdgeFadesOverAPixelAtTheThreshold) {
    Appearance soft;
    soft.edge = 1;
    soft.opacity = 1;
    Image black(3, 1);
    Heatmap map(3, 1);
    map.pixels = {0.1f, 0.5f, 0.9f};  // the threshold is in the middle of the middle pixel
    const Image out = overlay(black, map, soft, {200, 200, 200});
    EXPECT_EQ(out.at(0, 0)[0], 0);
    EXPECT_EQ(out.at(1, 0)[0], 100);
    EXPECT_EQ(out.at(2, 0)[0], 200);
}

TEST(Overlay, TheSpotlightDarkensWhatIsOutside) {
    Appearance spotlight;
    spotlight.mode = OverlayMode::spotlight;
    spotlight.opacity = 1;
    const Image before = picture(11, 1);
    const Image after = overlay(before, ramp(11, 1), spotlight, kRed);
    EXPECT_EQ(Colour({after.at(0, 0)[0], after.at(0, 0)[1], after.at(0, 0)[2]}), (Colour{8, 8, 14}));
    EXPECT_EQ(after.at(10, 0)[0], before.at(10, 0)[0]);
}

TEST(Overlay, HeatColoursEveryProbabilityAndGetsLighter) {
    Appearance heat;
    heat.mode = OverlayMode::heat;
    heat.opacity = 1;
    const Image after = overlay(picture(256, 1), ramp(256, 1), heat, kRed);
    int before = -1;
    for (int x = 0; x < 256; ++x) {
        const Colour wanted = heatColour(x / 255.0);
        const std::uint8_t* pixel = after.at(x, 0);
        EXPECT_EQ((Colour{pixel[0], pixel[1], pixel[2]}), wanted) << x;
        const int luma = 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];
        EXPECT_GE(luma, before) << x;
        before = luma - 2000;  // rounding
    }
}

TEST(Overlay, TheOutlineIsAsWideAsAsked) {
    Appearance outlined;
    outlined.mode = OverlayMode::spotlight;
    outlined.opacity = 1;
    outlined.edge = 1;
    outlined.lineWidth = 4;
    Image black(101, 1);
    const Image out = overlay(black, ramp(101, 1), outlined, kRed);
    double white = 0;
    for (int x = 0; x < 101; ++x) {
        white += std::max(out.at(x, 0)[0] - 8, 0) / 247.0;
    }
    EXPECT_NEAR(white, 4, 0.2);
}

TEST(Overlay, AnOutlineAloneLeavesInsideAndOutsideAsTheyAre) {
    Appearance outline;
    outline.mode = OverlayMode::outline;
    outline.opacity = 1;
    outline.edge = 1;
    outline.lineWidth = 4;
    const Image out = overlay(Image(101, 1), ramp(101, 1), outline, kRed);
    double covered = 0;
    for (int x = 0; x < 101; ++x) {
        covered += out.at(x, 0)[0] / double(kRed[0]);
    }
    EXPECT_NEAR(covered, 4, 0.2);
    EXPECT_EQ(Brush(outline, kRed).lineColour()[0], float(kRed[0])) << "its own colour, not a shade";
}

// Lighter by a quarter in HSV; what would be over white goes off the saturation.
TEST(Overlay, TheOutlineOfATintIsALighterShade) {
    const auto lineOf = [](Colour colour) { return Brush({}, colour).lineColour(); };
    EXPECT_EQ(lineOf({100, 50, 20}), (std::array<float, 3>{125, 63, 25}));
    EXPECT_EQ(lineOf({255, 255, 255}), (std::array<float, 3>{255, 255, 255}));
    const auto pink = lineOf({255, 46, 126});
    EXPECT_EQ(pink[0], 255);
    EXPECT_GT(pink[1], 46 + 50);
    EXPECT_GT(pink[2], 126 + 20);
}

TEST(Overlay, WithoutOpacityOrOfAnotherSizeItIsThePicture) {
    const Image before = picture(11, 3);
    Appearance none;
    none.opacity = 0;
    none.lineWidth = 3;
    none.edge = 1;
    EXPECT_EQ(overlay(before, ramp(11, 3), none, kRed), before);
    EXPECT_EQ(overlay(before, ramp(12, 3), {}, kRed), before);
    EXPECT_EQ(shade(before, ramp(12, 3), kRed, 1), before);
}

// What layer() makes of a pixel, by the brush alone.
std::uint32_t byBrush(const Brush& brush, const Heatmap& map, int x, int y) {
    const auto at = [&](int i, int j) {
        return map.at(std::clamp(i, 0, map.width - 1), std::clamp(j, 0, map.height - 1));
    };
    const Brush::Coats coats =
        brush.at(map.at(x, y), (at(x + 1, y) - at(x - 1, y)) * 0.5f, (at(x, y + 1) - at(x, y - 1)) * 0.5f);
    const float below = coats.cover * (1 - coats.line);
    const auto mixed = [&](float fill, float line) {
        return static_cast<std::uint32_t>(fill * below + line * coats.line + 0.5f);
    };
    std::uint32_t colour = mixed(255, 255);
    for (std::size_t c = 0; c < 3; ++c) {
        colour = colour << 8 | mixed(coats.colour[c], brush.lineColour()[c]);
    }
    return colour;
}

TEST(Layer, IsTheBrushAtEveryPixel) {
    Heatmap map(61, 40);
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x) {
            // A steep edge, a slope and a plain.
            map.at(x, y) = x < 20 ? (x + y < 30 ? 0.97f : 0.02f) : x < 45 ? float(x - 20) / 25 : 0.5f;
        }
    }
    for (const OverlayMode mode :
         {OverlayMode::tint, OverlayMode::spotlight, OverlayMode::heat, OverlayMode::outline}) {
        for (const double threshold : {0.0, 0.02, 0.5, 0.8, 1.0}) {
            for (const auto& [edge, line] : {std::pair(0.0, 0.0), {1.0, 1.6}, {0.0, 5.0}, {7.0, 0.5}}) {
                Appearance appearance;
                appearance.mode = mode;
                appearance.threshold = threshold;
                appearance.edge = edge;
                appearance.lineWidth = line;
                const Brush brush(appearance, kRed);
                std::vector<std::uint32_t> out(map.pixels.size(), 7);
                layer(map, {3, 2, 58, 30}, brush, out);
                for (int y = 0; y < map.height; ++y) {
                    for (int x = 0; x < map.width; ++x) {
                        const std::uint32_t wanted = x < 3 || y < 2 || y >= 32 ? 0 : byBrush(brush, map, x, y);
                        ASSERT_EQ(out[std::size_t(y * map.width + x)], wanted) << x << " " << y << " " << threshold;
                    }
                }
            }
        }
    }
}

TEST(Shade, MixesByProbability) {
    Image image(3, 1);
    image.pixels = {100, 100, 100, 100, 100, 100, 100, 100, 100};
    Heatmap map(3, 1);
    map.pixels = {0.0f, 1.0f, 0.5f};
    const Image out = shade(image, map, {200, 0, 100}, 0.5f);
    EXPECT_EQ(out.pixels, (std::vector<std::uint8_t>{100, 100, 100, 150, 50, 100, 125, 75, 100}));
    EXPECT_EQ(shade(image, Heatmap(1, 1), {0, 0, 0}, 1), image);
}

TEST(Colours, DifferFromTheirNeighbours) {
    for (std::size_t i = 1; i < 20; ++i) {
        const Colour a = distinctColour(i - 1), b = distinctColour(i);
        int difference = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            difference += std::abs(int(a[c]) - int(b[c]));
        }
        EXPECT_GT(difference, 100) << i;
    }
    Appearance own;
    EXPECT_EQ(colourOf(own, 3), distinctColour(3));
    own.colour = kRed;
    EXPECT_EQ(colourOf(own, 3), kRed);
}

}  // namespace
}  // namespace maskwright::output
