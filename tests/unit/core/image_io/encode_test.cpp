#include <gtest/gtest.h>

#include "tests/unit/core/image_io/fixture.h"

namespace maskwright::image_io {
namespace {

// Bit depth and colour type of a PNG (ISO/IEC 15948, 11.2.2).
std::pair<int, int> kindOf(const std::string& path) {
    const std::string bytes = bytesOf(path);
    return {bytes.at(24), bytes.at(25)};
}

Heatmap ramp() {
    Heatmap map(256, 2);
    for (int x = 0; x < 256; ++x) {
        map.at(x, 0) = map.at(x, 1) = static_cast<float>(x) / 255.0f;
    }
    return map;
}

TEST(WriteMask, ReadsBackTheSame) {
    const Folder folder;
    Mask mask(37, 11);
    for (std::size_t i = 0; i < mask.pixels.size(); i += 3) {
        mask.pixels[i] = 255;
    }
    ASSERT_TRUE(writeMask(folder / "마스크 1.png", mask));
    EXPECT_EQ(kindOf(folder / "마스크 1.png"), std::pair(8, 0));
    const auto back = readMask(folder / "마스크 1.png");
    ASSERT_TRUE(back) << back.error().line();
    EXPECT_EQ(*back, mask);
    EXPECT_EQ(folder.files(), 1u);
}

TEST(WriteProbability, KeepsEightBits) {
    const Folder folder;
    ASSERT_TRUE(writeProbability(folder / "p.png", ramp()));
    EXPECT_EQ(kindOf(folder / "p.png"), std::pair(8, 0));
    const auto back = read(folder / "p.png");
    ASSERT_TRUE(back) << back.error().line();
    for (int x = 0; x < 256; ++x) {
        EXPECT_EQ(back->image.at(x, 1)[0], x);
    }
}

TEST(WriteProbability, ClampsWhatIsOutOfRange) {
    const Folder folder;
    Heatmap map(2, 1);
    map.pixels = {-0.5f, 1.5f};
    ASSERT_TRUE(writeProbability(folder / "p.png", map));
    const auto back = read(folder / "p.png");
    EXPECT_EQ(back->image.pixels, (std::vector<std::uint8_t>{0, 0, 0, 255, 255, 255}));
}

TEST(WriteProbability16, KeepsSixteenBits) {
    const Folder folder;
    ASSERT_TRUE(writeProbability16(folder / "p.png", ramp()));
    EXPECT_EQ(kindOf(folder / "p.png"), std::pair(16, 0));
    const auto back = read(folder / "p.png");
    ASSERT_TRUE(back) << back.error().line();
    for (int x = 0; x < 256; ++x) {
        EXPECT_EQ(back->image.at(x, 0)[0], x);
    }
}

TEST(WriteImage, ReadsBackTheSame) {
    const Folder folder;
    ASSERT_TRUE(writeImage(folder / "i.png", pattern()));
    EXPECT_EQ(kindOf(folder / "i.png"), std::pair(8, 2));
    EXPECT_EQ(read(folder / "i.png")->image, pattern());
}

TEST(WriteRgba, ReadsBackTheSame) {
    const Folder folder;
    const Image image = pattern();
    std::vector<std::uint8_t> rgba;
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
        rgba.insert(rgba.end(), {image.pixels[i], image.pixels[i + 1], image.pixels[i + 2], 255});
    }
    const std::size_t clear = 4 * (2 * kWidth + 3);
    rgba[clear + 3] = 0;
    ASSERT_TRUE(writeRgba(folder / "c.png", kWidth, kHeight, rgba));
    EXPECT_EQ(kindOf(folder / "c.png"), std::pair(8, 6));
    const auto back = read(folder / "c.png", {.background = {1, 2, 3}});
    ASSERT_TRUE(back) << back.error().line();
    EXPECT_EQ(back->image.at(3, 2)[2], 3);
    EXPECT_EQ(back->image.at(4, 2)[0], 32);
    EXPECT_EQ(back->alpha.at(3, 2), 0);
    EXPECT_EQ(back->alpha.at(4, 2), 255);
    EXPECT_FALSE(writeRgba(folder / "d.png", 3, 3, rgba));
}

TEST(WriteIndexed, KeepsIndicesAndPalette) {
    const Folder folder;
    Plane<std::uint8_t> indices(5, 4);
    indices.at(1, 1) = 1;
    indices.at(2, 3) = 2;
    const std::vector<std::array<std::uint8_t, 3>> palette = {{0, 0, 0}, {200, 10, 20}, {0, 0, 5}};
    ASSERT_TRUE(writeIndexed(folder / "x.png", indices, palette));
    EXPECT_EQ(kindOf(folder / "x.png"), std::pair(8, 3));
    const auto picture = read(folder / "x.png");
    EXPECT_EQ(picture->image.at(1, 1)[0], 200);
    const auto mask = readMask(folder / "x.png");
    EXPECT_EQ(mask->at(1, 1), 255);
    EXPECT_EQ(mask->at(2, 3), 255);
    EXPECT_EQ(mask->at(0, 0), 0);
    indices.at(0, 0) = 3;
    const auto refused = writeIndexed(folder / "y.png", indices, palette);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::output);
}

TEST(Texts, StandInTheFile) {
    const Folder folder;
    ASSERT_TRUE(writeMask(folder / "t.png", Mask(4, 4),
                          {{"phrase", "고양이"}, {"threshold", "0.5"}, {"long", std::string(500, 'x')}}));
    const std::string bytes = bytesOf(folder / "t.png");
    EXPECT_NE(bytes.find(std::string("threshold\0"
                                     "0.5",
                                     13)),
              std::string::npos);
    EXPECT_NE(bytes.find("iTXtphrase"), std::string::npos);
    EXPECT_NE(bytes.find("고양이"), std::string::npos);
    EXPECT_TRUE(readMask(folder / "t.png"));
}

TEST(Writers, SayWhatWentWrong) {
    const Folder folder;
    for (const auto& result : {writeMask(folder / "no/such/folder.png", Mask(2, 2)),
                               writeMask(folder / "empty.png", Mask()), writeImage(folder / "empty.png", Image()),
                               writeProbability16(folder / "e.png", Heatmap()), writeMask(folder / "", Mask(2, 2))}) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::output) << result.error().line();
    }
    EXPECT_EQ(folder.files(), 0u);
}

}  // namespace
}  // namespace maskwright::image_io
