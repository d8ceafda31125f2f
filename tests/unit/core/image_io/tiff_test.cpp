// TIFF in its many kinds, as libtiff writes them: each shows what was stored, or is refused by name.
#include "core/image_io/tiff.h"

#include <gmock/gmock.h>
#include <lcms2.h>
#include <tiffio.h>

#include <cmath>

#include "core/image_io/mask.h"
#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

using testing::HasSubstr;

// How a file is laid out; its samples come from a function of place and channel, in 0..255.
struct Kind {
    int bits = 8, samples = 3, photometric = PHOTOMETRIC_RGB;
    bool planes = false, tiles = false, bigEndian = false;
    int compression = COMPRESSION_NONE, predictor = PREDICTOR_NONE;
    std::vector<std::uint16_t> extra = {};
    int format = SAMPLEFORMAT_UINT;
    int inkSet = INKSET_CMYK;
};

using Sample = std::function<double(int x, int y, int channel)>;

template <class T>
void put(std::vector<unsigned char>& bytes, T value) {
    const auto* from = reinterpret_cast<const unsigned char*>(&value);
    bytes.insert(bytes.end(), from, from + sizeof value);
}

// A number of 16 bits (IEEE 754); none of the very small ones.
std::uint16_t half(double value) {
    if (std::isnan(value)) {
        return 0x7e00;
    }
    int exponent = 0;
    const int fraction = static_cast<int>(std::frexp(std::abs(value), &exponent) * 2048) - 1024;
    const int magnitude = value == 0 ? 0 : (exponent + 14) * 1024 + fraction;
    return static_cast<std::uint16_t>(magnitude + (value < 0 ? 0x8000 : 0));
}

