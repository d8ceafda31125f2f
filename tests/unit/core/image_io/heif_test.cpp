// HEIC and AVIF, written here by libheif.
#include <libheif/heif.h>

#include <QImage>
#include <algorithm>
#include <memory>

#include "core/image_io/endings.h"
#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

struct Wish {
    heif_compression_format compression = heif_compression_HEVC;
    heif_orientation orientation = heif_orientation_normal;
    bool alpha = false;
    std::uint16_t primaries = 1, transfer = 13;
    int bits = 8;
};

heif_error append(heif_context*, const void* data, std::size_t size, void* to) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(data), size);
    return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

// A picture of four flat quarters: red, green, blue, grey. Its left half is transparent where alpha is wished.
constexpr int kSide = 64;
const std::array<std::array<int, 3>, 4> kQuarters = {{{200, 40, 40}, {40, 180, 40}, {40, 40, 200}, {128, 128, 128}}};

heif_image* pixels(bool alpha) {
    heif_image* image = nullptr;
    heif_image_create(kSide, kSide, heif_colorspace_RGB,
                      alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, &image);
    heif_image_add_plane(image, heif_channel_interleaved, kSide, kSide, 8);
    int stride = 0;
    std::uint8_t* plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            std::uint8_t* pixel = plane + std::ptrdiff_t(y) * stride + x * (alpha ? 4 : 3);
            std::copy_n(kQuarters[std::size_t(y / 32 * 2 + x / 32)].begin(), 3, pixel);
            if (alpha) {
                pixel[3] = x < 32 ? 0 : 255;
            }
        }
    }
    return image;
}

// More than 8 bits, in YCbCr 4:2:0 with BT.601's numbers.
heif_image* deepPixels(int bits) {
    heif_image* image = nullptr;
    heif_image_create(kSide, kSide, heif_colorspace_YCbCr, heif_chroma_420, &image);
    const std::array<heif_channel, 3> channels = {heif_channel_Y, heif_channel_Cb, heif_channel_Cr};
    for (std::size_t c = 0; c < 3; ++c) {
        const int side = c == 0 ? kSide : kSide / 2;
        heif_image_add_plane(image, channels[c], side, side, bits);
        int stride = 0;
        std::uint8_t* plane = heif_image_get_plane(image, channels[c], &stride);
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const auto& rgb = kQuarters[std::size_t(2 * y / side * 2 + 2 * x / side)];
                const double luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
                const double value =
                    c == 0 ? luma : (c == 1 ? (rgb[2] - luma) / 1.772 + 127.5 : (rgb[0] - luma) / 1.402 + 127.5);
                const auto stored = static_cast<unsigned>(std::lround(value / 255 * ((1 << bits) - 1)));
                plane[std::ptrdiff_t(y) * stride + 2 * x] = static_cast<std::uint8_t>(stored);
                plane[std::ptrdiff_t(y) * stride + 2 * x + 1] = static_cast<std::uint8_t>(stored >> 8);
            }
        }
    }
    return image;
}

std::string encoded(const Wish& wish) {
    heif_context* context = heif_context_alloc();
    heif_encoder* encoder = nullptr;
    EXPECT_EQ(heif_context_get_encoder_for_format(context, wish.compression, &encoder).code, heif_error_Ok);
    heif_encoder_set_lossy_quality(encoder, 95);
    heif_image* image = wish.bits > 8 ? deepPixels(wish.bits) : pixels(wish.alpha);
    heif_color_profile_nclx* nclx = heif_nclx_color_profile_alloc();
    heif_nclx_color_profile_set_color_primaries(nclx, wish.primaries);
    heif_nclx_color_profile_set_transfer_characteristics(nclx, wish.transfer);
    heif_nclx_color_profile_set_matrix_coefficients(nclx, 6);
    nclx->full_range_flag = 1;
    heif_image_set_nclx_color_profile(image, nclx);
    heif_encoding_options* options = heif_encoding_options_alloc();
    options->output_nclx_profile = nclx;
    options->macOS_compatibility_workaround_no_nclx_profile = 0;  // the default leaves nclx out of HEIC
    options->image_orientation = wish.orientation;
    EXPECT_EQ(heif_context_encode_image(context, image, encoder, options, nullptr).code, heif_error_Ok);
    heif_writer writer{1, append};
    std::string file;
    EXPECT_EQ(heif_context_write(context, &writer, &file).code, heif_error_Ok);
    heif_encoding_options_free(options);
    heif_nclx_color_profile_free(nclx);
    heif_image_release(image);
    heif_encoder_release(encoder);
    heif_context_free(context);
    return file;
}

void expectColour(const Image& image, int x, int y, const std::array<int, 3>& colour, int tolerance) {
    for (std::size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(image.at(x, y)[c], colour[c], tolerance) << x << "," << y << " channel " << c;
    }
}

class Heif : public testing::TestWithParam<heif_compression_format> {
  protected:
    [[nodiscard]] std::string format() const { return GetParam() == heif_compression_AV1 ? "avif" : "heic"; }
};

