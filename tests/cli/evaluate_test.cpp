// evaluate from the command line: small data sets in every shape COCO's format has, and broken ones.
#include <gmock/gmock.h>

#include "tests/cli/program.h"
#include "tests/support/paths.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

class Evaluate : public Program {
  protected:
    // Two pictures of 8x6: a square with a polygon and a crowd with plain runs; nothing in the second but a compressed
    // mask.
    void SetUp() override {
        Program::SetUp();
        fs::create_directories(place.path() / "set/images/deep");
        Image image(8, 6);
        for (std::size_t i = 0; i < image.pixels.size(); ++i) {
            image.pixels[i] = static_cast<std::uint8_t>(i * 37);
        }
        ASSERT_TRUE(image_io::writeImage(path("set/images/a.png"), image).ok());
        ASSERT_TRUE(image_io::writeImage(path("set/images/deep/b.png"), image).ok());
        set = Json::parse(R"({"images": [{"id": 7, "file_name": "a.png", "width": 8, "height": 6},
                                         {"id": 9, "file_name": "deep/b.png", "width": 8, "height": 6}],
            "categories": [{"id": 3, "name": "cat"}, {"id": 5, "name": "dog", "names": ["dog", "hound"]}],
            "annotations": [
              {"id": 1, "image_id": 7, "category_id": 3, "iscrowd": 0, "segmentation": [[1, 1, 5, 1, 5, 4, 1, 4]]},
              {"id": 2, "image_id": 7, "category_id": 3, "iscrowd": 1,
               "segmentation": {"size": [6, 8], "counts": [36, 12]}},
              {"id": 3, "image_id": 9, "category_id": 5, "segmentation": {"size": [6, 8], "counts": "6Z1"}},
              {"id": 4, "image_id": 9, "category_id": 3, "segmentation": []}]})");
        write();
    }
    void write() const { writeText(path("set/val.json"), set.dump()); }
    [[nodiscard]] std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words = {"evaluate", "--model", model,       "--data", path("set"),
                                          "--size",   "48",      "--threads", "1"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    Json set;
};

TEST_F(Evaluate, WarningsAboutAPictureAreToldOnce) {
    std::string jpeg = readText(sourcePath("tests/unit/core/image_io/fixtures/turn1.jpg"));
    jpeg.resize(jpeg.size() - 2);  // its end marker: all pixels are there
    writeText(path("set/images/a.png"), jpeg);
    set = Json::parse(R"({"images": [{"id": 7, "file_name": "a.png", "width": 32, "height": 16}],
        "categories": [{"id": 3, "name": "cat"}],
        "annotations": [{"id": 1, "image_id": 7, "category_id": 3, "segmentation": [[1, 1, 9, 1, 9, 9, 1, 9]]}]})");
    write();
    const Outcome outcome = run(command({"-o", path("report")}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.lines(outcome.err).size(), 1u) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("a.png has no end marker"));
    EXPECT_TRUE(fs::exists(path("report/contact.png"))) << "which reads it again";
}

