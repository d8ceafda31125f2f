#include "core/image/run_ops.h"

#include <gtest/gtest.h>

#include <random>

namespace maskwright {
namespace {

Mask noise(int width, int height, unsigned seed) {
    std::mt19937 random(seed);
    Mask mask(width, height);
    for (auto& pixel : mask.pixels) {
        pixel = random() % 3 == 0 ? 255 : 0;
    }
    return mask;
}

template <class Keep>
Runs expected(const Mask& a, const Mask& b, Keep keep) {
    Mask made(a.width, a.height);
    for (std::size_t i = 0; i < made.pixels.size(); ++i) {
        made.pixels[i] = keep(a.pixels[i] != 0, b.pixels[i] != 0) ? 255 : 0;
    }
    return runsFromMask(made);
}

TEST(RunOps, AreThoseOfPixels) {
    for (unsigned seed = 0; seed < 30; ++seed) {
        const Mask a = seed == 0 ? Mask(9, 7, 255) : noise(9, 7, seed),
                   b = seed == 1 ? Mask(9, 7) : noise(9, 7, seed + 50);
        const Runs x = runsFromMask(a), y = runsFromMask(b);
        EXPECT_EQ(united(x, y), expected(a, b, [](bool p, bool q) { return p || q; }));
        EXPECT_EQ(common(x, y), expected(a, b, [](bool p, bool q) { return p && q; }));
        EXPECT_EQ(without(x, y), expected(a, b, [](bool p, bool q) { return p && !q; }));
        EXPECT_EQ(inverted(x), expected(a, b, [](bool p, bool) { return !p; }));
        EXPECT_EQ(meet(x, y), !isEmpty(common(x, y)));
    }
    EXPECT_EQ(noPixel(4, 3), runsFromMask(Mask(4, 3)));
    EXPECT_TRUE(isEmpty(noPixel(4, 3)));
}

TEST(RunOps, RunsOfLengthZeroAreTakenAsTheyAre) {
    const Runs odd{4, 1, {1, 1, 0, 1, 1}};  // .##.
    EXPECT_EQ(united(odd, noPixel(4, 1)), (Runs{4, 1, {1, 2, 1}}));
}

}  // namespace
}  // namespace maskwright
