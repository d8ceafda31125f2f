#include "core/base/hex.h"

#include <gtest/gtest.h>

#include <array>

#include "core/base/name_bytes.h"

namespace maskwright {
namespace {

TEST(Hex, TwoDigitsAByte) {
    const std::array<unsigned char, 4> bytes = {0x00, 0x0a, 0x9f, 0xff};
    EXPECT_EQ(hexOf(std::as_bytes(std::span(bytes))), "000a9fff");
    EXPECT_EQ(hexOf({}), "");
}

TEST(Hex, AHashHasItsNumberOfDigitsInLowerCase) {
    EXPECT_TRUE(isHex("00ff", 4));
    for (const char* none : {"", "00f", "00ff0", "00FF", "00fg", " 0ff"}) {
        EXPECT_FALSE(isHex(none, 4)) << none;
    }
}

TEST(NameBytes, OnlyANameThatIsNotUtf8NeedsItsBytes) {
    EXPECT_EQ(hexOfOtherBytes("na\xC3\xAFve.png"), std::nullopt);
    const std::string latin = "na\xEFve.png";
    const auto hex = hexOfOtherBytes(latin);
    ASSERT_TRUE(hex);
    EXPECT_EQ(*hex, "6e61ef76652e706e67");
    EXPECT_EQ(nameOfHex(*hex), latin);
}

}  // namespace
}  // namespace maskwright
