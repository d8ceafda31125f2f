#include "core/base/bytes.h"

#include <gtest/gtest.h>

namespace maskwright {
namespace {

TEST(ParseBytes, NumbersWithLetters) {
    EXPECT_EQ(*parseBytes("2G"), 2LL << 30);
    EXPECT_EQ(*parseBytes("1.5g"), 3LL << 29);
    EXPECT_EQ(*parseBytes("500M"), 500LL << 20);
    EXPECT_EQ(*parseBytes("64k"), 64 << 10);
    EXPECT_EQ(*parseBytes("1T"), 1LL << 40);
    EXPECT_EQ(*parseBytes("1000000"), 1000000);
    EXPECT_EQ(*parseBytes("0"), 0);
}

TEST(ParseBytes, WhatIsNoAmountIsRefused) {
    for (const char* text : {"", "G", "-1", "2 G", "2GB", "2X", "nan", "inf", "1e9", "99999999T", "2G2"}) {
        const auto bytes = parseBytes(text);
        ASSERT_FALSE(bytes.ok()) << text;
        EXPECT_EQ(bytes.error().kind, ErrorKind::usage) << text;
    }
}

}  // namespace
}  // namespace maskwright
