// An export over an engine that answers what the test says.
#include "ui/folder/export_run.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class ExportRunTest : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"a.png", "b.png"}) {
            const std::string path = pictures_.filePath(name).toStdString();
            ASSERT_TRUE(image_io::writeImage(path, Image(8, 4)).ok());
            project::Picture picture{++id_, {path, *sha256File(path), 1, 8, 4}, {}};
            for (const char* phrase : {"cat", "dog"}) {
                project::Row row;
                row.id = ++id_;
                row.question.phrase = phrase;
                picture.rows.push_back(std::make_shared<const project::Row>(row));
            }
            source_.project.pictures.push_back(std::make_shared<const project::Picture>(picture));
        }
        choice_.allPictures = true;
        choice_.folder = out_.filePath("new");
        QObject::connect(&run_, &ExportRun::ended, &run_, [this](const std::optional<Error>& error) {
            ended_ = true;
            error_ = error;
        });
    }
    void start() {
        ended_ = false;
        auto plan = planExport(choice_, source_);
        ASSERT_TRUE(plan) << plan.error().line();
        run_.start(std::move(*plan));
    }
    // Answers everything until the run ends.
    bool over(float inside = 0.9f) {
        return waitFor([&] {
            for (; answered_ < engine_.requests.size(); ++answered_) {
                const session::Request request = engine_.requests[answered_];
                engine_.answer(request, inside);
            }
            return ended_;
        });
    }
    project::Id id_ = 0;
    QTemporaryDir pictures_, out_;
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    ExportSource source_;
    ExportChoice choice_;
    ExportRun run_{jobs_};
    bool ended_ = false;
    std::optional<Error> error_;
    std::size_t answered_ = 0;
};

TEST_F(ExportRunTest, EachRowBecomesAFile) {
    start();
    EXPECT_TRUE(run_.running());
    ASSERT_TRUE(over());
    EXPECT_FALSE(error_);
    EXPECT_EQ(run_.written(), 4u);
    EXPECT_EQ(run_.finished(), 2u);
    EXPECT_TRUE(run_.problems().empty());
    for (const char* name : {"new/a-cat.png", "new/a-dog.png", "new/b-cat.png", "new/b-dog.png"}) {
        EXPECT_TRUE(QFileInfo::exists(out_.filePath(name))) << name;
    }
}

TEST_F(ExportRunTest, WhatIsNotFoundIsLeftOutAndCounted) {
    start();
    ASSERT_TRUE(over(0.01f));
    EXPECT_TRUE(run_.problems().empty());
    EXPECT_EQ(run_.leftOut(), 4u);
    EXPECT_EQ(run_.written(), 0u);
    EXPECT_FALSE(QFileInfo::exists(out_.filePath("new/a-cat.png")));
    choice_.what = {output::Kind::mask, output::Format::coco};
    start();
    ASSERT_TRUE(over(0.01f));
    EXPECT_EQ(run_.leftOut(), 4u) << "the file has the pictures without them";
    EXPECT_EQ(run_.written(), 1u);
}

TEST_F(ExportRunTest, WhatFailsAndWhatIsEmptyIsSaid) {
    ASSERT_TRUE(QFile::remove(pictures_.filePath("a.png")));
    choice_.keepEmpty = true;
    start();
    ASSERT_TRUE(over(0.01f));
    ASSERT_EQ(run_.problems().size(), 3u);
    EXPECT_EQ(run_.problems()[0].picture, "a.png");
    EXPECT_TRUE(run_.problems()[0].error);
    EXPECT_EQ(run_.failures(), 1u);
    EXPECT_EQ(run_.problems()[1].row, "cat");
    EXPECT_TRUE(run_.problems()[1].empty);
    EXPECT_EQ(run_.written(), 2u);
}

TEST_F(ExportRunTest, OfOneFileForAllTheresOne) {
    choice_.what = {output::Kind::mask, output::Format::coco};
    start();
    ASSERT_TRUE(over());
    EXPECT_EQ(run_.written(), 1u);
    EXPECT_TRUE(QFileInfo::exists(out_.filePath("new/annotations.json")));
}

TEST_F(ExportRunTest, OnlyWhatIsThereCountsAsWritten) {
    ASSERT_TRUE(QFile::remove(pictures_.filePath("a.png")));
    choice_.what = {output::Kind::mask, output::Format::yolo};
    choice_.folder = out_.filePath("yolo");
    start();
    ASSERT_TRUE(over());
    EXPECT_EQ(run_.format(), output::Format::yolo);
    EXPECT_EQ(run_.written(), 2u) << "data.yaml and the text of one picture";
    EXPECT_FALSE(QFileInfo::exists(out_.filePath("yolo/labels/a.txt")));
    EXPECT_TRUE(QFileInfo::exists(out_.filePath("yolo/labels/b.txt")));
    choice_.what = {output::Kind::mask, output::Format::labelme};
    choice_.folder = out_.filePath("labelme");
    start();
    ASSERT_TRUE(over());
    EXPECT_EQ(run_.written(), 1u);
    ASSERT_TRUE(QFile::remove(pictures_.filePath("b.png")));
    choice_.what = {output::Kind::mask, output::Format::yolo};
    choice_.folder = out_.filePath("none");
    start();
    ASSERT_TRUE(over());
    EXPECT_EQ(run_.written(), 1u) << "data.yaml alone";
}

TEST_F(ExportRunTest, AStoppedOneLeavesNoHalfFile) {
    choice_.what = {output::Kind::mask, output::Format::coco};
    start();
    ASSERT_TRUE(waitFor([&] { return !engine_.requests.empty(); }));
    run_.cancel();
    ASSERT_TRUE(waitFor([&] { return ended_; }));
    ASSERT_TRUE(error_);
    EXPECT_EQ(error_->kind, ErrorKind::cancelled);
    EXPECT_EQ(run_.written(), 0u);
    EXPECT_FALSE(QFileInfo::exists(out_.filePath("new/annotations.json")));
}

TEST_F(ExportRunTest, WithoutAModelObjectsGoOn) {
    auto first = *source_.project.pictures[0];
    project::Row object = *first.rows[0];
    object.question = {};
    object.name = "thing";
    Mask mask(8, 4);
    mask.at(2, 2) = 255;
    object.object = std::make_shared<const Runs>(runsFromMask(mask));
    first.rows[0] = std::make_shared<const project::Row>(object);
    source_.project.pictures[0] = std::make_shared<const project::Picture>(first);
    start();
    ASSERT_TRUE(waitFor([&] { return !engine_.requests.empty(); }));
    engine_.fail({ErrorKind::weights, "the model is broken", ""}, false);
    ASSERT_TRUE(waitFor([&] { return ended_; }));
    EXPECT_EQ(run_.failures(), 3u);
    EXPECT_EQ(run_.written(), 1u);
    EXPECT_TRUE(QFileInfo::exists(out_.filePath("new/a-thing.png")));
}

}  // namespace
}  // namespace maskwright::ui
