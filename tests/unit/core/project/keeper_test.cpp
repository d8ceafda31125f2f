#include "core/project/keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "core/base/file.h"
#include "tests/unit/core/project/some_project.h"

namespace maskwright::project {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A file may not grow past so many bytes: what a full disk is like, for this process alone.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        old_ = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit full{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, old_);
    }

  private:
    rlimit before_{};
    void (*old_)(int) = nullptr;
};

class KeeperTest : public ::testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(folder_ / "work");
        ASSERT_TRUE(project::save(someProject(), file_));
    }
    void TearDown() override { fs::remove_all(folder_); }
    static Edit named(const std::string& name) { return SetRowName{1, 3, name}; }
    // The project with that name of the row, as the keeper hears of it.
    Result<void> rename(Keeper& keeper, Project& project, const std::string& name) {
        project = apply(project, named(name))->project;
        return keeper.add(named(name), project);
    }
    // A process that opens, renames the row and ends by force.
    void killed(const std::vector<std::string>& names) {
        const pid_t child = ::fork();
        if (child == 0) {
            Keeper keeper(own_);
            auto opened = keeper.open(file_, Unsaved::recover);
            for (const std::string& name : names) {
                if (!opened || !rename(keeper, opened->project, name)) {
                    ::_exit(1);
                }
            }
            ::raise(SIGKILL);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
    }
    std::size_t ownJournals() {
        std::error_code none;
        return std::size_t(std::distance(fs::directory_iterator(own_, none), fs::directory_iterator()));
    }
    static std::string bytesOf(const fs::path& path) { return *readFile(path, 1 << 24); }
    fs::path folder_ = fs::path(::testing::TempDir()) / ("keeper" + std::to_string(::getpid()));
    fs::path own_ = folder_ / "own", file_ = folder_ / "work" / "cats.maskwright", journal_ = journalPath(file_);
};

TEST_F(KeeperTest, ANewProjectLeavesNothingUntilItIsChanged) {
    Keeper keeper(own_);
    ASSERT_TRUE(keeper.sync({}));
    EXPECT_FALSE(fs::exists(own_));
    ASSERT_TRUE(keeper.add(SetSettings{}, {}));
    EXPECT_EQ(ownJournals(), 1u);
    keeper.close();
    EXPECT_EQ(ownJournals(), 0u);
}

TEST_F(KeeperTest, WhatWasNeverSavedIsFoundAgain) {
    Project project = someProject();
    {
        Keeper keeper(own_);
        ASSERT_TRUE(keeper.add(SetModel{project.model}, project))
            << "the project is whole whatever the first edit says";
        ASSERT_TRUE(rename(keeper, project, "last"));
        EXPECT_TRUE(leftJournals(own_).empty()) << "it is open";
    }
    const auto left = leftJournals(own_);
    ASSERT_EQ(left.size(), 1u);
    EXPECT_TRUE(left[0].name.empty());
    Keeper keeper(own_);
    auto opened = keeper.recover(left[0].journal);
    ASSERT_TRUE(opened) << opened.error().line();
    EXPECT_EQ(opened->project, project);
    EXPECT_TRUE(opened->path.empty());
    // It goes on in the same journal, and saving ends it.
    ASSERT_TRUE(rename(keeper, opened->project, "more"));
    EXPECT_EQ(ownJournals(), 1u);
    const fs::path other = folder_ / "work" / "other.maskwright";
    ASSERT_TRUE(keeper.saveAs(opened->project, other));
    EXPECT_EQ(ownJournals(), 0u);
    EXPECT_EQ(load(other)->project.row(1, 3)->name, "more");
    EXPECT_TRUE(fs::exists(journalPath(other)));
    keeper.close();
    EXPECT_FALSE(fs::exists(journalPath(other)));
}

