#include "core/image/resize.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/paths.h"

namespace maskwright {
namespace {

// The picture of tests/reference/make_resize_fixtures.py.
Image drawn(int width, int height) {
    Image image(width, height);
    std::uint32_t state = static_cast<std::uint32_t>(width) * 7919u + static_cast<std::uint32_t>(height);
    for (auto& value : image.pixels) {
        state = state * 1664525u + 1013904223u;
        value = static_cast<std::uint8_t>(state >> 24);
    }
    return image;
}

std::uint64_t fnv(const std::vector<std::uint8_t>& bytes) {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const std::uint8_t byte : bytes) {
        hash = (hash ^ byte) * 0x100000001b3ull;
    }
    return hash;
}

TEST(Resize, EqualsPillowWithEveryFilter) {
    std::ifstream cases(test::sourcePath("tests/unit/core/image/fixtures/resize.txt"));
    int filter = 0, width = 0, height = 0, newWidth = 0, newHeight = 0, count = 0;
    std::uint64_t expected = 0;
    while (cases >> std::dec >> filter >> width >> height >> newWidth >> newHeight >> std::hex >> expected) {
        const Image out = resize(drawn(width, height), newWidth, newHeight, static_cast<ResizeFilter>(filter));
        EXPECT_EQ(out.width, newWidth);
        EXPECT_EQ(out.height, newHeight);
        EXPECT_EQ(fnv(out.pixels), expected)
            << width << "x" << height << " to " << newWidth << "x" << newHeight << " with " << filter;
        ++count;
    }
    EXPECT_EQ(count, 6 * 16);
}

TEST(Resize, MakesAPartOfTheResult) {
    for (const auto& [width, height] : {std::pair{64, 48}, {301, 90}, {90, 301}, {33, 1000}}) {
        const Image picture = drawn(width, height);
        for (int filter = 0; filter < 6; ++filter) {
            const Image whole = resize(picture, 71, 52, static_cast<ResizeFilter>(filter));
            const Box window{9, 4, 50, 40};
            const Image part = resize(picture, 71, 52, static_cast<ResizeFilter>(filter), window);
            ASSERT_EQ(part.width, 50);
            ASSERT_EQ(part.height, 40);
            for (int y = 0; y < part.height; ++y) {
                EXPECT_TRUE(std::equal(part.at(0, y), part.at(0, y) + 150, whole.at(9, 4 + y))) << filter << " " << y;
            }
        }
    }
    EXPECT_TRUE(resize(drawn(4, 4), 8, 8, ResizeFilter::box, {0, 0, 0, 8}).empty());
}

TEST(ResizeBilinearAntialiased, IsTheBilinearOne) {
    const Image picture = drawn(97, 33);
    EXPECT_EQ(resizeBilinearAntialiased(picture, 40, 40).pixels,
              resize(picture, 40, 40, ResizeFilter::bilinear).pixels);
}

TEST(ResizeBilinearAntialiased, KeepsAFlatPictureFlat) {
    Image image(301, 77);
    std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{201});
    const Image out = resizeBilinearAntialiased(image, 64, 352);
    EXPECT_TRUE(std::all_of(out.pixels.begin(), out.pixels.end(), [](std::uint8_t v) { return v == 201; }));
}

TEST(ResizeBilinearAntialiased, GivesNothingForNothing) {
    EXPECT_TRUE(resizeBilinearAntialiased({}, 3, 3).empty());
    EXPECT_TRUE(resizeBilinearAntialiased(Image(3, 3), 0, 3).empty());
}

TEST(Halved, MeansSquaresOfTwoPixelsAndLeavesOutWhatIsOdd) {
    const int sides[][2] = {{2, 2}, {64, 48}, {65, 47}, {1, 9}, {9, 1}, {1, 1}, {131, 3}};
    for (const auto& [width, height] : sides) {
        const Image image = drawn(width, height);
        const Image half = halved(image);
        ASSERT_EQ(half.width, std::max(1, width / 2));
        ASSERT_EQ(half.height, std::max(1, height / 2));
        for (int y = 0; y < half.height; ++y) {
            for (int x = 0; x < half.width; ++x) {
                for (int c = 0; c < 3; ++c) {
                    int sum = 0;
                    for (const int column : {2 * x, 2 * x + 1}) {
                        for (const int row : {2 * y, 2 * y + 1}) {
                            sum += image.at(std::min(column, width - 1), std::min(row, height - 1))[c];
                        }
                    }
                    ASSERT_EQ(half.at(x, y)[c], (sum + 2) / 4) << width << "x" << height << " at " << x << "," << y;
                }
            }
        }
    }
    EXPECT_TRUE(halved({}).empty());
}

TEST(Normalize, IsPlanarWithMeanAndDeviation) {
    Image image(2, 1);
    image.pixels = {0, 128, 255, 255, 0, 64};
    const Planar out = normalize(image, kImageNetMean, kImageNetStd);
    ASSERT_EQ(out.values.size(), 6u);
    const double expected[] = {-0.485 / 0.229, (1 - 0.485) / 0.229, (128 / 255.0 - 0.456) / 0.224,
                               -0.456 / 0.224, (1 - 0.406) / 0.225, (64 / 255.0 - 0.406) / 0.225};
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_NEAR(out.values[i], expected[i], 1e-6) << i;
    }
}

// torch.nn.functional.interpolate([[0, 1], [2, 4]], mode="bilinear", align_corners=False) to 3x4, by hand: rows at
// -1/6, 1/2, 7/6 (clamped), columns at -1/4, 1/4, 3/4, 5/4.
TEST(ResizeBilinear, HasHalfPixelCentresAndClampedEdges) {
    Heatmap map(2, 2);
    map.pixels = {0, 1, 2, 4};
    const Heatmap out = resizeBilinear(map, 4, 3);
    const std::vector<float> expected = {0, 0.25f, 0.75f, 1, 1, 1.375f, 2.125f, 2.5f, 2, 2.5f, 3.5f, 4};
    ASSERT_EQ(out.pixels.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(out.pixels[i], expected[i], 1e-6) << i;
    }
}

TEST(ResizeBilinear, DoesNotAntialiasDownwards) {
    Heatmap map(9, 1);
    map.pixels = {0, 1, 0, 0, 1, 0, 0, 1, 0};
    EXPECT_EQ(resizeBilinear(map, 3, 1).pixels, (std::vector<float>{1, 1, 1}));
}

}  // namespace
}  // namespace maskwright
