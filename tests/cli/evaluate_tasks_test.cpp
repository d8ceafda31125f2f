// evaluate's tasks beside masks of names, and the lists that say what is asked of which pictures.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

class EvaluateTasks : public Program {
  protected:
    // Three pictures of 8x6: a cat in the first, a dog in the second, which is called hound too.
    void SetUp() override {
        Program::SetUp();
        fs::create_directories(place.path() / "set/images");
        Image image(8, 6);
        for (const char* name : {"a.png", "b.png", "c.png"}) {
            for (std::size_t i = 0; i < image.pixels.size(); ++i) {
                image.pixels[i] = static_cast<std::uint8_t>(i * 37 + static_cast<std::size_t>(name[0]) * 50);
            }
            ASSERT_TRUE(image_io::writeImage(path("set/images/") + name, image).ok());
        }
        writeText(path("set/val.json"), R"({"images": [{"id": 7, "file_name": "a.png", "width": 8, "height": 6},
              {"id": 9, "file_name": "b.png", "width": 8, "height": 6},
              {"id": 10, "file_name": "c.png", "width": 8, "height": 6}],
            "categories": [{"id": 3, "name": "cat"}, {"id": 5, "name": "dog", "names": ["dog", "hound"]}],
            "annotations": [
              {"id": 1, "image_id": 7, "category_id": 3, "segmentation": [[1, 1, 5, 1, 5, 4, 1, 4]]},
              {"id": 2, "image_id": 9, "category_id": 5, "segmentation": [[0, 0, 8, 0, 8, 3, 0, 3]]}]})");
        writeText(path("set/kinds.json"), R"([{"file": "a.png", "name": "cat", "synset": "n00000003", "split": "val"},
            {"file": "b.png", "name": "dog", "synset": "n00000005", "split": "val"},
            {"file": "c.png", "name": "lion", "synset": "n00000004", "split": "train"}])");
    }
    [[nodiscard]] std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words = {"evaluate", "--model", model,       "--data", path("set"),
                                          "--size",   "48",      "--threads", "1"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    [[nodiscard]] Json json(std::vector<std::string> more) const {
        more.emplace_back("--json");
        const Outcome outcome = run(command(more));
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome.code == 0 ? Json::parse(outcome.out) : Json();
    }
};