TEST_F(KeeperTest, ALinkIsTheFileBehindIt) {
    const fs::path link = folder_ / "link.maskwright";
    fs::create_symlink(file_, link);
    Keeper keeper(own_), other(own_);
    auto opened = keeper.open(link, Unsaved::ask);
    ASSERT_TRUE(opened) << opened.error().line();
    EXPECT_EQ(keeper.path(), file_);
    EXPECT_TRUE(fs::exists(journal_));
    for (const fs::path& name : {file_, link}) {
        const auto second = other.open(name, Unsaved::ask);
        ASSERT_FALSE(second) << name;
        EXPECT_EQ(second.error().kind, ErrorKind::resource);
    }
    // Paths are relative to the file's folder, not the link's.
    ASSERT_TRUE(rename(keeper, opened->project, "by the link"));
    ASSERT_TRUE(keeper.saveAs(opened->project, link));
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_EQ(load(file_)->project, opened->project);
    EXPECT_EQ(load(link)->project, opened->project);
    keeper.close();
    EXPECT_FALSE(fs::exists(journal_));
}

TEST_F(KeeperTest, WhatAKilledProcessDidIsOfferedAndComesBack) {
    killed({"one", "two"});
    const auto left = leftJournals(own_, {folder_ / "none.maskwright", file_});
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].project, file_);
    EXPECT_EQ(left[0].name, "cats");
    EXPECT_EQ(left[0].edits, 2u);
    Keeper keeper(own_);
    auto opened = keeper.open(file_, Unsaved::ask);
    ASSERT_TRUE(opened) << opened.error().line();
    EXPECT_TRUE(opened->asks);
    EXPECT_EQ(opened->edits, 2u);
    EXPECT_TRUE(keeper.path().empty()) << "nothing was opened";
    opened = keeper.open(file_, Unsaved::recover);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->edits, 2u);
    EXPECT_EQ(opened->project.row(1, 3)->name, "two");
    ASSERT_TRUE(rename(keeper, opened->project, "three"));
    ASSERT_TRUE(keeper.save(opened->project));
    keeper.close();
    opened = keeper.open(file_, Unsaved::ask);
    EXPECT_EQ(opened->edits, 0u);
    EXPECT_EQ(opened->project.row(1, 3)->name, "three");
}

TEST_F(KeeperTest, WhatIsRecoveredIsRecoveredAgain) {
    killed({"one"});
    killed({"two"});
    Keeper keeper(own_);
    const auto opened = keeper.open(file_, Unsaved::recover);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->edits, 2u);
    EXPECT_EQ(opened->project.row(1, 3)->name, "two");
}

TEST_F(KeeperTest, WhatIsDiscardedIsGone) {
    killed({"one"});
    Keeper keeper(own_);
    const auto opened = keeper.open(file_, Unsaved::discard);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->edits, 0u);
    EXPECT_EQ(opened->project, someProject());
    keeper.close();
    EXPECT_FALSE(keeper.open(file_, Unsaved::ask)->asks);
}

// Lines that come after a damaged one are lost, so nothing may be added behind it.
TEST_F(KeeperTest, ADamagedJournalIsKeptAsideAndNothingIsAddedToIt) {
    killed({"one", "two", "three"});
    std::string text = bytesOf(journal_);
    text.replace(text.find("two"), 3, "\"\"\"");
    std::ofstream(journal_, std::ios::trunc) << text;
    {
        Keeper keeper(own_);
        auto opened = keeper.open(file_, Unsaved::recover);
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->edits, 1u);
        EXPECT_EQ(opened->lost, 2u);
        EXPECT_EQ(opened->project.row(1, 3)->name, "one");
        ASSERT_EQ(opened->notices.size(), 1u);
        EXPECT_EQ(bytesOf(journal_.string() + "-1"), text);
        ASSERT_TRUE(rename(keeper, opened->project, "after"));
    }
    Keeper keeper(own_);
    const auto opened = keeper.open(file_, Unsaved::recover);
    EXPECT_EQ(opened->lost, 0u);
    EXPECT_EQ(opened->project.row(1, 3)->name, "after");
}

TEST_F(KeeperTest, AJournalOfAnotherFileIsKeptAside) {
    killed({"one"});
    const std::string text = bytesOf(journal_);
    ASSERT_TRUE(project::save(Project{}, file_));
    Keeper keeper(own_);
    const auto opened = keeper.open(file_, Unsaved::ask);
    ASSERT_TRUE(opened);
    EXPECT_FALSE(opened->asks);
    EXPECT_EQ(opened->project, Project{});
    ASSERT_EQ(opened->notices.size(), 2u);
    EXPECT_THAT(opened->notices[0].text(), HasSubstr("replaced by another"));
    EXPECT_EQ(bytesOf(journal_.string() + "-1"), text);
}

