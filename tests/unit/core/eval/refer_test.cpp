#include "core/eval/refer.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/base/json.h"

namespace maskwright::eval {
namespace {

using testing::HasSubstr;

TEST(ReferSettings, BeginWithTheOneThatIsAskedFor) {
    const Setting own{{0.95, 0.5}, 3, true};
    const auto two = settingsOf(own, false, 12);
    ASSERT_EQ(two.size(), 2u);
    EXPECT_EQ(two[0], own);
    EXPECT_FALSE(two[1].prior);
    EXPECT_FALSE(settingsOf({{0.5, 0.5}, 3, false}, false, 12)[0].prior);
}

TEST(ReferSettings, AblationsChangeOneThingAtATimeAndAreNeverTwice) {
    const Setting own{{0.95, 0.5}, 3, true};
    const auto all = settingsOf(own, true, 4);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(std::count(all.begin(), all.end(), all[i]), 1);
        const int changed = int(all[i].mixture.v != 0.95) + int(all[i].mixture.r != 0.5) + int(all[i].k != 3);
        EXPECT_LE(changed, 1);
        EXPECT_LE(all[i].k, 4) << "a tower of four blocks";
    }
    const auto has = [&](double v, double r, std::int64_t k) {
        return std::count(all.begin(), all.end(), Setting{{v, r}, k, false}) == 1;
    };
    EXPECT_TRUE(has(1, 0.5, 3) && has(0, 0.5, 3) && has(0.95, 1, 3) && has(0.95, 0, 3) && has(0.95, 0.5, 1));
    const auto without = settingsOf(own, true, 0);
    EXPECT_TRUE(std::all_of(without.begin(), without.end(), [](const Setting& one) { return one.k == 3; }));
}

ReferReport made() {
    ReferReport report;
    report.model = "tiny";
    report.split = "val";
    report.format = "list";
    report.pictures = 2;
    report.texts = 3;
    metrics::ReferringTotals totals;
    totals.add({1, 2});
    totals.add({0, 2});
    report.sources.push_back({"a,b", 1, 1, 1, 4, totals.figures()});
    report.rows.push_back({"a,b", {{0.95, 0.5}, 3, true}, totals.figures()});
    report.rows.push_back({"a,b", {{0.95, 0.5}, 3, false}, {}});
    report.answers.push_back({"x.jpg", "left", "left", "left", "a,b", 7, 0.5, 1});
    return report;
}

TEST(ReferReport, SaysTheFiguresAndNothingOfNothing) {
    const Json json = Json::parse(asJson(made()));
    EXPECT_EQ(json["rows"][0]["oiou"], 0.25);
    EXPECT_EQ(json["rows"][0]["miou"], 0.25);
    EXPECT_EQ(json["rows"][0]["precision_0.5"], 0.5);
    EXPECT_TRUE(json["rows"][1]["oiou"].is_null());
    EXPECT_EQ(json["sources"][0]["texts_without_proposals"], 1);
    EXPECT_EQ(json["answers"][0]["annotation"], 7);
    const std::string text = asMarkdown(made());
    EXPECT_THAT(text, HasSubstr("| a,b | 4.0 | 1 | 1 | | 2 | 0.2500 | 0.2500 | 0.5000 |"));
    EXPECT_THAT(text, HasSubstr("| a,b | 0.95 | 0.5 | 3 | on | 2 |"));
    EXPECT_THAT(asCsv(made()), HasSubstr("\"a,b\",0.95,0.5,3,on,2,0.250000,0.250000,0.500000"));
}

}  // namespace
}  // namespace maskwright::eval
