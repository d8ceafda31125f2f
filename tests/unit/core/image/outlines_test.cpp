#include "core/image/outlines.h"

#include <gtest/gtest.h>

#include <random>

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

Runs again(const std::vector<Polygon>& polygons, int width, int height) {
    auto runs = runsFromPolygons(polygons, width, height);
    return runs ? std::move(*runs) : Runs{};
}

TEST(Outlines, OfABoxAreItsCorners) {
    const auto polygons = outlines(runsFromMask(drawn({".....", ".###.", ".###.", "....."})));
    ASSERT_EQ(polygons.size(), 1u);
    EXPECT_EQ(polygons[0], (Polygon{1, 1, 4, 1, 4, 3, 1, 3}));
    EXPECT_TRUE(outlines(runsFromMask(Mask(4, 4))).empty());
}

TEST(Outlines, LeaveHolesOutAndPartsApart) {
    const Mask mask =
        drawn({"#######.", "#.....#.", "#.###.#.", "#.#.#.#.", "#.###.#.", "#.....#.", "#######.", ".......#"});
    const Runs runs = runsFromMask(mask);
    const auto polygons = outlines(runs);
    EXPECT_EQ(polygons.size(), 3u);  // the ring, the ring in it, and a pixel that touches at a corner alone
    EXPECT_EQ(again(polygons, 8, 8), runs);
    EXPECT_EQ(again({joined(polygons)}, 8, 8), runs);
}

TEST(Outlines, GiveTheVeryMaskBack) {
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        Mask mask(1 + int(random() % 30), 1 + int(random() % 30));
        const unsigned share = 1 + random() % 9;
        for (auto& pixel : mask.pixels) {
            pixel = random() % 10 < share ? 255 : 0;
        }
        const Runs runs = runsFromMask(mask);
        const auto polygons = outlines(runs);
        ASSERT_EQ(again(polygons, mask.width, mask.height), runs) << round;
        if (!polygons.empty()) {
            // Even-odd of all at once: parts never cover each other.
            ASSERT_EQ(again({joined(polygons)}, mask.width, mask.height), runs) << round;
        }
    }
}

TEST(Outlines, TakeLargeAndRaggedMasks) {
    std::mt19937 random(6);
    Mask mask(1500, 1200, 255);
    for (int i = 0; i < 20'000; ++i) {
        mask.pixels[random() % mask.pixels.size()] = 0;
    }
    const Runs runs = runsFromMask(mask);
    EXPECT_EQ(again(outlines(runs), 1500, 1200), runs);
}

}  // namespace
}  // namespace maskwright