TEST_F(KeeperTest, AProjectIsOpenOnce) {
    Keeper first(own_), second(own_);
    ASSERT_TRUE(first.open(file_, Unsaved::ask));
    ASSERT_TRUE(second.add(SetSettings{}, {}));
    const auto opened = second.open(file_, Unsaved::ask);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::resource);
    EXPECT_THAT(opened.error().line(), HasSubstr("another Maskwright has " + quoted(file_.string()) + " open"));
    EXPECT_EQ(ownJournals(), 1u) << "what was open stays open";
    const auto saved = second.saveAs({}, file_);
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::resource);
    EXPECT_THAT(saved.error().line(), HasSubstr(quoted(file_.string())));
    EXPECT_EQ(load(file_)->project, someProject());
    first.close();
    EXPECT_TRUE(second.open(file_, Unsaved::ask));
    EXPECT_EQ(ownJournals(), 0u);
}

TEST_F(KeeperTest, OpenedAgainItIsAsItsFileIs) {
    Keeper keeper(own_);
    auto opened = keeper.open(file_, Unsaved::ask);
    ASSERT_TRUE(rename(keeper, opened->project, "given up"));
    opened = keeper.open(file_, Unsaved::ask);
    ASSERT_TRUE(opened) << opened.error().line();
    EXPECT_EQ(opened->project, someProject());
    EXPECT_EQ(opened->edits, 0u);
    Keeper second(own_);
    EXPECT_FALSE(second.open(file_, Unsaved::ask)) << "it is still held";
}

TEST_F(KeeperTest, ANewerFormatIsRefusedAndLeftAlone) {
    std::string text = bytesOf(file_);
    text.replace(text.find("\"version\": 1"), 12, "\"version\": 2");
    std::ofstream(file_, std::ios::trunc) << text;
    Keeper keeper(own_);
    EXPECT_FALSE(keeper.open(file_, Unsaved::ask));
    EXPECT_FALSE(keeper.saveAs(someProject(), file_));
    EXPECT_EQ(bytesOf(file_), text);
    EXPECT_FALSE(fs::exists(journal_));
}

TEST_F(KeeperTest, WhatAnotherProgramWroteIsNotReplacedUnasked) {
    Keeper keeper(own_);
    auto opened = keeper.open(file_, Unsaved::ask);
    ASSERT_TRUE(rename(keeper, opened->project, "mine"));
    ASSERT_TRUE(project::save(Project{}, file_));
    const auto saved = keeper.save(opened->project);
    ASSERT_FALSE(saved);
    EXPECT_THAT(saved.error().line(), HasSubstr("another program"));
    EXPECT_EQ(load(file_)->project, Project{});
    ASSERT_TRUE(keeper.saveAs(opened->project, file_));
    EXPECT_EQ(load(file_)->project.row(1, 3)->name, "mine");
    ASSERT_TRUE(keeper.save(opened->project));
}

TEST_F(KeeperTest, WithoutTheFoldersJournalTheProgramsOwnGoesOn) {
    Project project;
    {
        Keeper keeper(own_);
        std::optional<FullDisk> full(10);
        auto opened = keeper.open(file_, Unsaved::ask);
        full.reset();
        ASSERT_TRUE(opened) << opened.error().line();
        ASSERT_TRUE(rename(keeper, opened->project, "kept"));
        project = opened->project;
    }
    const auto left = leftJournals(own_);
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].name, "cats");
    Keeper keeper(own_);
    EXPECT_EQ(keeper.recover(left[0].journal)->project, project);
}

