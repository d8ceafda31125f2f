// The masks of a folder over an engine that answers what the test says: names, lines, stopping, ending.
#include "ui/folder/folder_masks.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <algorithm>
#include <set>

#include "core/batch/journal.h"
#include "core/image_io/image_io.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

std::vector<std::string> targets(const QStringList& pictures, output::Kind kind) {
    FolderMasksJob job;
    job.pictures = pictures;
    job.folder = "/out";
    job.kind = kind;
    std::vector<std::string> all;
    for (const auto& row : planOf(job).outputs) {
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

TEST(FolderMasksPlan, EachPictureHasAFileOfItsOwn) {
    // What meets says its ending; the work goes by the names' bytes.
    EXPECT_EQ(targets({"/a/cat.png", "/a/cat.jpg", "/a/cat-jpg.png", "/a/Dog.webp"}, output::Kind::mask),
              (std::vector<std::string>{"/out/Dog-mask.png", "/out/cat-jpg-png-mask.png", "/out/cat-jpg-mask.png",
                                        "/out/cat-png-mask.png"}));
    QStringList many;
    for (int i = 0; i < 6; ++i) {
        many << QStringLiteral("/%1/x.png").arg(i);
    }
    const auto numbered = targets(many, output::Kind::cutout);
    EXPECT_EQ(std::set<std::string>(numbered.begin(), numbered.end()).size(), 6u);
}

class FolderMasksTest : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {"a.png", "b.png", "c.png"}) {
            Image image(8, 4);
            ASSERT_TRUE(image_io::writeImage(pictures_.filePath(name).toStdString(), image).ok());
            job_.pictures << pictures_.filePath(name);
        }
        job_.folder = masks_.path();
        job_.search.phrase = " cat ";
        make();
    }
    void make() {
        folder_ = std::make_unique<FolderMasks>(jobs_);
        QObject::connect(folder_.get(), &FolderMasks::ended, folder_.get(), [this](bool cancelled) {
            ++ends_;
            cancelled_ = cancelled;
        });
    }
    // Starts, opens the model, and leaves the first picture with the engine.
    void begin() {
        folder_->start(job_);
        ASSERT_TRUE(asked(1));
        ASSERT_EQ(engine_.requests.back().image, nullptr) << "the model, before any picture";
        engine_.answer();
        ASSERT_TRUE(asked(2));
    }
    bool asked(std::size_t count) {
        return waitFor([&] { return engine_.requests.size() >= count; });
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
    [[nodiscard]] QStringList files() const { return QDir(masks_.path()).entryList({"*.png"}, QDir::Files); }
    [[nodiscard]] std::vector<std::string> outcomes() const {
        std::vector<std::string> all;
        if (const auto journal = batch::readJournal(masks_.filePath("maskwright-journal.jsonl").toStdString())) {
            for (const batch::JournalLine& line : journal->lines) {
                all.push_back(line.input + " " + line.outcome);
            }
        }
        return all;
    }
    QTemporaryDir pictures_, masks_;
    FolderMasksJob job_;
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    std::unique_ptr<FolderMasks> folder_;
    std::size_t answered_ = 0;
    int ends_ = 0;
    bool cancelled_ = false;
};

TEST_F(FolderMasksTest, EveryPictureIsAFileALineAndAJournalsLine) {
    QSignalSpy changed(folder_.get(), &FolderMasks::changed);
    folder_->start(job_);
    EXPECT_TRUE(folder_->running());
    ASSERT_TRUE(over());
    EXPECT_FALSE(folder_->running());
    EXPECT_FALSE(cancelled_);
    EXPECT_EQ(files(), (QStringList{"a-mask.png", "b-mask.png", "c-mask.png"}));
    EXPECT_EQ(outcomes(), (std::vector<std::string>{"a.png done", "b.png done", "c.png done"}));
    EXPECT_EQ(folder_->saved(), 3);
    EXPECT_EQ(folder_->failed(), 0);
    EXPECT_GE(changed.count(), 3);
    const FolderMasksLine& line = folder_->lines()[1];
    EXPECT_EQ(line.mask, masks_.filePath("b-mask.png"));
    EXPECT_FLOAT_EQ(float(line.presence), 0.9f);
    EXPECT_DOUBLE_EQ(line.area, 0.5);
    EXPECT_EQ(engine_.requests[1].prompts.at(0).phrase, "cat");
    EXPECT_TRUE(engine_.requests[1].refine);
}

