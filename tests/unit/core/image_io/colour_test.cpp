// Pictures whose colours are not sRGB, made here with LittleCMS's profiles and compared with LittleCMS's own answer.
#include <lcms2.h>
#include <tiffio.h>

#include <QByteArray>
#include <QColorSpace>
#include <QImage>
#include <array>
#include <cstdio>
#include <memory>
#include <vector>
// jpeglib.h wants cstdio before it.
#include <jpeglib.h>

#include "core/image_io/mask.h"
#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

constexpr int kTolerance = 2;

using Profile = std::unique_ptr<void, decltype(&cmsCloseProfile)>;

std::string bytesOf(const Profile& profile) {
    cmsUInt32Number size = 0;
    EXPECT_TRUE(cmsSaveProfileToMem(profile.get(), nullptr, &size));
    std::string bytes(size, '\0');
    EXPECT_TRUE(cmsSaveProfileToMem(profile.get(), bytes.data(), &size));
    return bytes;
}

struct Space {
    const char* name;
    cmsCIExyY white;
    cmsCIExyYTRIPLE primaries;
    double gamma;
};
constexpr cmsCIExyY kD65 = {0.3127, 0.3290, 1}, kD50 = {0.3457, 0.3585, 1};
const std::array<Space, 4> kSpaces = {
    {{"Display P3", kD65, {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}}, 2.2},
     {"Adobe RGB", kD65, {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}}, 563.0 / 256},
     {"ProPhoto", kD50, {{0.7347, 0.2653, 1}, {0.1596, 0.8404, 1}, {0.0366, 0.0001, 1}}, 1.8},
     {"linear", kD65, {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}}, 1.0}}};

std::string rgbProfile(const Space& space) {
    cmsToneCurve* curve = cmsBuildGamma(nullptr, space.gamma);
    const std::array<cmsToneCurve*, 3> curves = {curve, curve, curve};
    const Profile made(cmsCreateRGBProfile(&space.white, &space.primaries, curves.data()), &cmsCloseProfile);
    cmsFreeToneCurve(curve);
    return bytesOf(made);
}

std::string greyProfile(double gamma) {
    cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
    const Profile made(cmsCreateGrayProfile(&kD50, curve), &cmsCloseProfile);
    cmsFreeToneCurve(curve);
    return bytesOf(made);
}

// Inks on paper, coarsely: what each takes away of the light, as a table to Lab.
cmsInt32Number inksToLab(const cmsUInt16Number in[], cmsUInt16Number out[], void* toLab) {
    std::array<double, 3> rgb{};
    for (std::size_t c = 0; c < 3; ++c) {
        rgb[c] = (1 - 0.9 * in[c] / 65535.0) * (1 - 0.95 * in[3] / 65535.0);
    }
    cmsCIELab lab;
    cmsDoTransform(toLab, rgb.data(), &lab, 1);
    cmsFloat2LabEncodedV2(out, &lab);
    return TRUE;
}

std::string inkProfile() {
    const Profile srgb(cmsCreate_sRGBProfile(), &cmsCloseProfile), lab(cmsCreateLab4Profile(nullptr), &cmsCloseProfile);
    cmsHTRANSFORM toLab = cmsCreateTransform(srgb.get(), TYPE_RGB_DBL, lab.get(), TYPE_Lab_DBL, INTENT_PERCEPTUAL, 0);
    cmsPipeline* table = cmsPipelineAlloc(nullptr, 4, 3);
    cmsStage* grid = cmsStageAllocCLut16bit(nullptr, 9, 4, 3, nullptr);
    EXPECT_TRUE(cmsStageSampleCLut16bit(grid, inksToLab, toLab, 0));
    cmsPipelineInsertStage(table, cmsAT_BEGIN, grid);
    const Profile made(cmsCreateProfilePlaceholder(nullptr), &cmsCloseProfile);
    cmsSetProfileVersion(made.get(), 2.4);
    cmsSetDeviceClass(made.get(), cmsSigOutputClass);
    cmsSetColorSpace(made.get(), cmsSigCmykData);
    cmsSetPCS(made.get(), cmsSigLabData);
    EXPECT_TRUE(cmsWriteTag(made.get(), cmsSigAToB0Tag, table));
    cmsPipelineFree(table);
    cmsDeleteTransform(toLab);
    return bytesOf(made);
}