class Tiff : public testing::Test {
  protected:
    // The numbers are stored as they are given.
    std::string written(const Kind& kind, const Sample& sample) {
        const std::string path = folder_ / "t.tiff";
        TIFF* tiff = TIFFOpen(path.c_str(), kind.bigEndian ? "wb" : "wl");
        TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kWidth);
        TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kHeight);
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, kind.bits);
        TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, kind.samples);
        TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, kind.photometric);
        TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, kind.format);
        TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, kind.planes ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
        TIFFSetField(tiff, TIFFTAG_COMPRESSION, kind.compression);
        if (kind.predictor != PREDICTOR_NONE) {
            TIFFSetField(tiff, TIFFTAG_PREDICTOR, kind.predictor);
        }
        if (kind.inkSet != INKSET_CMYK) {
            TIFFSetField(tiff, TIFFTAG_INKSET, kind.inkSet);
        }
        if (!kind.extra.empty()) {
            TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, static_cast<std::uint16_t>(kind.extra.size()), kind.extra.data());
        }
        if (kind.photometric == PHOTOMETRIC_PALETTE) {
            std::vector<std::uint16_t> colours(std::size_t(1) << kind.bits);  // all black
            TIFFSetField(tiff, TIFFTAG_COLORMAP, colours.data(), colours.data(), colours.data());
        }
        if (kind.tiles) {
            TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kTile);
            TIFFSetField(tiff, TIFFTAG_TILELENGTH, kTile);
        } else {
            TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 5);  // the last strip is shorter
        }
        for (int plane = 0; plane < (kind.planes ? kind.samples : 1); ++plane) {
            kind.tiles ? writeTiles(tiff, kind, plane, sample) : writeRows(tiff, kind, plane, sample);
        }
        TIFFClose(tiff);
        return path;
    }
    static std::vector<unsigned char> row(const Kind& kind, int plane, int left, int right, int y,
                                          const Sample& sample) {
        std::vector<unsigned char> bytes;
        int held = 0;  // bits of the last byte, of fewer than 8 a sample
        for (int x = left; x < right; ++x) {
            for (int c = kind.planes ? plane : 0; c < (kind.planes ? plane + 1 : kind.samples); ++c) {
                const double value = x < kWidth && y < kHeight ? sample(x, y, c) : 0;
                if (kind.bits < 8) {
                    if (held % 8 == 0) {
                        bytes.push_back(0);
                    }
                    held += kind.bits;
                    bytes.back() |= static_cast<unsigned char>(static_cast<int>(value) << (7 - (held - 1) % 8));
                } else if (kind.format == SAMPLEFORMAT_IEEEFP && kind.bits == 16) {
                    put(bytes, half(value));
                } else if (kind.format == SAMPLEFORMAT_IEEEFP) {
                    kind.bits == 64 ? put(bytes, value) : put(bytes, static_cast<float>(value));
                } else if (kind.bits == 8) {
                    put(bytes, static_cast<std::uint8_t>(static_cast<std::int64_t>(value)));
                } else if (kind.bits == 16) {
                    put(bytes, static_cast<std::uint16_t>(static_cast<std::int64_t>(value)));
                } else if (kind.bits == 32) {
                    put(bytes, static_cast<std::uint32_t>(static_cast<std::int64_t>(value)));
                } else {
                    put(bytes, static_cast<std::int64_t>(value));
                }
            }
        }
        return bytes;
    }
    static void writeRows(TIFF* tiff, const Kind& kind, int plane, const Sample& sample) {
        for (int y = 0; y < kHeight; ++y) {
            auto bytes = row(kind, plane, 0, kWidth, y, sample);
            ASSERT_EQ(
                TIFFWriteScanline(tiff, bytes.data(), static_cast<std::uint32_t>(y), static_cast<std::uint16_t>(plane)),
                1);
        }
    }
    static void writeTiles(TIFF* tiff, const Kind& kind, int plane, const Sample& sample) {
        for (int top = 0; top < kHeight; top += kTile) {
            for (int left = 0; left < kWidth; left += kTile) {
                std::vector<unsigned char> tile;
                for (int y = top; y < top + kTile; ++y) {
                    const auto bytes = row(kind, plane, left, left + kTile, y, sample);
                    tile.insert(tile.end(), bytes.begin(), bytes.end());
                }
                ASSERT_GT(TIFFWriteTile(tiff, tile.data(), static_cast<std::uint32_t>(left),
                                        static_cast<std::uint32_t>(top), 0, static_cast<std::uint16_t>(plane)),
                          0);
            }
        }
    }
    static std::string nameOf(const Kind& kind) {
        return std::to_string(kind.bits) + " bits, " + std::to_string(kind.samples) + " samples, photometric " +
               std::to_string(kind.photometric) + (kind.planes ? ", planes" : "") + (kind.tiles ? ", tiles" : "") +
               (kind.bigEndian ? ", big-endian" : "") + ", compression " + std::to_string(kind.compression);
    }
    // Every layout of a kind.
    static std::vector<Kind> layouts(Kind kind) {
        std::vector<Kind> all;
        for (int i = 0; i < 16; ++i) {
            kind.planes = (i & 1) != 0;
            kind.tiles = (i & 2) != 0;
            kind.bigEndian = (i & 4) != 0;
            kind.compression = (i & 8) != 0 ? COMPRESSION_LZW : COMPRESSION_NONE;
            kind.predictor = (i & 8) != 0 ? PREDICTOR_HORIZONTAL : PREDICTOR_NONE;
            all.push_back(kind);
        }
        return all;
    }
    void expectShows(const Kind& kind, const Sample& sample, const Image& expected, int tolerance) {
        SCOPED_TRACE(nameOf(kind));
        const auto picture = read(written(kind, sample));
        ASSERT_TRUE(picture) << picture.error().line();
        expectNear(picture->image, expected, tolerance);
    }
    static constexpr int kTile = 16;
    Folder folder_;
};

// The pattern's channels, and behind them an alpha that grows by the column.
int alphaOf(int x) { return x * 255 / (kWidth - 1); }

Sample patternOf(int bits, int colours) {
    return [=, shown = pattern()](int x, int y, int c) {
        return (c < colours ? shown.at(x, y)[c] : alphaOf(x)) * (bits == 16 ? 257.0 : 1.0);
    };
}

// The pattern's first channels over white.
Image overWhite(int colours, bool alpha) {
    Image image = pattern();
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const double a = alpha ? alphaOf(x) / 255.0 : 1;
            const std::array<int, 3> stored = {image.at(x, y)[0], image.at(x, y)[1], image.at(x, y)[2]};
            for (std::size_t c = 0; c < 3; ++c) {
                image.at(x, y)[c] =
                    static_cast<std::uint8_t>(std::lround(stored[colours == 1 ? 0 : c] * a + 255 * (1 - a)));
            }
        }
    }
    return image;
}

