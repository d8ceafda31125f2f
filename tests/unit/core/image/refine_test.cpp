#include "core/image/refine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/image/resize.h"

namespace maskwright {
namespace {

// A picture whose object (by `inside`, in 0..1 coordinates) differs from its ground in colour, both with some texture.
struct Scene {
    Image picture;
    Mask truth;
};

Scene scene(int width, int height, const std::function<bool(double, double)>& inside) {
    Scene out{Image(width, height), Mask(width, height)};
    std::uint32_t state = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool object = inside((x + 0.5) / width, (y + 0.5) / height);
            state = state * 1664525u + 1013904223u;
            const int noise = static_cast<int>(state >> 28) - 8;
            const int colour[3] = {object ? 170 : 90, object ? 120 : 110, object ? 60 : 95};
            for (int c = 0; c < 3; ++c) {
                out.picture.at(x, y)[c] = static_cast<std::uint8_t>(colour[c] + noise);
            }
            out.truth.at(x, y) = object ? 255 : 0;
        }
    }
    return out;
}

// What a network of 352 pixels would say: the object blurred over about half a token, its edge a little wrong.
Heatmap networkMap(const std::function<bool(double, double)>& inside, int side = 352) {
    Heatmap map(side, side);
    const int reach = side / 44, step = std::max(1, reach / 2);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            int hits = 0, all = 0;
            for (int dy = -reach; dy <= reach; dy += step) {
                for (int dx = -reach; dx <= reach; dx += step) {
                    const double wobble = 0.006 * std::sin(x * 0.15) + 0.006 * std::cos(y * 0.13);
                    hits += inside((x + dx + 0.5) / side + wobble, (y + dy + 0.5) / side + wobble);
                    ++all;
                }
            }
            map.at(x, y) = static_cast<float>(hits) / static_cast<float>(all);
        }
    }
    return map;
}

bool disc(double x, double y) { return std::hypot(x - 0.5, y - 0.45) < 0.25; }
bool star(double x, double y) {
    const double angle = std::atan2(y - 0.5, x - 0.5);
    return std::hypot(x - 0.5, y - 0.5) < 0.28 + 0.05 * std::cos(7 * angle);
}

void expectBetter(int width, int height, const std::function<bool(double, double)>& inside, int side, double atLeast) {
    const Scene s = scene(width, height, inside);
    const Heatmap map = networkMap(inside, side);
    const Heatmap plain = toPictureSize(map, s.picture, false), refined = toPictureSize(map, s.picture, true);
    for (const float t : {0.3f, 0.5f, 0.6f}) {
        const double with = iou(threshold(refined, t), s.truth), without = iou(threshold(plain, t), s.truth);
        EXPECT_GT(with, without) << width << "x" << height << " at " << t;
        EXPECT_GT(with, atLeast) << width << "x" << height << " at " << t;
    }
}

TEST(ToPictureSize, FollowsTheEdgeOfASmallPicture) { expectBetter(480, 360, star, 352, 0.93); }
TEST(ToPictureSize, FollowsTheEdgeOfATwelveMegapixelPhotograph) { expectBetter(4000, 3000, disc, 352, 0.95); }
TEST(ToPictureSize, FollowsTheEdgeWithACoarserMap) { expectBetter(1200, 900, disc, 88, 0.93); }
TEST(ToPictureSize, FollowsTheEdgeWithAFinerMap) { expectBetter(1200, 1600, star, 704, 0.93); }

// An edge that lies farther off than the window reaches is not found.
TEST(ToPictureSize, TheRadiusSaysHowFarAnEdgeIsLookedFor) {
    const Scene s = scene(704, 704, disc);
    const Heatmap map = networkMap(disc);
    const auto quality = [&](double radius) {
        return iou(threshold(toPictureSize(map, s.picture, true, radius), 0.5f), s.truth);
    };
    EXPECT_EQ(toPictureSize(map, s.picture, true), toPictureSize(map, s.picture, true, kRefineRadius));
    EXPECT_GT(quality(kRefineRadius), quality(kLeastRefineRadius));
    EXPECT_EQ(toPictureSize(map, s.picture, true, 1e9), toPictureSize(map, s.picture, true, kMostRefineRadius));
}

TEST(ToPictureSize, LeavesAUniformMapUniform) {
    const Scene s = scene(900, 700, star);
    for (const float value : {0.0f, 0.37f, 1.0f}) {
        const Heatmap out = toPictureSize(Heatmap(352, 352, value), s.picture, true);
        for (const float p : out.pixels) {
            ASSERT_NEAR(p, value, 1e-5);
        }
    }
}

