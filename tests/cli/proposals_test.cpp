// proposals and noun-phrase, as a person runs them.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

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

TEST_F(Program, ProposalsThatCannotBeMade) {
    const std::string out = path("p.json");
    expectError({"proposals", picture, "--model", model, "-o", out}, 2, "has no detector");
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