TEST_P(Heif, IsReadByItsBytes) {
    // 12 for AVIF: Debian 12's libheif aborts when it writes one of 10 bits.
    for (const int bits : {8, GetParam() == heif_compression_AV1 ? 12 : 10}) {
        const auto picture = readText(encoded({.compression = GetParam(), .bits = bits}));
        ASSERT_TRUE(picture) << picture.error().line();
        EXPECT_EQ(picture->format, format());
        EXPECT_FALSE(picture->hadProfile);
        EXPECT_TRUE(picture->warnings.empty());
        ASSERT_EQ(picture->image.width, kSide);
        ASSERT_EQ(picture->image.height, kSide);
        for (int q = 0; q < 4; ++q) {
            expectColour(picture->image, q % 2 * 32 + 16, q / 2 * 32 + 16, kQuarters[std::size_t(q)], 6);
        }
    }
}

TEST_P(Heif, IsTurnedOnce) {
    // Turned right by a quarter: the lower left quarter comes to the upper left.
    const auto picture = readText(encoded({.compression = GetParam(), .orientation = heif_orientation_rotate_90_cw}));
    ASSERT_TRUE(picture) << picture.error().line();
    expectColour(picture->image, 16, 16, kQuarters[2], 6);
    expectColour(picture->image, 48, 16, kQuarters[0], 6);
}

TEST_P(Heif, AlphaIsLaidOverTheBackground) {
    const auto picture = readText(encoded({.compression = GetParam(), .alpha = true}), {.background = {10, 220, 30}});
    ASSERT_TRUE(picture) << picture.error().line();
    EXPECT_TRUE(picture->hadAlpha);
    expectColour(picture->image, 12, 12, {10, 220, 30}, 6);
    expectColour(picture->image, 52, 12, kQuarters[1], 6);
}

TEST_P(Heif, WideColoursAreConverted) {
    const auto picture = readText(encoded({.compression = GetParam(), .primaries = 12}));  // Display P3
    ASSERT_TRUE(picture) << picture.error().line();
    EXPECT_TRUE(picture->hadProfile);
    // A colour of the larger space is a stronger one here; grey stays grey.
    EXPECT_GT(picture->image.at(16, 16)[0], 205);
    EXPECT_LT(picture->image.at(16, 16)[1], 30);
    expectColour(picture->image, 48, 48, kQuarters[3], 6);
    const auto bright = readText(encoded({.compression = GetParam(), .primaries = 9, .transfer = 16}));
    ASSERT_TRUE(bright) << bright.error().line();
    ASSERT_EQ(bright->warnings.size(), 1u);
    EXPECT_NE(bright->warnings.front().text().find("dynamic range"), std::string::npos);
}

TEST_P(Heif, ObeysTheLimitsAndRefusesWhatIsBroken) {
    const std::string file = encoded({.compression = GetParam()});
    const auto large = readText(file, {.maxPixels = kSide * kSide - 1});
    ASSERT_FALSE(large);
    EXPECT_NE(large.error().line().find("64x64"), std::string::npos) << large.error().line();
    std::string huge = file;
    const std::size_t size = huge.find("ispe") + 8;
    huge.replace(size, 8, std::string("\x7f\xff\xff\xff\x7f\xff\xff\xff"));
    EXPECT_NE(readText(huge).error().line().find("too large"), std::string::npos);
    for (std::size_t end = 0; end < file.size(); end += 1 + file.size() / 40) {
        const auto cut = readText(file.substr(0, end));
        ASSERT_FALSE(cut) << end;
        EXPECT_EQ(cut.error().kind, ErrorKind::input);
        EXPECT_FALSE(cut.error().advice.text().empty());
    }
    for (std::size_t at = 0; at < file.size(); at += 7) {
        std::string bad = file;
        bad[at] = static_cast<char>(~bad[at]);
        const auto picture = readText(bad, {.maxPixels = 1'000'000});
        EXPECT_TRUE(picture || !picture.error().line().empty());
    }
}

TEST_P(Heif, ForeignBytesBehindItsEndAreLeftAlone) {
    const std::string file = encoded({.compression = GetParam()});
    for (const std::string& more :
         {std::string("\n"), std::string("\xff\xd8\xff\xe1 a thumbnail of some kind \xff\xd9"), std::string(100, 'x'),
          std::string(7, '\0'), std::string(4096, '\0')}) {
        const auto picture = readText(file + more);
        ASSERT_TRUE(picture) << picture.error().line();
        expectColour(picture->image, 16, 16, kQuarters[0], 6);
    }
    // What names itself as a part of the file and does not fit was cut.
    const auto cut = readText(file + std::string("\x00\x00\x10\x00mdat and so on", 18));
    ASSERT_FALSE(cut);
    EXPECT_NE(cut.error().line().find("cut short"), std::string::npos) << cut.error().line();
}

INSTANTIATE_TEST_SUITE_P(Formats, Heif, testing::Values(heif_compression_HEVC, heif_compression_AV1),
                         [](const auto& each) { return each.param == heif_compression_AV1 ? "Avif" : "Heic"; });

TEST(Endings, KnowHeifAndTheOtherNamesOfJpeg) {
    for (const char* name : {"IMG_1.HEIC", "a.heif", "a.hif", "a.avif", "a.jfif", "a.jpe", "a.MPO"}) {
        EXPECT_TRUE(hasPictureEnding(name)) << name;
    }
}

}  // namespace
}  // namespace maskwright::image_io
