#include "core/referring/prior.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace maskwright::referring {
namespace {

using Wishes = std::vector<Wish>;

TEST(Prior, ReadsPlacesAndSizes) {
    EXPECT_EQ(wishesOf("second giraffe from the right"), (Wishes{{Order::right, 2}}));
    EXPECT_EQ(wishesOf("the person on the left"), (Wishes{{Order::left, 0}}));
    EXPECT_EQ(wishesOf("Top LEFT banana"), (Wishes{{Order::top, 0}, {Order::left, 0}}));
    EXPECT_EQ(wishesOf("third car"), (Wishes{{Order::left, 3}}));
    EXPECT_EQ(wishesOf("2nd tallest man"), (Wishes{{Order::tallest, 2}}));
    EXPECT_EQ(wishesOf("biggest dog in the middle of the picture"), (Wishes{{Order::biggest, 0}, {Order::middle, 0}}));
    EXPECT_EQ(wishesOf("man closest to the camera"), (Wishes{{Order::near, 0}}));
    EXPECT_EQ(wishesOf("kid on far left wearing stripes"), (Wishes{{Order::left, 0}}));
    EXPECT_EQ(wishesOf("right most cup"), (Wishes{{Order::right, 0}}));
    EXPECT_EQ(wishesOf("the smaller bear"), (Wishes{{Order::smallest, 0}}));
    EXPECT_EQ(wishesOf("baby elephant"), (Wishes{{Order::smallest, 0}}));
    EXPECT_EQ(wishesOf("person in the distance"), (Wishes{{Order::far, 0}}));
    EXPECT_EQ(wishesOf("man left side"), (Wishes{{Order::left, 0}}));
    EXPECT_EQ(wishesOf("two from the left"), (Wishes{{Order::left, 2}}));
    EXPECT_EQ(wishesOf("guy in between"), (Wishes{{Order::middle, 0}}));
    EXPECT_EQ(wishesOf("second to last elephant"), (Wishes{{Order::right, 2}}));
}

TEST(Prior, ANumberCountsAlongWhatFollowsIt) {
    EXPECT_EQ(wishesOf("the second largest elephant on the left"), (Wishes{{Order::biggest, 2}, {Order::left, 0}}));
    EXPECT_EQ(wishesOf("the big one second from the right"), (Wishes{{Order::biggest, 0}, {Order::right, 2}}));
}

TEST(Prior, BehindAloneIsAPlace) {
    EXPECT_EQ(wishesOf("the bus behind"), (Wishes{{Order::far, 0}}));
    EXPECT_EQ(wishesOf("the bus behind on the right"), (Wishes{{Order::far, 0}, {Order::right, 0}}));
    EXPECT_EQ(wishesOf("the zebra behind the others"), (Wishes{{Order::far, 0}}));
}

TEST(Prior, WhatAThingHasDoesNotHideItsPlace) {
    EXPECT_EQ(wishesOf("the cup with a handle on the right"), (Wishes{{Order::right, 0}}));
    EXPECT_EQ(wishesOf("man wearing a hat at the far right of the picture"), (Wishes{{Order::right, 0}}));
    EXPECT_EQ(wishesOf("the lower one of the two birds on the right"), (Wishes{{Order::bottom, 0}, {Order::right, 0}}));
}

TEST(Prior, ReadsNothingOfOtherThings) {
    for (const char* text :
         {"a red cup", "", "man left of the table", "person in front of man", "left hand", "man behind the second car",
          "woman closest to the dog", "head of the left man", "man holding the biggest ball",
          "the chef with his back to us", "girl looking left", "the man right next to the tree",
          "bowl farther from the dog", "man with bat in left hand", "a baby", "왼쪽 사람"}) {
        EXPECT_TRUE(wishesOf(text).empty()) << text;
    }
    EXPECT_TRUE(wishesOf(std::string(10'000, 'a')).empty());
}

TEST(Prior, IsSaidInWords) {
    EXPECT_TRUE(inWords(Wishes{}).empty());
    EXPECT_EQ(inWords(wishesOf("second giraffe from the right")).text(), "number 2 from the right");
    EXPECT_EQ(inWords(wishesOf("top left banana")).text(), "top, left");
    EXPECT_EQ(inWords(wishesOf("2nd tallest man")).text(), "number 2: tallest");
}

// Four things in a row, the third large and near, each with a part of it; and something else on the very left.
std::vector<Candidate> row() {
    std::vector<Candidate> all;
    for (int i = 0; i < 4; ++i) {
        const int size = i == 2 ? 60 : 30;
        all.push_back({{100 * i + 20, 50, size, size}, size * size, 0.9});
        all.push_back({{100 * i + 22, 52, size / 2, size / 2}, size * size / 4, 0.7});
    }
    all.push_back({{0, 0, 10, 10}, 100, 0.1});
    return all;
}

std::size_t best(const char* expression) {
    const std::vector<double> fit = prior(wishesOf(expression), row());
    return std::size_t(std::max_element(fit.begin(), fit.end()) - fit.begin());
}

TEST(Prior, PrefersWhatIsAskedFor) {
    EXPECT_EQ(best("the one on the left"), 0u);
    EXPECT_EQ(best("leftmost one"), 0u);
    EXPECT_EQ(best("the one on the right"), 6u);
    EXPECT_EQ(best("second from left"), 2u) << "parts are not counted";
    EXPECT_EQ(best("second from the right"), 4u);
    EXPECT_EQ(best("third one"), 4u);
    EXPECT_EQ(best("biggest one"), 4u);
    EXPECT_EQ(best("closest one"), 4u);
    EXPECT_EQ(best("last one"), 6u);
}

TEST(Prior, APartIsNotOfTheThingsSize) {
    const Candidate pot{{100, 0, 200, 160}, 27'000, 0.9}, inIt{{160, 0, 80, 60}, 4'000, 0.8},
        other{{0, 100, 90, 90}, 8'000, 1};
    const std::vector<double> biggest = prior(wishesOf("the biggest bowl"), std::vector{pot, inIt, other}, true);
    EXPECT_EQ(biggest[0], 1);
    EXPECT_NEAR(biggest[1], 4.0 / 27, 1e-9);
    const std::vector<double> right = prior(wishesOf("the bowl on the right"), std::vector{pot, inIt, other}, true);
    EXPECT_EQ(right[1], right[0]) << "it is where the thing is";
}

TEST(Prior, IsWithinBoundsAndCountsOnlyTheSameKind) {
    const std::vector<Candidate> all = row();
    for (const char* text : {"left", "second from right", "middle", "biggest top one", "tenth"}) {
        const std::vector<double> fit = prior(wishesOf(text), all);
        ASSERT_EQ(fit.size(), all.size());
        for (std::size_t i = 0; i < fit.size(); ++i) {
            EXPECT_GE(fit[i], 0);
            EXPECT_LE(fit[i], 1);
        }
        EXPECT_EQ(fit.back(), 0) << text;
    }
    EXPECT_EQ(prior({}, all), std::vector<double>(all.size(), 1));
    EXPECT_TRUE(prior(wishesOf("left"), {}).empty());
    const Candidate one[] = {{{5, 5, 5, 5}, 25, 1}};
    EXPECT_EQ(prior(wishesOf("left"), one), std::vector<double>{1});
}

}  // namespace
}  // namespace maskwright::referring
