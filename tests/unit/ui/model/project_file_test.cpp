#include "ui/model/project_file.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <memory>

#include "tests/support/event_loop.h"
#include "tests/unit/core/project/some_project.h"

namespace maskwright::ui {
namespace {

using project::Project;

class ProjectFileTest : public testing::Test {
  protected:
    void SetUp() override { start(); }
    void start() {
        file_ = std::make_unique<ProjectFile>(own());
        opened_.reset();
        found_.reset();
        error_.reset();
        saved_.clear();
        QObject::connect(file_.get(), &ProjectFile::opened, [this](const auto& opened) { opened_ = opened; });
        QObject::connect(file_.get(), &ProjectFile::unsavedFound, [this](const auto& found) { found_ = found; });
        QObject::connect(file_.get(), &ProjectFile::failed, [this](const Error& error) { error_ = error; });
        QObject::connect(file_.get(), &ProjectFile::saved, [this](bool latest) { saved_.push_back(latest); });
        QObject::connect(file_.get(), &ProjectFile::leftFound, [this](const auto& left) { left_ = left; });
    }
    [[nodiscard]] QString own() const { return folder_.filePath("own"); }
    [[nodiscard]] QString path() const { return folder_.filePath("cats.maskwright"); }
    [[nodiscard]] QStringList journals() const { return QDir(own()).entryList(QDir::Files); }
    void rename(const std::string& name) {
        const project::Edit edit = project::SetRowName{1, 3, name};
        project_ = project::apply(project_, edit)->project;
        file_->add(edit, project_);
    }
    void saveAs() {
        const std::size_t before = saved_.size();
        file_->saveAs(project_, folder_.filePath("cats"));
        ASSERT_TRUE(waitFor([&] { return saved_.size() > before; }));
    }
    void open(project::Unsaved unsaved = project::Unsaved::ask) {
        file_->open(path(), unsaved);
        ASSERT_TRUE(waitFor([&] { return !file_->busy(); }));
    }
    QTemporaryDir folder_;
    Project project_ = project::someProject();
    std::unique_ptr<ProjectFile> file_;
    std::optional<project::Opened> opened_, found_;
    std::optional<Error> error_;
    std::vector<bool> saved_;
    std::vector<project::LeftJournal> left_;
};

TEST_F(ProjectFileTest, SavedUnderANameItIsOpenedAgain) {
    EXPECT_TRUE(file_->path().isEmpty());
    EXPECT_TRUE(file_->name().isEmpty());
    saveAs();
    EXPECT_EQ(file_->path(), path());
    EXPECT_EQ(file_->name(), "cats");
    rename("later");
    file_->save(project_);
    ASSERT_TRUE(waitFor([&] { return saved_.size() == 2; }));
    file_->close();
    EXPECT_EQ(QDir(folder_.path()).entryList(QDir::Files), QStringList("cats.maskwright"));
    start();
    open();
    ASSERT_TRUE(opened_);
    EXPECT_EQ(opened_->project.pictures.size(), 2u);
    EXPECT_EQ(opened_->project.row(1, 3)->name, "later");
    EXPECT_EQ(file_->name(), "cats");
}

TEST_F(ProjectFileTest, WhatIsAddedWhileItIsSavedIsNotSaid) {
    saveAs();
    file_->save(project_);
    rename("meanwhile");
    ASSERT_TRUE(waitFor([&] { return saved_.size() == 2; }));
    EXPECT_TRUE(saved_[0]);
    EXPECT_FALSE(saved_[1]) << "the last edit is in no file";
    file_.reset();
    start();
    open();
    ASSERT_TRUE(found_);
    EXPECT_EQ(found_->edits, 1u);
    EXPECT_FALSE(opened_);
    open(project::Unsaved::recover);
    ASSERT_TRUE(opened_);
    EXPECT_EQ(opened_->project.row(1, 3)->name, "meanwhile");
}

TEST_F(ProjectFileTest, WhatWasNeverSavedIsLeftForTheNextStart) {
    rename("never saved");
    file_.reset();
    EXPECT_EQ(journals().size(), 1);
    start();
    file_->lookForLeft({});
    ASSERT_TRUE(waitFor([&] { return !left_.empty(); }));
    file_->recover(QString::fromStdString(left_[0].journal.string()));
    ASSERT_TRUE(waitFor([&] { return opened_.has_value(); }));
    EXPECT_EQ(opened_->project.row(1, 3)->name, "never saved");
    EXPECT_TRUE(file_->path().isEmpty());
    saveAs();
    EXPECT_TRUE(journals().isEmpty());
}

TEST_F(ProjectFileTest, WhatIsDiscardedIsNotLeft) {
    rename("given up");
    file_.reset();
    start();
    file_->lookForLeft({});
    ASSERT_TRUE(waitFor([&] { return !left_.empty(); }));
    file_->discard(left_[0]);
    EXPECT_TRUE(waitFor([&] { return journals().isEmpty(); }));
}

TEST_F(ProjectFileTest, WhatCannotBeOpenedLeavesWhatIs) {
    rename("mine");
    QFile damaged(path());
    ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
    damaged.write("{}");
    damaged.close();
    open();
    ASSERT_TRUE(error_);
    EXPECT_FALSE(opened_);
    EXPECT_EQ(journals().size(), 1);
    rename("still mine");
    file_.reset();
    EXPECT_EQ(project::leftJournals(own().toStdString())[0].edits, 2u);
}

// Typed while another project is being read: it belongs to neither.
TEST_F(ProjectFileTest, AnEditWhileAnotherIsOpenedDoesNotGetIntoIt) {
    saveAs();
    file_->close();
    start();
    file_->open(path());
    file_->add(project::SetModel{}, Project{});
    ASSERT_TRUE(waitFor([&] { return opened_.has_value(); }));
    file_.reset();
    start();
    open();
    EXPECT_FALSE(found_);
    EXPECT_TRUE(opened_);
}

TEST_F(ProjectFileTest, AJournalThatCannotBeWrittenIsSaidOnce) {
    QFile inTheWay(own());
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    QSignalSpy notKept(file_.get(), &ProjectFile::notKept);
    rename("one");
    rename("two");
    ASSERT_TRUE(waitFor([&] { return notKept.count() > 0; }));
    rename("three");
    inTheWay.remove();
    rename("four");
    ASSERT_TRUE(waitFor([&] { return journals().size() == 1; })) << "it makes up for what it could not write";
    EXPECT_EQ(notKept.count(), 1);
    file_.reset();
    start();
    file_->recover(QDir(own()).filePath(journals()[0]));
    ASSERT_TRUE(waitFor([&] { return opened_.has_value(); }));
    EXPECT_EQ(opened_->project.row(1, 3)->name, "four");
}

TEST_F(ProjectFileTest, TheModelInUseGoesIntoWhatIsSaved) {
    QDir().mkpath(folder_.filePath("model"));
    QFile weights(folder_.filePath("model/model.safetensors"));
    ASSERT_TRUE(weights.open(QIODevice::WriteOnly));
    weights.write("weights");
    weights.close();
    file_->setModel({"mine", "", ""}, folder_.filePath("model"));
    saveAs();
    rename("later");
    file_.reset();
    const auto loaded = project::load(path().toStdString());
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->project.model.name, "mine");
    EXPECT_EQ(loaded->project.model.sha256.size(), 64u);
    EXPECT_EQ(loaded->project.row(1, 3)->name, project::someProject().row(1, 3)->name);
    start();
    open();
    EXPECT_EQ(found_->edits, 1u) << "the name alone";
}

}  // namespace
}  // namespace maskwright::ui
