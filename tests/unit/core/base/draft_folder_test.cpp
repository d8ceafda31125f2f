#include "core/base/draft_folder.h"

#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "core/base/file.h"
#include "core/base/made_folders.h"

namespace maskwright {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kKind = {"weights", "config", "words"};

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
    ASSERT_TRUE(draft(root_ / "old").publishOver(kKind, "config").ok());
    EXPECT_EQ(in(root_ / "old"), (Files{{"config", "new config"}, {"weights", "new weights"}}));
    // With somebody's own file beside it.
    write("old/words", "old words");
    write("old/notes", "mine");
    ASSERT_TRUE(draft(root_ / "old").publishOver(kKind, "config").ok());
    EXPECT_EQ(in(root_ / "old"), (Files{{"config", "new config"}, {"notes", "mine"}, {"weights", "new weights"}}));
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1) << "no draft stays behind";
}

// The names that come into a folder and leave it, in order.
class Watch {
  public:
    explicit Watch(const fs::path& folder) : queue_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        EXPECT_GE(inotify_add_watch(queue_, folder.c_str(), IN_MOVE | IN_CREATE | IN_DELETE), 0);
    }
    ~Watch() { close(queue_); }
    [[nodiscard]] std::vector<std::string> seen() const {
        std::vector<std::string> all;
        alignas(inotify_event) char bytes[4096];
        for (ssize_t got = 0; (got = read(queue_, bytes, sizeof bytes)) > 0;) {
            for (char* at = bytes; at < bytes + got;) {
                const auto* event = reinterpret_cast<inotify_event*>(at);
                all.emplace_back(1, (event->mask & (IN_MOVED_FROM | IN_DELETE)) != 0 ? '-' : '+');
                all.back() += event->name;
                at += sizeof *event + event->len;
            }
        }
        return all;
    }

  private:
    int queue_;
};

// Where somebody's own file keeps the folder from being exchanged as one: a process that is killed leaves the old
// folder, or one that nobody takes for any, or the new one.
TEST_F(Folders, TheKeyLeavesFirstAndComesLast) {
    fs::create_directories(root_ / "old");
    for (const char* name : {"config", "weights", "words", "notes"}) {
        write(std::string("old/") + name, "old");
    }
    DraftFolder given = draft(root_ / "old");
    const Watch watch(root_ / "old");
    ASSERT_TRUE(given.publishOver(kKind, "config").ok());
    EXPECT_EQ(watch.seen(), (std::vector<std::string>{"-config", "-weights", "-words", "+weights", "+config"}));
}

TEST_F(Folders, AnErrorInTheMiddleLeavesEverythingAsItWas) {
    fs::create_directories(root_ / "old/config/in the way");
    write("old/weights", "old weights");
    write("old/words", "old words");
    {
        DraftFolder given = draft(root_ / "old");
        const auto done = given.publishOver(kKind, "config");
        ASSERT_FALSE(done.ok());
        EXPECT_EQ(done.error().kind, ErrorKind::output);
        EXPECT_NE(done.error().line().find("old/config"), std::string::npos) << done.error().line();
    }
    EXPECT_EQ(in(root_ / "old"), (Files{{"config", ""}, {"weights", "old weights"}, {"words", "old words"}}));
    EXPECT_TRUE(fs::exists(root_ / "old/config/in the way"));
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1) << "no draft stays behind";
}

// Nothing can be renamed into another file system.
TEST_F(Folders, TheDraftOfAMountedFolderLiesInIt) {
    const fs::path mounted = "/dev/shm";
    struct stat inside = {}, around = {};
    const bool other = stat(mounted.c_str(), &inside) == 0 && stat(mounted.parent_path().c_str(), &around) == 0 &&
                       inside.st_dev != around.st_dev;  // in a bare root it may be a plain folder
    if (!other || access(mounted.c_str(), W_OK) != 0) {
        GTEST_SKIP() << "no file system is mounted at " << mounted;
    }
    const auto made = DraftFolder::create(mounted);
    ASSERT_TRUE(made.ok()) << made.error().line();
    EXPECT_EQ(fs::path(made->file("x")).parent_path().parent_path(), mounted);
}

// What a link leads to is replaced as a folder; a linked file in it is never written through.
TEST_F(Folders, LinksAreFollowedToTheFolderButNotToTheFiles) {
    fs::create_directories(root_ / "cache");
    fs::create_directories(root_ / "real");
    write("cache/blob", "old config");
    fs::create_symlink(root_ / "cache/blob", root_ / "real/config");
    write("real/notes", "mine");
    fs::create_directory_symlink(root_ / "real", root_ / "link");
    ASSERT_TRUE(draft(root_ / "link").publishOver(kKind, "config").ok());
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