TEST_F(KeeperTest, AProjectFolderThatVanishesLosesNothing) {
    Project project;
    const fs::path away = folder_ / "away";
    {
        Keeper keeper(own_);
        auto opened = keeper.open(file_, Unsaved::ask);
        ASSERT_TRUE(rename(keeper, opened->project, "before"));
        project = opened->project;
        fs::rename(folder_ / "work", away);
        ASSERT_TRUE(keeper.sync(project)) << "also without a further edit";
        EXPECT_EQ(ownJournals(), 1u);
        ASSERT_TRUE(rename(keeper, project, "after"));
        const auto saved = keeper.save(project);
        ASSERT_FALSE(saved);
        EXPECT_EQ(saved.error().kind, ErrorKind::output);
    }
    const auto left = leftJournals(own_);
    ASSERT_EQ(left.size(), 1u);
    Keeper keeper(own_);
    EXPECT_EQ(keeper.recover(left[0].journal)->project, project);
    // Back again, it can be saved to.
    fs::rename(away, folder_ / "work");
    fs::remove(journal_);
    ASSERT_TRUE(keeper.saveAs(project, file_));
    EXPECT_EQ(ownJournals(), 0u);
}

TEST_F(KeeperTest, OnAFullDiskItSaysSoAndMakesUpForItLater) {
    const std::string before = bytesOf(file_);
    Project project;
    {
        Keeper keeper(own_);
        auto opened = keeper.open(file_, Unsaved::ask);
        project = opened->project;
        ASSERT_TRUE(rename(keeper, project, "room"));
        {
            const FullDisk full(10);
            const auto added = rename(keeper, project, "no room");
            ASSERT_FALSE(added);
            EXPECT_EQ(added.error().kind, ErrorKind::output);
            EXPECT_FALSE(rename(keeper, project, "still none"));
            EXPECT_FALSE(keeper.save(project));
            EXPECT_EQ(bytesOf(file_), before);
        }
        ASSERT_TRUE(keeper.sync(project));
        project = apply(project, AddRow{2, 0, std::make_shared<const Row>(Row{9, "new"})})->project;
        ASSERT_TRUE(keeper.add(AddRow{2, 0, std::make_shared<const Row>(Row{9, "new"})}, project));
    }
    const auto left = leftJournals(own_);
    ASSERT_EQ(left.size(), 1u);
    Keeper keeper(own_);
    EXPECT_EQ(keeper.recover(left[0].journal)->project, project);
}

TEST_F(KeeperTest, LeftJournalsAreTheNewestFirstAndEmptyOnesGo) {
    for (int i = 0; i < 3; ++i) {
        Keeper keeper(own_);
        Project project = someProject();
        project.model.name = std::to_string(i);
        ASSERT_TRUE(keeper.add(SetModel{project.model}, project));
    }
    std::vector<LeftJournal> left = leftJournals(own_);
    ASSERT_EQ(left.size(), 3u);
    for (const LeftJournal& one : left) {
        Keeper keeper(own_);
        const auto opened = keeper.recover(one.journal);
        ASSERT_TRUE(opened);
        fs::last_write_time(
            one.journal, fs::file_time_type::clock::now() + std::chrono::hours(std::stoi(opened->project.model.name)));
    }
    std::ofstream(own_ / "unsaved.00000000.maskwright-journal") << "";
    std::ofstream(own_ / "foreign.00000000.maskwright-journal") << "hello\n";
    { ASSERT_TRUE(Journal::start(own_ / "unsaved.00000001.maskwright-journal", "")); }
    left = leftJournals(own_);
    ASSERT_EQ(left.size(), 3u);
    Keeper keeper(own_);
    EXPECT_EQ(keeper.recover(left[0].journal)->project.model.name, "2");
    EXPECT_TRUE(fs::exists(own_ / "foreign.00000000.maskwright-journal"));
    EXPECT_FALSE(fs::exists(own_ / "unsaved.00000001.maskwright-journal"));
    keeper.close();
    discardJournal(left[1].journal);
    EXPECT_EQ(leftJournals(own_).size(), 1u);
}

