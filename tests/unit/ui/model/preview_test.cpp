#include "ui/model/preview.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class PreviewTest : public testing::Test {
  protected:
    void SetUp() override { engine_.defaultThreshold = 0.3; }
    void open() {
        OpenPicture picture;
        picture.image = std::make_shared<const Image>(8, 6);
        document_.setPicture(picture);
    }
    static session::EngineOptions options() {
        session::EngineOptions options;
        options.model = "first";
        return options;
    }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, options()};
};

TEST_F(PreviewTest, TheModelIsOpenedBeforeThereIsAPicture) {
    QSignalSpy opened(&preview_, &Preview::modelOpened);
    preview_.start();
    ASSERT_EQ(engine_.requests.size(), 1u);
    EXPECT_EQ(engine_.requests[0].image, nullptr);
    EXPECT_EQ(engine_.requests[0].engine.model, "first");
    EXPECT_TRUE(preview_.state().busy());
    engine_.answer();
    EXPECT_FALSE(preview_.state().busy());
    EXPECT_EQ(opened.count(), 1);
    EXPECT_EQ(preview_.model().name, "first");
    EXPECT_DOUBLE_EQ(document_.threshold(), 0.3) << "the model's own";
}

// A GPU's memory is full: the window tells of the model anew.
TEST_F(PreviewTest, AModelThatLeftItsDeviceIsToldOfAnew) {
    open();
    document_.setPhrase("cat");
    engine_.answer();
    QSignalSpy opened(&preview_, &Preview::modelOpened);
    engine_.leftDevice = "cuda:0";
    for (const char* phrase : {"dog", "cow"}) {
        document_.setPhrase(phrase);
        engine_.answer();
        EXPECT_EQ(opened.count(), 1) << "once";
    }
    EXPECT_EQ(preview_.model().leftDevice, "cuda:0");
}

TEST_F(PreviewTest, AnAnswerIsShownWithWhatItWasAskedFor) {
    open();
    document_.setPhrase("cat");
    document_.setPhrase("cats");
    const std::size_t asked = engine_.requests.size();
    QSignalSpy changed(&preview_, &Preview::findingChanged);
    engine_.answer(engine_.requests[asked - 2], 0.9f);
    ASSERT_NE(preview_.finding(), nullptr) << "older, but of use";
    EXPECT_EQ(preview_.foundFor().phrase, "cat");
    engine_.answer(engine_.requests[asked - 1], 0.8f);
    EXPECT_EQ(preview_.foundFor().phrase, "cats");
    engine_.answer(engine_.requests[asked - 2], 0.9f);
    EXPECT_EQ(preview_.foundFor().phrase, "cats") << "an older answer does not come back";
    EXPECT_EQ(changed.count(), 2);
}

TEST_F(PreviewTest, AnotherModelTakesTheFindingAwayAndAsksAnew) {
    open();
    document_.setPhrase("cat");
    engine_.answer();
    const session::Request old = engine_.requests.back();
    preview_.setModel("second");
    EXPECT_EQ(preview_.finding(), nullptr);
    EXPECT_TRUE(preview_.model().name.empty());
    EXPECT_EQ(engine_.requests.back().engine.model, "second");
    engine_.answer(old, 0.9f);
    EXPECT_EQ(preview_.finding(), nullptr) << "the first model's answer";
    engine_.answer();
    EXPECT_EQ(preview_.model().name, "second");
    const std::size_t before = engine_.requests.size();
    preview_.setModel("second");
    EXPECT_EQ(engine_.requests.size(), before) << "it is open already";
}

TEST_F(PreviewTest, AFailureIsToldAndTheNextSuccessTakesItBack) {
    open();
    QSignalSpy failed(&preview_, &Preview::failed), recovered(&preview_, &Preview::recovered);
    document_.setPhrase("cat");
    engine_.fail({ErrorKind::weights, "the model is broken", ""});
    EXPECT_EQ(failed.count(), 1);
    document_.setPhrase("dog");
    engine_.answer();
    EXPECT_GE(recovered.count(), 1);
    ASSERT_NE(preview_.finding(), nullptr);
}

TEST_F(PreviewTest, TheThresholdAsksNothing) {
    open();
    document_.setPhrase("cat");
    engine_.answer();
    const std::size_t before = engine_.requests.size();
    document_.edit("threshold", {}, [](Search& s) { s.threshold = 0.9; });
    EXPECT_EQ(engine_.requests.size(), before);
}

}  // namespace
}  // namespace maskwright::ui
