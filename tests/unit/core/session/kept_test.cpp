#include "core/session/kept.h"

#include <gtest/gtest.h>

namespace maskwright::session {
namespace {

std::shared_ptr<const int> number(int value) { return std::make_shared<const int>(value); }

TEST(Kept, ForgetsWhatWasNotAskedForLongest) {
    Kept kept(100);
    kept.put("a", number(1), 40);
    kept.put("b", number(2), 40);
    ASSERT_TRUE(kept.find<int>("a"));  // so b is the older one
    kept.put("c", number(3), 40);
    EXPECT_EQ(*kept.find<int>("a"), 1);
    EXPECT_FALSE(kept.find<int>("b"));
    EXPECT_EQ(*kept.find<int>("c"), 3);
    EXPECT_EQ(kept.bytes(), 80);
}

TEST(Kept, ATouchCountsAsAsking) {
    Kept kept(100);
    const auto a = number(1);
    kept.put("a", a, 40);
    kept.put("b", number(2), 40);
    kept.touch(a.get());
    kept.put("c", number(3), 40);
    EXPECT_TRUE(kept.find<int>("a"));
    EXPECT_FALSE(kept.find<int>("b"));
}

TEST(Kept, WhatIsLargerThanTheBudgetPushesNothingOut) {
    Kept kept(100);
    kept.put("a", number(1), 40);
    kept.put("large", number(2), 101);
    EXPECT_TRUE(kept.find<int>("a"));
    EXPECT_FALSE(kept.find<int>("large"));
    Kept none(0);
    none.put("a", number(1), 0);
    EXPECT_EQ(none.count(), 0u);
}

TEST(Kept, BytesStayRight) {
    Kept kept(100);
    kept.put("1 a", number(1), 40);
    kept.put("1 a", number(2), 60);
    EXPECT_EQ(kept.bytes(), 60);
    EXPECT_EQ(*kept.find<int>("1 a"), 2);
    kept.put("2 a", number(3), 10);
    kept.forget("1 ");
    EXPECT_EQ(kept.bytes(), 10);
    EXPECT_TRUE(kept.find<int>("2 a"));
    kept.clear();
    EXPECT_EQ(kept.bytes(), 0);
    EXPECT_FALSE(kept.find<int>("2 a"));
}

TEST(ContentKey, TellsContentsApart) {
    const auto key = [](const Image& image, std::int64_t more) {
        ContentKey one("picture");
        one.add(image);
        one.add(more);
        return one.finish();
    };
    Image image(4, 2);
    const std::string before = key(image, 1);
    EXPECT_EQ(key(Image(4, 2), 1), before);
    EXPECT_NE(key(Image(2, 4), 1), before);
    EXPECT_NE(key(image, 2), before);
    image.pixels[5] = 1;
    EXPECT_NE(key(image, 1), before);
    EXPECT_NE(ContentKey("picture").finish(), ContentKey("region").finish());
}

}  // namespace
}  // namespace maskwright::session
