#include "core/eval/report.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/base/json.h"

namespace maskwright::eval {
namespace {

using testing::HasSubstr;
using testing::Not;

metrics::Counts counts(std::initializer_list<float> probabilities, std::initializer_list<int> truth,
                       const std::vector<double>& besides = {}) {
    Heatmap map(static_cast<int>(probabilities.size()), 1);
    std::copy(probabilities.begin(), probabilities.end(), map.pixels.begin());
    Mask mask(static_cast<int>(truth.size()), truth.size() == 0 ? 0 : 1);
    std::transform(truth.begin(), truth.end(), mask.pixels.begin(), [](int v) { return v != 0 ? 255 : 0; });
    return metrics::count(map, mask, besides);
}

// Two pictures of ten pixels, two names; 0.25 and 0.333 are measured besides.
Report example() {
    const std::vector<double> besides = {0.333, 0.25};
    Report r;
    r.model = "tiny";
    r.split = "val";
    r.size = 64;
    r.pictures = 2;
    r.defaultThreshold = 0.333;
    r.thresholds = {0.25, 0.5};
    r.names = {"cat", "dog, \"big\"|old"};
    metrics::Totals totals(2, besides);
    totals.add(0, true, counts({0.9f, 0.3f, 0.3f, 0, 0.4f, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 0, 0, 0, 0, 0, 0}, besides));
    totals.add(0, false, counts({0.26f, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {}, besides));
    totals.add(1, false, counts({0, 0, 0, 0, 0, 0, 0, 0, 0, 0.7f}, {}, besides));
    r.summary = totals.summary();
    return r;
}

TEST(Report, JsonHoldsEveryFigure) {
    const Json json = Json::parse(asJson(example()));
    EXPECT_EQ(json["model"], "tiny");
    EXPECT_EQ(json["pictures"], 2);
    EXPECT_EQ(json["present"], 1);
    EXPECT_EQ(json["absent"], 2);
    EXPECT_EQ(json["thresholds"].size(), metrics::kThresholds) << "the fixed ones";
    // At 0.333 the cat keeps one of its four pixels and one other.
    EXPECT_DOUBLE_EQ(json["default"]["threshold"], 0.333);
    EXPECT_DOUBLE_EQ(json["default"]["mean_iou_per_phrase"], 1.0 / 5.0);
    EXPECT_DOUBLE_EQ(json["default"]["phantom_rate"], 0.5);
    EXPECT_EQ(json["small"], 0);
    EXPECT_TRUE(json["default"]["mean_iou_small"].is_null());
    ASSERT_EQ(json["at"].size(), 2u);
    // At 0.25 exactly, neither 0.24 nor 0.26: three of four, one other, and the phantom at 0.26 is one.
    EXPECT_DOUBLE_EQ(json["at"][0]["threshold"], 0.25);
    EXPECT_DOUBLE_EQ(json["at"][0]["mean_iou_per_phrase"], 3.0 / 5.0);
    EXPECT_DOUBLE_EQ(json["at"][0]["mean_iou_per_class"], 3.0 / 6.0);
    EXPECT_DOUBLE_EQ(json["at"][0]["overall_iou"], 3.0 / 5.0);
    EXPECT_DOUBLE_EQ(json["at"][0]["foreground_iou"], 3.0 / (1 + 3 + 3 + 1));
    EXPECT_DOUBLE_EQ(json["at"][0]["precision"], 3.0 / (1 + 3 + 3));
    EXPECT_DOUBLE_EQ(json["at"][0]["recall"], 3.0 / (1 + 3 + 1));
    EXPECT_DOUBLE_EQ(json["at"][0]["phantom_rate"], 1.0);
    EXPECT_DOUBLE_EQ(json["at"][1]["threshold"], 0.5);
    EXPECT_DOUBLE_EQ(json["at"][1]["phantom_rate"], 0.5);
    ASSERT_EQ(json["phrases"].size(), 2u);
    EXPECT_EQ(json["phrases"][0]["phrase"], "cat");
    EXPECT_EQ(json["phrases"][0]["present"], 1);
    EXPECT_DOUBLE_EQ(json["phrases"][0]["mean_iou"], 1.0 / 5.0);
    EXPECT_EQ(json["phrases"][1]["absent"], 1);
    EXPECT_DOUBLE_EQ(json["phrases"][1]["phantom_rate"], 1.0);
}

TEST(Report, CsvHasARowAPhraseAndQuotesNames) {
    EXPECT_EQ(asCsv(example()),
              "phrase,present,absent,mean_iou,class_iou,phantom_rate\n"
              "cat,1,1,0.2000,0.2000,0.0000\n"
              "\"dog, \"\"big\"\"|old\",0,1,,,1.0000\n");
}

TEST(Report, MarkdownHasBothTables) {
    const std::string text = asMarkdown(example());
    EXPECT_THAT(text, HasSubstr("# tiny on val\n"));
    EXPECT_THAT(text, HasSubstr("2 pictures, 1 present and 2 absent phrases"));
    EXPECT_THAT(text, HasSubstr("| default | 0.333 | 0.2000 | 0.2000 | 0.2000 |"));
    EXPECT_THAT(text, HasSubstr("| asked | 0.25 | 0.6000 | 0.5000 | 0.6000 |"));
    EXPECT_THAT(text, HasSubstr("| asked | 0.5 |"));
    EXPECT_THAT(text, HasSubstr("| cat | 1 | 0.200 | 0.200 | 0.000 |\n"));
    // A bar in a name starts no cell; a name that was never present has no mean.
    EXPECT_THAT(text, HasSubstr("| dog, \"big\"\\|old | 0 |  |  | 1.000 |\n"));
}

TEST(Report, ReliabilityPhantomsAndOtherWordsHaveRows) {
    Report r = example();
    r.atPhantom = {0.5};
    r.wordings = {{"plurals", 2, 4, 0.5, 0.52}, {"ko", 1, 0, 0, 0}};
    r.calibration = metrics::calibration({{0.85, true, true, 0.7}, {0.87, true, false, 0}, {0.2, false, false, 0}});
    const Json json = Json::parse(asJson(r));
    EXPECT_DOUBLE_EQ(json["at_phantom"][0]["most"], 0.5);
    EXPECT_DOUBLE_EQ(json["at_phantom"][0]["phantom_rate"], 0.5);
    EXPECT_EQ(json["reliability"]["masks"], 2);
    EXPECT_EQ(json["reliability"]["bins"].size(), 10u);
    EXPECT_DOUBLE_EQ(json["reliability"]["bins"][8]["there"], 0.5);
    EXPECT_TRUE(json["reliability"]["bins"][2]["there"].is_null());
    EXPECT_NEAR(json["wordings"][0]["difference"], -0.02, 1e-9);
    EXPECT_TRUE(json["wordings"][1]["difference"].is_null());
    const std::string text = asMarkdown(r);
    EXPECT_THAT(text, HasSubstr("| best with phantoms up to 0.5 |"));
    EXPECT_THAT(text, HasSubstr("| plurals | 2 | 4 | 0.5000 | 0.5200 | -0.0200 |\n"));
    EXPECT_THAT(text, HasSubstr("| ko | 1 | 0 |  |  |  |\n"));
    EXPECT_THAT(text, HasSubstr("| 0.8 to 0.9 | 2 | 0.860 | 0.500 | 0.500 |\n"));
    EXPECT_THAT(text, HasSubstr("| 0.2 to 0.3 | 0 |  |  |  |\n"));
    EXPECT_THAT(text, HasSubstr("Expected calibration error 0.3600 (is there)"));
}

// Names come from other people's files.
TEST(Report, NoNameBreaksATable) {
    Report r = example();
    r.names[1] = "red\nbox\r\t`x` <b> a\\|b";
    r.split = "val\n# other";
    const std::string text = asMarkdown(r);
    EXPECT_THAT(text, HasSubstr("| red box  \\`x\\` \\<b> a\\\\\\|b | 0 |"));
    EXPECT_THAT(text, HasSubstr("# tiny on val # other\n"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'),
              std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    EXPECT_THAT(asCsv(r), HasSubstr("\"red\nbox\r\t`x` <b> a\\|b\",0,1,,,1.0000\n"));
}

TEST(Report, AFigureOfNothingIsNoFigure) {
    Report r = example();
    metrics::Totals absent(2, {0.333, 0.25});
    absent.add(1, false, counts({0, 0.7f}, {}, {0.333, 0.25}));
    r.summary = absent.summary();
    const Json json = Json::parse(asJson(r));
    EXPECT_TRUE(json["default"]["overall_iou"].is_null());
    EXPECT_TRUE(json["average_precision"].is_null());
    EXPECT_DOUBLE_EQ(json["default"]["phantom_rate"], 1.0);
    EXPECT_TRUE(json["phrases"][0]["phantom_rate"].is_null()) << "never asked";
    EXPECT_THAT(asMarkdown(r), HasSubstr("| default | 0.333 |  |  |  |  |  | 1.0000 |\n"));
    EXPECT_THAT(asCsv(r), HasSubstr("cat,0,0,,,\n"));
    metrics::Totals present(2, {0.333, 0.25});
    present.add(0, true, counts({0, 0.7f}, {0, 1}, {0.333, 0.25}));
    r.summary = present.summary();
    EXPECT_TRUE(Json::parse(asJson(r))["best"]["phantom_rate"].is_null());
    EXPECT_DOUBLE_EQ(Json::parse(asJson(r))["default"]["overall_iou"], 1.0);
}

TEST(Report, TheBestThresholdIsOneOfTheFixed) {
    Report r = example();
    EXPECT_LT(r.summary.best, metrics::kThresholds);
    EXPECT_EQ(r.summary.indexOf(0.25), metrics::kThresholds + 1);
    EXPECT_EQ(r.summary.indexOf(0.5), 24u);
    EXPECT_EQ(r.summary.indexOf(0.71), metrics::nearestThreshold(0.71)) << "not measured: the nearest";
}

}  // namespace
}  // namespace maskwright::eval
