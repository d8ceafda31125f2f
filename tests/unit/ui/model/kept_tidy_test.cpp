#include "ui/model/kept_tidy.h"

#include <gtest/gtest.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "core/project/format.h"
#include "core/project/journal.h"
#include "ui/model/kept_pictures.h"

namespace maskwright::ui {
namespace {

constexpr int kDays = 30;

class KeptTidy : public ::testing::Test {
  protected:
    void SetUp() override {
        before_ = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        ASSERT_TRUE(QDir().mkpath(keptFolder()));
        ASSERT_TRUE(QDir().mkpath(journals()));
        tidyKept(journals(), kDays);  // the record begins,
        QFile record(QDir(keptFolder()).filePath("named.jsonl"));
        ASSERT_TRUE(record.open(QIODevice::WriteOnly));
        record.write("{\"since\":1000}\n");  // long ago
    }
    void TearDown() override { before_.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before_); }
    [[nodiscard]] QString journals() const { return home_.filePath("journals"); }

    // A picture of a shade of its own, that was kept so many days ago.
    static project::PictureFile kept(int shade, int days) {
        QImage image(4, 3, QImage::Format_RGB32);
        image.fill(QColor(shade, shade, shade));
        const auto file = keepPixels(image);
        EXPECT_TRUE(file.ok());
        QFile touched(QString::fromStdString(file->path));
        EXPECT_TRUE(touched.open(QIODevice::ReadWrite));
        touched.setFileTime(QDateTime::currentDateTime().addDays(-days), QFileDevice::FileModificationTime);
        return *file;
    }
    static bool there(const project::PictureFile& file) { return QFile::exists(QString::fromStdString(file.path)); }
    static project::Project naming(const project::PictureFile& file) {
        project::Project project;
        project.pictures = {std::make_shared<const project::Picture>(project::Picture{1, file, {}})};
        return project;
    }
    // Saved and noted.
    std::string saved(const char* name, const project::Project& project) {
        const std::string path = home_.filePath(name).toStdString();
        EXPECT_TRUE(project::save(project, path).ok());
        noteKept(QString::fromStdString(path), project);
        return path;
    }
    const QTemporaryDir home_;
    QByteArray before_;
};

TEST_F(KeptTidy, WhatNothingNamesGoesAfterSomeDays) {
    const auto old = kept(1, kDays + 1), fresh = kept(2, kDays - 1);
    EXPECT_EQ(tidyKept(journals(), kDays), 1);
    EXPECT_FALSE(there(old));
    EXPECT_TRUE(there(fresh));
}

TEST_F(KeptTidy, WhatAProjectNamesStaysUntilItNamesItNoMore) {
    const auto picture = kept(1, 400), example = kept(2, 400);
    project::Project project = naming(picture);
    auto marked = std::make_shared<project::Example>();
    marked->id = 3;
    marked->picture = example;
    marked->region = std::make_shared<const Runs>(Runs{4, 3, {0, 12}});
    auto row = std::make_shared<project::Row>(project::Row{2});
    row->examples = {marked};
    auto with = std::make_shared<project::Picture>(*project.pictures[0]);
    with->rows = {row};
    project.pictures = {with};
    const std::string path = saved("cats.maskwright", project);
    EXPECT_EQ(tidyKept(journals(), kDays), 0);
    saved("cats.maskwright", naming(picture));
    EXPECT_EQ(tidyKept(journals(), kDays), 1);
    EXPECT_FALSE(there(example));
    // It may be on a disk that is not here now.
    ASSERT_TRUE(QFile::rename(QString::fromStdString(path), home_.filePath("away")));
    EXPECT_EQ(tidyKept(journals(), kDays), 0);
    EXPECT_TRUE(there(picture));
}

TEST_F(KeptTidy, WhatAJournalNamesStays) {
    const auto first = kept(1, 400), second = kept(2, 400);
    const auto addedTo = [](const std::filesystem::path& path, const project::PictureFile& file) {
        auto journal = project::Journal::start(path, "");
        ASSERT_TRUE(journal.ok());
        const auto picture = std::make_shared<const project::Picture>(project::Picture{7, file, {}});
        ASSERT_TRUE(journal->add(project::AddPicture{0, picture}).ok());
    };
    addedTo((journals() + "/left.maskwright-journal").toStdString(), first);
    const std::string project = saved("cats.maskwright", naming(kept(3, 1)));
    addedTo(project::journalPath(project), second);
    EXPECT_EQ(tidyKept(journals(), kDays), 0);
    EXPECT_TRUE(there(first));
    EXPECT_TRUE(there(second));
}

TEST_F(KeptTidy, WhatIsOlderThanTheRecordStays) {
    const auto old = kept(1, 400);
    ASSERT_TRUE(QFile::remove(QDir(keptFolder()).filePath("named.jsonl")));
    EXPECT_EQ(tidyKept(journals(), kDays), 0);
    EXPECT_EQ(tidyKept(journals(), kDays), 0) << "the record begins now";
    EXPECT_TRUE(there(old));
}

TEST_F(KeptTidy, WhatIsPastedAgainIsFresh) {
    const auto file = kept(1, 400);
    QImage image(4, 3, QImage::Format_RGB32);
    image.fill(QColor(1, 1, 1));
    ASSERT_EQ(keepPixels(image)->path, file.path);
    EXPECT_EQ(tidyKept(journals(), kDays), 0);
    EXPECT_TRUE(there(file));
}

}  // namespace
}  // namespace maskwright::ui