TEST_F(Tiff, EveryLayoutShowsThePattern) {
    for (const int bits : {8, 16}) {
        for (const Kind& kind : layouts({bits, 3})) {
            expectShows(kind, patternOf(bits, 3), pattern(), 0);
        }
        for (const Kind& kind : layouts({bits, 1, PHOTOMETRIC_MINISBLACK})) {
            expectShows(kind, patternOf(bits, 1), overWhite(1, false), 0);
        }
        const Sample inverse = [bits, sample = patternOf(bits, 1)](int x, int y, int c) {
            return (bits == 16 ? 65535 : 255) - sample(x, y, c);
        };
        expectShows({bits, 1, PHOTOMETRIC_MINISWHITE}, inverse, overWhite(1, false), 0);
    }
}

TEST_F(Tiff, AlphaIsReadAsItIsStored) {
    for (const int bits : {8, 16}) {
        for (const int colours : {1, 3}) {
            Kind kind{bits, colours + 1, colours == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB};
            kind.extra = {EXTRASAMPLE_UNASSALPHA};
            for (const Kind& each : layouts(kind)) {
                expectShows(each, patternOf(bits, colours), overWhite(colours, true), 1);
            }
            kind.extra = {EXTRASAMPLE_ASSOCALPHA};
            const Sample multiplied = [colours, sample = patternOf(bits, colours)](int x, int y, int c) {
                return std::round(sample(x, y, c) * (c < colours ? alphaOf(x) / 255.0 : 1));
            };
            expectShows(kind, multiplied, overWhite(colours, true), 2);
            kind.extra = {EXTRASAMPLE_UNSPECIFIED};
            expectShows(kind, patternOf(bits, colours), overWhite(colours, false), 0);
        }
    }
}

TEST_F(Tiff, InksAreReadInEveryLayout) {
    for (const int bits : {8, 16}) {
        const double one = bits == 16 ? 257 : 1;
        const Sample inks = [one](int x, int y, int c) {
            return (c == 3 ? 40 : (c == 2 ? (x + y) * 4 : (c == 1 ? y * 15 : x * 8))) * one;
        };
        Image expected(kWidth, kHeight);
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                for (int c = 0; c < 3; ++c) {
                    const double light = (1 - inks(x, y, c) / one / 255) * (1 - 40 / 255.0);
                    expected.at(x, y)[c] = static_cast<std::uint8_t>(std::lround(light * 255));
                }
            }
        }
        for (const Kind& kind : layouts({bits, 4, PHOTOMETRIC_SEPARATED})) {
            expectShows(kind, inks, expected, 1);
            EXPECT_EQ(read(folder_ / "t.tiff")->warnings.size(), 1u) << "its colours are a guess";
        }
    }
}

// L*a*b* of the pattern as 8 bits hold it, or as they are, and what LittleCMS makes of those.
struct LabPattern {
    std::vector<cmsCIELab> values;
    Image shown{kWidth, kHeight};
    explicit LabPattern(bool coarse) {
        const cmsHPROFILE srgb = cmsCreate_sRGBProfile(), lab = cmsCreateLab4Profile(nullptr);
        const cmsHTRANSFORM to = cmsCreateTransform(srgb, TYPE_RGB_8, lab, TYPE_Lab_DBL, INTENT_PERCEPTUAL, 0);
        const cmsHTRANSFORM back =
            cmsCreateTransform(lab, TYPE_Lab_DBL, srgb, TYPE_RGB_DBL, INTENT_PERCEPTUAL, cmsFLAGS_NOOPTIMIZE);
        const Image image = pattern();
        values.resize(std::size_t(kWidth) * kHeight);
        const auto count = static_cast<cmsUInt32Number>(values.size());
        cmsDoTransform(to, image.pixels.data(), values.data(), count);
        for (cmsCIELab& one : values) {
            if (coarse) {
                one = {std::round(one.L * 2.55) / 2.55, std::round(one.a), std::round(one.b)};
            }
        }
        std::vector<double> rgb(values.size() * 3);
        cmsDoTransform(back, values.data(), rgb.data(), count);
        std::transform(rgb.begin(), rgb.end(), shown.pixels.begin(),
                       [](double v) { return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255)); });
        cmsDeleteTransform(to);
        cmsDeleteTransform(back);
        cmsCloseProfile(srgb);
        cmsCloseProfile(lab);
    }
    [[nodiscard]] double at(int x, int y, int c) const {
        const cmsCIELab& one = values[std::size_t(y) * kWidth + std::size_t(x)];
        return c == 0 ? one.L : (c == 1 ? one.a : one.b);
    }
};