TEST(ToPictureSize, IsPlainBilinearOnAFlatPicture) {
    Image flat(500, 300);
    std::fill(flat.pixels.begin(), flat.pixels.end(), std::uint8_t{128});
    const Heatmap map = networkMap(disc);
    const Heatmap plain = toPictureSize(map, flat, false), refined = toPictureSize(map, flat, true);
    for (std::size_t i = 0; i < plain.pixels.size(); ++i) {
        ASSERT_NEAR(refined.pixels[i], plain.pixels[i], 2e-5);
    }
}

TEST(ToPictureSize, StaysAProbabilityThatTheModelGave) {
    const Scene s = scene(641, 333, star);
    Heatmap map = networkMap(star);
    for (const float scale : {1.0f, 0.25f}) {
        for (float& p : map.pixels) {
            p = 0.05f + p * scale * 0.9f;
        }
        const auto [low, high] = std::minmax_element(map.pixels.begin(), map.pixels.end());
        const Heatmap out = toPictureSize(map, s.picture, true);
        for (const float p : out.pixels) {
            ASSERT_TRUE(p >= *low && p <= *high) << p;
        }
    }
}

TEST(ToPictureSize, TakesPicturesOfOnePixelAWay) {
    for (const auto& [w, h] : {std::pair{1, 1}, {1, 900}, {900, 1}, {3, 2}}) {
        const Scene s = scene(w, h, disc);
        const Heatmap out = toPictureSize(networkMap(disc), s.picture, true);
        EXPECT_EQ(out.width, w);
        EXPECT_EQ(out.height, h);
        EXPECT_TRUE(std::all_of(out.pixels.begin(), out.pixels.end(), [](float p) { return p >= 0 && p <= 1; }));
    }
    EXPECT_TRUE(toPictureSize({}, Image(4, 4), true).empty());
    EXPECT_TRUE(toPictureSize(Heatmap(4, 4), {}, true).empty());
}

TEST(ToPictureSize, WithoutEdgesIsResizeBilinear) {
    const Scene s = scene(123, 45, disc);
    const Heatmap map = networkMap(disc);
    EXPECT_EQ(toPictureSize(map, s.picture, false), resizeBilinear(map, 123, 45));
}

TEST(Threshold, IsStrict) {
    Heatmap map(3, 1);
    map.pixels = {0.49f, 0.5f, 0.51f};
    EXPECT_EQ(threshold(map, 0.5f).pixels, (std::vector<std::uint8_t>{0, 0, 255}));
}

TEST(Presence, SmoothsAHotPixelAway) {
    Heatmap map(5, 5);
    map.at(2, 2) = 0.9f;
    EXPECT_NEAR(presence(map), 0.1f, 1e-6);
    EXPECT_NEAR(presence(Heatmap(5, 5, 0.7f)), 0.7f, 1e-6);
}

TEST(Presence, ReplicatesTheEdge) {
    Heatmap map(3, 3);
    map.at(0, 0) = 0.9f;  // counts four times in the corner's window
    EXPECT_NEAR(presence(map), 0.4f, 1e-6);
    EXPECT_EQ(presence({}), 0.0f);
}

TEST(BoundingBox, IsTight) {
    Mask mask(7, 5);
    EXPECT_TRUE(boundingBox(mask).empty());
    mask.at(2, 1) = 255;
    EXPECT_EQ(boundingBox(mask), (Box{2, 1, 1, 1}));
    mask.at(6, 4) = 1;
    EXPECT_EQ(boundingBox(mask), (Box{2, 1, 5, 4}));
    mask.at(0, 3) = 255;
    EXPECT_EQ(boundingBox(mask), (Box{0, 1, 7, 4}));
    EXPECT_EQ(area(mask), 3);
}

TEST(Iou, CountsPixels) {
    Mask a(4, 1), b(4, 1);
    EXPECT_EQ(iou(a, b), 0.0);
    a.pixels = {255, 255, 0, 0};
    b.pixels = {0, 255, 255, 0};
    EXPECT_NEAR(iou(a, b), 1.0 / 3, 1e-12);
    EXPECT_EQ(iou(a, Mask(2, 2)), 0.0);
}

TEST(Components, AreEightConnected) {
    Mask mask(5, 3);
    mask.at(0, 0) = mask.at(1, 1) = 255;  // touch at a corner
    mask.at(4, 2) = 255;
    const Components c = components(mask);
    ASSERT_EQ(c.sizes.size(), 3u);
    EXPECT_EQ(c.sizes[0], 12);
    EXPECT_EQ(c.labels.at(0, 0), c.labels.at(1, 1));
    EXPECT_NE(c.labels.at(0, 0), c.labels.at(4, 2));
    EXPECT_EQ(c.sizes[static_cast<std::size_t>(c.labels.at(0, 0))], 2);
    EXPECT_TRUE(components({}).sizes.empty());
}

}  // namespace
}  // namespace maskwright
