// Searching a folder over an engine that answers what the test says: what is found, passed over and told.
#include "ui/folder/folder_search.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <filesystem>

#include "core/image_io/image_io.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/folder/folder_masks.h"

namespace maskwright::ui {
namespace {

class FolderSearchTest : public testing::Test {
  protected:
    void SetUp() override {
        search_.phrase = "cat";
        QObject::connect(&folder_, &FolderSearch::ended, &folder_, [this] { ++ends_; });
    }
    void put(const QString& name) const {
        ASSERT_TRUE(QDir(place_.path()).mkpath(QFileInfo(place_.filePath(name)).path()));
        ASSERT_TRUE(image_io::writeImage(place_.filePath(name).toStdString(), Image(8, 4)).ok());
    }
    void write(const QString& name) const {
        QFile file(place_.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("x");
    }
    bool over() {
        return waitFor([&] {
            for (; answered_ < engine_.requests.size(); ++answered_) {
                const session::Request request = engine_.requests[answered_];
                engine_.answer(request, 0.9f);
            }
            return ends_ > 0;
        });
    }
    [[nodiscard]] QStringList names() const {
        QStringList all;
        for (const FolderEntry& entry : folder_.entries()) {
            all << entry.name;
        }
        return all;
    }
    QTemporaryDir place_;
    Search search_;
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    FolderSearch folder_{jobs_};
    std::size_t answered_ = 0;
    int ends_ = 0;
};

TEST_F(FolderSearchTest, FindsWhatLiesBelowToo) {
    for (const char* name : {"IMG_2.png", "IMG_1.png", "봄/여행 1/a.png", ".trash/b.png", "@eaDir/c.png"}) {
        put(QString::fromUtf8(name));
    }
    folder_.start(place_.path(), search_);
    EXPECT_TRUE(folder_.running());
    EXPECT_TRUE(folder_.listing());
    ASSERT_TRUE(over());
    EXPECT_EQ(names(), (QStringList{"IMG_1.png", "IMG_2.png", QString::fromUtf8("봄/여행 1/a.png")}));
    EXPECT_TRUE(folder_.notices().empty());
    for (const FolderEntry& entry : folder_.entries()) {
        EXPECT_EQ(entry.state, FolderEntry::State::done);
    }
}

// As the command line reads them: Linux allows any bytes in names.
TEST_F(FolderSearchTest, NamesThatAreNotUtf8AreRead) {
    for (const char* name : {"caf\xe9.png", "caf\xe8.png"}) {
        ASSERT_TRUE(image_io::writeImage(place_.path().toStdString() + "/" + name, Image(8, 4)).ok());
    }
    folder_.start(place_.path(), search_);
    ASSERT_TRUE(over());
    ASSERT_EQ(folder_.entries().size(), 2u);
    EXPECT_NE(folder_.entries()[0].path, folder_.entries()[1].path);
    FolderMasksJob job;
    for (const FolderEntry& entry : folder_.entries()) {
        EXPECT_EQ(entry.state, FolderEntry::State::done);
        job.pictures << entry.path;
    }
    job.root = place_.path();
    job.folder = place_.filePath("masks");
    const batch::Plan plan = planOf(job);
    EXPECT_EQ(plan.inputs, (std::vector{place_.path().toStdString() + "/caf\xe8.png",
                                        place_.path().toStdString() + "/caf\xe9.png"}));
    for (const std::string& file : plan.inputs) {
        EXPECT_TRUE(std::filesystem::remove(file)) << "which QTemporaryDir cannot";
    }
}

TEST_F(FolderSearchTest, WhatCannotBeReadIsAnEntryAndWhatIsPassedOverIsTold) {
    put("a.png");
    write("b.jpg");
    write("c.NEF");
    ASSERT_TRUE(QFile::link("/nowhere/at all", place_.filePath("album")));
    ASSERT_TRUE(QFile::link(".", place_.filePath("round")));
    folder_.start(place_.path(), search_);
    ASSERT_TRUE(over());
    EXPECT_EQ(names(), (QStringList{"a.png", "b.jpg", "album"}));
    EXPECT_EQ(folder_.entries()[1].state, FolderEntry::State::failed);
    EXPECT_EQ(folder_.entries()[2].state, FolderEntry::State::failed);
    EXPECT_FALSE(folder_.entries()[2].picture);
    EXPECT_EQ(folder_.finished(), 3);
    ASSERT_EQ(folder_.notices().size(), 2u);
    EXPECT_NE(folder_.notices()[0].line().find("1 .nef"), std::string::npos);
    EXPECT_NE(folder_.notices()[1].line().find("round"), std::string::npos);
}

TEST_F(FolderSearchTest, WarningsAboutAFileAreItsEntrys) {
    put("a.png");
    QFile fixture(test::sourceFile("tests/unit/core/image_io/fixtures/turn1.jpg"));
    ASSERT_TRUE(fixture.open(QIODevice::ReadOnly));
    QFile file(place_.filePath("b.jpg"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(fixture.readAll().chopped(2));  // its end marker: all pixels are there
    file.close();
    folder_.start(place_.path(), search_);
    ASSERT_TRUE(over());
    EXPECT_TRUE(folder_.entries()[0].warnings.empty());
    EXPECT_EQ(folder_.entries()[1].state, FolderEntry::State::done);
    ASSERT_EQ(folder_.entries()[1].warnings.size(), 1u);
    EXPECT_NE(folder_.entries()[1].warnings[0].text().find("b.jpg has no end marker"), std::string::npos);
}

TEST_F(FolderSearchTest, AFolderWithoutAPictureSaysWhatItHas) {
    write("c.NEF");
    folder_.start(place_.path(), search_);
    ASSERT_TRUE(waitFor([&] { return ends_ > 0; }));
    EXPECT_TRUE(folder_.entries().empty());
    EXPECT_FALSE(folder_.running());
    ASSERT_EQ(folder_.notices().size(), 1u);
    EXPECT_NE(folder_.notices()[0].line().find("1 .nef"), std::string::npos);
}

TEST_F(FolderSearchTest, AStopWhileItLooksBringsNothingLater) {
    put("a.png");
    folder_.start(place_.path(), search_);
    folder_.cancel();
    EXPECT_EQ(ends_, 1);
    EXPECT_FALSE(folder_.running());
    EXPECT_FALSE(folder_.listing());
    put("b/c.png");
    folder_.start(place_.filePath("b"), search_);
    ends_ = 0;
    ASSERT_TRUE(over());
    EXPECT_EQ(names(), QStringList{"c.png"});
}

}  // namespace
}  // namespace maskwright::ui
