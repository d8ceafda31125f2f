#include "core/eval/kinds.h"

#include <gmock/gmock.h>

#include <set>

namespace maskwright::eval {
namespace {

using testing::HasSubstr;

TEST(Others, AreDrawnWithoutKinAndTheSameForASeed) {
    const Kin kin = [](std::size_t a, std::size_t b) { return a / 2 == b / 2; };
    const auto drawn = drawOthers(4, 40, 19, kin, 1, 7);
    EXPECT_EQ(std::set<std::size_t>(drawn.begin(), drawn.end()).size(), 19u);
    EXPECT_EQ(std::count_if(drawn.begin(), drawn.end(), [](std::size_t k) { return k == 4 || k == 5 || k >= 40; }), 0);
    EXPECT_EQ(drawOthers(4, 40, 19, kin, 1, 7), drawn);
    EXPECT_NE(drawOthers(4, 40, 19, kin, 2, 7), drawn);
    EXPECT_NE(drawOthers(4, 40, 19, kin, 1, 8), drawn);
    EXPECT_EQ(drawOthers(4, 6, 19, kin, 1, 7).size(), 4u) << "as many as there are";
    // Evenly: each of 38 in about half of the draws.
    std::vector<int> times(40, 0);
    for (std::size_t number = 0; number < 1000; ++number) {
        for (const std::size_t k : drawOthers(4, 40, 19, kin, 1, number)) {
            ++times[k];
        }
    }
    EXPECT_EQ(times[4] + times[5], 0);
    times.erase(times.begin() + 4, times.begin() + 6);
    EXPECT_GT(*std::min_element(times.begin(), times.end()), 400);
    EXPECT_LT(*std::max_element(times.begin(), times.end()), 600);
}

TEST(KindsReport, CountsSurestNamesAndMasks) {
    KindsReport r;
    r.model = "tiny";
    r.split = "val";
    r.pictures = {{"a.jpg", {"cat", 0.9, true}, {{"dog", 0.2, false}, {"b|r", 0.8, true}}},
                  {"b.jpg", {"dog", 0.5, true}, {{"cat", 0.5, true}}}};
    r.own = {{0.4, 2, 2, 2}};
    r.others = {{0.4, 3, 2, 3}};
    EXPECT_TRUE(r.pictures[0].surest());
    EXPECT_FALSE(r.pictures[1].surest()) << "as sure is not surer";
    const Json json = Json::parse(asJson(r));
    EXPECT_DOUBLE_EQ(json["own_surest"], 0.5);
    EXPECT_DOUBLE_EQ(json["others"][0]["share"], 2.0 / 3);
    EXPECT_DOUBLE_EQ(json["others"][0]["share_any_pixel"], 1.0);
    EXPECT_EQ(json["answers"][0]["others"][1]["name"], "b|r");
    const std::string text = asMarkdown(r);
    EXPECT_THAT(text, HasSubstr("the surest of those asked in 0.5000"));
    EXPECT_THAT(text, HasSubstr("| other names | 0.4 | 3 | 2 | 0.6667 | 1.0000 |\n"));
    EXPECT_THAT(text, HasSubstr("| b\\|r | 1 | 1 |\n"));
}

}  // namespace
}  // namespace maskwright::eval
