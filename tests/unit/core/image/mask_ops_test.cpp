#include "core/image/mask_ops.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string_view>

#include "core/image/refine.h"

namespace maskwright {
namespace {

Mask drawn(std::initializer_list<std::string_view> rows) {
    Mask mask(static_cast<int>(rows.begin()->size()), static_cast<int>(rows.size()));
    int y = 0;
    for (const std::string_view row : rows) {
        for (int x = 0; x < mask.width; ++x) {
            mask.at(x, y) = row[std::size_t(x)] == '#' ? 255 : 0;
        }
        ++y;
    }
    return mask;
}

Mask disc(int width, int height, double x, double y, double radius) {
    Mask mask(width, height);
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) {
            mask.at(column, row) = std::hypot(column - x, row - y) <= radius ? 255 : 0;
        }
    }
    return mask;
}

TEST(HolesFilled, FillsWhatIsClosedIn) {
    const Mask ring = drawn({"......", ".####.", ".#..#.", ".#.#..", ".####.", "......"});
    EXPECT_EQ(holesFilled(ring), drawn({"......", ".####.", ".####.", ".###..", ".####.", "......"}));
    EXPECT_EQ(holesFilled(ring, 2), ring);
    EXPECT_EQ(holesFilled(ring, 3), holesFilled(ring));
    const Mask open = drawn({"###", "#.#", "#.#"});  // to the picture's border
    EXPECT_EQ(holesFilled(open), open);
    EXPECT_EQ(holesFilled(Mask(5, 5)), Mask(5, 5));
}

TEST(Parts, AreKeptByTheirSize) {
    const Mask mask = drawn({"##...#", "##....", "..##..", ".....#", "....##"});
    EXPECT_EQ(largestPart(mask), drawn({"##....", "##....", "..##..", "......", "......"}));
    EXPECT_EQ(specksDropped(mask, 2), drawn({"##....", "##....", "..##..", ".....#", "....##"}));
    EXPECT_EQ(specksDropped(mask, 100), Mask(6, 5));
    EXPECT_EQ(largestPart(Mask(3, 3)), Mask(3, 3));
}

TEST(Growing, GoesByDistance) {
    EXPECT_EQ(grown(disc(60, 50, 30, 25, 0), 7), disc(60, 50, 30, 25, 7));
    EXPECT_EQ(grown(Mask(4, 4), 3), Mask(4, 4));
    EXPECT_EQ(shrunk(drawn({".....", ".###.", ".###.", ".###.", "....."}), 1),
              drawn({".....", ".....", "..#..", ".....", "....."}));
    // The picture's border is not the object's.
    EXPECT_EQ(shrunk(drawn({"###..", "###..", "###.."}), 1), drawn({"##...", "##...", "##..."}));
    EXPECT_EQ(shrunk(Mask(4, 4, 255), 3), Mask(4, 4, 255));
}

TEST(Inverted, TurnsEveryPixelRound) { EXPECT_EQ(inverted(drawn({"#.", ".."})), drawn({".#", "##"})); }

TEST(Smoothed, TakesTeethAwayAndKeepsTheShape) {
    Mask disced = disc(200, 200, 100, 100, 60);
    const Mask whole = disced;
    for (int i = 0; i < 20; ++i) {
        disced.at(100, 20 + i) = 255;  // a hair
        disced.at(100, 120 + i) = 0;   // and a notch
    }
    const Mask smooth = smoothed(disced, 4);
    EXPECT_EQ(smooth.at(100, 25), 0);
    EXPECT_EQ(smooth.at(100, 130), 255);
    EXPECT_GT(iou(smooth, whole), 0.98);
    EXPECT_EQ(smoothed(Mask(9, 9, 255), 2), Mask(9, 9, 255));
    EXPECT_EQ(smoothed(whole, 0), whole);
}

TEST(MaskOps, AreQuickOn24Megapixels) {
    const Mask mask = disc(6000, 4000, 3000, 2000, 1800);
    const auto begin = std::chrono::steady_clock::now();
    const Mask changed = smoothed(grown(largestPart(holesFilled(mask)), 20), 5);
    const auto end = std::chrono::steady_clock::now();
    EXPECT_GT(area(changed), area(mask));
    RecordProperty("milliseconds", std::to_string(std::chrono::duration<double, std::milli>(end - begin).count()));
    std::printf("four operations on 24 megapixels: %.0f ms\n",
                std::chrono::duration<double, std::milli>(end - begin).count());
}

}  // namespace
}  // namespace maskwright
