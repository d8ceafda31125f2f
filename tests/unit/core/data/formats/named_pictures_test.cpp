#include "core/data/formats/named_pictures.h"

#include <gtest/gtest.h>

#include "tests/support/model_fixture.h"

namespace maskwright::data {
namespace {

class Named : public testing::Test {
  protected:
    Result<NamedPictures> read(const std::string& text, const std::string& split = "val") {
        test::writeText((folder_.path() / "kinds.json").string(), text);
        return readNamedPictures(folder_.path().string(), split);
    }
    void expectBroken(const std::string& text, const std::string& word) {
        const auto set = read(text);
        ASSERT_FALSE(set.ok()) << text;
        EXPECT_EQ(set.error().kind, ErrorKind::input);
        EXPECT_NE(set.error().line().find(word), std::string::npos) << set.error().line();
    }
    test::TemporaryFolder folder_;
};

TEST_F(Named, PicturesAreOfTheirSplitAndNamesOfAll) {
    std::filesystem::create_directories(folder_.path() / "images");
    test::writeText((folder_.path() / "images/a.jpg").string(), "");
    const auto set = read(R"([{"file": "a.jpg", "name": "cat", "synset": "n00000003", "split": "val"},
                              {"file": "b.jpg", "name": "dog", "split": "train"}, {"file": "c.jpg", "name": "cat"}])");
    ASSERT_TRUE(set.ok()) << set.error().line();
    ASSERT_EQ(set->pictures.size(), 2u);
    EXPECT_EQ(set->pictures[0].path, (folder_.path() / "images/a.jpg").string());
    EXPECT_EQ(set->pictures[1].path, (folder_.path() / "c.jpg").string());
    EXPECT_EQ(set->names, (std::vector<std::string>{"cat", "dog"}));
    EXPECT_EQ(set->synsets, (std::vector<std::string>{"n00000003", ""}));
}

TEST_F(Named, WhatIsNoSuchListIsNamed) {
    expectBroken("{}", "not a list");
    expectBroken(R"([{"file": "a.jpg", "name": "cat"}, {"file": "b.jpg"}])", "entry 1");
    expectBroken(R"([{"file": "a.jpg", "name": 3}])", "name");
    expectBroken("[3]", "entry 0");
    expectBroken(R"([{"file": "a.jpg", "name": "cat", "split": "train"}])", "val");
}

}  // namespace
}  // namespace maskwright::data
