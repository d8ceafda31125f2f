#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "core/image/resize.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::visual_prompt {
namespace {

constexpr int kGrey[3] = {124, 116, 104};  // ImageNet's mean of 255, rounded

Image smooth(int width, int height) {
    Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            image.at(x, y)[0] = static_cast<std::uint8_t>(x * 255 / std::max(1, width - 1));
            image.at(x, y)[1] = static_cast<std::uint8_t>(y * 255 / std::max(1, height - 1));
            image.at(x, y)[2] = static_cast<std::uint8_t>(128 + 100 * std::sin(x * 0.05) * std::cos(y * 0.04));
        }
    }
    return image;
}

Mask box(int width, int height, Box b) {
    Mask mask(width, height);
    for (int y = b.y; y < b.y + b.height; ++y) {
        for (int x = b.x; x < b.x + b.width; ++x) {
            mask.at(x, y) = 255;
        }
    }
    return mask;
}

Image shown(const Image& image, const Mask& region, const std::string& text) {
    const auto style = parseStyle(text);
    EXPECT_TRUE(style) << style.error().line();
    auto out = engineer(image, region, *style);
    EXPECT_TRUE(out) << out.error().line();
    return out ? *std::move(out) : Image();
}

void expectPixel(const Image& image, int x, int y, std::array<int, 3> colour, int tolerance, const std::string& what) {
    for (std::size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(image.at(x, y)[c], colour[c], tolerance) << what << " at " << x << ", " << y << " channel " << c;
    }
}

std::array<int, 3> at(const Image& image, int x, int y) {
    return {image.at(x, y)[0], image.at(x, y)[1], image.at(x, y)[2]};
}

// Where neither antialiasing, nor the blur's scale, nor sides that differ come in, the two ways agree to rounding: a
// square picture of the engineered size.
TEST(Engineer, AgreesWithTheReferenceOnItsOwnGround) {
    const Image image = smooth(352, 352);
    const Mask region = box(352, 352, {100, 80, 150, 170});
    for (const char* text :
         {"overlay", "highlight", "highlight2", "blur_highlight", "blur3_highlight", "blur3_highlight01", "shape",
          "image_only", "image_black", "colorize", "outline", "rect"}) {
        SCOPED_TRACE(text);
        const Planar mine = normalize(shown(image, region, text), kImageNetMean, kImageNetStd);
        const auto reference =
            engineerAsReference(normalize(image, kImageNetMean, kImageNetStd), region, *parseStyle(text));
        ASSERT_TRUE(reference) << reference.error().line();
        std::size_t far = 0;
        for (std::size_t i = 0; i < mine.values.size(); ++i) {
            // Half a step of 8 bits is 0.0088 of blue's deviation; the rectangle's red is 255 there and 1 here.
            far += std::abs(mine.values[i] - std::clamp(reference->values[i], -2.2f, 2.7f)) > 0.0105f;
        }
        EXPECT_LT(far, mine.values.size() / (std::string(text) == "rect" ? 40 : 100000));
    }
}

TEST(Engineer, ShowsTheCropInTheMiddleOfGrey) {
    const Image image = smooth(400, 300);
    const Image out = shown(image, box(400, 300, {100, 100, 200, 100}), "crop_small,context=0,size=128");
    ASSERT_EQ(out.width, 128);
    expectPixel(out, 64, 5, {kGrey[0], kGrey[1], kGrey[2]}, 0, "above");
    expectPixel(out, 64, 122, {kGrey[0], kGrey[1], kGrey[2]}, 0, "below");
    expectPixel(out, 64, 64, at(image, 200, 150), 3, "middle");
    expectPixel(out, 1, 64, at(image, 102, 150), 3, "left");
    expectPixel(out, 126, 64, at(image, 297, 150), 3, "right");
}

TEST(Engineer, ClampsByThePicturesOwnSides) {
    // The reference would cut this crop at x = 100, the number of rows.
    const Image image = smooth(500, 100);
    const Image out = shown(image, box(500, 100, {440, 30, 60, 60}), "crop_small,context=0.5,size=64");
    // 410..500 by 0..100: padded at both sides.
    expectPixel(out, 32, 32, at(image, 455, 50), 4, "middle");
    expectPixel(out, 60, 60, at(image, 498, 94), 4, "corner");
}

TEST(Engineer, DarkensTowardsGreyAndBlackOnDemand) {
    const Image image = smooth(352, 352);
    const Mask region = box(352, 352, {150, 150, 50, 50});
    expectPixel(shown(image, region, "overlay"), 20, 300, {kGrey[0], kGrey[1], kGrey[2]}, 0, "grey");
    expectPixel(shown(image, region, "overlay,ground=black"), 20, 300, {0, 0, 0}, 0, "black");
    expectPixel(shown(image, region, "overlay"), 170, 170, at(image, 170, 170), 0, "object");
    const auto half = shown(image, region, "overlay,background=0.5,ground=black");
    expectPixel(half, 300, 40, {image.at(300, 40)[0] / 2, image.at(300, 40)[1] / 2, image.at(300, 40)[2] / 2}, 1,
                "half");
}