// What LittleCMS makes of `pixels` pixels, in double precision.
Image byLittleCms(const std::string& profile, cmsUInt32Number type, const void* from, int width, int height) {
    const Profile source(cmsOpenProfileFromMem(profile.data(), static_cast<cmsUInt32Number>(profile.size())),
                         &cmsCloseProfile);
    const Profile srgb(cmsCreate_sRGBProfile(), &cmsCloseProfile);
    cmsHTRANSFORM transform =
        cmsCreateTransform(source.get(), type, srgb.get(), TYPE_RGB_DBL, INTENT_PERCEPTUAL, cmsFLAGS_NOOPTIMIZE);
    std::vector<double> exact(std::size_t(width) * std::size_t(height) * 3);
    cmsDoTransform(transform, from, exact.data(), static_cast<cmsUInt32Number>(exact.size() / 3));
    cmsDeleteTransform(transform);
    Image out(width, height);
    for (std::size_t i = 0; i < exact.size(); ++i) {
        out.pixels[i] = static_cast<std::uint8_t>(std::lround(std::clamp(exact[i], 0.0, 1.0) * 255));
    }
    return out;
}

std::string chunk(const std::string& type, const std::string& data) {
    const auto big = [](std::uint32_t v) { return std::string{char(v >> 24), char(v >> 16), char(v >> 8), char(v)}; };
    std::uint32_t crc = 0xffffffffu;
    for (const char c : type + data) {
        crc ^= static_cast<unsigned char>(c);
        for (int k = 0; k < 8; ++k) {
            crc = (crc & 1u) != 0 ? 0xedb88320u ^ (crc >> 1) : crc >> 1;
        }
    }
    return big(static_cast<std::uint32_t>(data.size())) + type + data + big(~crc);
}

std::string deflated(const std::string& data) {
    return qCompress(QByteArray::fromStdString(data)).mid(4).toStdString();  // Qt puts the length before it
}

// The file's bytes with a profile put into them. PNG behind IHDR, JPEG behind SOI.
std::string withProfile(std::string file, const std::string& profile) {
    if (file.starts_with("\x89PNG")) {
        return file.insert(33, chunk("iCCP", std::string("made\0\0", 6) + deflated(profile)));
    }
    const std::string data = std::string("ICC_PROFILE\0\1\1", 14) + profile;
    const std::size_t length = data.size() + 2;
    EXPECT_LT(length, 65536u);
    return file.insert(2, std::string{'\xff', '\xe2', char(length >> 8), char(length)} + data);
}

class Colour : public testing::Test {
  protected:
    std::string saved(const QImage& image, const std::string& name, int quality = -1) {
        EXPECT_TRUE(image.save(QString::fromStdString(folder_ / name), nullptr, quality)) << name;
        return image_io::bytesOf(folder_ / name);
    }
    static QImage asQt(const Image& image) {
        QImage out(image.width, image.height, QImage::Format_RGB888);
        for (int y = 0; y < image.height; ++y) {
            std::memcpy(out.scanLine(y), image.at(0, y), std::size_t(image.width) * 3);
        }
        return out;
    }
    Folder folder_;
};

TEST_F(Colour, WideAndLinearSpacesAreAsLittleCmsHasThem) {
    for (const Space& space : kSpaces) {
        const std::string profile = rgbProfile(space);
        for (const char* name : {"p.png", "p.jpg"}) {
            SCOPED_TRACE(std::string(space.name) + " " + name);
            const std::string plain = saved(asQt(pattern()), name, 95);
            const auto stored = readText(plain), shown = readText(withProfile(plain, profile));
            ASSERT_TRUE(stored) << stored.error().line();
            ASSERT_TRUE(shown) << shown.error().line();
            EXPECT_TRUE(shown->hadProfile);
            EXPECT_TRUE(shown->warnings.empty());
            expectNear(shown->image, byLittleCms(profile, TYPE_RGB_8, stored->image.pixels.data(), kWidth, kHeight),
                       kTolerance);
        }
        // Qt writes profiles of this kind into TIFF and WebP itself, and 16 bits into TIFF and PNG.
        QImage image = asQt(pattern());
        image.setColorSpace(QColorSpace::fromIccProfile(QByteArray::fromStdString(profile)));
        QImage deep = image.convertToFormat(QImage::Format_RGBX64);
        std::vector<std::uint16_t> values;
        for (int y = 0; y < deep.height(); ++y) {
            auto* row = reinterpret_cast<quint16*>(deep.scanLine(y));
            for (int x = 0; x < deep.width(); ++x) {
                row[4 * x] = static_cast<quint16>(x * 2100 + y);  // more than 8 bits tell
                values.insert(values.end(), row + 4 * x, row + 4 * x + 3);
            }
        }
        for (const char* name : {"p.tiff", "p.webp"}) {
            SCOPED_TRACE(std::string(space.name) + " " + name);
            const auto shown = readText(saved(image, name, 100));
            ASSERT_TRUE(shown) << shown.error().line();
            EXPECT_TRUE(shown->hadProfile);
            expectNear(shown->image, byLittleCms(profile, TYPE_RGB_8, pattern().pixels.data(), kWidth, kHeight),
                       kTolerance);
        }
        for (const char* name : {"deep.tiff", "deep.png"}) {
            SCOPED_TRACE(std::string(space.name) + " " + name);
            const auto shown = readText(saved(deep, name));
            ASSERT_TRUE(shown) << shown.error().line();
            EXPECT_TRUE(shown->hadProfile);
            expectNear(shown->image, byLittleCms(profile, TYPE_RGB_16, values.data(), kWidth, kHeight), kTolerance);
        }
    }
}

