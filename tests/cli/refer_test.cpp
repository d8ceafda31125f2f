// refer as a person runs it: regions from a label picture, so that what is proposed is known.
#include <gmock/gmock.h>

#include <fstream>

#include "core/weights/safetensors.h"
#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class Refer : public Program {
  protected:
    // Three squares of one size from left to right, labels 1, 2 and 3.
    void SetUp() override {
        Program::SetUp();
        Heatmap labels(96, 64);
        for (int i = 0; i < 3; ++i) {
            for (int y = 20; y < 44; ++y) {
                for (int x = 4 + 32 * i; x < 28 + 32 * i; ++x) {
                    labels.at(x, y) = static_cast<float>(i + 1) / 255;
                }
            }
        }
        ASSERT_TRUE(image_io::writeProbability(path("labels.png"), labels).ok());
    }
    [[nodiscard]] Outcome refer(const std::string& expression, std::vector<std::string> more) const {
        more.insert(more.begin(), {"refer", picture, "--model", model, "--expression", expression});
        return run(more);
    }
    [[nodiscard]] std::vector<std::string> labelled(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--proposals", path("labels.png")});
        return more;
    }
};

TEST_F(Refer, WhatIsNotReadOfTheExpressionIsSaid) {
    std::string longer;
    while (longer.size() < 10000) {
        longer += "the red thing on the left ";
    }
    const Outcome cut = refer(longer, labelled());
    EXPECT_EQ(cut.code, 0) << cut.err;
    EXPECT_THAT(cut.err, HasSubstr("longer than the model reads and was cut"));
    const Outcome fine = refer("red thing", labelled());
    EXPECT_THAT(fine.err, Not(HasSubstr("was cut")));
}

TEST_F(Refer, WhatIsReadIsNeverReplaced) {
    const std::string before = readText(picture), labels = readText(path("labels.png"));
    EXPECT_EQ(refer("red thing", labelled({"--save-features", picture})).code, 2) << "not .safetensors";
    EXPECT_EQ(refer("red thing", labelled({"-o", path("labels.png")})).code, 2);
    const std::string weights = model + "/model.safetensors", held = readText(weights);
    const Outcome refused = refer("red thing", labelled({"--save-features", weights}));
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("would overwrite a file that is read"));
    EXPECT_EQ(readText(picture), before);
    EXPECT_EQ(readText(path("labels.png")), labels);
    EXPECT_EQ(readText(weights), held);
}

