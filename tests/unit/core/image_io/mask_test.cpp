// What a mask picture marks. Every mask here shows a rectangle (kX, kY, kW, kH) in kWidth x kHeight.
#include "core/image_io/mask.h"

#include <QImage>
#include <algorithm>
#include <functional>

#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

constexpr int kX = 8, kY = 4, kW = 10, kH = 6;

bool inRectangle(int x, int y) { return x >= kX && x < kX + kW && y >= kY && y < kY + kH; }

class MaskTest : public testing::Test {
  protected:
    // The picture with `inside` in the rectangle and `outside` elsewhere.
    static QImage drawn(QImage::Format format, const QColor& outside, const QColor& inside) {
        QImage image(kWidth, kHeight, format);
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                image.setPixelColor(x, y, inRectangle(x, y) ? inside : outside);
            }
        }
        return image;
    }
    static QImage indexed(const QList<QRgb>& colours, int outside, int inside) {
        QImage image(kWidth, kHeight, QImage::Format_Indexed8);
        image.setColorTable(colours);
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                image.setPixel(x, y, static_cast<uint>(inRectangle(x, y) ? inside : outside));
            }
        }
        return image;
    }
    std::string saved(const QImage& image, const char* name = "mask.png", int quality = -1) {
        const std::string path = folder_ / name;
        EXPECT_TRUE(image.save(QString::fromStdString(path), nullptr, quality)) << name;
        return path;
    }
    static void expectRectangle(const Mask& mask, const std::string& what) {
        ASSERT_EQ(mask.width, kWidth) << what;
        ASSERT_EQ(mask.height, kHeight) << what;
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                ASSERT_EQ(mask.at(x, y), inRectangle(x, y) ? 255 : 0) << what << " at " << x << "," << y;
            }
        }
    }
    // The file's only label is `label`; 0: its pixels are no labels.
    void expectRectangle(const std::string& path, int label, const std::string& what) {
        const auto file = readMaskFile(path);
        ASSERT_TRUE(file) << file.error().line();
        EXPECT_EQ(file->unlabelled.empty(), label != 0) << what << ": " << file->unlabelled.text();
        const std::map<Label, std::int64_t> areas = {{static_cast<Label>(std::max(label, 1)), kW * kH}};
        EXPECT_EQ(file->areas, areas) << what;
        expectRectangle(*chooseRegion(*file, path), what);
        expectRectangle(*readMask(path), what);
    }
    Folder folder_;
};

QColor grey(int value) { return {value, value, value}; }

TEST_F(MaskTest, GreyThatIsNotZeroIsInside) {
    for (const int value : {1, 2, 12, 38, 100, 127, 128, 200, 255}) {
        const std::string what = "grey " + std::to_string(value);
        expectRectangle(saved(drawn(QImage::Format_Grayscale8, grey(0), grey(value))), value, what);
        expectRectangle(saved(drawn(QImage::Format_RGB888, grey(0), grey(value))), value, what + " in RGB");
        expectRectangle(saved(drawn(QImage::Format_RGBA8888, grey(0), grey(value))), value, what + " in opaque RGBA");
        expectRectangle(saved(drawn(QImage::Format_Grayscale8, grey(0), grey(value)), "m.bmp"), value,
                        what + " in BMP");
        expectRectangle(saved(drawn(QImage::Format_Grayscale8, grey(0), grey(value)), "m.tiff"), value,
                        what + " in TIFF");
    }
}

TEST_F(MaskTest, SixteenBitsAreReadAsTheyAre) {
    for (const int value : {1, 200, 255, 256, 300, 65535}) {
        QImage image(kWidth, kHeight, QImage::Format_Grayscale16);
        for (int y = 0; y < kHeight; ++y) {
            auto* row = reinterpret_cast<quint16*>(image.scanLine(y));
            for (int x = 0; x < kWidth; ++x) {
                row[x] = inRectangle(x, y) ? static_cast<quint16>(value) : 0;
            }
        }
        expectRectangle(saved(image), value, "16-bit PNG " + std::to_string(value));
        expectRectangle(saved(image, "m.tiff"), value, "16-bit TIFF " + std::to_string(value));
        expectRectangle(saved(image.convertToFormat(QImage::Format_RGBX64)), value,
                        "16-bit RGB " + std::to_string(value));
    }
}