TEST_F(Tiff, CieLabIsFollowed) {
    const LabPattern coarse(true), lab(false);
    // TIFF 6.0, section 23, and its supplement 1.
    const Sample eight = [&](int x, int y, int c) { return std::round(coarse.at(x, y, c) * (c == 0 ? 2.55 : 1)); };
    const Sample sixteen = [&](int x, int y, int c) { return std::round(lab.at(x, y, c) * (c == 0 ? 655.35 : 256)); };
    const Sample shiftedEight = [&](int x, int y, int c) { return eight(x, y, c) + (c == 0 ? 0 : 128); };
    const Sample shiftedSixteen = [&](int x, int y, int c) {
        return c == 0 ? std::round(lab.at(x, y, 0) * 652.8) : std::round((lab.at(x, y, c) + 128) * 256);
    };
    for (const Kind& kind : layouts({8, 3, PHOTOMETRIC_CIELAB})) {
        expectShows(kind, eight, coarse.shown, 2);
    }
    for (const Kind& kind : layouts({16, 3, PHOTOMETRIC_CIELAB})) {
        expectShows(kind, sixteen, lab.shown, 2);
    }
    expectShows({8, 3, PHOTOMETRIC_ICCLAB}, shiftedEight, coarse.shown, 2);
    expectShows({16, 3, PHOTOMETRIC_ICCLAB}, shiftedSixteen, lab.shown, 2);
    EXPECT_TRUE(read(folder_ / "t.tiff")->warnings.empty());
}

TEST_F(Tiff, WhatCannotBeShownIsRefusedByName) {
    const auto refused = [&](const Kind& kind, const std::string& word) {
        const auto picture = read(written(kind, [](int, int, int) { return 1; }));
        ASSERT_FALSE(picture) << nameOf(kind);
        EXPECT_EQ(picture.error().kind, ErrorKind::input);
        EXPECT_THAT(picture.error().line(), HasSubstr(word));
    };
    Kind real{32, 3};
    real.format = SAMPLEFORMAT_IEEEFP;
    refused(real, "3 channels of 32 bits, floating point");
    Kind minus{16, 3};
    minus.format = SAMPLEFORMAT_INT;
    refused(minus, "with a sign");
    refused({32, 1, PHOTOMETRIC_MINISBLACK}, "1 channels of 32 bits");
    Kind spots{8, 4, PHOTOMETRIC_SEPARATED};
    spots.inkSet = INKSET_MULTIINK;
    refused(spots, "other inks than CMYK");
    refused({8, 3, PHOTOMETRIC_ITULAB}, "the colours 10");
    refused({16, 1, PHOTOMETRIC_PALETTE}, "a palette of 16 bits");
    Kind both{4, 2, PHOTOMETRIC_MINISBLACK};
    both.extra = {EXTRASAMPLE_UNASSALPHA};
    refused(both, "2 channels of 4 bits");
    refused({16, 1, PHOTOMETRIC_CFA}, "the colours 32803");
    // A compression that libtiff does not know, in a file that is otherwise whole.
    std::string bytes = bytesOf(written({8, 3}, patternOf(8, 3)));
    const std::string entry = std::string("\x03\x01\x03\x00\x01\x00\x00\x00\x01\x00", 10);
    const std::size_t at = bytes.find(entry);
    ASSERT_NE(at, std::string::npos);
    bytes[at + 8] = '\x98';
    bytes[at + 9] = '\x87';  // 34712, JPEG 2000
    const auto unknown = readBytes(std::as_bytes(std::span(bytes)), "t.tiff");
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().line(), HasSubstr("the compression 34712"));
}

