#include "core/base/draft_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "core/base/file.h"
#include "core/base/made_folders.h"

namespace maskwright {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kKind = {"config", "weights", "words"};

class Folders : public testing::Test {
  protected:
    void SetUp() override {
        root_ = fs::temp_directory_path() / ("maskwright-draft-" + std::to_string(getpid()) + "-" +
                                             testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(root_);
    }
    void TearDown() override { fs::remove_all(root_); }

    void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
    // What is in a folder: file by file.
    [[nodiscard]] std::map<std::string, std::string> in(const fs::path& folder) const {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::directory_iterator(folder)) {
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            all[entry.path().filename().string()] = text.str();
        }
        return all;
    }
    // A draft of `target` with a configuration and weights.
    [[nodiscard]] DraftFolder draft(const fs::path& target) const {
        auto made = DraftFolder::create(target);
        EXPECT_TRUE(made.ok()) << made.error().line();
        EXPECT_TRUE(writeFileAtomically(made->file("config"), "new config").ok());
        EXPECT_TRUE(writeFileAtomically(made->file("weights"), "new weights").ok());
        return std::move(*made);
    }

    using Files = std::map<std::string, std::string>;
    fs::path root_;
};

TEST_F(Folders, ADraftIsThereAtOnceOrNotAtAll) {
    {
        const DraftFolder given = draft(root_ / "a");
        EXPECT_FALSE(fs::exists(root_ / "a"));
    }
    EXPECT_TRUE(fs::is_empty(root_)) << "a draft that was not published is gone";
    DraftFolder kept = draft(root_ / "a/");
    ASSERT_TRUE(kept.publish().ok());
    EXPECT_EQ(in(root_ / "a"), (Files{{"config", "new config"}, {"weights", "new weights"}}));
    DraftFolder again = draft(root_ / "a");
    EXPECT_FALSE(again.publish().ok()) << "something is there";
}

TEST_F(Folders, WhatWasThereOfTheKindIsReplacedAndTheRestStays) {
    fs::create_directories(root_ / "old");
    write("old/config", "old config");
    write("old/words", "old words");
    ASSERT_TRUE(draft(root_ / "old").publishOver(kKind).ok());
    EXPECT_EQ(in(root_ / "old"), (Files{{"config", "new config"}, {"weights", "new weights"}}));
    // With somebody's own file beside it.
    write("old/words", "old words");
    write("old/notes", "mine");
    ASSERT_TRUE(draft(root_ / "old").publishOver(kKind).ok());
    EXPECT_EQ(in(root_ / "old"), (Files{{"config", "new config"}, {"notes", "mine"}, {"weights", "new weights"}}));
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1) << "no draft stays behind";
}

// What a link leads to is replaced as a folder; a linked file in it is never written through.
TEST_F(Folders, LinksAreFollowedToTheFolderButNotToTheFiles) {
    fs::create_directories(root_ / "cache");
    fs::create_directories(root_ / "real");
    write("cache/blob", "old config");
    fs::create_symlink(root_ / "cache/blob", root_ / "real/config");
    write("real/notes", "mine");
    fs::create_directory_symlink(root_ / "real", root_ / "link");
    ASSERT_TRUE(draft(root_ / "link").publishOver(kKind).ok());
    EXPECT_TRUE(fs::is_symlink(root_ / "link"));
    EXPECT_EQ(in(root_ / "real").at("config"), "new config");
    EXPECT_EQ(in(root_ / "cache").at("blob"), "old config");
}

TEST_F(Folders, MadeFoldersAreGoneWhereNothingCameIntoThem) {
    fs::create_directories(root_ / "mine");
    {
        MadeFolders made;
        ASSERT_TRUE(made.make(root_ / "mine/a/b/../c/").ok());
        ASSERT_TRUE(made.make(root_ / "mine/d/e").ok());
        EXPECT_TRUE(fs::is_directory(root_ / "mine/a/c"));
        write("mine/d/kept", "text");
    }
    EXPECT_TRUE(fs::exists(root_ / "mine")) << "was there before";
    EXPECT_FALSE(fs::exists(root_ / "mine/a"));
    EXPECT_FALSE(fs::exists(root_ / "mine/d/e"));
    EXPECT_TRUE(fs::exists(root_ / "mine/d/kept"));
    {
        MadeFolders made;
        ASSERT_TRUE(made.make(root_ / "mine").ok());
    }
    EXPECT_TRUE(fs::exists(root_ / "mine"));
}

TEST_F(Folders, WhatIsNoFolderIsNamed) {
    MadeFolders made;
    write("file", "text");
    const auto file = made.make(root_ / "file");
    ASSERT_FALSE(file.ok());
    EXPECT_EQ(file.error().kind, ErrorKind::output);
    EXPECT_NE(file.error().line().find("file, not a folder"), std::string::npos) << file.error().line();
    fs::create_symlink(root_ / "nowhere", root_ / "link");
    const auto link = made.make(root_ / "link");
    ASSERT_FALSE(link.ok());
    EXPECT_NE(link.error().line().find("leads nowhere"), std::string::npos) << link.error().line();
    const auto below = made.make(root_ / "file/below");
    ASSERT_FALSE(below.ok());
    EXPECT_NE(below.error().line().find("file/below"), std::string::npos) << below.error().line();
}

}  // namespace
}  // namespace maskwright