TEST_F(MaskTest, OneBitIsInsideWhereItIsWhite) {
    for (const char* name : {"m.png", "m.bmp", "m.tiff"}) {
        const QImage image = drawn(QImage::Format_Grayscale8, grey(0), grey(255)).convertToFormat(QImage::Format_Mono);
        const auto mask = readMask(saved(image, name));
        ASSERT_TRUE(mask) << mask.error().line();
        expectRectangle(*mask, name);
    }
    for (const char* name : {"grey1.png", "one_bit.bmp", "fax.tiff", "zeros_and_ones.png"}) {
        const auto mask = readMask(fixture(name));
        ASSERT_TRUE(mask) << mask.error().line();
        for (int x = 0; x < kWidth; ++x) {
            EXPECT_EQ(mask->at(x, 3), x >= 16 ? 255 : 0) << name << " " << x;
        }
    }
    EXPECT_EQ(readMaskFile(fixture("grey1.png"))->areas.begin()->first, 1) << "a bit is a label of 0 or 1";
}

TEST_F(MaskTest, AnyColourButBlackIsInside) {
    for (const QColor& colour : {QColor(139, 0, 0), QColor(0, 0, 1), QColor(0, 60, 0), QColor(255, 255, 0)}) {
        const std::string what = colour.name().toStdString();
        expectRectangle(saved(drawn(QImage::Format_RGB888, grey(0), colour)), 0, what);
        expectRectangle(saved(drawn(QImage::Format_RGBA8888, grey(0), colour)), 0, what + " opaque RGBA");
        expectRectangle(saved(drawn(QImage::Format_RGBA8888, grey(0), colour), "m.webp", 100), 0, what + " WebP");
    }
}

TEST_F(MaskTest, AlphaCountsOnlyWhereItVaries) {
    const QColor clear(0, 0, 0, 0), hidden(200, 100, 50, 0);
    for (const QColor& inside : {QColor(90, 10, 10), QColor(90, 10, 10, 128), QColor(0, 0, 0), QColor(0, 0, 0, 1)}) {
        for (const QColor& outside : {clear, hidden}) {
            expectRectangle(saved(drawn(QImage::Format_RGBA8888, outside, inside)), 0, "a cutout");
        }
    }
    expectRectangle(saved(drawn(QImage::Format_RGBA8888, clear, grey(38))), 38, "labels over nothing");
    expectRectangle(saved(drawn(QImage::Format_RGBA64, clear, QColor::fromRgba64(1, 1, 1, 65535))), 1, "16 bits");
    // The same alpha everywhere, half or none, says nothing.
    expectRectangle(saved(drawn(QImage::Format_RGBA8888, QColor(0, 0, 0, 77), QColor(9, 9, 9, 77))), 9, "half");
    expectRectangle(saved(drawn(QImage::Format_RGBA8888, clear, QColor(9, 9, 9, 0))), 9, "none");
    // Nor does alpha that is nowhere 0.
    expectRectangle(saved(drawn(QImage::Format_RGBA8888, QColor(0, 0, 0, 254), QColor(9, 9, 9, 255))), 9, "nowhere 0");
}

