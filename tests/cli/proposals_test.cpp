// proposals and noun-phrase, as a person runs them.
#include <gmock/gmock.h>

#include "core/image_io/mask.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Program, NounPhrasesAreALineEach) {
    const Outcome done = run({"noun-phrase", "kid on far left wearing stripes", "왼쪽 고양이", "--json"});
    EXPECT_EQ(done.code, 0) << done.err;
    const std::vector<Json> lines = done.json();
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0], Json({{"expression", "kid on far left wearing stripes"}, {"noun_phrase", "kid"}}));
    EXPECT_EQ(lines[1]["noun_phrase"], "왼쪽 고양이");
    EXPECT_THAT(done.err, HasSubstr("English alone"));
    EXPECT_EQ(run({"noun-phrase", "red\ncat on sofa"}).out, "red cat on sofa\tred cat\n");
    const Outcome empty = run({"noun-phrase", ""});
    EXPECT_EQ(empty.code, 0);
    EXPECT_THAT(empty.err, HasSubstr("no words"));
    EXPECT_EQ(run({"noun-phrase", std::string(10'000, 'a')}).code, 0);
    expectError({"noun-phrase"}, 2, "noun-phrase --help");
}

TEST_F(Program, ProposalsOfAllSources) {
    const Outcome made = run({"proposals", picture, "--source", "classical", "-o", path("p.json"), "--json"});
    ASSERT_EQ(made.code, 0) << made.err;
    const Json told = made.json().at(0);
    EXPECT_EQ(told["source"], "classical");
    EXPECT_EQ(told["licence"], "no weights");
    const Json written = Json::parse(readText(path("p.json")));
    EXPECT_EQ(written["annotations"].size(), told["proposals"].get<std::size_t>());
    EXPECT_GT(written["annotations"].size(), 0u);
    // What was written is a source.
    const Outcome again = run({"proposals", picture, "--source", path("p.json"), "-o", path("again.json")});
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(Json::parse(readText(path("again.json")))["annotations"], written["annotations"]);
    const Outcome labels = run({"proposals", picture, "--source", path("p.json"), "--top", "1", "-o", path("l.png")});
    EXPECT_EQ(labels.code, 0) << labels.err;
    const auto mask = image_io::readMask(path("l.png"));
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(std::count(mask->pixels.begin(), mask->pixels.end(), 255),
              written["annotations"][0]["area"].get<std::ptrdiff_t>());
    const Outcome maps = run({"proposals", picture, "--source", "maps", "--model", model, "-o", path("m.json")});
    EXPECT_EQ(maps.code, 0) << maps.err;
    EXPECT_THAT(maps.out, HasSubstr("general phrases"));
}

TEST_F(Program, SegmentAnythingProposes) {
    const fs::path folder = path("sam");
    fs::copy(reference() / "sam" / "vit", folder);
    writeText(folder / "README.md", "---\nlicense: apache-2.0\n---\n# SAM\nlicense: none\n");
    const std::string source = "sam:" + folder.string();
    const Outcome made = run({"proposals", picture, "--source", source, "-o", path("s.json"), "--json"});
    ASSERT_EQ(made.code, 0) << made.err;
    const Json told = made.json().at(0);
    EXPECT_EQ(told["source"], "sam");
    EXPECT_EQ(told["before"], 3 * 32 * 32);
    EXPECT_THAT(told["licence"].get<std::string>(), HasSubstr("apache-2.0"));
    const Json found = Json::parse(readText(path("s.json")))["annotations"];
    EXPECT_EQ(found.size(), told["proposals"].get<std::size_t>());
    ASSERT_GT(found.size(), 0u);
    for (std::size_t i = 1; i < found.size(); ++i) {
        EXPECT_GE(found[i - 1]["score"].get<double>(), found[i]["score"].get<double>());
    }
    const Outcome again = run({"proposals", picture, "--source", source, "--top", "1", "-o", path("one.json")});
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(Json::parse(readText(path("one.json")))["annotations"].size(), 1u);
    const auto before = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"proposals", picture, "-o", path("few.json"), "--json"});
        const Outcome few = run(more);
        EXPECT_EQ(few.code, 0) << few.err;
        return few.code == 0 ? few.json().at(0)["before"].get<int>() : 0;
    };
    EXPECT_EQ(before({"--source", source, "--points-per-side", "5"}), 3 * 5 * 5);
    EXPECT_EQ(before({"--source", "sam@4:" + folder.string()}), 3 * 4 * 4);
    // As published no hole and no part goes unless it is asked for.
    before({"--source", source, "--smallest", "0"});
    EXPECT_EQ(Json::parse(readText(path("few.json")))["annotations"], found);
    before({"--source", source, "--smallest", "500"});
    EXPECT_NE(Json::parse(readText(path("few.json")))["annotations"], found);
    const Outcome chosen =
        run({"refer", picture, "--model", model, "--expression", "red thing", "--proposals", source, "--json"});
    ASSERT_EQ(chosen.code, 0) << chosen.err;
    EXPECT_EQ(chosen.json().at(0)["candidates"].size(), found.size());
    const Outcome info = run({"info", "--model", folder.string(), "--json"});
    ASSERT_EQ(info.code, 0) << info.err;
    EXPECT_EQ(info.json().at(0)["input_size"], 64);
    EXPECT_THAT(info.json().at(0)["licence"].get<std::string>(), HasSubstr("apache-2.0"));
    EXPECT_THAT(info.json().at(0)["use"].get<std::string>(), HasSubstr("--proposals " + source));
    const std::string out = path("none.json");
    expectError({"proposals", picture, "--source", "sam:" + model, "-o", out}, 4, "model_type");
    expectError({"proposals", picture, "--source", "sam:" + path("missing"), "-o", out}, 4, "missing");
    expectError({"proposals", picture, "--source", "sam:", "-o", out}, 2, "names no folder");
    for (const char* bad : {"", "0", "129", "3.5", "-2", "99999999999"}) {
        const std::string odd = "sam@" + std::string(bad) + ":" + folder.string();
        expectError({"proposals", picture, "--source", odd, "-o", out}, 2, "no number of points from 1 to 128");
    }
    expectError({"proposals", picture, "--source", "classical", "--points-per-side", "8", "-o", out}, 2,
                "is for sam:FOLDER");
    expectError({"refer", picture, "--expression", "cat", "--points-per-side", "0"}, 2, "points-per-side");
    expectError({"proposals", picture, "--source", "classical", "--smallest", "8", "-o", out}, 2,
                "--smallest is for sam:FOLDER");
    fs::resize_file(folder / "model.safetensors", 1000);
    expectError({"proposals", picture, "--source", source, "-o", out}, 4, "model.safetensors");
    EXPECT_FALSE(fs::exists(out));
}

