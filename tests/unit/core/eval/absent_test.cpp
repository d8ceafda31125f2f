#include "core/eval/absent.h"

#include <gmock/gmock.h>

#include <set>

namespace maskwright::eval {
namespace {

TEST(Gibberish, IsTheSameForASeedAndAllDifferent) {
    const auto texts = gibberish(200, 1);
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), 200u);
    EXPECT_EQ(gibberish(200, 1), texts);
    EXPECT_NE(gibberish(200, 2), texts);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_GE(texts[i].size(), 4u);
        EXPECT_LE(texts[i].size(), 10u);
        EXPECT_EQ(texts[i].find_first_not_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos);
        for (std::size_t k = 0; i % 2 == 1 && k < texts[i].size(); ++k) {
            EXPECT_EQ(std::string("aeiou").find(texts[i][k]) == std::string::npos, k % 2 == 0) << texts[i];
        }
    }
}

TEST(AbsentReport, NamesTheTextsThatLeftMasks) {
    AbsentReport r;
    r.model = "tiny";
    r.split = "val";
    r.pictures = 2;
    r.texts = {{"qwx", 2, 0, 0.1}, {"zup", 2, 1, 0.7}};
    r.left = {{0.4, 4, 1, 2}};
    const Json json = Json::parse(asJson(r));
    EXPECT_EQ(json["texts_with_mask"], 1);
    EXPECT_DOUBLE_EQ(json["left"][0]["share"], 0.25);
    const std::string text = asMarkdown(r);
    EXPECT_THAT(text, testing::HasSubstr("| zup | 2 | 1 | 0.700 |\n"));
    EXPECT_EQ(text.find("qwx"), std::string::npos);
}

TEST(LeftMasks, ASpeckIsAPixelAndNoMask) {
    LeftMasks left({0.5, 0.2});
    Heatmap map(100, 100);
    map.pixels[0] = 0.9f;
    EXPECT_FALSE(left.add(map));
    std::fill(map.pixels.begin(), map.pixels.begin() + 31, 0.3f);
    EXPECT_FALSE(left.add(map)) << "at 0.2 alone";
    std::fill(map.pixels.begin(), map.pixels.begin() + 31, 0.6f);
    EXPECT_TRUE(left.add(map));
    EXPECT_EQ(left.at()[0].asked, 3);
    EXPECT_EQ(left.at()[0].masks, 1);
    EXPECT_EQ(left.at()[0].pixels, 2);
    EXPECT_EQ(left.at()[1].masks, 2);
    EXPECT_EQ(left.at()[1].pixels, 3);
}

}  // namespace
}  // namespace maskwright::eval
