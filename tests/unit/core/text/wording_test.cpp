#include "core/text/wording.h"

#include <gtest/gtest.h>

namespace maskwright::text {
namespace {

TEST(Wording, EveryPlaceIsFilledOnce) {
    EXPECT_EQ(worded("a photo of a {}.", "cat"), "a photo of a cat.");
    EXPECT_EQ(worded("{} and {}", "x"), "x and x");
    EXPECT_EQ(worded("{}", "a {} b"), "a {} b");
    EXPECT_EQ(worded("nothing", "cat"), "nothing");
    EXPECT_EQ(worded("{", "cat"), "{");
    EXPECT_EQ(worded("", "cat"), "");
}

TEST(Wording, NeedsAPlaceForThePhrase) {
    EXPECT_TRUE(checkWording("{}"));
    EXPECT_TRUE(checkWording("{} and {}"));
    for (const char* bad : {"", "a photo of a cat", "{", "{ }"}) {
        const auto checked = checkWording(bad);
        ASSERT_FALSE(checked) << bad;
        EXPECT_EQ(checked.error().kind, ErrorKind::usage);
    }
}

}  // namespace
}  // namespace maskwright::text