TEST_F(Program, ReleasesOfSegmentersAreConverted) {
    const std::string solo = path("free-solo"), out = path("s.json");
    const Outcome made = run({"convert", (reference() / "solo" / "solo.pth").string(), "-o", solo});
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("SOLOv2"));
    const Json info = run({"info", "--model", solo, "--json"}).json().at(0);
    EXPECT_THAT(info["licence"].get<std::string>(), HasSubstr("non-commercial"));
    const Outcome found = run({"proposals", picture, "--source", "solo:" + solo, "-o", out, "--json"});
    ASSERT_EQ(found.code, 0) << found.err;
    EXPECT_EQ(found.json().at(0)["source"], "solo");
    EXPECT_GT(Json::parse(readText(out))["annotations"].size(), 0u);
    EXPECT_EQ(run({"refer", picture, "--model", model, "--expression", "red", "--proposals", "solo:" + solo}).code, 0);
    expectError({"proposals", picture, "--source", "sam:" + solo, "-o", out}, 4, "model_type");
    const std::string mobile = path("mobile-sam");
    const Outcome tiny = run({"convert", (reference() / "sam" / "mobile.pt").string(), "-o", mobile});
    ASSERT_EQ(tiny.code, 0) << tiny.err;
    EXPECT_THAT(run({"info", "--model", mobile}).out, HasSubstr("MobileSAM"));
    expectError({"convert", (reference() / "sam" / "mobile.pt").string(), "-o", mobile}, 6, "mobile-sam");
}

