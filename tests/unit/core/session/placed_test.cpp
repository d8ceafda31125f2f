#include "core/session/placed.h"

#include <gtest/gtest.h>

namespace maskwright::session {
namespace {

// Found are 1 to 4 and 6 to 9 of a row, 12 wide: two things that touch nobody, or, joined, one stretch.
Heatmap row(bool joined) {
    Heatmap map(12, 3, 0.01f);
    for (const int x : {1, 2, 3, 4, 6, 7, 8, 9}) {
        map.at(x, 1) = 0.9f;
    }
    map.at(5, 1) = joined ? 0.9f : 0.1f;
    map.at(10, 1) = 0.2f;
    return map;
}

Sighting seen(int from, int to, float score) {
    Sighting one;
    one.score = score;
    one.right = one.bottom = 1;
    one.mask = Heatmap(12, 3);
    for (int x = from; x <= to; ++x) {
        one.mask.at(x, 1) = 0.8f;
    }
    return one;
}

std::vector<int> left(const Heatmap& map) {
    std::vector<int> places;
    for (int x = 0; x < map.width; ++x) {
        if (map.at(x, 1) > 0) {
            places.push_back(x);
        }
    }
    return places;
}

const referring::PlaceWords kOnTheLeft{{{referring::Order::left, 0}}, "cup", false};
const referring::PlaceWords kOnTheRight{{{referring::Order::right, 0}}, "cup", false};

TEST(KeepPlaced, OfPartsThatHangTogetherOneWithWhatIsNearestToIt) {
    Heatmap map = row(false);
    const Heatmap kept = keepPlaced(map, kOnTheRight, {}, 0.4);
    EXPECT_EQ(left(map), (std::vector<int>{6, 7, 8, 9, 10, 11}));
    EXPECT_EQ(left(kept), (std::vector<int>{6, 7, 8, 9, 10, 11}));
    EXPECT_FLOAT_EQ(map.at(10, 1), 0.2f) << "what is kept stays as it is";
}

TEST(KeepPlaced, SightingsTellThingsThatTouch) {
    Heatmap map = row(true);
    EXPECT_EQ(left(keepPlaced(map, kOnTheLeft, {}, 0.4)).size(), 12u) << "one thing without them";
    const std::vector<Sighting> two = {seen(6, 9, 0.9f), seen(1, 4, 0.3f)};
    keepPlaced(map, kOnTheLeft, two, 0.4);
    EXPECT_EQ(left(map), (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(KeepPlaced, SightingsOfWhatIsNotFoundPlayNoPart) {
    Heatmap map = row(false);
    const std::vector<Sighting> all = {seen(9, 11, 0.9f), seen(6, 9, 0.9f), seen(1, 4, 0.3f)};
    keepPlaced(map, kOnTheRight, all, 0.4);
    EXPECT_EQ(left(map), (std::vector<int>{5, 6, 7, 8, 9, 10, 11})) << "what is as near to both is the surer's";
}

TEST(KeepPlaced, SeveralAreThoseThatAreNearToIt) {
    Heatmap map(12, 3);
    for (const int x : {0, 2, 11}) {
        map.at(x, 1) = 0.9f;
    }
    keepPlaced(map, {{{referring::Order::left, 0}}, "cups", true}, {}, 0.4);
    EXPECT_EQ(left(map), (std::vector<int>{0, 2}));
}

TEST(KeepPlaced, NothingFoundIsLeftAsItIs) {
    Heatmap map(12, 3, 0.1f);
    EXPECT_EQ(left(keepPlaced(map, kOnTheLeft, {}, 0.4)).size(), 12u);
    EXPECT_EQ(map, Heatmap(12, 3, 0.1f));
}

}  // namespace
}  // namespace maskwright::session