// The journal says where in the folder a picture lies, the report what in it could not be read, a line each.
TEST_F(FolderMasksTest, AFolderWithAllThatIsInIt) {
    ASSERT_TRUE(QDir(pictures_.path()).mkpath("2024/봄"));
    const QString odd = pictures_.filePath("2024/봄/a\nb.png");
    ASSERT_TRUE(QFile::copy(job_.pictures[0], odd));
    job_.pictures << odd;
    job_.root = pictures_.path();
    job_.bad.emplace_back(pictures_.filePath("closed"), Error{ErrorKind::input, "it is closed", ""});
    folder_->start(job_);
    EXPECT_EQ(folder_->finished(), 1) << "nothing more will come of that one";
    ASSERT_TRUE(over());
    EXPECT_EQ(files(), (QStringList{"2024-봄-a\nb-mask.png", "a-mask.png", "b-mask.png", "c-mask.png"}));
    EXPECT_EQ(outcomes(),
              (std::vector<std::string>{"2024/봄/a\nb.png done", "a.png done", "b.png done", "c.png done"}));
    EXPECT_EQ(folder_->failed(), 1);
    EXPECT_EQ(folder_->saved(), 4);
    const QStringList lines = folder_->report().trimmed().split('\n');
    ASSERT_EQ(lines.size(), 6) << "the heading and a line each";
    EXPECT_TRUE(lines[4].contains("a\\x0ab.png")) << lines[4].toStdString();
    EXPECT_TRUE(lines[5].contains("closed,,,,")) << lines[5].toStdString();
}

TEST_F(FolderMasksTest, APictureThatFailsIsALineAndNoStop) {
    QFile broken(job_.pictures[1]);
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
    broken.close();
    begin();
    engine_.fail({ErrorKind::resource, "the first is too large", ""});
    answered_ = 2;
    ASSERT_TRUE(over());
    EXPECT_EQ(files(), QStringList{"c-mask.png"});
    EXPECT_EQ(folder_->failed(), 2);
    EXPECT_EQ(folder_->lines()[0].error->what.text(), "the first is too large");
    EXPECT_EQ(folder_->lines()[1].error->kind, ErrorKind::input);
    EXPECT_LT(folder_->lines()[1].presence, 0) << "nothing is known of it";
    EXPECT_EQ(outcomes(), (std::vector<std::string>{"a.png failed", "b.png failed", "c.png done"}));
}

TEST_F(FolderMasksTest, WhatWasFoundIsInTheReportAlsoWhereItCannotBeWritten) {
    ASSERT_TRUE(QDir(masks_.path()).mkdir("a-mask.png"));
    job_.existing = batch::Existing::replace;
    folder_->start(job_);
    ASSERT_TRUE(over());
    const FolderMasksLine& line = folder_->lines()[0];
    ASSERT_TRUE(line.error.has_value());
    EXPECT_EQ(line.error->kind, ErrorKind::output);
    EXPECT_TRUE(line.mask.isEmpty());
    EXPECT_FLOAT_EQ(float(line.presence), 0.9f);
    EXPECT_DOUBLE_EQ(line.area, 0.5);
    EXPECT_EQ(folder_->saved(), 2);
}