TEST_F(Program, AModelWithoutADetectorIsServedByTheBuiltInOne) {
    const std::string own = path("own.json"), usual = path("usual.json");
    const Outcome served = run({"proposals", picture, "--model", model, "-o", own, "--json"});
    ASSERT_EQ(served.code, 0) << served.err;
    EXPECT_THAT(served.err, HasSubstr("has no detector"));
    const Outcome builtIn = run({"proposals", picture, "-o", usual, "--json"});
    ASSERT_EQ(builtIn.code, 0) << builtIn.err;
    EXPECT_THAT(builtIn.err, Not(HasSubstr("has no detector")));
    EXPECT_EQ(Json::parse(readText(own)), Json::parse(readText(usual)));
    const Outcome info = run({"info", "--model", "mini"});
    EXPECT_THAT(info.out, Not(HasSubstr("detector:"))) << "which mini has not";
    EXPECT_THAT(info.out, HasSubstr("Apache-2.0, GPL-3.0-or-later (NOTICE in the folder of mini)"));
    EXPECT_THAT(run({"info"}).out, HasSubstr("detector:"));
}

TEST_F(Program, WhatALabelPictureHidesIsSaid) {
    // A large square, and four that fill it.
    Json json = {{"images", {{{"id", 1}, {"file_name", "photo.png"}, {"width", 96}, {"height", 64}}}},
                 {"categories", {{{"id", 1}, {"name", "object"}}}},
                 {"annotations", Json::array()}};
    const auto add = [&](int x, int y, int side) {
        const int r = x + side, b = y + side;
        json["annotations"].push_back({{"id", json["annotations"].size() + 1},
                                       {"image_id", 1},
                                       {"category_id", 1},
                                       {"segmentation", {{x, y, r, y, r, b, x, b}}},
                                       {"bbox", {x, y, side, side}},
                                       {"area", side * side},
                                       {"iscrowd", 0}});
    };
    add(10, 10, 20);
    for (const auto& [x, y] : {std::pair(10, 10), std::pair(20, 10), std::pair(10, 20), std::pair(20, 20)}) {
        add(x, y, 10);
    }
    writeText(path("five.json"), json.dump());
    const auto labels = [&](const Outcome& outcome) {
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        const auto file = image_io::readMaskFile(path("five.png"), {});
        return file.ok() ? file->areas.size() : 0;
    };
    const Outcome five = run({"proposals", picture, "--source", path("five.json"), "-o", path("five.png")});
    EXPECT_EQ(labels(five), 4U);
    EXPECT_THAT(five.err, HasSubstr("cover 1 of 5"));
    EXPECT_THAT(run({"proposals", picture, "--source", path("five.json"), "-o", path("5.json")}).err,
                Not(HasSubstr("cover")));
}

TEST_F(Program, ProposalsThatCannotBeMade) {
    const std::string out = path("p.json");
    expectError({"proposals", picture, "--source", "nowhere", "-o", out}, 2, "nowhere");
    expectError({"proposals", picture, "--source", "classical", "-o", path("p.txt")}, 2, ".png");
    expectError({"proposals", picture, "--source", "classical", "--top", "0", "-o", out}, 2, "--top");
    expectError({"proposals", picture, "--source", "classical", "--top", "300", "-o", path("p.png")}, 2, "255");
    expectError({"proposals", path("missing.png"), "--source", "classical", "-o", out}, 3, "missing.png");
    writeText(path("broken.json"), "{\"annotations\": [");
    expectError({"proposals", picture, "--source", path("broken.json"), "-o", out}, 3, "broken.json");
    EXPECT_FALSE(fs::exists(out));
    writeText(path("none.json"), "{\"annotations\": []}");
    const Outcome none = run({"proposals", picture, "--source", path("none.json"), "-o", out});
    EXPECT_EQ(none.code, 0) << none.err;
    EXPECT_THAT(none.err, HasSubstr("nothing was proposed"));
    EXPECT_TRUE(Json::parse(readText(out))["annotations"].empty());
}

}  // namespace
}  // namespace maskwright::test
