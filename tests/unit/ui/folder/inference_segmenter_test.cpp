// batch's port over the inference port: a thread that waits, the GUI thread between.
#include "ui/folder/inference_segmenter.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "tests/support/event_loop.h"
#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class InferenceSegmenterTest : public testing::Test {
  protected:
    void SetUp() override {
        session::EngineOptions engine;
        engine.model = "chosen";
        segmenter_ = std::make_unique<InferenceSegmenter>(jobs_, engine);
        request_.prompts.resize(3);
        request_.encode.size = 416;
        request_.refine = false;
        give_ = [this](const batch::Answer& answer) -> Result<void> {
            given_.push_back(answer);
            return refused_ ? Result<void>(*refused_) : Result<void>();
        };
    }
    // segment() on a thread of its own, as batch::run calls it.
    void begin() {
        ended_ = false;
        thread_ = std::jthread([this](const std::stop_token& stop) {
            const auto done = segmenter_->segment(0, picture_, request_, give_, stop);
            error_ = done ? std::optional<Error>() : done.error();
            ended_ = true;
        });
        ASSERT_TRUE(waitFor([this] { return !engine_.requests.empty(); }));
    }
    bool ended() {
        return waitFor([this] { return ended_.load(); });
    }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    std::unique_ptr<InferenceSegmenter> segmenter_;
    std::shared_ptr<const Image> picture_ = std::make_shared<const Image>(6, 4);
    batch::Request request_;
    batch::Give give_;
    std::vector<batch::Answer> given_;
    std::optional<Error> refused_, error_;
    std::atomic<bool> ended_ = false;
    std::jthread thread_;
};

TEST_F(InferenceSegmenterTest, ThePictureIsAskedWithTheBatchsModelAndItsSettings) {
    begin();
    const session::Request asked = engine_.requests.back();
    EXPECT_EQ(asked.engine.model, "chosen");
    EXPECT_EQ(asked.image, picture_);
    EXPECT_EQ(asked.encode.size, 416);
    EXPECT_FALSE(asked.refine);
    EXPECT_EQ(asked.ticket.lane, session::Lane::jobs);
    engine_.answer(0.75f);
    ASSERT_TRUE(ended());
    EXPECT_FALSE(error_.has_value());
    ASSERT_EQ(given_.size(), 3u);
    EXPECT_EQ(given_[2].map->width, 6);
    EXPECT_FLOAT_EQ(given_[2].presence, 0.75f);
    EXPECT_EQ(given_[2].timing.decode, 12);
}

TEST_F(InferenceSegmenterTest, TheModelSaysItsNameBeforeAnyPicture) {
    std::optional<batch::Model> model;
    thread_ = std::jthread([&](const std::stop_token& stop) {
        const auto opened = segmenter_->open(stop);
        model = opened ? std::optional<batch::Model>(*opened) : std::nullopt;
        ended_ = true;
    });
    ASSERT_TRUE(waitFor([this] { return !engine_.requests.empty(); }));
    EXPECT_EQ(engine_.requests.back().image, nullptr);
    engine_.answer();
    ASSERT_TRUE(ended());
    ASSERT_TRUE(model.has_value());
    EXPECT_EQ(model->name, "chosen");
    EXPECT_EQ(model->dtype, "float32");
}

TEST_F(InferenceSegmenterTest, AnErrorOfTheEnginesIsThePictures) {
    begin();
    engine_.fail({ErrorKind::resource, "too large", ""});
    ASSERT_TRUE(ended());
    ASSERT_TRUE(error_.has_value());
    EXPECT_EQ(error_->what.text(), "too large");
    EXPECT_TRUE(given_.empty());
}

TEST_F(InferenceSegmenterTest, NothingMoreIsGivenWhenTheBatchRefuses) {
    refused_ = Error{ErrorKind::output, "the disk is full", ""};
    begin();
    engine_.answer();
    ASSERT_TRUE(ended());
    EXPECT_EQ(given_.size(), 1u);
    EXPECT_EQ(error_->kind, ErrorKind::output);
}

TEST_F(InferenceSegmenterTest, AStopEndsTheWaitWithoutTheGuiThread) {
    begin();
    const session::Ticket ticket = engine_.requests.back().ticket;
    thread_.request_stop();
    thread_.join();  // no event is handled meanwhile
    EXPECT_EQ(error_->kind, ErrorKind::cancelled);
    EXPECT_TRUE(jobs_.busy()) << "the engine is told by the next event";
    QCoreApplication::processEvents();
    EXPECT_FALSE(jobs_.busy());
    EXPECT_EQ(engine_.dropped, std::vector<session::Ticket>{ticket});
}

TEST_F(InferenceSegmenterTest, WhoIsDestroyedWaitsForNothing) {
    begin();
    thread_.request_stop();
    thread_.join();
    segmenter_.reset();  // before the queued calls
    EXPECT_FALSE(jobs_.busy());
    QCoreApplication::processEvents();
    EXPECT_EQ(engine_.dropped.size(), 1u);
}

TEST_F(InferenceSegmenterTest, AnAnswerThatCrossesTheStopIsForNobody) {
    begin();
    const session::Request asked = engine_.requests.back();
    thread_.request_stop();
    thread_.join();
    engine_.answer(asked, 0.9f);
    QCoreApplication::processEvents();
    EXPECT_TRUE(given_.empty());
    EXPECT_FALSE(jobs_.busy());
}

}  // namespace
}  // namespace maskwright::ui
