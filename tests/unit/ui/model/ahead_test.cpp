#include "ui/model/ahead.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"
#include "ui/model/picture_loader.h"

namespace maskwright::ui {
namespace {

class AheadTest : public testing::Test {
  protected:
    AheadTest() {
        for (int i = 0; i < 3; ++i) {
            write(i, 8 + i);
            files_ << path(i);
        }
    }
    [[nodiscard]] QString path(int i) const { return folder_.filePath(QStringLiteral("%1.png").arg(i)); }
    void write(int i, int width) const {
        QImage image(width, 6, QImage::Format_RGB32);
        image.fill(Qt::red);
        ASSERT_TRUE(image.save(path(i)));
    }
    void open(int i) {
        const auto picture = readOpenPicture(path(i));
        ASSERT_TRUE(picture.ok());
        pictures_.open(*picture);
        document_.setPicture(*picture);
    }
    QTemporaryDir folder_;
    QStringList files_;
    FakeInference engine_;
    Document document_;
    Pictures pictures_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    Ahead ahead_{document_, pictures_, preview_, jobs_};
};

TEST_F(AheadTest, TheNextPictureIsReadAndEncodedWhenNothingElseIsAsked) {
    pictures_.add(files_);
    open(0);
    engine_.answer();
    ASSERT_TRUE(waitFor([&] { return engine_.requests.back().ticket.lane == session::Lane::jobs; }));
    const session::Request job = engine_.requests.back();
    EXPECT_TRUE(job.prompts.empty()) << "encoded, and nothing else";
    ASSERT_EQ(job.image->width, 9);
    EXPECT_EQ(ahead_.take(path(2)), nullptr) << "only the one after";
    const auto ready = ahead_.take(path(1));
    ASSERT_NE(ready, nullptr);
    EXPECT_EQ(ready->image, job.image);
    EXPECT_EQ(ready->name, "1.png");
}

TEST_F(AheadTest, APreviewThatIsBusyIsNotDisturbed) {
    pictures_.add(files_);
    open(0);  // and its encoding is not answered
    EXPECT_FALSE(waitFor([&] { return ahead_.ready(); }, 1000));
}

TEST_F(AheadTest, AFileThatHasChangedSinceIsReadAnew) {
    pictures_.add(files_);
    open(0);
    engine_.answer();
    ASSERT_TRUE(waitFor([&] { return ahead_.ready(); }));
    write(1, 40);
    EXPECT_EQ(ahead_.take(path(1)), nullptr);
}

TEST_F(AheadTest, AFileThatIsNoPictureIsPassedOverInSilence) {
    QFile broken(path(1));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
    broken.write("no picture");
    broken.close();
    pictures_.add(files_);
    open(0);
    engine_.answer();
    EXPECT_FALSE(waitFor([&] { return ahead_.ready(); }, 1000));
    EXPECT_EQ(ahead_.take(path(1)), nullptr);
}

}  // namespace
}  // namespace maskwright::ui
