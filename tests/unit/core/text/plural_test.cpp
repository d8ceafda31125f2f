#include "core/text/plural.h"

#include <gtest/gtest.h>

namespace maskwright::text {
namespace {

TEST(Plural, FollowsTheCommonRules) {
    EXPECT_EQ(plural("dog"), "dogs");
    EXPECT_EQ(plural("wine glass"), "wine glasses");
    EXPECT_EQ(plural("city"), "cities");
    EXPECT_EQ(plural("toy"), "toys");
    EXPECT_EQ(plural("fireman"), "firemen");
    EXPECT_EQ(plural("human"), "humans");
    EXPECT_EQ(plural("couch"), "couches");
    EXPECT_EQ(plural("person"), "people");
    EXPECT_EQ(plural("scissors"), "scissors");
    EXPECT_EQ(plural("bus"), "buses");
    EXPECT_EQ(plural(""), "");
}

}  // namespace
}  // namespace maskwright::text