TEST_F(MaskTest, OfAPaletteTheIndexCounts) {
    // As PASCAL VOC and DAVIS ship them: index 0 is black, index 1 dark red; and with colours that mislead.
    expectRectangle(saved(indexed({qRgb(0, 0, 0), qRgb(128, 0, 0), qRgb(0, 128, 0)}, 0, 1)), 1, "VOC");
    expectRectangle(saved(indexed({qRgb(0, 0, 0), qRgb(128, 0, 0), qRgb(0, 0, 0)}, 0, 2)), 2, "a black label");
    EXPECT_TRUE(readMaskFile(folder_ / "mask.png")->warnings.empty()) << "of two blacks one is a label's";
    expectRectangle(saved(indexed({qRgb(255, 0, 255), qRgb(128, 0, 0)}, 0, 1)), 1, "a coloured background");
    // All grey, whatever comes first.
    expectRectangle(saved(indexed({qRgb(255, 255, 255), qRgb(9, 9, 9), qRgb(0, 0, 0)}, 0, 1)), 1, "white first");
    const std::string blackInside = saved(indexed({qRgb(255, 255, 255), qRgb(9, 9, 9), qRgb(0, 0, 0)}, 0, 2));
    expectRectangle(blackInside, 2, "black is inside");
    EXPECT_NE(readMaskFile(blackInside)->warnings.at(0).text().find("black is inside"), std::string::npos);
    // As programs that sort colours save a red object on black.
    const std::string redFirst = saved(indexed({qRgb(200, 0, 0), qRgb(0, 0, 0), qRgb(0, 90, 0)}, 0, 1));
    expectRectangle(redFirst, 1, "black is inside, of colours");
    EXPECT_NE(readMaskFile(redFirst)->warnings.at(0).text().find("black is inside"), std::string::npos);
    for (const char* name : {"m.png", "m.bmp", "m.tiff"}) {
        QList<QRgb> greys;
        for (int i = 0; i < 256; ++i) {
            greys << qRgb(255 - i, 255 - i, 255 - i);
        }
        greys[254] = qRgb(1, 0, 0);  // or Qt's writers make it a picture of grey
        expectRectangle(saved(indexed(greys, 0, 3), name), 3, name);
    }
    // Black and white alone is what a picture of one bit is, in an order of the writer's own.
    expectRectangle(saved(indexed({qRgb(255, 255, 255), qRgb(0, 0, 0)}, 1, 0)), 1, "white first of two");
    expectRectangle(saved(indexed({qRgb(0, 0, 0), qRgb(255, 255, 255)}, 0, 1)), 1, "black first of two");
    // One transparent colour, wherever it stands.
    expectRectangle(saved(indexed({qRgba(1, 2, 3, 0), qRgb(128, 0, 0), qRgb(0, 128, 0)}, 0, 2)), 2, "clear first");
    expectRectangle(saved(indexed({qRgb(128, 0, 0), qRgba(1, 2, 3, 0), qRgb(0, 128, 0)}, 1, 0)), 0, "clear second");
}

