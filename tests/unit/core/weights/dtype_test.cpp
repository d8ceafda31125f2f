#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "core/weights/safetensors.h"

namespace maskwright::weights {
namespace {

TEST(Half, EveryPatternSurvivesARoundTrip) {
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto pattern = static_cast<std::uint16_t>(bits);
        const float value = fromHalf(pattern);
        const bool nan = (bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0;
        ASSERT_EQ(std::isnan(value), nan) << bits;
        // A signalling NaN comes back quiet.
        ASSERT_EQ(toHalf(value), nan ? (bits | 0x200) : bits);
    }
}

TEST(Half, KnownValues) {
    EXPECT_EQ(fromHalf(0x3c00), 1.0f);
    EXPECT_EQ(fromHalf(0xc000), -2.0f);
    EXPECT_EQ(fromHalf(0x7bff), 65504.0f);
    EXPECT_EQ(fromHalf(0x0001), 0x1p-24f);
    EXPECT_EQ(fromHalf(0x0400), 0x1p-14f);
    EXPECT_TRUE(std::signbit(fromHalf(0x8000)));
}

// Between two neighbours every float goes to the nearer one, and the middle to the even one.
TEST(Half, RoundsToNearestEven) {
    for (std::uint32_t bits = 0; bits < 0x7bff; ++bits) {
        const float low = fromHalf(static_cast<std::uint16_t>(bits));
        const float high = fromHalf(static_cast<std::uint16_t>(bits + 1));
        const float middle = low + (high - low) / 2;  // exact: one more bit than binary16 has
        const auto even = static_cast<std::uint16_t>(bits + (bits & 1));
        ASSERT_EQ(toHalf(middle), even) << bits;
        ASSERT_EQ(toHalf(std::nextafter(middle, 0.0f)), bits) << bits;
        ASSERT_EQ(toHalf(std::nextafter(middle, 1e30f)), bits + 1) << bits;
        ASSERT_EQ(toHalf(-middle), even | 0x8000);
    }
}

TEST(Half, OverflowsToInfinity) {
    EXPECT_EQ(toHalf(std::nextafter(65520.0f, 0.0f)), 0x7bff);
    EXPECT_EQ(toHalf(65520.0f), 0x7c00);
    EXPECT_EQ(toHalf(-std::numeric_limits<float>::infinity()), 0xfc00);
    EXPECT_EQ(toHalf(std::numeric_limits<float>::denorm_min()), 0);
    EXPECT_EQ(toHalf(0x1p-25f), 0);
    EXPECT_EQ(toHalf(std::nextafter(0x1p-25f, 1.0f)), 1);
}

TEST(Bfloat16, IsTheUpperHalf) {
    EXPECT_EQ(fromBfloat16(0x3f80), 1.0f);
    EXPECT_EQ(fromBfloat16(0xc000), -2.0f);
    EXPECT_EQ(std::bit_cast<std::uint32_t>(fromBfloat16(0x1234)), 0x12340000u);
}

TEST(DType, SizesAndNames) {
    EXPECT_EQ(sizeOf(DType::f64), 8u);
    EXPECT_EQ(sizeOf(DType::bf16), 2u);
    EXPECT_EQ(sizeOf(DType::boolean), 1u);
    EXPECT_EQ(nameOf(DType::bf16), "BF16");
    EXPECT_EQ(nameOf(DType::boolean), "BOOL");
    const std::vector<std::int64_t> shape = {64, 512};
    EXPECT_EQ(shapeText(shape), "[64, 512]");
    EXPECT_EQ(shapeText({}), "[]");
}

}  // namespace
}  // namespace maskwright::weights