TEST_F(FolderMasksTest, AModelThatDoesNotOpenIsWrongWithEveryPicture) {
    folder_->start(job_);
    ASSERT_TRUE(asked(1));
    engine_.fail({ErrorKind::weights, "the model is broken", ""});
    ASSERT_TRUE(waitFor([&] { return ends_ > 0; }));
    EXPECT_FALSE(cancelled_);
    EXPECT_EQ(folder_->failed(), 3);
    EXPECT_EQ(folder_->finished(), 3);
    EXPECT_FALSE(folder_->problem().has_value()) << "each line says it";
    EXPECT_EQ(folder_->report().count("the model is broken", Qt::CaseInsensitive), 3);
    EXPECT_EQ(engine_.requests.size(), 1u) << "asked once";
}

TEST_F(FolderMasksTest, WhatIsAskedOfAModelThatCannotIsSaidOfEveryPicture) {
    begin();
    engine_.fail({ErrorKind::usage, "this model cannot", ""});
    ASSERT_TRUE(waitFor([&] { return ends_ > 0; }));
    EXPECT_EQ(folder_->failed(), 3);
}

TEST_F(FolderMasksTest, AJournalThatCannotBeOpenedKeepsNoMaskBack) {
    ASSERT_TRUE(QDir(masks_.path()).mkdir("maskwright-journal.jsonl"));
    folder_->start(job_);
    ASSERT_TRUE(over());
    EXPECT_FALSE(cancelled_);
    EXPECT_EQ(folder_->saved(), 3);
    EXPECT_EQ(folder_->failed(), 0);
    ASSERT_TRUE(folder_->problem().has_value());
    EXPECT_EQ(folder_->problem()->kind, ErrorKind::output);
}

// The pictures are not to blame: their masks are there.
TEST_F(FolderMasksTest, AJournalOnAFullDiskIsTheJobsProblem) {
    ASSERT_TRUE(QFile::link("/dev/full", masks_.filePath("maskwright-journal.jsonl")));
    folder_->start(job_);
    ASSERT_TRUE(over());
    EXPECT_EQ(folder_->saved(), 3);
    EXPECT_EQ(folder_->failed(), 0);
    ASSERT_TRUE(folder_->problem().has_value());
    EXPECT_EQ(folder_->problem()->kind, ErrorKind::output);
}

TEST_F(FolderMasksTest, AFolderIsFinishedWithTheModelItWasBegunWith) {
    preview_.setModel("first");
    const std::size_t previews = engine_.requests.size();
    engine_.answer();
    answered_ = previews;
    folder_->start(job_);
    ASSERT_TRUE(asked(previews + 1));
    engine_.answer(engine_.requests.back(), 0.9f);
    preview_.setModel("second");
    ASSERT_TRUE(over());
    EXPECT_EQ(folder_->saved(), 3);
    int jobs = 0;
    for (const session::Request& request : engine_.requests) {
        if (request.ticket.lane == session::Lane::jobs) {
            ++jobs;
            EXPECT_EQ(request.engine.model, "first");
        }
    }
    EXPECT_EQ(jobs, 4);
}

TEST_F(FolderMasksTest, AStopDuringAPictureEndsAtOnceAndTheEngineNeedNotFinishIt) {
    begin();
    const session::Request picture = engine_.requests.back();
    folder_->cancel();
    EXPECT_TRUE(folder_->stopping());
    folder_->cancel();
    ASSERT_TRUE(waitFor([&] { return ends_ > 0; })) << "nobody has answered";
    EXPECT_TRUE(cancelled_);
    EXPECT_EQ(ends_, 1);
    EXPECT_NE(std::find(engine_.dropped.begin(), engine_.dropped.end(), picture.ticket), engine_.dropped.end());
    EXPECT_FALSE(jobs_.busy());
    engine_.answer(picture, 0.9f);  // was on its way
    QCoreApplication::processEvents();
    EXPECT_TRUE(files().isEmpty());
    EXPECT_EQ(folder_->report().count('\n'), 1) << "only the heading";
}

TEST_F(FolderMasksTest, AStopBeforeTheQuestionIsAskedAsksNothing) {
    folder_->start(job_);
    folder_->cancel();
    ASSERT_TRUE(waitFor([&] { return ends_ > 0; }));
    EXPECT_TRUE(cancelled_);
    QCoreApplication::processEvents();
    EXPECT_FALSE(jobs_.busy());
}