// A GIF whose codes are the indices themselves: a clear code before the table can grow. `flags`: 0x40 for interlaced.
std::string gifOf(const std::vector<QRgb>& colours, std::function<int(int x, int y)> index, int transparent = -1,
                  int flags = 0, int left = 0, int top = 0) {
    const auto little = [](int v) { return std::string{char(v & 255), char(v >> 8)}; };
    std::string file = "GIF89a" + little(kWidth) + little(kHeight) + std::string("\x91\0\0", 3);  // four colours
    for (std::size_t i = 0; i < 4; ++i) {
        const QRgb colour = i < colours.size() ? colours[i] : 0;
        file += std::string{char(qRed(colour)), char(qGreen(colour)), char(qBlue(colour))};
    }
    if (transparent >= 0) {
        file += std::string("\x21\xf9\x04\x01\0\0", 6) + char(transparent) + '\0';
    }
    const int width = kWidth - left, height = kHeight - top;
    file += "\x2c" + little(left) + little(top) + little(width) + little(height) + char(flags) + '\x02';
    std::vector<int> rows;
    for (const auto& [begin, step] : std::vector<std::pair<int, int>>{{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
        for (int y = begin; y < height; y += step) {
            rows.push_back(y);
        }
    }
    std::string data;
    std::uint32_t bits = 0, count = 0;
    const auto put = [&](std::uint32_t code) {
        bits |= code << count;
        for (count += 3; count >= 8; count -= 8, bits >>= 8) {
            data += char(bits & 255);
        }
    };
    for (int i = 0, n = 0; i < height; ++i) {
        for (int x = 0; x < width; ++x, ++n) {
            if (n % 2 == 0) {
                put(4);
            }
            put(static_cast<std::uint32_t>(
                index(left + x, top + ((flags & 0x40) != 0 ? rows[static_cast<std::size_t>(i)] : i))));
        }
    }
    put(5);
    put(0);
    put(0);
    for (std::size_t at = 0; at < data.size(); at += 255) {
        const std::string block = data.substr(at, 255);
        file += char(block.size()) + block;
    }
    return file + '\0' + ';';
}

TEST_F(MaskTest, OfAGifTheIndexCounts) {
    const std::string path = folder_ / "m.gif";
    const std::vector<QRgb> misleading = {qRgb(200, 30, 255), qRgb(9, 9, 9), qRgb(0, 0, 0), qRgb(200, 30, 255)};
    for (const int flags : {0, 0x40}) {
        for (const int label : {1, 2, 3}) {
            writeText(path, gifOf(
                                misleading, [&](int x, int y) { return inRectangle(x, y) ? label : 0; }, -1, flags));
            expectRectangle(path, label, "GIF " + std::to_string(label) + " " + std::to_string(flags));
        }
    }
    // The picture covers a part of the screen.
    writeText(path, gifOf(
                        misleading, [](int x, int y) { return inRectangle(x, y) ? 2 : 0; }, -1, 0, 3, 2));
    expectRectangle(path, 2, "a part");
    writeText(path, gifOf(
                        misleading, [](int x, int y) { return inRectangle(x, y) ? 1 : 2; }, 2, 0, 3, 2));
    expectRectangle(path, 1, "transparent outside");
    // Of black and white alone white counts, whichever comes first; the colours that fill a GIF's palette are none.
    const std::vector<QRgb> padded = {qRgb(255, 255, 255), qRgb(0, 0, 0), qRgb(0, 0, 0), qRgb(0, 0, 0)};
    writeText(path, gifOf(padded, [](int x, int y) { return inRectangle(x, y) ? 0 : 1; }));
    expectRectangle(path, 1, "padded");
    // Any cut or changed byte is an error or a picture, never a crash.
    const std::string whole = gifOf(misleading, [](int x, int y) { return (x + y) % 4; });
    for (std::size_t at = 13; at < whole.size(); ++at) {
        for (const char byte : {'\0', '\x07', '\xff'}) {
            std::string changed = whole;
            changed[at] = byte;
            writeText(path, changed);
            const auto file = readMaskFile(path);
            EXPECT_TRUE(file || file.error().kind == ErrorKind::input) << at;
        }
    }
}

TEST_F(MaskTest, LabelsCanBeChosen) {
    QImage image = drawn(QImage::Format_Grayscale8, grey(0), grey(100));
    image.setPixelColor(0, 0, grey(200));
    image.setPixelColor(1, 0, grey(200));
    const std::string path = saved(image);
    const auto file = readMaskFile(path);
    ASSERT_TRUE(file) << file.error().line();
    const std::map<Label, std::int64_t> areas = {{100, kW * kH}, {200, 2}};
    EXPECT_EQ(file->areas, areas);
    EXPECT_EQ(file->warnings.size(), 0u);
    const auto marked = [](const Mask& mask) { return std::count(mask.pixels.begin(), mask.pixels.end(), 255); };
    EXPECT_EQ(marked(*chooseRegion(*file, path)), kW * kH + 2);
    expectRectangle(*chooseRegion(*file, path, 100), "label 100");
    EXPECT_EQ(marked(*chooseRegion(*file, path, 200)), 2);
    for (const std::int64_t label : {std::int64_t(0), std::int64_t(1), std::int64_t(65536 + 100), std::int64_t(-1)}) {
        const auto none = chooseRegion(*file, path, label);
        ASSERT_FALSE(none) << label;
        EXPECT_NE(none.error().line().find("100, 200"), std::string::npos) << none.error().line();
        EXPECT_NE(none.error().line().find(path), std::string::npos) << none.error().line();
    }
}

TEST_F(MaskTest, ALossyFormatIsCutAtHalf) {
    for (const int value : {60, 139, 255}) {
        for (const char* name : {"m.jpg", "m.webp"}) {
            const std::string path = saved(drawn(QImage::Format_RGB888, grey(0), grey(value)), name, 90);
            const auto file = readMaskFile(path);
            ASSERT_TRUE(file) << file.error().line();
            expectRectangle(*chooseRegion(*file, path), name + std::to_string(value));
            EXPECT_TRUE(file->warnings.empty()) << name << value << file->warnings.front().text();
            const auto labelled = chooseRegion(*file, path, value);
            ASSERT_FALSE(labelled);
            EXPECT_NE(labelled.error().line().find("blurs"), std::string::npos) << labelled.error().line();
        }
    }
    // Half of what is marked would be lost: said.
    QImage two(64, 64, QImage::Format_Grayscale8);
    two.fill(0);
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 64; ++x) {
            two.setPixelColor(x, y, grey(x < 32 ? 80 : 240));
        }
    }
    const auto file = readMaskFile(saved(two, "two.jpg", 95));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->warnings.size(), 1u);
}