// A project whose folder takes no journal: each end by force leaves the one in the program's own folder.
TEST_F(KeeperTest, AJournalElsewhereNamesItsProject) {
    Project project;
    for (const char* name : {"first", "second", "third"}) {
        Keeper keeper(own_);
        std::optional<FullDisk> full(10);
        auto opened = keeper.open(file_, Unsaved::ask);
        if (std::string(name) != "first") {
            ASSERT_TRUE(opened);
            EXPECT_TRUE(opened->asks) << name;
            opened = keeper.open(file_, Unsaved::recover);
        }
        full.reset();
        ASSERT_TRUE(opened) << opened.error().line();
        EXPECT_EQ(opened->path, file_);
        if (std::string(name) != "first") {
            EXPECT_EQ(opened->project, project);
        }
        ASSERT_TRUE(rename(keeper, opened->project, name));
        project = opened->project;
    }
    EXPECT_EQ(ownJournals(), 1u) << "one a project, not one an end by force";
    const auto left = leftJournals(own_, {file_});
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].name, "cats");
    EXPECT_EQ(left[0].project, file_);
    Keeper keeper(own_);
    const auto opened = keeper.open(file_, Unsaved::recover);
    ASSERT_TRUE(opened) << opened.error().line();
    EXPECT_EQ(opened->project, project);
    ASSERT_TRUE(keeper.save(opened->project));
    EXPECT_EQ(ownJournals(), 0u);
    EXPECT_EQ(load(file_)->project, project);
}

TEST_F(KeeperTest, AJournalElsewhereIsDiscardedWithItsProjects) {
    for (const bool opens : {true, false}) {
        {
            Keeper keeper(own_);
            std::optional<FullDisk> full(10);
            auto opened = keeper.open(file_, Unsaved::ask);
            full.reset();
            ASSERT_TRUE(opened);
            ASSERT_TRUE(rename(keeper, opened->project, "given up"));
        }
        ASSERT_EQ(leftJournals(own_).size(), 1u);
        if (opens) {
            Keeper keeper(own_);
            EXPECT_EQ(keeper.open(file_, Unsaved::discard)->project, someProject());
        } else {
            discardLeft(leftJournals(own_).front(), own_);
        }
        EXPECT_EQ(ownJournals(), 0u);
    }
}

// The file is another by now: it is offered by its name, as a project of its own, and opening the file does not ask.
TEST_F(KeeperTest, AJournalElsewhereOfAFileThatChangedIsAProjectOfItsOwn) {
    Project project;
    {
        Keeper keeper(own_);
        std::optional<FullDisk> full(10);
        auto opened = keeper.open(file_, Unsaved::ask);
        full.reset();
        ASSERT_TRUE(rename(keeper, opened->project, "kept"));
        project = opened->project;
    }
    Project other = someProject();
    other.model.name = "another";
    ASSERT_TRUE(project::save(other, file_));
    const auto left = leftJournals(own_);
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].name, "cats");
    EXPECT_TRUE(left[0].project.empty());
    Keeper keeper(own_);
    EXPECT_EQ(keeper.recover(left[0].journal)->project, project);
    keeper.begin();
    EXPECT_FALSE(keeper.open(file_, Unsaved::ask)->asks);
}

TEST_F(KeeperTest, WordsThatWereTypedAreNoWork) {
    const auto typed = [](const std::string& phrase) {
        Row row{40, ""};
        row.question.phrase = phrase;
        return std::make_shared<const Row>(row);
    };
    const auto type = [&](Keeper& keeper, Project project, const std::string& phrase) {
        for (std::size_t i = 1; i <= phrase.size(); ++i) {
            project.draft = typed(phrase.substr(0, i));
            ASSERT_TRUE(keeper.add(SetDraft{project.draft}, project));
        }
    };
    {
        Keeper keeper(own_);
        type(keeper, {}, "horse");
    }
    EXPECT_TRUE(leftJournals(own_).empty()) << "there was nothing but the words";
    EXPECT_EQ(ownJournals(), 0u);
    {
        Keeper keeper(own_);
        type(keeper, keeper.open(file_, Unsaved::ask)->project, "horse");
    }
    Keeper keeper(own_);
    const auto opened = keeper.open(file_, Unsaved::recover);
    EXPECT_EQ(opened->edits, 1u) << "not one a letter";
    EXPECT_EQ(opened->project.draft->question.phrase, "horse");
}

}  // namespace
}  // namespace maskwright::project
