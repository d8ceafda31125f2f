// Files that are not what they claim to be: one line that says so, nothing else on stderr, no crash, bounded memory and
// time.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <random>

#include "core/image_io/quiet.h"
#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

void expectInputError(const Result<Picture>& result, const std::string& what) {
    ASSERT_FALSE(result) << what;
    EXPECT_EQ(result.error().kind, ErrorKind::input) << what;
    EXPECT_EQ(result.error().line().find('\n'), std::string::npos) << what;
    EXPECT_FALSE(result.error().advice.text().empty()) << what;
}

std::string big32(std::uint32_t v) {
    return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)};
}
std::string little32(std::uint32_t v) {
    const std::string big = big32(v);
    return {big.rbegin(), big.rend()};
}

std::string changed(std::string bytes, std::size_t at, const std::string& with) {
    return bytes.replace(at, with.size(), with);
}

// Every test here also demands silence.
class Malformed : public testing::Test {
  protected:
    void SetUp() override { testing::internal::CaptureStderr(); }
    void TearDown() override {
        const std::string said = testing::internal::GetCapturedStderr();
#ifndef __SANITIZE_ADDRESS__  // there the decoders' chatter is let through with the sanitizer's reports (quiet.cpp)
        EXPECT_EQ(said, "");
#endif
    }
};

TEST_F(Malformed, TruncatedAnywhereIsAnError) {
    for (const char* name : {"rgb8.png", "palette_transparent.png", "adobe.png", "turn1.jpg", "progressive.jpg",
                             "adobe.jpg", "lossless.webp", "lossy.webp", "rgba.webp", "rgb.bmp", "palette.bmp",
                             "plain.tiff", "lzw.tiff", "deflate.tiff", "fax.tiff", "still.gif", "transparent.gif"}) {
        const std::string whole = bytesOf(fixture(name));
        ASSERT_GT(whole.size(), 50u);
        // The last bytes of a GIF are its trailer, of a BMP or WebP padding, of a TIFF values that have defaults.
        const std::size_t end = whole.size() - (whole.starts_with("II") ? whole.size() / 8 : 4);
        for (std::size_t size = 0; size < end; size += 1 + size / 40) {
            expectInputError(readText(whole.substr(0, size)), name + (" cut to " + std::to_string(size)));
        }
    }
}

TEST_F(Malformed, OfABmpTheLastPaddingAloneMayBeMissing) {
    for (const int width : {4, 5, 6, 7}) {
        QImage image(width, 3, QImage::Format_RGB888);
        image.fill(QColor(10, 200, 90));
        const Folder folder;
        const std::string path = folder / "p.bmp";
        ASSERT_TRUE(image.save(QString::fromStdString(path)));
        const std::string whole = bytesOf(path);
        const auto shown = readText(whole);
        ASSERT_TRUE(shown);
        for (std::size_t cut = 1; cut <= 4; ++cut) {
            const auto cutShort = readText(whole.substr(0, whole.size() - cut));
            if (cut > std::size_t(width % 4)) {  // so many bytes fill a row of three a pixel up to four
                expectInputError(cutShort, "a pixel is missing");
            } else {
                ASSERT_TRUE(cutShort) << cutShort.error().line();
                EXPECT_EQ(cutShort->image, shown->image) << width << " " << cut;
            }
        }
    }
}

TEST_F(Malformed, ChangedBytesNeverCrash) {
    std::mt19937 random(7);
    for (const auto& entry : std::filesystem::directory_iterator(fixture(""))) {
        const std::string whole = bytesOf(entry.path().string());
        for (int round = 0; round < 60; ++round) {
            std::string bytes = whole;
            for (int i = 0; i <= round % 8; ++i) {
                const std::size_t reach = round % 2 == 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 64);
                bytes[random() % reach] = static_cast<char>(random());
            }
            const auto picture = readText(bytes, {.maxPixels = 1'000'000});
            if (picture) {
                EXPECT_FALSE(picture->image.empty());
            } else {
                EXPECT_EQ(picture.error().kind, ErrorKind::input);
            }
        }
    }
}

TEST_F(Malformed, OtherFilesAreRefused) {
    using namespace std::string_literals;
    for (const std::string& bytes :
         {""s, "P"s, "plain text that only claims to be a picture"s, std::string(1000, '\0'),
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"s, "\x89PNG\r\n\x1a\n"s,
          "\x89PNG\n\x1a\n"s, "\xff\xd8\xff"s, "BM"s, "GIF89a"s, "RIFF\x10\0\0\0WEBPVP8 "s, "RIFF\x10\0\0\0WAVEfmt "s,
          "II*\0"s, "MM\0*\0\0\0\x08"s, "II*\0\xff\xff\xff\x7f"s, "P6 1 1 255\nabc"s, "%PDF-1.4"s}) {
        expectInputError(readText(bytes), bytes);
    }
}