TEST_F(MaskTest, NothingInsideIsRefusedWithWhatTheFileHolds) {
    const auto said = [&](const std::string& path) {
        const auto file = readMaskFile(path);
        EXPECT_TRUE(file) << path;
        EXPECT_TRUE(file->areas.empty());
        const auto mask = chooseRegion(*file, path);
        EXPECT_FALSE(mask);
        EXPECT_EQ(mask.error().kind, ErrorKind::input);
        EXPECT_NE(mask.error().line().find(path), std::string::npos);
        return mask.error().line();
    };
    EXPECT_NE(said(saved(drawn(QImage::Format_Grayscale8, grey(0), grey(0)))).find("black"), std::string::npos);
    EXPECT_NE(said(saved(indexed({qRgb(1, 2, 3), qRgb(4, 5, 6)}, 0, 0))).find("palette"), std::string::npos);
    EXPECT_NE(said(saved(drawn(QImage::Format_RGB888, grey(0), grey(6)), "m.jpg", 100)).find("brightest"),
              std::string::npos);
    // Reading back a result in which nothing was found is no error.
    const auto nothing = readMask(saved(drawn(QImage::Format_Grayscale8, grey(0), grey(0))));
    ASSERT_TRUE(nothing);
    EXPECT_EQ(*nothing, Mask(kWidth, kHeight));
}

TEST_F(MaskTest, ASoftMaskIsWarnedOf) {
    QImage image(kWidth, kHeight, QImage::Format_Grayscale8);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            image.setPixelColor(x, y, grey((y * kWidth + x) / 2));
        }
    }
    const std::string path = saved(image);
    const auto file = readMaskFile(path);
    ASSERT_TRUE(file);
    ASSERT_EQ(file->warnings.size(), 1u);
    EXPECT_NE(file->warnings.front().text().find(path), std::string::npos);
}

TEST_F(MaskTest, IsTurnedUpright) {
    const auto mask = readMask(fixture("turn6.png"));
    ASSERT_TRUE(mask) << mask.error().line();
    EXPECT_EQ(mask->width, kWidth);
    EXPECT_EQ(mask->height, kHeight);
    EXPECT_EQ(mask->at(0, 0), 255) << "a blue that is not black";
}

}  // namespace
}  // namespace maskwright::image_io
