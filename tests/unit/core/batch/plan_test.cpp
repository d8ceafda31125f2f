#include "core/batch/plan.h"

#include <gmock/gmock.h>

#include <set>

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
        return naming(output, {folder / "in/a.JPG", folder / "in/b.png"});
    }
    [[nodiscard]] Naming naming(const std::string& output, const std::vector<std::string>& files) const {
        Naming made{folder / output, {}, {"cat"}, {}, ".png"};
        made.inputs.files = files;
        made.inputs.roots.resize(files.size());
        return made;
    }
    void expectError(const Naming& wrong, ErrorKind kind, const std::string& word) const {
        const auto planned = planFiles(wrong);
        ASSERT_FALSE(planned) << word;
        EXPECT_EQ(planned.error().kind, kind) << planned.error().line();
        EXPECT_THAT(planned.error().line(), HasSubstr(word));
    }
    test::OwnFolder folder;
};

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
    EXPECT_EQ(*planFile(folder / "out/x.npy", folder / "in/b.png", {}, ".npy"), folder / "out/x.npy");
}

TEST_F(Planning, MistakesAreFoundBeforeAnyWork) {
    expectError(naming("out/x.png"), ErrorKind::usage, "{stem}");
    expectError(naming("out/{stem}.jpg"), ErrorKind::usage, ".png");
    expectError(naming("none/x.png", {folder / "in/b.png"}), ErrorKind::output, "folder");
    expectError(naming("in/../in/b.png"), ErrorKind::usage, "overwrite");
    expectError(naming("in/{stem}.png"), ErrorKind::usage, "another -o");
    const auto both = [this](const char* a, const char* b) {
        return naming("out/{stem}.png", {folder / a, folder / b});
    };
    expectError(both("in/a.JPG", "in/a.png"), ErrorKind::usage, "{ext}");
    expectError(both("in/a.png", "single/a.png"), ErrorKind::usage, "{folder}");
    expectError(both("in/b.png", "in/../in/b.png"), ErrorKind::usage, "named twice");
    Naming marked = naming("out/{stem}.png");
    marked.alsoRead = {folder / "out/b.png"};
    expectError(marked, ErrorKind::usage, "overwrite");
    Naming alike = naming("out/{stem}-{phrase}.png");
    alike.labels = {"a cat", "a_cat"};
    expectError(alike, ErrorKind::usage, "\"a cat\"");
    EXPECT_TRUE(fs::is_empty(folder / "out"));
}

TEST_F(Planning, FoldersOfAPatternAreMade) {
    EXPECT_THAT(*planFiles(naming("made/for/{stem}.png")),
                ElementsAre(ElementsAre(folder / "made/for/a.png"), ElementsAre(folder / "made/for/b.png")));
    EXPECT_TRUE(fs::is_directory(folder / "made/for"));
}

TEST_F(Planning, WhatIsReadIsNeverWhatIsWritten) {
    const auto refused = [&](const std::string& output, std::vector<std::string> read, const std::string& ending) {
        const auto planned = planFile(folder / output, folder / "in/b.png", std::move(read), ending);
        ASSERT_FALSE(planned) << output;
        EXPECT_EQ(planned.error().kind, ErrorKind::usage) << planned.error().line();
        EXPECT_THAT(planned.error().line(), HasSubstr("overwrite"));
    };
    refused("in/../in/b.png", {}, ".png");
    refused("in/notes.txt", {folder / "out/../in/notes.txt"}, ".txt");
    refused("in/notes.txt", {folder / "in"}, ".txt");
    refused("in/notes.txt", {folder / "in/"}, ".txt");
    refused("in/notes.txt", {folder / ""}, ".txt");
    // Of a folder what is not there yet is not read, and no name reads nothing.
    EXPECT_TRUE(planFile(folder / "in/new.png", folder / "in/b.png", {folder / "in", ""}).ok());
    EXPECT_FALSE(checkNotRead(folder / "in/../single.png", {folder / "single.png"}));
    EXPECT_TRUE(checkNotRead(folder / "single.png", {folder / "in", ""}).ok());
}