TEST_F(Malformed, AHeaderCannotAskForTooMuch) {
    using namespace std::string_literals;
    const std::string png = bytesOf(fixture("rgb8.png")), bmp = bytesOf(fixture("rgb.bmp"));
    std::string jpeg = bytesOf(fixture("turn1.jpg")), gif = bytesOf(fixture("still.gif"));
    const std::size_t frame = jpeg.find("\xff\xc0\0\x11"s);
    ASSERT_NE(frame, std::string::npos);
    const std::size_t picture = gif.find(",\0\0\0\0"s);
    ASSERT_NE(picture, std::string::npos);
    std::string webp = bytesOf(fixture("animated.webp"));
    for (const auto& bytes :
         {changed(png, 16, big32(0x7fffffff) + big32(0x7fffffff)), changed(png, 16, big32(30000) + big32(30000)),
          changed(bmp, 18, little32(0x7fffffff) + little32(0x7fffffff)), changed(bmp, 22, little32(0x80000000u)),
          changed(jpeg, frame + 5, "\xff\xff\xff\xff"s), changed(gif, 6, "\xff\xff\xff\xff"s),
          changed(gif, picture + 5, "\xff\xff\xff\xff"s),
          changed(webp, webp.find("VP8X") + 12, "\xff\xff\xff\xff\xff\xff"s)}) {
        const auto result = readText(bytes);
        expectInputError(result, "huge");
        EXPECT_NE(result.error().what.text().find("too large"), std::string::npos) << result.error().line();
    }
}

TEST_F(Malformed, AHeaderCannotAskForNothing) {
    using namespace std::string_literals;
    const std::string png = bytesOf(fixture("rgb8.png")), bmp = bytesOf(fixture("rgb.bmp")),
                      gif = bytesOf(fixture("still.gif"));
    std::string jpeg = bytesOf(fixture("turn1.jpg"));
    const std::size_t frame = jpeg.find("\xff\xc0\0\x11"s);
    for (const auto& bytes : {changed(png, 16, big32(0)), changed(png, 20, big32(0)), changed(bmp, 18, little32(0)),
                              changed(bmp, 18, little32(0xffffffffu)), changed(bmp, 22, little32(0)),
                              changed(jpeg, frame + 5, "\0\0"s), changed(gif, 6, "\0\0"s)}) {
        expectInputError(readText(bytes), "nothing");
    }
}

// Zeros in the middle of a scan, lost bytes, bytes too many: what is not cut short is not called so.
TEST_F(Malformed, AJpegDamagedInItsMiddleIsNotCutShort) {
    QImage photo(200, 150, QImage::Format_RGB888);
    for (int y = 0; y < photo.height(); ++y) {
        for (int x = 0; x < photo.width(); ++x) {
            photo.setPixelColor(x, y, QColor(x * y % 256, (x + 2 * y) % 256, x % 256));
        }
    }
    QByteArray encoded;
    QBuffer buffer(&encoded);
    ASSERT_TRUE(photo.save(&buffer, "JPEG", 90));
    const std::string whole = encoded.toStdString();
    const std::size_t scan = whole.find("\xff\xda"), end = whole.size() - 2, length = end - scan - 14;
    ASSERT_EQ(whole.substr(end), "\xff\xd9");
    int told = 0;
    for (std::size_t part = 2; part < 8; ++part) {
        std::string lost = whole;
        lost.erase(end - length / part, length / part);  // and the end marker is there
        const auto picture = readText(lost);
        ASSERT_FALSE(picture) << part;
        EXPECT_NE(picture.error().line().find("is damaged: some of its pixels are missing"), std::string::npos)
            << picture.error().line();
        const auto cut = readText(whole.substr(0, end - length / part));
        ASSERT_FALSE(cut) << part;
        EXPECT_NE(cut.error().line().find("is cut short"), std::string::npos) << cut.error().line();
    }
    for (std::size_t at = scan + 14; at + 80 < end; at += 400) {
        const auto picture = readText(changed(whole, at, std::string(60, '\0')));
        told += picture && picture->warnings.empty() ? 0 : 1;
        EXPECT_TRUE(picture || picture.error().line().find("is damaged") != std::string::npos)
            << picture.error().line();
    }
    EXPECT_GT(told, 0);
    std::string more = whole;
    more.insert(end, "abcdef");
    const auto odd = readText(more);
    ASSERT_TRUE(odd) << odd.error().line();
    ASSERT_EQ(odd->warnings.size(), 1u);
    EXPECT_NE(odd->warnings[0].text().find("is damaged; some of its pixels may be wrong"), std::string::npos);
}

TEST_F(Malformed, DamagedPngChunksAreNamed) {
    const std::string png = bytesOf(fixture("rgb8.png"));
    const auto flipped = readText(changed(png, png.find("IDAT") + 20, "\x55"));
    expectInputError(flipped, "IDAT");
    EXPECT_NE(flipped.error().what.text().find("IDAT"), std::string::npos);
    std::string noPalette = bytesOf(fixture("palette_transparent.png"));
    const std::size_t begin = noPalette.find("PLTE") - 4;
    noPalette.erase(begin, noPalette.find("tRNS") - 4 - begin);
    expectInputError(readText(noPalette), "no palette");
    expectInputError(readText(changed(png, 24, "\x07")), "depth 7");
}

