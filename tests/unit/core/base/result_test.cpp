#include "core/base/result.h"

#include <gtest/gtest.h>

#include <iomanip>

namespace maskwright {
namespace {

TEST(Result, HoldsAValueOrAnError) {
    const Result<int> good(7);
    ASSERT_TRUE(good);
    EXPECT_EQ(*good, 7);
    const Result<int> bad(Error{ErrorKind::weights, "it broke", "mend it"});
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().kind, ErrorKind::weights);
    EXPECT_EQ(bad.error().line(), "it broke; mend it");
}

TEST(Result, OfNothingIsGoodByDefault) { EXPECT_TRUE(Result<void>().ok()); }

TEST(Result, TryLeavesWithTheError) {
    const auto outer = []() -> Result<int> {
        MASKWRIGHT_TRY(Result<void>(Error{ErrorKind::output, "full", ""}));
        return 1;
    };
    ASSERT_FALSE(outer());
    EXPECT_EQ(outer().error().kind, ErrorKind::output);
}

TEST(Error, IsOneLine) {
    EXPECT_EQ((Error{ErrorKind::input, "a\nb\tc", "d\x7f"}).line(), "a b c; d ");
    EXPECT_EQ((Error{ErrorKind::input, "alone", ""}).line(), "alone");
    EXPECT_EQ((Error{ErrorKind::input,
                     "a\xc2\x9b"
                     "31m고",
                     ""})
                  .line(),
              "a 31m고")
        << "C1 too";
}

TEST(Quoted, EscapesControlCharacters) {
    EXPECT_EQ(quoted("a\n\x01z"), "\"a\\x0a\\x01z\"");
    EXPECT_EQ(quoted("a\u202egpj\u2066\u061cz"), "\"a\\xe2\\x80\\xaegpj\\xe2\\x81\\xa6\\xd8\\x9cz\"");
    EXPECT_EQ(quoted("\u2026\u2065\u061b\xe2\x80"), "\"\u2026\u2065\u061b\xe2\x80\"") << "their neighbours are shown";
}

TEST(Quoted, CutsBetweenCharacters) {
    EXPECT_EQ(quoted("abcdef", 3), "\"abc...\"");
    // Two bytes of the three-byte letter are within the limit: the letter stays whole.
    EXPECT_EQ(quoted("a\xea\xb0\x80z", 3), "\"a\xea\xb0\x80...\"");
    EXPECT_EQ(quoted("abc", 3), "\"abc\"");
}

TEST(Quoted, IsOursForEveryKindOfText) {
    std::string text = "a\n";
    const std::string constant = text;
    EXPECT_EQ(quoted(text), "\"a\\x0a\"");
    EXPECT_EQ(quoted(constant, 60), "\"a\\x0a\"");
    EXPECT_EQ(quoted(std::string("b\n")), "\"b\\x0a\"");
}

}  // namespace
}  // namespace maskwright
