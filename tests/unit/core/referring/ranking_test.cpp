#include "core/referring/ranking.h"

#include <gtest/gtest.h>

#include <cmath>

namespace maskwright::referring {
namespace {

// Regions whose features are unit vectors at a likeness to the one text there is.
Compared likenesses(std::vector<float> cosines) {
    Features rows{static_cast<std::int64_t>(cosines.size()), 2, {}};
    for (const float one : cosines) {
        rows.values.insert(rows.values.end(), {one, std::sqrt(1 - one * one)});
    }
    const Features text{1, 2, {1, 0}};
    return {rows, rows, text, text, 1, Normalisation::mixtures};
}

// Squares in a row, from left to right.
std::vector<Place> row(std::size_t count) {
    std::vector<Place> places;
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back({{static_cast<int>(20 * i), 10, 10, 10}, 100});
    }
    return places;
}

using Order = std::vector<std::size_t>;

TEST(Ranking, WithoutWishesIsThatOfTheScores) {
    const Ranking ranking = rank(likenesses({0.2F, 0.9F, 0.2F, 0.5F}), {}, {}, row(4));
    EXPECT_EQ(ranking.order, (Order{1, 3, 0, 2})) << "equal ones keep their order";
    EXPECT_TRUE(ranking.prior.empty());
    EXPECT_NEAR(ranking.scores[1], 0.9F, 1e-5);
    EXPECT_NEAR(ranking.parts.localNounPhrase[3], 0.5F, 1e-5);
}

TEST(Ranking, PlaceDecidesAmongWhatIsMuchAlike) {
    const Compared compared = likenesses({0.88F, 0.9F, 0.89F, 0.1F});
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), row(4)).order.front(), 0u);
    EXPECT_EQ(rank(compared, {}, wishesOf("second from the left"), row(4)).order.front(), 1u);
    EXPECT_EQ(rank(compared, {}, wishesOf("right"), row(4)).order.front(), 2u) << "the rightmost is another thing";
    EXPECT_EQ(rank(compared, {}, wishesOf("right"), row(4)).prior[3], 0);
}

TEST(Ranking, WhatIsAsSureAsTheSurestIsComparedWhateverItsLikeness) {
    // The first horse is less like "animal" than the second.
    Compared compared = likenesses({0.3F, 0.9F, 0.1F});
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), row(3)).order.front(), 1u);
    compared.named = {0.7F, 0.9F, 0.01F};
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), row(3)).order.front(), 0u);
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), row(3)).prior[2], 0);
    EXPECT_EQ(rank(compared, {}, {}, row(3)).order.front(), 1u) << "as published";
    compared.named = {0, 0, 0};
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), row(3)).prior[0], 1) << "nothing tells them apart";
}

TEST(Ranking, WorthIsWhatTheOrderIsBy) {
    Compared compared = likenesses({0.3F, 0.9F, 0.1F});
    const auto ordered = [](const Ranking& ranking) {
        for (std::size_t i = 1; i < ranking.order.size(); ++i) {
            EXPECT_LE(ranking.worth[ranking.order[i]], ranking.worth[ranking.order[i - 1]]);
        }
        EXPECT_EQ(ranking.worth[ranking.order.front()], 1);
    };
    const Ranking plain = rank(compared, {}, {}, row(3));
    ordered(plain);
    EXPECT_EQ(plain.worth[2], 0);
    EXPECT_NEAR(plain.worth[0], 0.25, 1e-5);
    EXPECT_TRUE(plain.sure.empty());
    compared.named = {0.8F, 0.4F, 0.08F};
    const Ranking placed = rank(compared, {}, wishesOf("left"), row(3));
    ordered(placed);
    EXPECT_NEAR(placed.sure[1], 0.5, 1e-6);
    EXPECT_EQ(placed.sure[0], 1);
    EXPECT_LT(placed.sure[2], kAlike);
    EXPECT_EQ(placed.worth[2], 0) << "it is not compared";
}

TEST(Ranking, APartOfAThingIsNotCompared) {
    const Compared compared = likenesses({0.9F, 0.89F, 0.88F});
    std::vector<Place> places = row(3);
    places[0].objectness = 0.05;
    places[1].objectness = places[2].objectness = 0.8;
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), places).order.front(), 1u);
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), places).prior[0], 0);
    for (Place& one : places) {
        one.objectness = 0;
    }
    EXPECT_EQ(rank(compared, {}, wishesOf("left"), places).order.front(), 0u) << "as of a source that cannot tell";
}

TEST(Ranking, OfNothingIsEmptyAndOfOneIsThatOne) {
    EXPECT_TRUE(rank(likenesses({}), {}, wishesOf("left"), {}).order.empty());
    EXPECT_TRUE(rank(likenesses({}), {}, {}, {}).order.empty());
    EXPECT_EQ(rank(likenesses({0.3F}), {}, wishesOf("third from the left"), row(1)).order, Order{0});
}

}  // namespace
}  // namespace maskwright::referring