// What is missing inside, with an end marker in its place: libjpeg would fill it with grey.
TEST_F(Malformed, AJpegWithMissingPixelsIsRefused) {
    const std::string jpeg = bytesOf(fixture("turn1.jpg"));
    const auto result = readText(jpeg.substr(0, jpeg.size() * 7 / 8) + "\xff\xd9");
    expectInputError(result, "grey");
    EXPECT_NE(result.error().what.text().find("missing"), std::string::npos);
}

TEST_F(Malformed, AJpegWithoutItsEndMarkerIsReadWithAWarning) {
    for (const char* name : {"turn1.jpg", "progressive.jpg", "adobe.jpg", "cmyk.jpg", "grey.jpg"}) {
        const std::string jpeg = bytesOf(fixture(name));
        const auto whole = readText(jpeg), endless = readText(jpeg.substr(0, jpeg.size() - 2)),
                   half = readText(jpeg.substr(0, jpeg.size() - 1));
        ASSERT_TRUE(endless) << name << ": " << endless.error().line();
        ASSERT_TRUE(half) << name << ": " << half.error().line();
        EXPECT_EQ(endless->image, whole->image) << name;
        EXPECT_EQ(half->image, whole->image) << name;
        EXPECT_EQ(endless->warnings.size(), whole->warnings.size() + 1) << name;
        EXPECT_NE(endless->warnings.front().text().find("picture has no end marker"), std::string::npos);
    }
    // The scans of a progressive file each end like a file; one that lacks its last ones is cut short.
    const std::string jpeg = bytesOf(fixture("progressive.jpg"));
    int cuts = 0;
    for (std::size_t at = jpeg.find("\xff\xda") + 1; (at = jpeg.find("\xff\xda", at)) != std::string::npos; ++at) {
        expectInputError(readText(jpeg.substr(0, at)), "before the scan at " + std::to_string(at));
        ++cuts;
    }
    EXPECT_GT(cuts, 3);
}

TEST_F(Malformed, ABrokenExifBlockIsNamed) {
    const std::string jpeg = bytesOf(fixture("turn6.jpg"));
    const std::size_t at = jpeg.find("Exif") - 2;
    for (const std::string& length : {std::string("\x00\x30", 2), std::string("\xff\xff")}) {
        const auto result = readText(changed(jpeg, at, length));
        expectInputError(result, "EXIF");
        EXPECT_NE(result.error().what.text().find("EXIF"), std::string::npos) << result.error().line();
    }
}

TEST_F(Malformed, AJpegWithEndlessScansIsRefused) {
    std::string jpeg = bytesOf(fixture("progressive.jpg"));
    const std::size_t last = jpeg.rfind("\xff\xda");
    const std::string scan = jpeg.substr(last, jpeg.size() - 2 - last);
    jpeg.resize(jpeg.size() - 2);
    for (int i = 0; i < 200; ++i) {
        jpeg += scan;
    }
    expectInputError(readText(jpeg + "\xff\xd9"), "scans");
}

TEST_F(Malformed, FloatingPointTiffIsToldApart) {
    const auto result = read(fixture("float.tiff"));
    expectInputError(result, "float");
    EXPECT_NE(result.error().what.text().find("floating point"), std::string::npos);
}

TEST_F(Malformed, WhatIsNoFileIsRefused) {
    const Folder folder;
    expectInputError(read(folder / ""), "a folder");
    expectInputError(read(folder / "missing.png"), "missing");
    expectInputError(read(""), "no name");
    expectInputError(read(std::string("a\0b.png", 7)), "a zero byte");
    ASSERT_EQ(::mkfifo((folder / "pipe.png").c_str(), 0600), 0);
    expectInputError(read(folder / "pipe.png"), "a pipe");
    writeText(folder / "empty\n.png", "");
    expectInputError(read(folder / "empty\n.png"), "empty");
    EXPECT_FALSE(readMask(folder / "missing.png"));
}

TEST(Quiet, LetsThisProgramsLinesThrough) {
    testing::internal::CaptureStderr();
    {
        const Quiet quiet;
        std::fprintf(stderr, "maskwright: warning: heard\nlibfoo: chatter\n");
        const Quiet nested;
        std::fprintf(stderr, "maskwright: warning: heard too\n");
    }
    std::fprintf(stderr, "after\n");
    const std::string seen = testing::internal::GetCapturedStderr();
#ifndef __SANITIZE_ADDRESS__
    EXPECT_EQ(seen, "maskwright: warning: heard\nmaskwright: warning: heard too\nafter\n");
#endif
}

}  // namespace
}  // namespace maskwright::image_io
