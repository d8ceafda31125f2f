// evaluate --task refer on small data sets in the true formats.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

class EvaluateRefer : public Program {
  protected:
    [[nodiscard]] std::vector<std::string> command(const std::string& set, const std::string& split,
                                                   std::vector<std::string> more) const {
        std::vector<std::string> words = {"evaluate", "--task",  "refer", "--model",   model, "--data",
                                          data(set),  "--split", split,   "--threads", "1"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    static std::string data(const std::string& set) { return (reference() / "refer" / set).string(); }
    [[nodiscard]] Json json(const std::vector<std::string>& words) const {
        std::vector<std::string> all = words;
        all.emplace_back("--json");
        const Outcome outcome = run(all);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome.code == 0 ? Json::parse(outcome.out) : Json();
    }
};

TEST_F(EvaluateRefer, WhatPeopleDrewIsFoundByAnOracle) {
    const Json report =
        json(command("refcoco", "val", {"--split-by", "unc", "--proposals", "annotated", "--proposals", "classical"}));
    EXPECT_EQ(report["format"], "RefCOCO");
    EXPECT_EQ(report["pictures"], 1);
    EXPECT_EQ(report["texts"], 3);
    ASSERT_EQ(report["sources"].size(), 2U);
    EXPECT_EQ(report["sources"][0]["proposals"], 2);
    EXPECT_EQ(report["sources"][0]["oracle"]["oiou"], 1);
    EXPECT_EQ(report["sources"][0]["oracle"]["precision_0.9"], 1);
    ASSERT_EQ(report["rows"].size(), 4U) << "with and without the prior, of each source";
    EXPECT_EQ(report["rows"][0]["prior"], true);
    EXPECT_EQ(report["rows"][1]["prior"], false);
    // Of two squares one is taken: an answer is right or wrong, and the row counts the answers.
    double right = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double iou = report["answers"][i]["iou"];
        EXPECT_TRUE(iou == 0 || iou == 1) << iou;
        right += iou;
    }
    EXPECT_NEAR(report["rows"][0]["miou"].get<double>(), right / 3, 1e-9);
    EXPECT_EQ(report["rows"][0]["miou"], report["rows"][0]["precision_0.5"]);
}

TEST_F(EvaluateRefer, AblationsAreOfTheSameTexts) {
    const fs::path out = place.path() / "out";
    const Json report = json(command("phrasecut", "miniv", {"--proposals", "annotated", "--ablations", "-o", out}));
    EXPECT_EQ(report["format"], "PhraseCut");
    EXPECT_EQ(report["texts"], 2);
    bool global = false, nounPhrase = false, otherK = false;
    for (const Json& row : report["rows"]) {
        EXPECT_EQ(row["texts"], 2);
        global = global || row["v"] == 1;
        nounPhrase = nounPhrase || row["r"] == 0;
        otherK = otherK || row["k"] == 1;
    }
    EXPECT_TRUE(global && nounPhrase && otherK);
    std::ifstream csv(out / "report.csv");
    std::string line;
    std::size_t lines = 0;
    while (std::getline(csv, line)) {
        lines += line.empty() ? 0 : 1;
    }
    EXPECT_EQ(lines, report["rows"].size() + 2) << "a head, the oracle, the rows";
    EXPECT_TRUE(fs::exists(out / "report.md"));
}

TEST_F(EvaluateRefer, PicturesWithoutProposalsAreSkippedAndCounted) {
    std::ofstream(path("none.json")) << Json{
        {"images", {{{"id", 1}, {"file_name", "COCO_train2014_000000581857.jpg"}}}}, {"annotations", Json::array()}};
    const Json report = json(command("refcoco", "val", {"--split-by", "unc", "--proposals", path("none.json")}));
    EXPECT_EQ(report["sources"][0]["pictures_without_proposals"], 1);
    EXPECT_EQ(report["sources"][0]["texts_without_proposals"], 3);
    EXPECT_EQ(report["rows"][0]["texts"], 0);
    EXPECT_TRUE(report["rows"][0]["oiou"].is_null());
}

TEST_F(EvaluateRefer, WhatCannotBeDoneIsSaid) {
    expectError(command("refcoco", "val", {}), 2, "google, unc");
    expectError(command("refcoco", "nowhere", {"--split-by", "unc"}), 3, "testA, val");
    expectError(command("phrasecut", "val", {}), 3, "refer_val.json");
    expectError(command("phrasecut", "miniv", {"--proposals", "nothing"}), 2, "nothing");
    expectError(command("phrasecut", "miniv", {"--size", "64"}), 2, "--size does nothing with --task refer");
    expectError({"evaluate", "--data", data("refcoco"), "--ablations", "--model", model}, 2, "--ablations");
    expectError(command("phrasecut", "miniv", {"--expressions", path("list.json")}), 3, "list.json");
}

}  // namespace
}  // namespace maskwright::test