TEST_F(Evaluate, ReportsInThreeFormatsAndASheet) {
    fs::create_directories(place.path() / "report");
    const Outcome outcome = run(command({"--json", "--threshold", "0.25", "--threshold", "0", "-o", path("report")}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json, Json::parse(readText(path("report/report.json"))));
    EXPECT_EQ(json["pictures"], 2);
    EXPECT_EQ(json["present"], 2);
    EXPECT_EQ(json["absent"], 2);
    ASSERT_EQ(json["at"].size(), 2u);
    EXPECT_EQ(json["at"][0]["threshold"], 0.25);
    // At 0 every pixel is in every mask: the cat has 12 + 12 of 48, the dog 42.
    EXPECT_EQ(json["at"][1]["threshold"], 0.0);
    EXPECT_NEAR(json["at"][1]["mean_iou_per_phrase"], (24.0 / 48 + 42.0 / 48) / 2, 1e-9);
    EXPECT_NEAR(json["at"][1]["mean_iou_per_class"], (24.0 / 96 + 42.0 / 96) / 2, 1e-9);
    EXPECT_NEAR(json["at"][1]["overall_iou"], 66.0 / 96, 1e-9);
    EXPECT_NEAR(json["at"][1]["foreground_iou"], 66.0 / 193, 1e-9);
    EXPECT_EQ(json["at"][1]["phantom_rate"], 1.0);
    EXPECT_THAT(readText(path("report/report.csv")), HasSubstr("\ncat,1,1,"));
    EXPECT_THAT(readText(path("report/report.md")), HasSubstr("| dog | 1 |"));
    const auto sheet = image_io::read(path("report/contact.png"));
    ASSERT_TRUE(sheet.ok());
    // Two rows, each with a picture, a truth and a mask at either side; green is the truth's colour.
    EXPECT_GT(sheet->image.width, 6 * 160);
    EXPECT_GT(sheet->image.height, 2 * 160);
    std::size_t light = 0;
    for (int x = 0; x < 300; ++x) {
        for (int y = 4; y < 20; ++y) {
            light += sheet->image.at(x, y)[0] > 180 ? 1 : 0;
        }
    }
    EXPECT_GT(light, 50u) << "no caption";
}

TEST_F(Evaluate, NamesThatTheModelDoesNotKnowAreListed) {
    giveWords(model, "cat\n");
    const Outcome outcome = run(command({"--json", "-o", path("report")}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(Json::parse(outcome.out)["unknown_names"], Json::parse(R"(["dog"])"));
    EXPECT_THAT(readText(path("report/report.md")),
                HasSubstr("Not known to the model, so that it finds nothing for them: dog."));
}

TEST_F(Evaluate, OnlyPicturesThatShowTheNames) {
    const Outcome outcome = run(command({"--phrase", "dog", "--showing", "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(Json::parse(outcome.out)["pictures"], 1);
    EXPECT_EQ(Json::parse(outcome.out)["present"], 1);
    EXPECT_EQ(Json::parse(outcome.out)["absent"], 0);
    set["annotations"].erase(2);
    write();
    expectError(command({"--phrase", "dog", "--showing"}), 3, "none of its 2 pictures shows");
}

TEST_F(Evaluate, SplitPhraseWordingAndLimit) {
    fs::rename(path("set/val.json"), path("set/mine.json"));
    fs::rename(path("set/images"), path("set/mine"));
    const Outcome outcome = run(command({"--split", "mine", "--phrase", "hound", "--limit", "1", "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["split"], "mine");
    EXPECT_EQ(json["pictures"], 1);
    EXPECT_EQ(json["present"], 0);
    EXPECT_EQ(json["absent"], 1);
    EXPECT_EQ(json["phrases"][0]["phrase"], "hound");
    // Nothing present: no sheet, and no failure for it.
    const Outcome absent = run(command({"--split", "mine", "--phrase", "hound", "--limit", "1", "-o", path("report")}));
    EXPECT_EQ(absent.code, 0) << absent.err;
    EXPECT_FALSE(fs::exists(path("report/contact.png")));
    EXPECT_TRUE(fs::exists(path("report/report.md")));
    expectError(command({"--split", "mine", "--phrase", "zebra"}), 2, "zebra");
    expectError(command({"--split", "mine", "--threshold", "nan"}), 2, "threshold");
    expectError(command({"--split", "mine", "-o", path("report/report.md")}), 6, "report.md");
}

// Each name is asked by an object instead of the word.
TEST_F(Evaluate, OneShotAsksByAMarkedObject) {
    // A picture is not asked for the object that was marked in it: of two pictures and two names, the other two.
    const Outcome own = run(command({"--json", "--support-split", "val"}));
    ASSERT_EQ(own.code, 0) << own.err;
    EXPECT_EQ(Json::parse(own.out)["present"], 0);
    EXPECT_EQ(Json::parse(own.out)["absent"], 2);
    // A split of its own: everything is asked. The cat alone has an object there that is no crowd.
    Json train = set;
    train["images"].erase(1);
    train["images"][0]["file_name"] = "c.png";
    fs::copy(path("set/images/a.png"), path("set/images/c.png"));
    train["annotations"].erase(3);
    train["annotations"].erase(2);
    writeText(path("set/train.json"), train.dump());
    const Outcome outcome =
        run(command({"--json", "--support-split", "train", "--style", "crop,size=48", "--mix", "0.75"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["examples"], "train");
    EXPECT_EQ(json["style"], "crop,size=48");
    EXPECT_EQ(json["mix"], 0.75);
    EXPECT_EQ(json["phrases"].size(), 1u);
    EXPECT_EQ(json["present"], 1);
    EXPECT_EQ(json["absent"], 1);
    // a = 0 is the word, whatever is marked; a = 1 is not.
    const auto cat = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words = {"--json", "--phrase", "cat"};
        words.insert(words.end(), more.begin(), more.end());
        return Json::parse(run(command(words)).out)["thresholds"];
    };
    const std::vector<std::string> small = {"--support-split", "train", "--style", "size=48", "--mix"};
    const auto with = [&](const char* mix) {
        std::vector<std::string> words = small;
        words.emplace_back(mix);
        return words;
    };
    EXPECT_EQ(cat(with("0")), cat({}));
    EXPECT_NE(cat(with("1")), cat({}));
    expectError(command({"--support-split", "train", "--phrase", "dog"}), 2, "train");
    expectError(command({"--support-split", "train", "--style", "sparkle"}), 2, "sparkle");
    expectError(command({"--support-split", "nowhere"}), 3, "nowhere.json");
    EXPECT_THAT(run(command({"--support-split", "train", "--style", "size=48"})).out,
                HasSubstr("one marked object of train"));
}

// Its masks are those that `segment` writes.
TEST_F(Evaluate, MeasuresTheMasksThatSegmentWrites) {
    for (const char* name : {"plain", "lite"}) {
        const std::string folder = name == std::string("plain") ? model : copyModel(place, name);
        const std::string size = name == std::string("plain") ? "48" : "64";
        const Outcome measured = run({"evaluate", "--model", folder, "--data", path("set"), "--size", size, "--phrase",
                                      "cat", "--limit", "1", "--threshold", "0.5", "--json"});
        ASSERT_EQ(measured.code, 0) << measured.err;
        const Outcome made = run({"segment", path("set/images/a.png"), "--phrase", "cat", "--model", folder, "--size",
                                  size, "--threshold", "0.5", "--no-refine", "-o", path("m.png")});
        ASSERT_EQ(made.code, 0) << made.err;
        const auto mask = image_io::readMask(path("m.png"));
        ASSERT_TRUE(mask.ok());
        std::int64_t hit = 0, together = 0;
        for (int y = 0; y < 6; ++y) {
            for (int x = 0; x < 8; ++x) {
                const bool truth = (x >= 1 && x < 5 && y >= 1 && y < 4) || x >= 6, own = mask->at(x, y) != 0;
                hit += truth && own ? 1 : 0;
                together += truth || own ? 1 : 0;
            }
        }
        EXPECT_NEAR(Json::parse(measured.out)["at"][0]["overall_iou"], double(hit) / double(together), 1e-9) << name;
    }
}

TEST_F(Evaluate, ABrokenFolderIsNamedInOneLine) {
    const Json good = set;
    const auto broken = [&](const char* what, const char* word, const auto& change) {
        SCOPED_TRACE(what);
        set = good;
        change(set);
        write();
        expectError(command({"--strict"}), 3, "val.json");
        expectError(command({"--strict"}), 3, word);
    };
    broken("unknown category", "category", [](Json& j) { j["annotations"][0]["category_id"] = 4; });
    broken("unknown image", "annotations[1]", [](Json& j) { j["annotations"][1]["image_id"] = 8; });
    broken("runs too short", "annotations[1]", [](Json& j) {
        j["annotations"][1]["segmentation"]["counts"] = {36, 11};
    });
    broken("compressed runs too short", "annotations[2]",
           [](Json& j) { j["annotations"][2]["segmentation"]["counts"] = "6Y1"; });
    broken("no picture", "no picture", [](Json& j) {
        j["images"] = Json::array();
        j["annotations"] = Json::array();
    });
    set = good;
    write();
    writeText(path("set/val.json"), set.dump().substr(0, 200));
    expectError(command(), 3, "val.json");
    write();
    expectError(command({"--split", "test"}), 3, "test.json");
    set["images"][0]["width"] = 9;
    set["annotations"] = Json::array();
    write();
    expectError(command(), 3, "a.png");
    set = good;
    write();
    fs::remove(path("set/images/a.png"));
    expectError(command({"--strict"}), 3, "a.png");
}

// One odd entry among many does not stop a measurement, and is said once.
TEST_F(Evaluate, OddEntriesArePassedOverAndSaidInOneLine) {
    const Json plain = Json::parse(run(command({"--json", "--phrase", "dog"})).out);
    fs::remove(path("set/images/a.png"));
    set["annotations"].push_back({{"id", 5}, {"image_id", 9}, {"category_id", 5}, {"segmentation", {{1, 1, 3, 3}}}});
    set["annotations"].push_back({{"id", 6}, {"image_id", 80}, {"category_id", 5}});
    write();
    const Outcome outcome = run(command({"--json", "--phrase", "dog"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.lines(outcome.err).size(), 1u) << outcome.err;
    for (const char* first :
         {"images[0] (id 7)", "annotations[3] (id 4)", "annotations[4] (id 5)", "annotations[5] (id 6)"}) {
        EXPECT_THAT(outcome.err, HasSubstr(first));
    }
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["pictures"], 1);
    for (std::size_t t = 0; t < json["thresholds"].size(); ++t) {
        EXPECT_EQ(json["thresholds"][t]["mean_iou_per_phrase"], plain["thresholds"][t]["mean_iou_per_phrase"]) << t;
    }
}

// A box alone: the name is not asked of that picture, as its absence would be wrong and its mask is not known.
TEST_F(Evaluate, WhatHasABoxAloneIsNotCountedAsAbsent) {
    set["annotations"][3]["bbox"] = {1, 1, 3, 3};
    write();
    const Json json = Json::parse(run(command({"--json"})).out);
    EXPECT_EQ(json["present"], 2);
    EXPECT_EQ(json["absent"], 1) << "the dog of the first picture; the cat of the second is there";
}

TEST_F(Evaluate, NoFigureIsMadeOfNothing) {
    expectError(command({"--wording", "a photo"}), 2, "{}");
    // Nothing that is asked for is there: what is measured of it is empty, and no threshold comes from it.
    const Outcome absent = run(command({"--phrase", "dog", "--limit", "1", "--json", "-o", path("report")}));
    ASSERT_EQ(absent.code, 0) << absent.err;
    const Json json = Json::parse(absent.out);
    for (const char* figure : {"mean_iou_per_phrase", "mean_iou_per_class", "overall_iou", "foreground_iou",
                               "binary_iou", "precision", "recall"}) {
        EXPECT_TRUE(json["best"][figure].is_null()) << figure;
    }
    EXPECT_TRUE(json["average_precision"].is_null());
    EXPECT_TRUE(json["best"]["phantom_rate"].is_number());
    EXPECT_TRUE(json["phrases"][0]["mean_iou"].is_null());
    EXPECT_THAT(readText(path("report/report.csv")), HasSubstr("\ndog,0,1,,,"));
    EXPECT_EQ(readText(path("report/report.md")).find("Average precision"), std::string::npos);
    const std::string before = readText(model + "/config.json");
    expectError(command({"--phrase", "dog", "--limit", "1", "--record-threshold"}), 3, "no object");
    EXPECT_EQ(readText(model + "/config.json"), before);
    EXPECT_EQ(run(command({"--phrase", "cat", "--limit", "1", "--record-threshold"})).code, 0);
    EXPECT_NE(readText(model + "/config.json"), before);
    // Nothing absent: no rate of phantoms.
    EXPECT_TRUE(
        Json::parse(run(command({"--phrase", "cat", "--limit", "1", "--json"})).out)["best"]["phantom_rate"].is_null());
    // Names of which nothing is certain: asked of no picture.
    writeText(path("set/coco80.json"), "{}");
    expectError(command(), 3, "nothing is asked");
    fs::remove(path("set/coco80.json"));
    set["annotations"] = Json::array();
    write();
    expectError(command({"-o", path("none/deep")}), 3, "none of its 2 pictures");
    EXPECT_FALSE(fs::exists(path("none"))) << "a failed run leaves no folder";
}

TEST_F(Evaluate, ReportsAreNotWrittenOverTheData) {
    fs::rename(path("set/val.json"), path("set/report.json"));
    const std::string before = readText(path("set/report.json"));
    expectError(command({"--split", "report", "-o", path("set/images/..")}), 2, "report.json");
    EXPECT_EQ(readText(path("set/report.json")), before);
    fs::create_directories(place.path() / "lists");
    writeText(path("lists/report.md"), "cat\n");
    expectError(command({"--split", "report", "--names", path("lists/report.md"), "-o", path("lists")}), 2,
                "report.md");
    EXPECT_EQ(readText(path("lists/report.md")), "cat\n");
}

}  // namespace
}  // namespace maskwright::test
