#include "core/batch/plan.h"

#include <gmock/gmock.h>

#include "core/batch/journal.h"
#include "tests/unit/core/output/support.h"

namespace maskwright::batch {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class Planning : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"in/b.png", "in/a.JPG", "in/notes.txt", "in/.hidden", "single.png"}) {
            fs::create_directories(fs::path(folder / name).parent_path());
            test::writeText(folder / name, "x");
        }
        fs::create_directories(folder / "in/sub.png");
        fs::create_directories(folder / "empty");
        fs::create_directories(folder / "out");
    }
    [[nodiscard]] Naming naming(const std::string& output) const {
        return {folder / output, {folder / "in/a.JPG", folder / "in/b.png"}, {"cat"}, {}, ".png"};
    }
    void expectError(const Naming& wrong, ErrorKind kind, const std::string& word) const {
        const auto planned = planFiles(wrong);
        ASSERT_FALSE(planned) << word;
        EXPECT_EQ(planned.error().kind, kind) << planned.error().line();
        EXPECT_THAT(planned.error().line(), HasSubstr(word));
    }
    test::OwnFolder folder;
};

TEST_F(Planning, AFolderIsThePicturesInIt) {
    const auto inputs = expandInputs({folder / "single.png", folder / "in", folder / "empty"});
    ASSERT_TRUE(inputs);
    EXPECT_THAT(inputs->files, ElementsAre(folder / "single.png", folder / "in/a.JPG", folder / "in/b.png"));
    EXPECT_TRUE(inputs->fromFolder);
    ASSERT_EQ(inputs->badFolders.size(), 1u);
    EXPECT_EQ(inputs->badFolders[0].first, folder / "empty");
    EXPECT_EQ(inputs->badFolders[0].second.kind, ErrorKind::input);
    EXPECT_FALSE(expandInputs({folder / "empty"}));
    EXPECT_FALSE(expandInputs({folder / "single.png"})->fromFolder);
}

TEST_F(Planning, AFolderOrAPatternNamesTheFiles) {
    EXPECT_THAT(*planFiles(naming("out")),
                ElementsAre(ElementsAre(folder / "out/a.png"), ElementsAre(folder / "out/b.png")));
    Naming two = naming("new/");
    two.labels = {"a cat", "dog"};
    EXPECT_THAT(*planFiles(two), ElementsAre(ElementsAre(folder / "new/a_a_cat.png", folder / "new/a_dog.png"),
                                             ElementsAre(folder / "new/b_a_cat.png", folder / "new/b_dog.png")));
    EXPECT_TRUE(fs::is_directory(folder / "new"));
    EXPECT_THAT(*planFiles(naming("out/{phrase} of {stem}.PNG")),
                ElementsAre(ElementsAre(folder / "out/cat of a.PNG"), ElementsAre(folder / "out/cat of b.PNG")));
    EXPECT_EQ(*planFile(folder / "out/x.npy", folder / "in/b.png", "", ".npy"), folder / "out/x.npy");
}

TEST_F(Planning, MistakesAreFoundBeforeAnyWork) {
    expectError(naming("out/x.png"), ErrorKind::usage, "{stem}");
    expectError(naming("out/{stem}.jpg"), ErrorKind::usage, ".png");
    expectError(naming("none/{stem}.png"), ErrorKind::output, "folder");
    expectError(naming("in/../in/b.png"), ErrorKind::usage, "overwrite");
    Naming marked = naming("out/{stem}.png");
    marked.alsoRead = {folder / "out/b.png"};
    expectError(marked, ErrorKind::usage, "overwrite");
    Naming alike = naming("out/{stem}-{phrase}.png");
    alike.labels = {"a cat", "a_cat"};
    expectError(alike, ErrorKind::usage, "\"a cat\"");
    EXPECT_TRUE(fs::is_empty(folder / "out"));
}

TEST_F(Planning, WhatIsThereIsKeptReplacedSkippedOrRefused) {
    Plan plan;
    plan.outputs = {{folder / "out/a.png"}, {folder / "out/b.png"}, {folder / "out/b-2.png"}};
    EXPECT_EQ(countExisting(plan), 0u);
    EXPECT_TRUE(settle(plan, Existing::refuse));
    test::writeText(folder / "out/b.png", "there");
    EXPECT_EQ(countExisting(plan), 1u);
    const auto refused = settle(plan, Existing::refuse);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::output);
    const Paths before = plan.outputs;
    ASSERT_TRUE(settle(plan, Existing::skip));
    ASSERT_TRUE(settle(plan, Existing::replace));
    EXPECT_EQ(plan.outputs, before);
    EXPECT_EQ(plan.existing, Existing::replace);
    ASSERT_TRUE(settle(plan, Existing::keepBoth));
    EXPECT_THAT(plan.outputs, ElementsAre(ElementsAre(folder / "out/a.png"), ElementsAre(folder / "out/b-3.png"),
                                          ElementsAre(folder / "out/b-2.png")))
        << "the third picture's own name is not given away";
}

TEST_F(Planning, TheJournalLiesBesideResultsOfOneFolder) {
    Plan plan;
    EXPECT_EQ(journalPath(plan), "");
    plan.outputs = {{folder / "out/a.png"}, {folder / "out/b.png"}};
    EXPECT_EQ(journalPath(plan), folder / ("out/" + std::string(kJournalName)));
    plan.outputs.push_back({folder / "in/c.png"});
    EXPECT_EQ(journalPath(plan), "");
}

}  // namespace
}  // namespace maskwright::batch
