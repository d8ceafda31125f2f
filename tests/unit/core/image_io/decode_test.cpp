#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

// The pattern's red channel in all three: what the grey fixtures show.
Image greyPattern() {
    Image image = pattern();
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
        image.pixels[i + 1] = image.pixels[i + 2] = image.pixels[i];
    }
    return image;
}

// Rows of alpha 0, 17, ... 255, as in the fixtures with alpha.
Image over(const Image& image, std::array<std::uint8_t, 3> ground) {
    Image out = image;
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            for (std::size_t c = 0; c < 3; ++c) {
                const double alpha = y / 15.0;
                out.at(x, y)[c] =
                    static_cast<std::uint8_t>(std::lround(image.at(x, y)[c] * alpha + ground[c] * (1 - alpha)));
            }
        }
    }
    return out;
}

struct Case {
    const char* name;
    const char* format;
    int tolerance;
};

class Lossless : public testing::TestWithParam<Case> {};

TEST_P(Lossless, ShowsThePattern) {
    const auto picture = read(fixture(GetParam().name));
    ASSERT_TRUE(picture) << picture.error().line();
    EXPECT_EQ(picture->format, GetParam().format);
    EXPECT_FALSE(picture->hadProfile);
    expectNear(picture->image, pattern(), GetParam().tolerance);
}

// JPEG and WebP at their best quality stay within a few values on this picture. Gamma 1/2.2 and texts change nothing.
INSTANTIATE_TEST_SUITE_P(
    Formats, Lossless,
    testing::Values(Case{"rgb8.png", "png", 0}, Case{"rgb16.png", "png", 0}, Case{"gamma.png", "png", 0},
                    Case{"texts.png", "png", 0}, Case{"turn6.png", "png", 0}, Case{"lossless.webp", "webp", 0},
                    Case{"lossy.webp", "webp", 14}, Case{"animated.webp", "webp", 0}, Case{"turn6.webp", "webp", 0},
                    Case{"rgb.bmp", "bmp", 0}, Case{"top_down.bmp", "bmp", 0}, Case{"plain.tiff", "tiff", 0},
                    Case{"lzw.tiff", "tiff", 0}, Case{"deflate.tiff", "tiff", 0}, Case{"turn6.tiff", "tiff", 0},
                    Case{"progressive.jpg", "jpeg", 4}, Case{"cmyk.jpg", "jpeg", 6}, Case{"turn1.jpg", "jpeg", 4},
                    Case{"turn2.jpg", "jpeg", 4}, Case{"turn3.jpg", "jpeg", 4}, Case{"turn4.jpg", "jpeg", 4},
                    Case{"turn5.jpg", "jpeg", 4}, Case{"turn6.jpg", "jpeg", 4}, Case{"turn7.jpg", "jpeg", 4},
                    Case{"turn8.jpg", "jpeg", 4}),
    [](const testing::TestParamInfo<Case>& each) {
        std::string name = each.param.name;
        std::replace(name.begin(), name.end(), '.', '_');
        return name;
    });

TEST(Read, ReadsGrey) {
    for (const auto& [name, tolerance] :
         {std::pair{"grey16.png", 0}, {"grey.bmp", 0}, {"grey16.tiff", 0}, {"grey.jpg", 3}}) {
        const auto picture = read(fixture(name));
        ASSERT_TRUE(picture) << picture.error().line();
        SCOPED_TRACE(name);
        expectNear(picture->image, greyPattern(), tolerance);
    }
}

TEST(Read, ReadsOneBit) {
    for (const char* name : {"grey1.png", "one_bit.bmp", "fax.tiff"}) {
        const auto picture = read(fixture(name));
        ASSERT_TRUE(picture) << picture.error().line();
        for (int x = 0; x < kWidth; ++x) {
            ASSERT_EQ(picture->image.at(x, 3)[1], x * 8 >= 128 ? 255 : 0) << name << " " << x;
        }
    }
}

TEST(Read, ReadsPalettes) {
    for (const char* name : {"still.gif", "animated.gif", "palette.bmp"}) {
        const auto picture = read(fixture(name));
        ASSERT_TRUE(picture) << picture.error().line();
        for (int x = 0; x < kWidth; ++x) {
            const std::uint8_t* pixel = picture->image.at(x, 5);
            EXPECT_EQ(pixel[0], x * 8) << name;
            EXPECT_EQ(pixel[1], 255 - x * 8) << name;
            EXPECT_EQ(pixel[2], 40) << name;
        }
    }
}

TEST(Read, LaysAlphaOverTheBackground) {
    for (const char* name : {"rgba.png", "rgba.webp"}) {
        for (const std::array<std::uint8_t, 3> ground : {std::array<std::uint8_t, 3>{255, 255, 255}, {10, 200, 30}}) {
            const auto picture = read(fixture(name), {.background = ground});
            ASSERT_TRUE(picture) << picture.error().line();
            EXPECT_TRUE(picture->hadAlpha);
            expectNear(picture->image, over(pattern(), ground), 1);
        }
    }
}