TEST_F(EvaluateTasks, ListsSayWhichPicturesAndNames) {
    writeText(path("some.txt"), "b.png\nother.png\n");
    writeText(path("names.txt"), "hound\n\ncat\n");
    const Outcome outcome = run(command({"--pictures", path("some.txt"), "--names", path("names.txt"), "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("only 1 of the 2 listed pictures"));
    const Json report = Json::parse(outcome.out);
    EXPECT_EQ(report["pictures"], 1);
    EXPECT_EQ(report["present"], 1);
    EXPECT_EQ(report["phrases"][0]["phrase"], "hound");
    EXPECT_EQ(report["phrases"][0]["present"], 1);
    // The figures are those of the picture alone.
    const Json all = json({"--phrase", "dog", "--threshold", "0"});
    const Json one = json({"--phrase", "dog", "--threshold", "0", "--pictures", path("some.txt")});
    EXPECT_EQ(one["at"][0]["overall_iou"], all["at"][0]["overall_iou"]);
    EXPECT_TRUE(one["at"][0]["phantom_rate"].is_null());
    writeText(path("some.txt"), "other.png");
    expectError(command({"--pictures", path("some.txt")}), 3, "none of the 1 listed pictures");
    expectError(command({"--pictures", path("no.txt")}), 3, "no.txt");
    writeText(path("names.txt"), "zebra");
    expectError(command({"--names", path("names.txt")}), 2, "zebra");
}

TEST_F(EvaluateTasks, OtherWordsAreComparedWithTheNames) {
    writeText(path("phrases.tsv"), "lang\ttext\ttarget\nen\tdog\t1\nen\thound\t2\nko\thound\t1\nko\tdog\t2\n");
    const Json report =
        json({"--also", "synonyms", "--also", "plurals", "--also", "ko", "--phrase-table", path("phrases.tsv")});
    const Json plain = json({});
    EXPECT_EQ(report["thresholds"], plain["thresholds"]) << "the names' own figures";
    ASSERT_EQ(report["wordings"].size(), 3u);
    const Json& synonym = report["wordings"][0];
    EXPECT_EQ(synonym["phrases"], 1);
    EXPECT_EQ(synonym["asked"], 1) << "where the dog is";
    // What is compared is what asking for the words alone gives.
    const Json dog = json({"--phrase", "dog"}), hound = json({"--phrase", "hound"});
    EXPECT_NEAR(synonym["mean_iou"], double(hound["default"]["mean_iou_per_phrase"]), 1e-9);
    EXPECT_NEAR(synonym["mean_iou_of_names"], double(dog["default"]["mean_iou_per_phrase"]), 1e-9);
    EXPECT_EQ(report["wordings"][1]["phrases"], 2);
    EXPECT_EQ(report["wordings"][2]["mean_iou"], synonym["mean_iou"]) << "\"dog\" in Korean is \"hound\" here";
    expectError(command({"--also", "fr", "--phrase-table", path("phrases.tsv")}), 2, "fr");
    expectError(command({"--also", "ko"}), 2, "ko");
    expectError(command({"--phrase-table", path("phrases.tsv")}), 2, "without --also");
    expectError(command({"--also", "plurals", "--support-split", "val"}), 2, "--support-split");
}

TEST_F(EvaluateTasks, PresenceIsCountedAgainstWhatIsThere) {
    const Json report = json({"--at-phantom", "0", "--at-phantom", "1"});
    const Json& reliability = report["reliability"];
    EXPECT_EQ(reliability["asked"], 6);
    std::int64_t masks = 0;
    for (const Json& bin : reliability["bins"]) {
        masks += std::int64_t(bin["masks"]);
    }
    EXPECT_EQ(reliability["masks"], masks);
    EXPECT_DOUBLE_EQ(report["at_phantom"][0]["phantom_rate"], 0);
    double best = 0;
    for (const Json& at : report["thresholds"]) {
        best = std::max(best, double(at["mean_iou_per_phrase"]));
    }
    EXPECT_DOUBLE_EQ(report["at_phantom"][1]["mean_iou_per_phrase"], best);
    EXPECT_THAT(run(command()).out, HasSubstr("| presence | masks | mean presence |"));
}

TEST_F(EvaluateTasks, KindsAskForTheOwnNameAndOthers) {
    fs::create_directories(place.path() / "net");
    writeText(path("net/index.noun"), "cat n 1 1 @ 1 0 00000003\n");
    writeText(path("net/data.noun"),
              "00000002 05 n 01 feline 0 000 | b\n00000003 05 n 01 cat 0 001 @ 00000002 n 0000 | c\n"
              "00000004 05 n 01 lion 0 001 @ 00000002 n 0000 | d\n00000005 05 n 01 dog 0 000 | e\n");
    const Json report = json({"--task", "kinds", "--wordnet", path("net"), "--threshold", "0", "-o", path("report")});
    EXPECT_EQ(report, Json::parse(readText(path("report/report.json"))));
    EXPECT_EQ(report["pictures"], 2);
    ASSERT_EQ(report["answers"][0]["others"].size(), 1u) << "the lion is the cat's kin";
    EXPECT_EQ(report["answers"][0]["others"][0]["name"], "dog");
    EXPECT_EQ(report["answers"][1]["others"].size(), 2u);
    EXPECT_EQ(report["own"][1]["share"], 1.0) << "at 0 every pixel is in every mask";
    EXPECT_EQ(report["others"][1]["asked"], 3);
    EXPECT_TRUE(fs::exists(path("report/report.md")));
    EXPECT_FALSE(fs::exists(path("report/report.csv")));
    // Presence as `segment` reports it.
    const Outcome made = run({"segment", path("set/images/a.png"), "--phrase", "cat", "--model", model, "--size", "48",
                              "-o", path("m.png"), "--json"});
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_NEAR(report["answers"][0]["own"]["presence"], double(made.json()[0]["presence"]), 1e-4) << made.out;
    // Without WordNet: all other names, and a warning.
    const Outcome plain = run(command({"--task", "kinds", "--json"}));
    EXPECT_EQ(Json::parse(plain.out)["answers"][0]["others"].size(), 2u);
    EXPECT_THAT(plain.err, HasSubstr("--wordnet"));
    expectError(command({"--task", "kinds", "--wordnet", path("set")}), 3, "index.noun");
    expectError(command({"--task", "kinds", "--split", "test", "--wordnet", path("net")}), 3, "kinds.json");
    fs::remove(path("set/images/b.png"));
    expectError(command({"--task", "kinds", "--wordnet", path("net")}), 3, "b.png");
}

TEST_F(EvaluateTasks, TextsThatStandForNothing) {
    const Json report =
        json({"--task", "absent", "--gibberish", "5", "--each", "2", "--threshold", "0", "--threshold", "1"});
    EXPECT_EQ(report["pictures"], 3);
    EXPECT_EQ(report["texts"].size(), 5u);
    EXPECT_EQ(report["left"][1]["asked"], 10);
    EXPECT_EQ(report["left"][1]["share"], 1.0);
    EXPECT_EQ(report["left"][2]["share_any_pixel"], 0.0);
    EXPECT_EQ(json({"--task", "absent", "--gibberish", "5"})["left"][0]["asked"], 15) << "no more than there are";
    writeText(path("texts.txt"), "freedom\n");
    writeText(path("some.txt"), "c.png\n");
    const Json texts = json({"--task", "absent", "--texts", path("texts.txt"), "--pictures", path("some.txt")});
    EXPECT_EQ(texts["left"][0]["asked"], 1);
    EXPECT_EQ(texts["texts"][0]["text"], "freedom");
    EXPECT_GT(texts["texts"][0]["highest_presence"], 0.0);
    expectError(command({"--task", "absent"}), 2, "--gibberish");
    expectError(command({"--task", "absent", "--texts", path("no.txt")}), 3, "no.txt");
}

TEST_F(EvaluateTasks, WhatDoesNothingWithATaskIsRefused) {
    expectError(command({"--gibberish", "3"}), 2, "--task names");
    expectError(command({"--task", "kinds", "--phrase", "cat"}), 2, "--task kinds");
    expectError(command({"--task", "kinds", "--strict"}), 2, "--task kinds");
    expectError(command({"--task", "absent", "--gibberish", "3", "--record-threshold"}), 2, "--task absent");
    expectError(command({"--task", "absent", "--texts", path("no.txt"), "--seed", "3"}), 2, "without --gibberish");
    expectError(command({"--task", "songs"}), 2, "songs");
}

}  // namespace
}  // namespace maskwright::test
