#include "ui/model/jobs.h"

#include <gtest/gtest.h>

#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class JobsTest : public testing::Test {
  protected:
    static session::Request request(int width) {
        session::Request request;
        request.image = std::make_shared<const Image>(width, 2);
        request.prompts.emplace_back();
        return request;
    }
    void run(QObject& owner, int width) {
        jobs_.run(&owner, request(width), [this](const std::shared_ptr<const Finding>& finding) {
            answered_.push_back(finding->answer.image->width);
        });
    }
    void open() {
        OpenPicture picture;
        picture.image = std::make_shared<const Image>(8, 6);
        document_.setPicture(picture);
        document_.setPhrase("cat");
    }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    std::vector<int> answered_;
    QObject owner_;
};

TEST_F(JobsTest, OneAfterTheOtherInTheOrderTheyCame) {
    run(owner_, 1);
    run(owner_, 2);
    ASSERT_EQ(engine_.requests.size(), 1u) << "one at a time";
    EXPECT_TRUE(jobs_.busy());
    engine_.answer();
    ASSERT_EQ(engine_.requests.size(), 2u);
    engine_.answer();
    EXPECT_EQ(answered_, (std::vector<int>{1, 2}));
    EXPECT_FALSE(jobs_.busy());
}

TEST_F(JobsTest, ThePreviewGoesFirst) {
    open();
    const session::Request preview = engine_.requests.back();
    run(owner_, 1);
    EXPECT_EQ(engine_.requests.back().ticket, preview.ticket) << "nothing while the preview wants something";
    engine_.answer(preview, 0.9f);
    EXPECT_EQ(engine_.requests.back().image->width, 1);
    engine_.answer();
    EXPECT_EQ(answered_, std::vector<int>{1});
}

TEST_F(JobsTest, AJobThatThePreviewInterruptsIsAnsweredOnce) {
    run(owner_, 1);
    const session::Request first = engine_.requests.back();
    open();
    EXPECT_TRUE(jobs_.busy());
    engine_.answer();  // the preview's
    const session::Request again = engine_.requests.back();
    EXPECT_EQ(again.ticket, first.ticket);
    engine_.answer(again, 0.9f);
    engine_.answer(again, 0.9f);
    EXPECT_EQ(answered_, std::vector<int>{1});
}

TEST_F(JobsTest, TheModelIsTheOneTheOwnerTook) {
    preview_.setModel("first");
    session::Request asked = request(1);
    asked.engine = jobs_.engine();
    preview_.setModel("second");
    EXPECT_EQ(jobs_.engine().model, "second");
    engine_.answer();
    jobs_.run(&owner_, asked, [](const auto&) {});
    EXPECT_EQ(engine_.requests.back().engine.model, "first");
}

TEST_F(JobsTest, WhoIsGoneOrHasDroppedItsJobsHearsNothing) {
    QObject other;
    auto gone = std::make_unique<QObject>();
    run(owner_, 1);
    run(*gone, 2);
    run(other, 3);
    run(owner_, 4);
    const session::Request first = engine_.requests.front();
    gone.reset();
    jobs_.drop(&owner_);
    EXPECT_EQ(engine_.dropped.size(), 3u) << "the engine need not do them";
    EXPECT_EQ(engine_.requests.back().image->width, 3);
    engine_.answer(first, 0.9f);  // was on its way
    EXPECT_TRUE(answered_.empty());
    engine_.answer();
    EXPECT_EQ(answered_, std::vector<int>{3});
    EXPECT_FALSE(jobs_.busy());
}

TEST_F(JobsTest, AFailureIsAnAnswer) {
    std::optional<Error> error;
    jobs_.run(&owner_, request(1),
              [&](const std::shared_ptr<const Finding>& finding) { error = finding->answer.error; });
    engine_.fail({ErrorKind::resource, "the engine gave no mask", ""});
    ASSERT_TRUE(error.has_value());
    EXPECT_FALSE(jobs_.busy());
}

}  // namespace
}  // namespace maskwright::ui
