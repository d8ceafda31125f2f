// Phrases of words that a model does not know.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace maskwright::test {
namespace {

using testing::HasSubstr;

std::size_t countOf(const std::string& part, const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

class UnknownWords : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        giveWords(model, "cat\nhat\n+red\n");
    }
};

TEST_F(UnknownWords, AreSaidOnceAndGiveAnEmptyMask) {
    fs::create_directories(path("many"));
    for (const char* name : {"a.png", "b.png", "c.png"}) {
        fs::copy_file(picture, path(std::string("many/") + name));
    }
    const Outcome done = run({"segment", path("many"), "--model", model, "--phrase", "qwxzrt", "--phrase",
                              "a grandmothr's cat", "-o", path("out/"), "--json"});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(countOf("warning: not a word this model knows: qwxzrt\n", done.err), 1u) << done.err;
    EXPECT_EQ(countOf("warning: not a word this model knows: grandmothr\n", done.err), 1u) << done.err;
    const std::vector<Json> lines = done.json();
    ASSERT_EQ(lines.size(), 6u);
    for (std::size_t i = 0; i < lines.size(); i += 2) {
        EXPECT_EQ(lines[i]["known"], false);
        EXPECT_EQ(lines[i]["unknown_words"], Json::parse(R"(["qwxzrt"])"));
        EXPECT_LT(lines[i]["presence"].get<double>(), 1e-6);
        EXPECT_EQ(lines[i]["area"], 0);
        const auto mask = image_io::readMask(lines[i]["output"].get<std::string>());
        ASSERT_TRUE(mask.ok());
        EXPECT_EQ(std::count(mask->pixels.begin(), mask->pixels.end(), 0), std::ptrdiff_t(mask->pixels.size()));
        EXPECT_EQ(lines[i + 1]["known"], true);
        EXPECT_EQ(lines[i + 1]["unknown_words"], Json::parse(R"(["grandmothr"])"));
        EXPECT_GT(lines[i + 1]["presence"].get<double>(), 1e-6);
    }
}

TEST_F(UnknownWords, ThoseOfWhatIsNotMeantAreKeptApart) {
    const Outcome done = run({"segment", picture, "--model", model, "--phrase", "a grandmothr's cat", "--negative",
                              "zorblatt hat", "--json"});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.err, HasSubstr("not a word this model knows: grandmothr\n"));
    EXPECT_THAT(done.err, HasSubstr("not a word this model knows: zorblatt\n"));
    EXPECT_EQ(done.json().at(0)["unknown_words"], Json::parse(R"(["grandmothr"])"));
    EXPECT_EQ(done.json().at(0)["negative_unknown_words"], Json::parse(R"(["zorblatt"])"));
}

TEST_F(UnknownWords, WhatIsReadOfPlaceIsInTheReport) {
    const Outcome done = run({"segment", picture, "--model", model, "--phrase", "the second cat from the right",
                              "--phrase", "a cat", "--json"});
    EXPECT_EQ(done.err, "");
    EXPECT_EQ(done.json().at(0)["place"], "number 2 from the right");
    EXPECT_FALSE(done.json().at(1).contains("place"));
}

TEST_F(UnknownWords, AreInTheReportOfAPerson) {
    const Outcome done = run({"segment", picture, "--model", model, "--phrase", "qwxzrt", "-o", path("o.png")});
    EXPECT_EQ(done.code, 0);
    EXPECT_THAT(done.out, HasSubstr("0.0 % of the picture, not a word this model knows -> "));
    const Outcome worded = run({"segment", picture, "--model", model, "--phrase", "qwxzrt", "--wording",
                                "a photo of a {}.", "-o", path("o.png")});
    EXPECT_THAT(worded.err, HasSubstr("not a word this model knows: qwxzrt"));
    const Outcome embedded = run({"embed", "--model", model, "--phrase", "qwxzrt", "-o", path("o.npy")});
    EXPECT_EQ(embedded.code, 0);
    EXPECT_THAT(embedded.err, HasSubstr("not a word this model knows: qwxzrt"));
}

TEST_F(UnknownWords, KnownOnesAreSaidToBe) {
    const Outcome done = run({"segment", picture, "--model", model, "--phrase", "two red cats", "--json"});
    EXPECT_EQ(done.err, "");
    EXPECT_EQ(done.json().at(0)["known"], true);
    EXPECT_TRUE(done.json().at(0)["unknown_words"].empty());
}

TEST_F(UnknownWords, AModelWithoutAListSaysNothingOfThem) {
    const Outcome done =
        run({"segment", picture, "--model", copyModel(place, "refined"), "--phrase", "qwxzrt", "--json"});
    EXPECT_EQ(done.err, "");
    EXPECT_FALSE(done.json().at(0).contains("known"));
}

}  // namespace
}  // namespace maskwright::test