// The answer has come, its mask may be anywhere on its way to the disk: whatever is in the folder is in the report.
TEST_F(FolderMasksTest, AMaskThatIsBeingWrittenAtTheStopIsInTheReport) {
    begin();
    engine_.answer();
    folder_->cancel();
    ASSERT_TRUE(waitFor([&] { return ends_ > 0; }));
    QStringList reported;
    for (const FolderMasksLine& line : folder_->lines()) {
        if (!line.mask.isEmpty()) {
            EXPECT_TRUE(line.settled);
            reported << QFileInfo(line.mask).fileName();
        }
    }
    EXPECT_EQ(files(), reported);
    EXPECT_EQ(files().size(), 1) << "an answer that was there before the stop is used";
    EXPECT_EQ(outcomes().size(), std::size_t(reported.size()));
}

TEST_F(FolderMasksTest, ItMayGoAwayAtAnyTime) {
    folder_->start(job_);
    folder_.reset();  // before the question is asked
    make();
    QCoreApplication::processEvents();
    EXPECT_FALSE(jobs_.busy());
    engine_.requests.clear();
    begin();
    const session::Request picture = engine_.requests.back();
    folder_.reset();  // while the engine works
    EXPECT_FALSE(jobs_.busy()) << "nobody waits for the answer";
    engine_.answer(picture, 0.9f);
    make();
    engine_.requests.clear();
    begin();
    engine_.answer();
    folder_.reset();  // while the mask is written
    QCoreApplication::processEvents();
    EXPECT_FALSE(jobs_.busy());
    EXPECT_EQ(ends_, 0);
}

TEST_F(FolderMasksTest, ANewJobEndsTheOldOneFirst) {
    begin();
    engine_.answer();
    FolderMasksJob other = job_;
    other.kind = output::Kind::cutout;
    folder_->start(other);
    EXPECT_EQ(ends_, 1);
    EXPECT_TRUE(cancelled_);
    EXPECT_TRUE(folder_->running());
    EXPECT_FALSE(folder_->stopping());
    ends_ = 0;
    answered_ = engine_.requests.size();
    ASSERT_TRUE(over());
    EXPECT_FALSE(cancelled_);
    EXPECT_EQ(folder_->saved(), 3);
    EXPECT_TRUE(files().contains("c-cutout.png"));
}

TEST_F(FolderMasksTest, WhatIsThereIsLeftAlone) {
    QFile mine(masks_.filePath("b-mask.png"));
    ASSERT_TRUE(mine.open(QIODevice::WriteOnly));
    mine.write("mine");
    mine.close();
    EXPECT_EQ(batch::countExisting(planOf(job_)), 1u);
    job_.existing = batch::Existing::skip;
    folder_->start(job_);
    ASSERT_TRUE(over());
    EXPECT_TRUE(folder_->lines()[1].skipped);
    EXPECT_LT(folder_->lines()[1].presence, 0);
    EXPECT_EQ(folder_->saved(), 2);
    EXPECT_EQ(engine_.requests.size(), 3u) << "not even looked at";
    // Another search makes its own; what is nobody's but mine stays, and the report says so.
    ends_ = 0;
    job_.appearance.threshold = 0.2;
    folder_->start(job_);
    ASSERT_TRUE(over());
    EXPECT_EQ(folder_->saved(), 2);
    EXPECT_TRUE(folder_->lines()[1].skipped);
    EXPECT_TRUE(folder_->report().contains("b-mask.png was left alone"));
    ends_ = 0;
    job_.existing = batch::Existing::keepBoth;
    folder_->start(job_);
    ASSERT_TRUE(over());
    EXPECT_EQ(folder_->lines()[1].mask, masks_.filePath("b-mask-2.png"));
    ASSERT_TRUE(mine.open(QIODevice::ReadOnly));
    EXPECT_EQ(mine.readAll(), "mine");
}

}  // namespace
}  // namespace maskwright::ui
