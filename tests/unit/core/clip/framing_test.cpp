#include "core/clip/framing.h"

#include <gtest/gtest.h>

namespace maskwright::clip {
namespace {

Preprocessing shortestThenCrop(std::int64_t shortest, std::int64_t crop) {
    Preprocessing preprocessing;
    preprocessing.side = crop;
    preprocessing.shortestEdge = shortest;
    return preprocessing;
}

Image drawn(int width, int height) {
    Image image(width, height);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        image.pixels[i] = static_cast<std::uint8_t>(17 + i * 31 % 200);
    }
    return image;
}

TEST(Framing, WithoutACropTheWholePictureIsStretched) {
    const Framing framing = frame({}, 300, 200, 64);
    EXPECT_EQ(framing.width, 64);
    EXPECT_EQ(framing.height, 64);
    EXPECT_TRUE(framing.whole());
    const Image picture = drawn(300, 200);
    EXPECT_EQ(framed(picture, framing, ResizeFilter::bilinear), resizeBilinearAntialiased(picture, 64, 64));
    Heatmap map(16, 16);
    map.at(3, 4) = 0.5f;
    EXPECT_EQ(wholeMap(map, framing).pixels, map.pixels);
}

// Numbers: transformers' get_resize_output_image_size and torchvision's center_crop.
TEST(Framing, TheShorterSideThenTheMiddle) {
    struct Case {
        int width, height, resizedWidth, resizedHeight;
        Box seen;
    };
    for (const Case& c : {Case{451, 300, 336, 224, {56, 0, 224, 224}}, Case{300, 451, 224, 336, {0, 56, 224, 224}},
                          Case{97, 64, 339, 224, {57, 0, 224, 224}}, Case{5, 5, 224, 224, {0, 0, 224, 224}}}) {
        const Framing framing = frame(shortestThenCrop(224, 224), c.width, c.height, 224);
        EXPECT_EQ(framing.width, c.resizedWidth);
        EXPECT_EQ(framing.height, c.resizedHeight);
        EXPECT_EQ(framing.seen, c.seen);
    }
    // Another input size keeps the proportion of crop and picture.
    const Framing twice = frame(shortestThenCrop(256, 224), 400, 300, 448);
    EXPECT_EQ(twice.height, 512);
    EXPECT_EQ(twice.width, 682);
    EXPECT_EQ(twice.seen, (Box{117, 32, 448, 448}));
}

TEST(Framing, TheTowerGetsTheMiddleOfTheResizedPicture) {
    const Image picture = drawn(120, 60);
    const Framing framing = frame(shortestThenCrop(40, 32), 120, 60, 32);
    const Image seen = framed(picture, framing, ResizeFilter::bicubic);
    const Image whole = resize(picture, 80, 40, ResizeFilter::bicubic);
    ASSERT_EQ(seen.width, 32);
    ASSERT_EQ(seen.height, 32);
    for (int y = 0; y < 32; ++y) {
        EXPECT_TRUE(std::equal(seen.at(0, y), seen.at(0, y) + 96, whole.at(24, 4 + y))) << y;
    }
}

// A crop larger than the resized picture is black round it, and its map loses that border again.
TEST(Framing, ALargerCropIsBlackRoundThePicture) {
    Image picture(10, 10);
    std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{200});
    const Framing framing = frame(shortestThenCrop(20, 31), 10, 10, 31);
    EXPECT_EQ(framing.seen, (Box{-5, -5, 31, 31}));
    const Image seen = framed(picture, framing, ResizeFilter::bilinear);
    EXPECT_EQ(*seen.at(4, 15), 0);
    EXPECT_EQ(*seen.at(5, 15), 200);
    EXPECT_EQ(*seen.at(24, 15), 200);
    EXPECT_EQ(*seen.at(25, 15), 0);
    Heatmap map(31, 31);
    map.at(5, 5) = 0.25f;
    map.at(0, 0) = 1.0f;
    const Heatmap whole = wholeMap(map, framing);
    ASSERT_EQ(whole.width, 20);
    ASSERT_EQ(whole.height, 20);
    EXPECT_EQ(whole.at(0, 0), 0.25f);
    EXPECT_EQ(*std::max_element(whole.pixels.begin(), whole.pixels.end()), 0.25f);
}

TEST(Framing, TheMapComesBackToItsPlace) {
    const Framing framing = frame(shortestThenCrop(32, 32), 128, 64, 32);  // 64 x 32, seen from x = 16
    Heatmap map(32, 32);
    map.at(0, 0) = 0.5f;
    map.at(31, 31) = 0.75f;
    const Heatmap whole = wholeMap(map, framing);
    ASSERT_EQ(whole.width, 64);
    ASSERT_EQ(whole.height, 32);
    EXPECT_EQ(whole.at(16, 0), 0.5f);
    EXPECT_EQ(whole.at(47, 31), 0.75f);
    EXPECT_EQ(std::count(whole.pixels.begin(), whole.pixels.end(), 0.0f), 64 * 32 - 2);
    // From a coarser head.
    const Heatmap coarse = wholeMap(Heatmap(8, 8), framing);
    EXPECT_EQ(coarse.width, 64);
}

// A picture a thousand times as wide as high is no reason to fill the memory.
TEST(Framing, ExtremeShapesStaySmall) {
    const Framing framing = frame(shortestThenCrop(224, 224), 100'000, 1, 224);
    EXPECT_EQ(framing.width, 22'400'000);
    EXPECT_EQ(framed(drawn(100'000, 1), framing, ResizeFilter::bilinear).width, 224);
    Heatmap map(224, 224);
    std::fill(map.pixels.begin(), map.pixels.end(), 1.0f);
    const Heatmap whole = wholeMap(map, framing);
    EXPECT_LT(whole.pixels.size(), 17'000'000u);
    EXPECT_EQ(whole.at(whole.width / 2, 0), 1.0f);
    EXPECT_EQ(whole.at(0, 0), 0.0f);
    EXPECT_EQ(frame(shortestThenCrop(8192, 16), 2'000'000'000, 1, 16).height, 8192);
}

}  // namespace
}  // namespace maskwright::clip