TEST_F(Refer, EveryCandidateIsToldTheBestFirst) {
    const Outcome outcome = refer("red thing", labelled({"--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = outcome.json().at(0);
    EXPECT_EQ(json["noun_phrase"], "red thing");
    ASSERT_EQ(json["candidates"].size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const Json& one = json["candidates"][i];
        EXPECT_EQ(one["area"], 24 * 24);
        EXPECT_EQ(one["box"][0].get<int>(), 4 + 32 * one["proposal"].get<int>());
        EXPECT_FALSE(one.contains("prior")) << "the expression says nothing of place";
        if (i > 0) {
            EXPECT_LE(one["score"].get<double>(), json["candidates"][i - 1]["score"].get<double>());
        }
    }
}

TEST_F(Refer, PlaceIsReadOffTheRegionsUnlessThePriorIsOff) {
    const Json left = refer("the thing on the left", labelled({"--json"})).json().at(0);
    EXPECT_NE(left["read_as"], "");
    // Of the candidates that are taken for the thing at all the leftmost fits best.
    const Json* leftmost = nullptr;
    for (const Json& one : left["candidates"]) {
        if (one["prior"].get<double>() > 0 &&
            (leftmost == nullptr || one["proposal"].get<int>() < (*leftmost)["proposal"].get<int>())) {
            leftmost = &one;
        }
    }
    ASSERT_NE(leftmost, nullptr);
    for (const Json& one : left["candidates"]) {
        EXPECT_LE(one["prior"].get<double>(), (*leftmost)["prior"].get<double>());
    }
    for (const char* off : {"--prior=off", "--as-reference"}) {
        const Json without = refer("the thing on the left", labelled({"--json", off})).json().at(0);
        EXPECT_EQ(without["read_as"], "") << off;
        EXPECT_FALSE(without["candidates"][0].contains("prior")) << off;
    }
}

TEST_F(Refer, AsReferenceKeepsAFilesOrder) {
    const auto entry = [](int x, double score) {
        return Json{{"image_id", 1},
                    {"category_id", 1},
                    {"score", score},
                    {"bbox", {x, 8, 16, 16}},
                    {"segmentation", Json::array({Json::array({x, 8, x + 16, 8, x + 16, 24, x, 24})})}};
    };
    std::ofstream(path("three.json")) << Json::array({entry(4, 0.2), entry(30, 0.9), entry(60, 0.5)});
    const auto leftOfFirst = [&](std::vector<std::string> more) {
        more.insert(more.end(), {"--proposals", path("three.json"), "--json"});
        const Outcome outcome = refer("thing", more);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        const Json candidates = outcome.json().at(0)["candidates"];
        for (const Json& one : candidates) {
            if (one["proposal"] == 0) {
                return one["box"][0].get<int>();
            }
        }
        return -1;
    };
    EXPECT_EQ(leftOfFirst({"--as-reference"}), 4);
    EXPECT_EQ(leftOfFirst({}), 30) << "else the surest is first";
}

TEST_F(Refer, TheBestRegionBecomesAMask) {
    const Outcome outcome = refer("thing", labelled({"-o", path("best.png")}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("best of 3 -> " + path("best.png")));
    const auto mask = image_io::readMask(path("best.png"));
    ASSERT_TRUE(mask.ok());
    const auto inside = std::count(mask->pixels.begin(), mask->pixels.end(), 255);
    EXPECT_EQ(inside, 24 * 24);
}

TEST_F(Refer, BothMethodsAreSeenSideBySide) {
    const Outcome outcome = refer("thing", labelled({"--method", "both", "-o", path("both.png"), "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = outcome.json().at(0);
    const auto mask = image_io::readMask(path("both.png"));
    ASSERT_TRUE(mask.ok());
    ASSERT_EQ(mask->width, 3 * 96);
    ASSERT_EQ(mask->height, 64);
    std::int64_t inside[3] = {}, both = 0;
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 96; ++x) {
            for (int panel = 0; panel < 3; ++panel) {
                inside[panel] += mask->at(x + 96 * panel, y) != 0 ? 1 : 0;
            }
            const bool agreed = mask->at(x, y) != 0 && mask->at(x + 96, y) != 0;
            both += agreed ? 1 : 0;
            EXPECT_EQ(mask->at(x + 2 * 96, y) != 0, agreed);
        }
    }
    EXPECT_EQ(json["clipseg"]["area"], inside[0]);
    EXPECT_EQ(inside[1], 24 * 24);
    EXPECT_EQ(json["clipseg"]["agreement"], both);
    EXPECT_NEAR(json["clipseg"]["iou"].get<double>(), double(both) / double(inside[0] + inside[1] - both), 1e-6);
    EXPECT_EQ(json["candidates"].size(), 3U);
}

TEST_F(Refer, ClipSegAloneNeedsNoProposals) {
    const Outcome outcome = refer("thing", {"--method", "clipseg", "-o", path("where.png"), "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const Json json = outcome.json().at(0);
    EXPECT_FALSE(json.contains("candidates"));
    const auto mask = image_io::readMask(path("where.png"));
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(json["clipseg"]["area"], std::count(mask->pixels.begin(), mask->pixels.end(), 255));
    const Outcome segment = run({"segment", picture, "--phrase", "thing", "--model", model, "-o", path("same.png")});
    ASSERT_EQ(segment.code, 0) << segment.err;
    EXPECT_EQ(image_io::readMask(path("same.png"))->pixels, mask->pixels) << "as segment finds it";
    expectError({"refer", picture, "--expression", "a", "--model", model, "--method", "clipseg", "--top", "3"}, 2,
                "--top does nothing with --method clipseg");
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{"--as-reference"}, {"--points-per-side", "4"}, {"--smallest", "9"}}) {
        std::vector<std::string> words = {"refer",   picture, "--expression", "a",
                                          "--model", model,   "--method",     "clipseg"};
        words.insert(words.end(), more.begin(), more.end());
        expectError(words, 2, more.front() + " does nothing with --method clipseg");
    }
}

TEST_F(Refer, OptionsThatSayNothingAreRefused) {
    const std::vector<std::string> base = {"refer", picture, "--expression", "a", "--model", model};
    const auto refused = [&](std::vector<std::string> more, const std::string& word) {
        more.insert(more.begin(), base.begin(), base.end());
        expectError(more, 2, word);
    };
    refused({"--kind", "overlay", "--json"}, "for results in files");
    refused({"--as-reference", "--prior", "on"}, "--prior on does nothing with --as-reference");
    EXPECT_EQ(refer("thing", labelled({"--as-reference", "--prior", "off", "--kind", "mask", "--json"})).code, 0);
}

TEST_F(Refer, CutoutsKeepThePicturesTransparency) {
    std::vector<std::uint8_t> rgba;
    for (int i = 0; i < 96 * 64; ++i) {
        const int y = i / 96;
        for (const int v : {200, i % 96 * 2, y, y < 32 ? 0 : 255}) {
            rgba.push_back(static_cast<std::uint8_t>(v));
        }
    }
    picture = path("clear.png");
    ASSERT_TRUE(image_io::writeRgba(picture, 96, 64, rgba).ok());
    for (const char* method : {"global-local", "clipseg", "both"}) {
        const std::string out = path(std::string(method) + ".png");
        std::vector<std::string> more = {"--method", method, "--kind", "cutout", "-o", out};
        const Outcome outcome = refer("thing", std::string(method) == "clipseg" ? more : labelled(more));
        ASSERT_EQ(outcome.code, 0) << outcome.err;
        const auto cut = image_io::read(out, {.background = {0, 0, 0}});
        ASSERT_TRUE(cut.ok());
        int inside = 0;
        for (int y = 0; y < cut->alpha.height; ++y) {
            for (int x = 0; x < cut->alpha.width; ++x) {
                ASSERT_TRUE(y >= 32 || cut->alpha.at(x, y) == 0) << method << " " << x << "," << y;
                inside += cut->alpha.at(x, y) != 0 ? 1 : 0;
            }
        }
        EXPECT_TRUE(inside > 0 || std::string(method) == "clipseg") << "the squares reach below the clear half";
    }
}

TEST_F(Refer, FeaturesAreSaved) {
    ASSERT_EQ(refer("thing", labelled({"--save-features", path("f.safetensors"), "--as-reference"})).code, 0);
    const auto file = weights::SafetensorsFile::open(path("f.safetensors"));
    ASSERT_TRUE(file.ok());
    const auto& tensors = file->tensors();
    for (const auto& [name, rows] :
         {std::pair("global", 3), {"local", 3}, {"sentence", 1}, {"noun_phrase", 1}, {"score", 3}}) {
        ASSERT_TRUE(tensors.contains(name)) << name;
        EXPECT_EQ(tensors.find(name)->second.shape.front(), rows) << name;
    }
}

TEST_F(Refer, WhatCannotBeDoneIsSaid) {
    const Outcome missing = run({"refer", path("none.png"), "--expression", "cat", "--model", model});
    EXPECT_EQ(missing.code, 3);
    EXPECT_THAT(missing.err, HasSubstr("none.png"));
    const Outcome source = refer("cat", {"--proposals", "nowhere"});
    EXPECT_EQ(source.code, 2);
    EXPECT_THAT(source.err, HasSubstr("nowhere"));
    const Outcome two = run(
        {"refer", picture, picture, "--expression", "cat", "--model", model, "--save-features", path("f.safetensors")});
    EXPECT_EQ(two.code, 2);
    EXPECT_EQ(refer("", labelled()).code, 2) << "an empty expression";
    EXPECT_EQ(refer(std::string(10000, 'a') + " cat", labelled()).code, 0);
}

}  // namespace
}  // namespace maskwright::test