TEST_F(Colour, GreyProfilesAreFollowed) {
    const std::string profile = greyProfile(1.4);
    QImage image(kWidth, kHeight, QImage::Format_Grayscale8);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            image.setPixelColor(x, y, QColor(x * 8, x * 8, x * 8));
        }
    }
    for (const char* name : {"g.png", "g.jpg"}) {
        SCOPED_TRACE(name);
        const std::string plain = saved(image, name, 95);
        const auto stored = readText(plain), shown = readText(withProfile(plain, profile));
        ASSERT_TRUE(stored && shown);
        EXPECT_TRUE(shown->hadProfile);
        EXPECT_TRUE(shown->warnings.empty());
        std::vector<std::uint8_t> grey;
        for (std::size_t i = 0; i < stored->image.pixels.size(); i += 3) {
            grey.push_back(stored->image.pixels[i]);
        }
        expectNear(shown->image, byLittleCms(profile, TYPE_GRAY_8, grey.data(), kWidth, kHeight), kTolerance);
    }
}

TEST_F(Colour, GreyOfAnyKindFollowsItsProfile) {
    // PNGs of grey: depth, whether with alpha, and how many values a pixel has.
    for (const auto& [depth, alpha] : {std::pair{1, false}, {2, false}, {4, false}, {8, true}, {16, true}}) {
        SCOPED_TRACE(std::to_string(depth) + " bits" + (alpha ? " with alpha" : ""));
        const int most = (1 << depth) - 1;
        std::string rows;
        std::vector<std::uint8_t> grey;
        for (int y = 0; y < kHeight; ++y) {
            rows += '\0';
            int bits = 0, held = 0;
            for (int x = 0; x < kWidth; ++x) {
                const int value = x * most / (kWidth - 1);
                grey.push_back(static_cast<std::uint8_t>(std::lround(value * 255.0 / most)));
                for (const int sample : {value, most}) {
                    bits = depth < 8 ? bits << depth | sample : sample;
                    held += depth;
                    if (held >= 8) {
                        rows += depth == 16 ? std::string{char(bits >> 8), char(bits)} : std::string{char(bits)};
                        bits = held = 0;
                    }
                    if (!alpha) {
                        break;
                    }
                }
            }
        }
        const std::string head = std::string("\0\0\0", 3) + char(kWidth) + std::string("\0\0\0", 3) + char(kHeight) +
                                 char(depth) + char(alpha ? 4 : 0) + std::string("\0\0\0", 3);
        const std::string plain =
            "\x89PNG\r\n\x1a\n" + chunk("IHDR", head) + chunk("IDAT", deflated(rows)) + chunk("IEND", "");
        const std::string profile = greyProfile(1.4);
        const auto shown = readText(withProfile(plain, profile));
        ASSERT_TRUE(shown) << shown.error().line();
        EXPECT_TRUE(shown->hadProfile);
        EXPECT_TRUE(shown->warnings.empty());
        expectNear(shown->image, byLittleCms(profile, TYPE_GRAY_8, grey.data(), kWidth, kHeight), kTolerance);
    }
}