TEST(Engineer, BlursTheBackgroundOnly) {
    Image image(352, 352);
    for (int y = 0; y < 352; ++y) {
        for (int x = 0; x < 352; ++x) {
            std::fill_n(image.at(x, y), 3, static_cast<std::uint8_t>((x / 2 + y / 2) % 2 * 255));
        }
    }
    const Image out = shown(image, box(352, 352, {100, 100, 100, 100}), "background_blur,size=352,blur=6");
    expectPixel(out, 30, 30, {127, 127, 127}, 3, "blurred");
    expectPixel(out, 150, 150, at(image, 150, 150), 0, "sharp");
}

TEST(Engineer, TakesEveryRegion) {
    const Image image = smooth(301, 203);
    const std::vector<Box> boxes = {{0, 0, 301, 203}, {0, 0, 1, 1},    {300, 202, 1, 1},  {150, 100, 1, 1},
                                    {0, 50, 301, 1},  {10, 0, 1, 203}, {250, 150, 51, 53}};
    for (const Box& b : boxes) {
        const Mask region = box(301, 203, b);
        for (const Preset& preset : presets()) {
            const auto out = engineer(image, region, preset.style);
            ASSERT_TRUE(out) << preset.name << ": " << out.error().line();
            EXPECT_EQ(out->width, preset.style.size);
            EXPECT_EQ(out->height, preset.style.size);
        }
    }
    EXPECT_TRUE(engineer(smooth(1, 1), box(1, 1, {0, 0, 1, 1}), {}));
    EXPECT_TRUE(engineer(smooth(1, 5000), box(1, 5000, {0, 4999, 1, 1}), {}));
    EXPECT_TRUE(engineer(smooth(5000, 2), box(5000, 2, {0, 0, 5000, 1}), *parseStyle("overlay")));
}

TEST(Engineer, KeepsAOnePixelRegionOfALargePictureVisible) {
    const Image image = smooth(3000, 2000);
    const Image out = shown(image, box(3000, 2000, {1500, 1000, 1, 1}), "overlay");
    const Image without = shown(image, box(3000, 2000, {0, 0, 1, 1}), "overlay");
    EXPECT_NE(out, without);
    // A pixel of 352 is 9 wide and 6 high there.
    expectPixel(out, 176, 176, at(image, 1500, 1000), 15, "the pixel");
}

TEST(Engineer, RefusesNoRegionAndAnotherSize) {
    const Image image = smooth(30, 20);
    const auto empty = engineer(image, Mask(30, 20), {});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().kind, ErrorKind::input);
    EXPECT_NE(empty.error().what.text().find("empty"), std::string::npos);
    const auto turned = engineer(image, box(20, 30, {0, 0, 5, 5}), {});
    ASSERT_FALSE(turned);
    EXPECT_EQ(turned.error().kind, ErrorKind::input);
    EXPECT_NE(turned.error().what.text().find("20x30"), std::string::npos);
    EXPECT_FALSE(engineer({}, {}, {}));
    Style style;
    style.size = 0;
    EXPECT_EQ(engineer(image, box(30, 20, {0, 0, 5, 5}), style).error().kind, ErrorKind::usage);
}

TEST(Engineer, ShrinksALargePhotographWithoutAliasing) {
    // A fine checkerboard is grey when it is shown whole, and stays so whichever way it is reduced.
    Image image(4000, 3000);
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            std::fill_n(image.at(x, y), 3, static_cast<std::uint8_t>((x + y) % 2 * 255));
        }
    }
    const Image out = shown(image, box(4000, 3000, {0, 0, 4000, 3000}), "image_only");
    for (int y = 4; y < 348; y += 7) {
        for (int x = 4; x < 348; x += 7) {
            expectPixel(out, x, y, {127, 127, 127}, 8, "checkerboard");
        }
    }
}

TEST(Engineer, MarksTheObjectInACrop) {
    const Image image = smooth(400, 300);
    const Mask region = box(400, 300, {150, 100, 100, 100});
    const Image outlined = shown(image, region, "crop=on,tint=outline,context=0.5,background=1,blur=0,size=192");
    // The region's edge lies a quarter from the crop's: 100 of 200 pixels wide in the middle.
    expectPixel(outlined, 48, 96, {255, 0, 0}, 0, "outline");
    expectPixel(outlined, 96, 96, at(image, 200, 150), 3, "inside");
    const Image marked = shown(image, region, "crop=on,tint=rectangle,context=0.5,background=1,blur=0,size=192");
    // 10 pixels outside the region: (140 - 100) * 192 / 200.
    expectPixel(marked, 38, 96, {255, 0, 0}, 0, "rectangle");
    // Nine pixels wide, blue, round the same line.
    const Image wide = shown(
        image, region, "crop=on,tint=rectangle,context=0.5,background=1,blur=0,size=192,markwidth=9,markcolour=0000ff");
    for (const int x : {35, 38, 42}) {
        expectPixel(wide, x, 96, {0, 0, 255}, 0, "wide rectangle");
    }
}

}  // namespace
}  // namespace maskwright::visual_prompt