TEST_F(Planning, NamesInAFolderNeverMeet) {
    const auto files = [this](const Naming& naming) {
        std::vector<std::string> names;
        const auto planned = planFiles(naming);
        for (const auto& row : planned.ok() ? *planned : Paths()) {
            for (const std::string& path : row) {
                names.push_back(fs::path(path).lexically_relative(folder / "").string());
            }
        }
        return names;
    };
    const auto count = [&](const Naming& naming) {
        const auto all = files(naming);
        return std::set<std::string>(all.begin(), all.end()).size();
    };
    EXPECT_THAT(files(naming("out", {folder / "in/b.jpg", folder / "in/b.png", folder / "in/a.JPG"})),
                ElementsAre("out/b-jpg.png", "out/b-png.png", "out/a.png"));
    EXPECT_THAT(files(naming("out", {folder / "x/IMG.jpg", folder / "y/IMG.jpg", folder / "y/other.jpg"})),
                ElementsAre("out/x-IMG.png", "out/y-IMG.png", "out/other.png"));
    Naming two = naming("out", {folder / "in/x.jpg", folder / "in/x_cat.jpg"});
    two.labels = {"cat", "cat_cat"};
    EXPECT_EQ(count(two), 4u);
    two.labels = {"a cat", "a_cat"};
    EXPECT_EQ(count(two), 4u);
    // Where pictures lie, none of them is written over, whether they are read or not.
    EXPECT_THAT(files(naming("in", {folder / "in/b.jpg"})), ElementsAre("in/b-jpg.png"));
    EXPECT_THAT(files(naming("in")), ElementsAre("in/a.png", "in/b-png.png"));
    EXPECT_THAT(files(naming("in/")), ElementsAre("in/a.png", "in/b-png.png"));
}

TEST_F(Planning, APatternHasPlacesForEndingFolderAndNumber) {
    const std::vector<std::string> files = {folder / "y/1/IMG.jpg", folder / "y/2/a/IMG.JPG"};
    EXPECT_THAT(*planFiles(naming("out/{folder}_{stem}.{ext}.png", files)),
                ElementsAre(ElementsAre(folder / "out/1_IMG.jpg.png"), ElementsAre(folder / "out/2-a_IMG.JPG.png")));
    EXPECT_THAT(*planFiles(naming("out/{n}.png", files)),
                ElementsAre(ElementsAre(folder / "out/1.png"), ElementsAre(folder / "out/2.png")));
    const Naming tree = naming("out/{folder}/{stem}.png", files);
    EXPECT_THAT(*planFiles(tree),
                ElementsAre(ElementsAre(folder / "out/1/IMG.png"), ElementsAre(folder / "out/2/a/IMG.png")));
    EXPECT_TRUE(fs::is_directory(folder / "out/2/a")) << "made, below a folder that is there";
    EXPECT_EQ(journalPath({}, tree.output), folder / ("out/" + std::string(kJournalName)));
    ASSERT_TRUE(planFiles(naming("new/er/{folder}/{stem}.png", files)));
    EXPECT_TRUE(fs::is_directory(folder / "new/er/2/a")) << "made, with what it lies in";
    test::writeText(folder / "file", "x");
    expectError(naming("file/{folder}/{stem}.png", files), ErrorKind::output, "cannot be made");
}

TEST_F(Planning, APlaceThatIsUnknownIsNamed) {
    for (const char* pattern : {"out/{foo}.png", "out/{stem}-{foo}.png", "{foo}/{stem}.png", "new/{foo}/"}) {
        expectError(naming(pattern), ErrorKind::usage, "{foo}");
        expectError(naming(pattern), ErrorKind::usage, "{stem}, {ext}, {folder}, {n}, {phrase}");
    }
    expectError(naming("out/{Stem}.png"), ErrorKind::usage, "{Stem}");
    expectError(naming("new/{folder}/"), ErrorKind::usage, "{stem}.png");
    EXPECT_FALSE(fs::exists(folder / "new"));
    // No place, and a folder that is really called so.
    EXPECT_TRUE(planFiles(naming("out/{stem}{}{1 }{a b}.png")));
    fs::create_directories(folder / "out/{foo}");
    EXPECT_TRUE(planFiles(naming("out/{foo}/")));
    EXPECT_TRUE(planFiles(naming("out/{foo}")));
}

TEST_F(Planning, ARunThatGoesOnKeepsTheNamesOfItsJournal) {
    test::writeText(folder / "out/a.png", "changed by hand");
    Naming next = naming("out");
    EXPECT_THAT(planFiles(next)->at(0), ElementsAre(folder / "out/a-JPG.png")) << "somebody's own file";
    ASSERT_TRUE(Journal::open(folder / ("out/" + std::string(kJournalName)))
                    ->add({"a.JPG", "aa", "bb", "done", {"a.png"}, 0, {"cc"}}));
    EXPECT_THAT(planFiles(next)->at(0), ElementsAre(folder / "out/a-JPG.png"));
    next.goesOn = true;
    EXPECT_THAT(planFiles(next)->at(0), ElementsAre(folder / "out/a.png"));
    // However the folder is written.
    const fs::path before = fs::current_path();
    fs::current_path(folder / ".");
    next.output = "out/";
    EXPECT_THAT(planFiles(next)->at(0), ElementsAre(fs::path("out/a.png")));
    fs::current_path(before);
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