TEST_F(Colour, AProfileThatIsBrokenOrDoesNotFitIsWarnedOf) {
    const std::string good = rgbProfile(kSpaces[0]);
    const std::string plain = saved(asQt(pattern()), "p.jpg", 95);
    const auto stored = readText(plain);
    for (const std::string& profile : {good.substr(0, 60), std::string(400, 'x'), greyProfile(1.8), inkProfile()}) {
        const auto shown = readText(withProfile(plain, profile));
        ASSERT_TRUE(shown) << shown.error().line();
        EXPECT_FALSE(shown->hadProfile);
        EXPECT_EQ(shown->image, stored->image);
        ASSERT_EQ(shown->warnings.size(), 1u);
        EXPECT_NE(shown->warnings.front().text().find("the colour profile of picture"), std::string::npos);
    }
}

// A CMYK JPEG of one colour a column; Adobe's programs write 0 for full ink and say so.
std::string inkJpeg(bool adobe, bool ycck, std::vector<std::uint8_t>& inks) {
    constexpr int kSide = 64;
    inks.clear();
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            for (const int v : {x / 16 * 80, y / 16 * 80, 255 - x / 16 * 80, y / 16 * 30}) {
                inks.push_back(static_cast<std::uint8_t>(v));
            }
        }
    }
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &out, &size);
    info.image_width = info.image_height = kSide;
    info.input_components = 4;
    info.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, ycck ? JCS_YCCK : JCS_CMYK);
    for (int c = 0; c < 4; ++c) {
        info.comp_info[c].h_samp_factor = info.comp_info[c].v_samp_factor = 1;
    }
    jpeg_set_quality(&info, 100, TRUE);
    info.write_Adobe_marker = adobe ? TRUE : FALSE;
    jpeg_start_compress(&info, TRUE);
    for (int y = 0; y < kSide; ++y) {
        std::vector<unsigned char> row(inks.begin() + y * kSide * 4, inks.begin() + (y + 1) * kSide * 4);
        for (auto& v : row) {
            v = adobe ? static_cast<unsigned char>(255 - v) : v;
        }
        unsigned char* rows = row.data();
        jpeg_write_scanlines(&info, &rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string file(reinterpret_cast<char*>(out), size);
    std::free(out);
    return file;
}

TEST_F(Colour, InksFollowTheirProfile) {
    const std::string profile = inkProfile();
    for (const auto& [adobe, ycck] : {std::pair{true, false}, {true, true}, {false, false}}) {
        SCOPED_TRACE(std::string(adobe ? "Adobe " : "plain ") + (ycck ? "YCCK" : "CMYK"));
        std::vector<std::uint8_t> inks;
        const std::string plain = inkJpeg(adobe, ycck, inks);
        const auto shown = readText(withProfile(plain, profile));
        ASSERT_TRUE(shown) << shown.error().line();
        EXPECT_TRUE(shown->hadProfile);
        EXPECT_TRUE(shown->warnings.empty());
        // LittleCMS counts inks in doubles by the hundred; bytes do. Two values more for JPEG at its best.
        expectNear(shown->image, byLittleCms(profile, TYPE_CMYK_8, inks.data(), 64, 64), kTolerance + (ycck ? 3 : 2));
        const auto guess = readText(plain);
        ASSERT_TRUE(guess) << guess.error().line();
        EXPECT_FALSE(guess->hadProfile);
        ASSERT_EQ(guess->warnings.size(), 1u);
        EXPECT_NE(guess->warnings.front().text().find("CMYK"), std::string::npos);
        // A profile for other channels is no profile.
        const auto wrong = readText(withProfile(plain, rgbProfile(kSpaces[1])));
        ASSERT_TRUE(wrong) << wrong.error().line();
        EXPECT_EQ(wrong->image, guess->image);
        EXPECT_EQ(wrong->warnings.size(), 1u);
        // What is cut short is so with a profile, too.
        const std::string whole = withProfile(plain, profile);
        EXPECT_FALSE(readText(whole.substr(0, whole.size() - 200) + "\xff\xd9"));
    }
}

TEST_F(Colour, InksInTiffFollowTheirProfile) {
    const std::string profile = inkProfile();
    constexpr std::uint32_t kSide = 40;
    for (const auto& [bits, compression] :
         {std::pair{8, COMPRESSION_NONE}, {8, COMPRESSION_LZW}, {16, COMPRESSION_LZW}, {8, COMPRESSION_JPEG}}) {
        SCOPED_TRACE(std::to_string(bits) + " bits, compression " + std::to_string(compression));
        std::vector<std::uint16_t> inks;
        for (std::uint32_t i = 0; i < kSide * kSide; ++i) {
            const std::uint32_t x = i % kSide, y = i / kSide;
            for (const std::uint32_t v : {x * 6, y * 6, 255 - x * 6, (x + y) * 2}) {
                inks.push_back(static_cast<std::uint16_t>(v * 257));
            }
        }
        const std::string path = folder_ / "inks.tiff";
        TIFF* tiff = TIFFOpen(path.c_str(), "w");
        ASSERT_NE(tiff, nullptr);
        TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kSide);
        TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kSide);
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
        TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 4);
        TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_SEPARATED);
        TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
        TIFFSetField(tiff, TIFFTAG_ICCPROFILE, static_cast<std::uint32_t>(profile.size()), profile.data());
        if (compression == COMPRESSION_JPEG) {
            TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 100);
        }
        for (std::uint32_t y = 0; y < kSide; ++y) {
            std::vector<std::uint16_t> row(inks.begin() + y * kSide * 4, inks.begin() + (y + 1) * kSide * 4);
            std::vector<std::uint8_t> bytes;
            std::transform(row.begin(), row.end(), std::back_inserter(bytes),
                           [](std::uint16_t v) { return static_cast<std::uint8_t>(v >> 8); });
            TIFFWriteScanline(tiff, bits == 8 ? static_cast<void*>(bytes.data()) : row.data(), y, 0);
        }
        TIFFClose(tiff);
        const auto shown = read(path);
        ASSERT_TRUE(shown) << shown.error().line();
        EXPECT_TRUE(shown->hadProfile);
        EXPECT_TRUE(shown->warnings.empty());
        EXPECT_FALSE(shown->hadAlpha);
        expectNear(shown->image, byLittleCms(profile, TYPE_CMYK_16, inks.data(), kSide, kSide),
                   kTolerance + (compression == COMPRESSION_JPEG ? 2 : 0));
    }
}