TEST(Read, LaysTransparentPaletteEntriesOverTheBackground) {
    const auto png = read(fixture("palette_transparent.png"), {.background = {0, 0, 255}});
    ASSERT_TRUE(png) << png.error().line();
    EXPECT_EQ(png->image.at(0, 0)[2], 255);  // alpha 0
    EXPECT_EQ(png->image.at(1, 0)[0], 2);    // alpha 51, a fifth of (8, 247, 40)
    EXPECT_EQ(png->image.at(1, 0)[2], 212);  // 40 / 5 + 255 * 4 / 5
    EXPECT_EQ(png->image.at(2, 0)[0], 16);
    const auto gif = read(fixture("transparent.gif"), {.background = {1, 2, 3}});
    ASSERT_TRUE(gif) << gif.error().line();
    EXPECT_TRUE(gif->hadAlpha);
    EXPECT_EQ(gif->image.at(3, 9)[0], 1);
    EXPECT_EQ(gif->image.at(4, 9)[0], 32);
}

// Adobe RGB (1998) to sRGB by the textbook: gamma 563/256, the profile's D50 primaries, Bradford-adapted sRGB
// primaries.
Image adobeToSrgb(const Image& image) {
    const double toXyz[3][3] = {{0.60974, 0.20528, 0.14919}, {0.31111, 0.62567, 0.06322}, {0.01947, 0.06087, 0.74457}};
    const double fromXyz[3][3] = {
        {3.1338561, -1.6168667, -0.4906146}, {-0.9787684, 1.9161415, 0.0334540}, {0.0719453, -0.2289914, 1.4052427}};
    Image out = image;
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
        double linear[3], xyz[3] = {}, rgb[3] = {};
        for (std::size_t c = 0; c < 3; ++c) {
            linear[c] = std::pow(image.pixels[i + c] / 255.0, 563.0 / 256);
        }
        for (int r = 0; r < 3; ++r) {
            for (int c = 0; c < 3; ++c) {
                xyz[r] += toXyz[r][c] * linear[c];
            }
        }
        for (std::size_t r = 0; r < 3; ++r) {
            for (int c = 0; c < 3; ++c) {
                rgb[r] += fromXyz[r][c] * xyz[c];
            }
            const double v = std::clamp(rgb[r], 0.0, 1.0);
            const double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
            out.pixels[i + r] = static_cast<std::uint8_t>(std::lround(encoded * 255));
        }
    }
    return out;
}

TEST(Read, ConvertsProfilesToSrgb) {
    const Image expected = adobeToSrgb(pattern());
    for (const auto& [name, tolerance] : {std::pair{"adobe.png", 2}, {"adobe.webp", 2}, {"adobe.jpg", 12}}) {
        const auto picture = read(fixture(name));
        ASSERT_TRUE(picture) << picture.error().line();
        SCOPED_TRACE(name);
        EXPECT_TRUE(picture->hadProfile);
        expectNear(picture->image, expected, tolerance);
    }
}

TEST(Read, ConvertsTheProfileBeforeLayingOverTheBackground) {
    const auto picture = read(fixture("adobe_alpha.png"), {.background = {0, 255, 0}});
    ASSERT_TRUE(picture) << picture.error().line();
    expectNear(picture->image, over(adobeToSrgb(pattern()), {0, 255, 0}), 3);
}

TEST(Read, DecidesByContentNotByName) {
    const Folder folder;
    writeText(folder / "picture.png", bytesOf(fixture("turn1.jpg")));
    writeText(folder / "noextension", bytesOf(fixture("rgb.bmp")));
    const auto jpeg = read(folder / "picture.png");
    ASSERT_TRUE(jpeg) << jpeg.error().line();
    EXPECT_EQ(jpeg->format, "jpeg");
    EXPECT_EQ(read(folder / "noextension")->format, "bmp");
}

TEST(Read, TakesAnyFileName) {
    const Folder folder;
    for (const std::string name :
         {"a b.png", "고양이 猫.png", "line\nbreak.png", "quote\"'.png", "\xff\xfe.png", "%41.png"}) {
        writeText(folder / name, bytesOf(fixture("rgb8.png")));
        const auto picture = read(folder / name);
        ASSERT_TRUE(picture) << picture.error().line();
        EXPECT_EQ(picture->image, pattern());
    }
}

TEST(Read, StopsAtTheLimit) {
    const auto enough = read(fixture("rgb8.png"), {.maxPixels = kWidth * kHeight});
    EXPECT_TRUE(enough);
    for (const char* name : {"rgb8.png", "turn1.jpg", "lossless.webp", "rgb.bmp", "plain.tiff", "still.gif"}) {
        const auto tooMuch = read(fixture(name), {.maxPixels = kWidth * kHeight - 1});
        ASSERT_FALSE(tooMuch) << name;
        EXPECT_EQ(tooMuch.error().kind, ErrorKind::input);
        EXPECT_NE(tooMuch.error().what.text().find("32x16"), std::string::npos);
        EXPECT_NE(tooMuch.error().advice.text().find("--max-megapixels"), std::string::npos);
    }
    const auto tooLong = read(fixture("rgb8.png"), {.maxBytes = 100});
    ASSERT_FALSE(tooLong);
    EXPECT_EQ(tooLong.error().kind, ErrorKind::input);
}

}  // namespace
}  // namespace maskwright::image_io