TEST_F(Tiff, OfAPaletteOfAnyDepthTheIndexCounts) {
    for (const int bits : {1, 2, 4, 8}) {
        const int most = (1 << bits) - 1;
        const auto index = [&](int x, int y, int) { return x < 3 ? most : (y == 2 && x % 5 == 0 ? 1.0 : 0.0); };
        std::map<Label, std::int64_t> areas = {{1, 0}};
        areas[static_cast<Label>(most)] = 3 * kHeight;
        areas[1] += (kWidth - 1) / 5;
        for (const bool tiles : {false, true}) {
            Kind kind{bits, 1, PHOTOMETRIC_PALETTE};
            kind.tiles = kind.bigEndian = tiles;
            kind.compression = tiles ? COMPRESSION_LZW : COMPRESSION_NONE;
            const auto file = readMaskFile(written(kind, index));
            ASSERT_TRUE(file) << file.error().line();
            EXPECT_EQ(file->areas, areas) << bits << " bits";
            EXPECT_TRUE(file->unlabelled.empty());
            EXPECT_EQ(file->labels.at(2, 15), Label(most));
            EXPECT_EQ(file->labels.at(30, 2), 1u);
            EXPECT_EQ(file->labels.at(3, 3), 0u);
        }
    }
}

TEST_F(Tiff, NumbersOfAnyKindAreLabels) {
    const auto labels = [](int x, int y, int) { return x < 4 ? 300.0 : (y < 3 ? 7.0 : 0.0); };
    const std::map<Label, std::int64_t> areas = {{7, 3 * (kWidth - 4)}, {300, 4 * kHeight}};
    for (const auto& [bits, format] : {std::pair{16, SAMPLEFORMAT_INT},
                                       {16, SAMPLEFORMAT_IEEEFP},
                                       {32, SAMPLEFORMAT_UINT},
                                       {32, SAMPLEFORMAT_INT},
                                       {32, SAMPLEFORMAT_IEEEFP},
                                       {64, SAMPLEFORMAT_UINT},
                                       {64, SAMPLEFORMAT_INT},
                                       {64, SAMPLEFORMAT_IEEEFP}}) {
        for (const bool big : {false, true}) {
            Kind kind{bits, 1, PHOTOMETRIC_MINISBLACK};
            kind.format = format;
            kind.bigEndian = kind.tiles = big;
            const auto file = readMaskFile(written(kind, labels));
            ASSERT_TRUE(file) << file.error().line();
            EXPECT_EQ(file->areas, areas) << bits << " " << format;
            EXPECT_EQ(file->labels.at(0, 9), 300);
            EXPECT_TRUE(file->unlabelled.empty());
        }
    }
    EXPECT_EQ(readMaskFile(written({16, 1, PHOTOMETRIC_PALETTE}, labels))->areas, areas) << "the index counts";
    Kind kind{32, 1, PHOTOMETRIC_MINISBLACK};
    const auto refused = [&](double value, const std::string& word) {
        const std::string path = written(kind, [&](int x, int, int) { return x == 3 ? value : 0; });
        const auto file = readMaskFile(path);
        ASSERT_FALSE(file) << value;
        EXPECT_EQ(file.error().kind, ErrorKind::input);
        EXPECT_THAT(file.error().line(), testing::AllOf(HasSubstr(word), HasSubstr(path)));
    };
    const std::string large = written(kind, [&](int x, int, int) { return x == 3 ? 4e9 : 0; });
    EXPECT_EQ(readMaskFile(large)->areas, (std::map<Label, std::int64_t>{{4000000000u, kHeight}}));
    kind.bits = 64;
    refused(4294967296.0, "above 4294967295");
    kind.bits = 32;
    kind.format = SAMPLEFORMAT_INT;
    refused(-1, "below zero");
    kind.format = SAMPLEFORMAT_IEEEFP;
    refused(0.5, "not whole");
    refused(std::nan(""), "no numbers");
    kind.bits = 16;
    refused(0.5, "not whole");
    refused(-1, "below zero");
    refused(std::nan(""), "no numbers");
    kind.bits = 8;
    refused(1, "1 channels of 8 bits, floating point");
    kind.bits = 32;
    kind.samples = 3;
    kind.photometric = PHOTOMETRIC_RGB;
    refused(1, "3 channels of 32 bits, floating point");
}

}  // namespace
}  // namespace maskwright::image_io