TEST_F(Colour, GammaAndPrimariesInPngAreFollowed) {
    std::string file = saved(asQt(pattern()), "p.png");
    const auto stored = readText(file);
    const auto fixed = [](double v) {
        const auto n = static_cast<std::uint32_t>(std::lround(v * 100000));
        return std::string{char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
    };
    const Space& adobe = kSpaces[1];
    file.insert(33, chunk("gAMA", fixed(1 / adobe.gamma)) +
                        chunk("cHRM", fixed(0.3127) + fixed(0.3290) + fixed(0.64) + fixed(0.33) + fixed(0.21) +
                                          fixed(0.71) + fixed(0.15) + fixed(0.06)));
    const auto shown = readText(file);
    ASSERT_TRUE(shown) << shown.error().line();
    expectNear(shown->image, byLittleCms(rgbProfile(adobe), TYPE_RGB_8, stored->image.pixels.data(), kWidth, kHeight),
               3);
}

TEST_F(Colour, CodePointsInPngComeBeforeEverythingElse) {
    const std::string file = saved(asQt(pattern()), "p.png");
    const auto with = [&](char primaries, char transfer, const std::string& more = "") {
        return std::string(file).insert(33, more + chunk("cICP", {primaries, transfer, '\0', '\1'}));
    };
    const auto stored = readText(file);
    Space linear = kSpaces[0];
    linear.gamma = 1;
    const Image expected = byLittleCms(rgbProfile(linear), TYPE_RGB_8, stored->image.pixels.data(), kWidth, kHeight);
    const std::string other = chunk("iCCP", std::string("made\0\0", 6) + deflated(rgbProfile(kSpaces[1])));
    for (const std::string& more : {std::string(), chunk("sRGB", std::string(1, '\0')), other}) {
        const auto shown = readText(with(12, 8, more));
        ASSERT_TRUE(shown) << shown.error().line();
        EXPECT_TRUE(shown->hadProfile);
        EXPECT_TRUE(shown->warnings.empty());
        expectNear(shown->image, expected, kTolerance);
    }
    // sRGB's own are no conversion, whatever the profile is; what is not known is none at all.
    EXPECT_EQ(readText(with(1, 13, other))->image, stored->image);
    EXPECT_EQ(readText(with(2, 2))->image, stored->image);
    EXPECT_EQ(readText(with(2, 2, other))->image, readText(std::string(file).insert(33, other))->image);
    const auto range = readText(with(9, 16));
    ASSERT_TRUE(range) << range.error().line();
    ASSERT_EQ(range->warnings.size(), 1u);
    EXPECT_NE(range->warnings.front().text().find("high dynamic range"), std::string::npos);
}

// A JPEG with an EXIF block as a camera writes it: the colour space, and the name of the rules for it.
std::string withCamera(std::string jpeg, int colourSpace, const std::string& rules) {
    const auto two = [](int v) { return std::string{char(v >> 8), char(v)}; };
    const auto four = [&](int v) { return two(0) + two(v); };
    const auto entry = [&](int tag, int type, int count, const std::string& value) {
        return two(tag) + two(type) + four(count) + value;
    };
    const std::string none = four(0);
    const std::string exif = std::string("Exif\0\0MM\0*", 10) + four(8) +               // the first directory
                             two(1) + entry(0x8769, 4, 1, four(26)) + none +            // at 8
                             two(2) + entry(0xa001, 3, 1, two(colourSpace) + two(0)) +  // at 26
                             entry(0xa005, 4, 1, four(56)) + none +                     //
                             two(1) + entry(1, 2, 4, rules + '\0') + none;              // at 56
    return jpeg.insert(2, "\xff\xe1" + two(static_cast<int>(exif.size()) + 2) + exif);
}

TEST_F(Colour, CamerasSayAdobeRgbWithoutAProfile) {
    const std::string plain = saved(asQt(pattern()), "p.jpg", 95);
    const auto stored = readText(plain), shown = readText(withCamera(plain, 0xffff, "R03"));
    ASSERT_TRUE(shown) << shown.error().line();
    EXPECT_TRUE(shown->hadProfile);
    EXPECT_TRUE(shown->warnings.empty());
    expectNear(shown->image,
               byLittleCms(rgbProfile(kSpaces[1]), TYPE_RGB_8, stored->image.pixels.data(), kWidth, kHeight),
               kTolerance);
    EXPECT_EQ(readText(withCamera(plain, 1, "R98"))->image, stored->image);
    EXPECT_EQ(readText(withCamera(plain, 0xffff, "R98"))->image, stored->image);
    // A profile says more.
    const std::string profile = rgbProfile(kSpaces[0]);
    EXPECT_EQ(readText(withCamera(withProfile(plain, profile), 0xffff, "R03"))->image,
              readText(withProfile(plain, profile))->image);
}

TEST_F(Colour, OneColourOfSixteenBitsIsTransparent) {
    QImage image(kWidth, kHeight, QImage::Format_RGBX64);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            // 257 and 258 are one value in 8 bits: only the first is transparent.
            image.setPixelColor(x, y,
                                QColor::fromRgba64(x == 3 ? 257 : (x == 4 ? 258 : quint16(x * 2000)), 700, 40000));
        }
    }
    const std::string plain = saved(image, "t.png");
    const std::size_t pixels = plain.find("IDAT") - 4;
    const std::string clear = std::string(plain).insert(pixels, chunk("tRNS", "\x01\x01\x02\xbc\x9c\x40"));
    const auto stored = readText(plain), shown = readText(clear);
    ASSERT_TRUE(shown) << shown.error().line();
    EXPECT_TRUE(shown->hadAlpha);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            ASSERT_EQ(shown->alpha.at(x, y), x == 3 ? 0 : 255) << x;
            for (int c = 0; c < 3; ++c) {
                ASSERT_EQ(shown->image.at(x, y)[c], x == 3 ? 255 : stored->image.at(x, y)[c]) << x;
            }
        }
    }
    writeText(folder_ / "t.png", clear);
    const auto mask = readMask(folder_ / "t.png");
    ASSERT_TRUE(mask) << mask.error().line();
    EXPECT_EQ(mask->at(3, 2), 0);
    EXPECT_EQ(mask->at(4, 2), 255);
}

TEST_F(Colour, AMasksValuesAreNotConverted) {
    QImage image(kWidth, kHeight, QImage::Format_Grayscale8);
    image.fill(38);
    const std::string path = folder_ / "m.png";
    writeText(path, withProfile(saved(image, "m0.png"), greyProfile(1.4)));
    const auto file = readMaskFile(path);
    ASSERT_TRUE(file) << file.error().line();
    EXPECT_EQ(file->areas.begin()->first, 38);
}

}  // namespace
}  // namespace maskwright::image_io
