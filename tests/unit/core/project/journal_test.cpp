#include "core/project/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
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

class JournalTest : public ::testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(folder_);
        ASSERT_TRUE(save(someProject(), file_));
    }
    void TearDown() override { fs::remove_all(folder_); }
    Loaded loaded() { return std::move(*load(file_)); }
    std::string bytes() { return *readFile(journal_, 1 << 24); }
    fs::path folder_ = fs::path(::testing::TempDir()) / ("journal" + std::to_string(::getpid()));
    fs::path file_ = folder_ / "cats.maskwright", journal_ = journalPath(file_);
};

TEST_F(JournalTest, EveryEditComesBack) {
    const Loaded start = loaded();
    History history(start.project);
    auto journal = Journal::start(journal_, start.sha256);
    ASSERT_TRUE(journal) << journal.error().line();
    AnyEdit any(3);
    for (int i = 0; i < 2'000; ++i) {
        const Edit edit = any(history);
        ASSERT_TRUE(history.edit(edit));
        ASSERT_TRUE(journal->add(edit));
        if (any.below(5) == 0) {
            if (const auto undone = history.undo()) {
                ASSERT_TRUE(journal->add(*undone));
            }
        }
    }
    { Journal closed = std::move(*journal); }
    const auto recovered = recover(journal_, start);
    ASSERT_TRUE(recovered) << recovered.error().line();
    ASSERT_TRUE(*recovered);
    EXPECT_EQ((*recovered)->lost, 0u);
    EXPECT_GT((*recovered)->edits, 2'000u);
    EXPECT_EQ(textOf((*recovered)->project, folder_), textOf(history.project(), folder_));
}

TEST_F(JournalTest, WhatWasAddedSurvivesAKill) {
    const pid_t child = ::fork();
    if (child == 0) {
        auto journal = Journal::start(journal_, loaded().sha256);
        for (int i = 0; i < 20; ++i) {
            if (!journal || !journal->add(SetRowName{1, 3, "n" + std::to_string(i)})) {
                ::_exit(1);
            }
        }
        ::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    const auto recovered = recover(journal_, loaded());
    ASSERT_TRUE(recovered && *recovered);
    EXPECT_EQ((*recovered)->project.row(1, 3)->name, "n19");
    EXPECT_EQ((*recovered)->edits, 20u);
}

TEST_F(JournalTest, ACutLineLosesItselfAlone) {
    {
        auto journal = Journal::start(journal_, loaded().sha256);
        ASSERT_TRUE(journal && journal->add(SetRowName{1, 3, "whole"}) && journal->add(SetRowName{1, 3, "cut"}));
    }
    fs::resize_file(journal_, fs::file_size(journal_) - 4);
    auto recovered = recover(journal_, loaded());
    ASSERT_TRUE(recovered && *recovered);
    EXPECT_EQ((*recovered)->project.row(1, 3)->name, "whole");
    EXPECT_EQ((*recovered)->lost, 1u);
    // Whoever goes on has a fresh line.
    auto again = Journal::resume(journal_);
    ASSERT_TRUE(again && again->add(SetRowName{1, 3, "after"}));
    EXPECT_THAT(bytes(), HasSubstr("\n{\"edit\":\"set_row_name\",\"picture\":1,\"row\":3,\"name\":\"after\"}\n"));
}

TEST_F(JournalTest, SavingBeginsItAnew) {
    auto journal = Journal::start(journal_, loaded().sha256);
    ASSERT_TRUE(journal && journal->add(SetRowName{1, 3, "saved"}));
    const Project changed = apply(loaded().project, SetRowName{1, 3, "saved"})->project;
    ASSERT_TRUE(journal->saved(changed, file_));
    EXPECT_EQ(loaded().project, changed);
    ASSERT_TRUE(journal->add(SetRowName{1, 3, "later"}));
    { Journal closed = std::move(*journal); }
    const auto recovered = recover(journal_, loaded());
    ASSERT_TRUE(recovered && *recovered);
    EXPECT_EQ((*recovered)->edits, 1u);
    EXPECT_EQ((*recovered)->project.row(1, 3)->name, "later");
}

// An end by force between the project's file and its journal, either way round.
TEST_F(JournalTest, AnEndBetweenTheTwoFilesLosesNothing) {
    const Loaded before = loaded();
    const Project changed = apply(before.project, AddRow{2, 0, std::make_shared<const Row>(Row{9, "new"})})->project;
    const std::string coming = sha256OfText(textOf(changed, folder_));
    {
        auto journal = Journal::start(journal_, before.sha256);
        ASSERT_TRUE(journal && journal->add(AddRow{2, 0, std::make_shared<const Row>(Row{9, "new"})}));
    }
    std::ofstream(journal_, std::ios::app) << "{\"saved\":\"" << coming << "\"}\n";
    const auto notYet = recover(journal_, before);
    ASSERT_TRUE(notYet && *notYet);
    EXPECT_EQ((*notYet)->project, changed);
    ASSERT_TRUE(save(changed, file_));
    const auto already = recover(journal_, loaded());
    ASSERT_TRUE(already && *already);
    EXPECT_EQ((*already)->edits, 0u);
    EXPECT_EQ((*already)->project, changed);
}

TEST_F(JournalTest, AnotherFileIsNotGoneOnFrom) {
    { ASSERT_TRUE(Journal::start(journal_, std::string(64, 'b'))); }
    const std::string before = bytes();
    const auto recovered = recover(journal_, loaded());
    ASSERT_FALSE(recovered);
    EXPECT_THAT(recovered.error().line(), HasSubstr("replaced by another"));
    EXPECT_EQ(bytes(), before);
    std::ofstream(journal_) << "{\"format\":\"maskwright journal\",\"version\":2,\"project\":\"\"}\n";
    EXPECT_FALSE(recover(journal_, loaded()));
    std::ofstream(journal_) << "hello\n";
    EXPECT_FALSE(recover(journal_, loaded()));
}

TEST_F(JournalTest, TwoProcessesDoNotShareIt) {
    auto journal = Journal::start(journal_, loaded().sha256);
    ASSERT_TRUE(journal);
    const auto second = Journal::start(journal_, "");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::resource);
    EXPECT_FALSE(recover(journal_, loaded()));
    journal->remove();
    EXPECT_FALSE(fs::exists(journal_));
    const auto none = recover(journal_, loaded());
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
}

}  // namespace
}  // namespace maskwright::project
