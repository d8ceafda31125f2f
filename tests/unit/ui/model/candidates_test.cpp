#include "ui/model/candidates.h"

#include <gtest/gtest.h>

#include "tests/support/fake_inference.h"

namespace maskwright::ui {
namespace {

class CandidatesTest : public testing::Test {
  protected:
    void open(int width = 9) {
        OpenPicture picture;
        picture.image = std::make_shared<const Image>(width, 6);
        document_.setPicture(picture);
        engine_.answer();  // encoded ahead
    }
    // All that waits, the preview's first.
    void answerAll() {
        for (int i = 0; i < 4; ++i) {
            engine_.answer();
        }
    }
    void ask(const char* phrase) {
        document_.setPhrase(phrase);
        answerAll();
    }
    [[nodiscard]] const session::Request& asked() const { return engine_.requests.back(); }
    FakeInference engine_;
    Document document_;
    Preview preview_{document_, engine_, {}};
    Jobs jobs_{preview_, engine_};
    Candidates candidates_{document_, preview_, jobs_};
};

TEST_F(CandidatesTest, AsksNothingWhileItIsOff) {
    open();
    ask("the cup");
    EXPECT_FALSE(asked().which);
    EXPECT_EQ(candidates_.answer(), nullptr);
    candidates_.setOn(true);
    ASSERT_TRUE(asked().which);
    EXPECT_EQ(asked().which->expression, "the cup");
    EXPECT_EQ(asked().which->nounPhrase, std::nullopt);
    EXPECT_TRUE(candidates_.busy());
    candidates_.setOn(false);
    EXPECT_FALSE(candidates_.busy());
    EXPECT_EQ(engine_.dropped.size(), 1u);
}

TEST_F(CandidatesTest, WithoutAPhraseTheyAreThereAndNoneIsChosen) {
    open();
    candidates_.setOn(true);
    engine_.answer();
    EXPECT_EQ(candidates_.count(), 3);
    EXPECT_EQ(candidates_.ranking().order, (std::vector<std::size_t>{0, 1, 2})) << "the surest first";
    EXPECT_EQ(candidates_.chosen(), -1);
    EXPECT_EQ(candidates_.map(), nullptr);
    EXPECT_NEAR(candidates_.shares()[1], 0.7, 1e-6);
    candidates_.step(1);
    EXPECT_EQ(candidates_.chosen(), 0);
}

TEST_F(CandidatesTest, TheBestIsChosenAndSlidersRankWithoutAsking) {
    open();
    candidates_.setOn(true);
    ask("the cup");
    EXPECT_EQ(candidates_.chosen(), 1) << "like the sentence and the thing";
    const std::size_t before = engine_.requests.size();
    candidates_.setMixture({1, 1});
    EXPECT_EQ(candidates_.chosen(), 0) << "the sentence alone";
    candidates_.setMixture({1, 0});
    EXPECT_EQ(candidates_.chosen(), 2) << "the thing alone";
    candidates_.setMixture({0, 0});
    EXPECT_EQ(candidates_.chosen(), 0) << "the thing alone, cut out";
    EXPECT_EQ(engine_.requests.size(), before);
    ASSERT_NE(candidates_.map(), nullptr);
    EXPECT_EQ(candidates_.map()->full->at(2, 5), 1);
    EXPECT_EQ(candidates_.map()->full->at(3, 5), 0);
}

TEST_F(CandidatesTest, PlaceCountsUntilItIsSwitchedOff) {
    open();
    candidates_.setOn(true);
    ask("the right cup");
    EXPECT_EQ(candidates_.chosen(), 2);
    const std::size_t before = engine_.requests.size();
    candidates_.setPrior(false);
    EXPECT_EQ(candidates_.chosen(), 1);
    EXPECT_TRUE(candidates_.ranking().prior.empty());
    EXPECT_EQ(engine_.requests.size(), before);
}

TEST_F(CandidatesTest, WhatThePersonChoosesStaysForThePhrase) {
    open();
    candidates_.setOn(true);
    ask("the cup");
    candidates_.choose(0);
    candidates_.setMixture({1, 0});
    EXPECT_EQ(candidates_.chosen(), 0);
    candidates_.setBlocks(5);
    answerAll();
    EXPECT_EQ(candidates_.chosen(), 0) << "another k is the same question";
    ask("the cups");
    EXPECT_EQ(candidates_.chosen(), 2);
}

TEST_F(CandidatesTest, StepsGoAlongTheRankingAndStayInIt) {
    open();
    candidates_.setOn(true);
    ask("the right cup");
    ASSERT_EQ(candidates_.chosen(), 2);
    candidates_.step(1);
    EXPECT_EQ(candidates_.chosen(), int(candidates_.ranking().order[1]));
    candidates_.step(5);
    EXPECT_EQ(candidates_.chosen(), int(candidates_.ranking().order[2]));
    candidates_.step(-9);
    EXPECT_EQ(candidates_.chosen(), 2);
}

TEST_F(CandidatesTest, TypingLetsWhatIsComputedBeFinished) {
    using Kind = session::WhichSource::Kind;
    open();
    candidates_.setOn(true);
    for (const Kind kind : {Kind::sam, Kind::classical, Kind::maps, Kind::file, Kind::detector}) {
        candidates_.setSource(kind, kind == Kind::sam || kind == Kind::file ? "/somewhere" : "");
        const auto dropped = engine_.dropped.size();
        for (const char* typed : {"t", "th", "the left cup"}) {
            document_.setPhrase(typed);
        }
        EXPECT_EQ(engine_.dropped.size(), dropped);
        EXPECT_TRUE(candidates_.busy());
        engine_.answer();  // the preview's
        ASSERT_TRUE(asked().which);
        const auto first = asked().ticket;
        EXPECT_EQ(asked().which->expression, "") << "the one that was asked before the typing began";
        engine_.answer();
        EXPECT_EQ(candidates_.count(), 3) << "they are there while the phrase is looked at";
        EXPECT_TRUE(candidates_.busy());
        ASSERT_TRUE(asked().which);
        EXPECT_NE(asked().ticket, first);
        EXPECT_EQ(asked().which->expression, "the left cup") << "and nothing between";
        engine_.answer();
        EXPECT_FALSE(candidates_.busy());
        EXPECT_EQ(candidates_.expression(), "the left cup");
        document_.setPhrase("");
        answerAll();
    }
}

TEST_F(CandidatesTest, AfterAFailureWhatWasTypedSinceIsAsked) {
    open();
    candidates_.setOn(true);
    document_.setPhrase("the cup");
    engine_.answer();  // the preview's
    engine_.fail({ErrorKind::resource, "the engine gave no mask", ""});
    ASSERT_TRUE(asked().which);
    EXPECT_EQ(asked().which->expression, "the cup");
    engine_.answer();
    EXPECT_EQ(candidates_.count(), 3);
    EXPECT_FALSE(candidates_.busy());
}

TEST_F(CandidatesTest, ANounPhraseAndKAskAgainAndANewPhraseReadsItsOwn) {
    open();
    candidates_.setOn(true);
    ask("the cup");
    candidates_.setNounPhrase(" mug ");
    ASSERT_TRUE(asked().which);
    EXPECT_EQ(asked().which->nounPhrase, "mug");
    engine_.answer();
    EXPECT_EQ(candidates_.answer()->nounPhrase, "mug");
    candidates_.setBlocks(7);
    EXPECT_EQ(asked().which->blocks, 7);
    EXPECT_EQ(asked().which->nounPhrase, "mug");
    ask("the spoon");
    EXPECT_EQ(candidates_.answer()->nounPhrase, "thing");
    EXPECT_EQ(candidates_.options().nounPhrase, "");
    EXPECT_EQ(candidates_.options().blocks, 7);
}

TEST_F(CandidatesTest, AnotherPictureForgetsAndAsks) {
    open();
    candidates_.setOn(true);
    ask("the cup");
    const std::size_t dropped = engine_.dropped.size();
    candidates_.setNounPhrase("mug");  // on its way
    open(12);
    EXPECT_GT(engine_.dropped.size(), dropped) << "it is not wanted any more";
    EXPECT_EQ(candidates_.answer(), nullptr);
    EXPECT_EQ(candidates_.chosen(), -1);
    answerAll();
    ASSERT_NE(candidates_.answer(), nullptr);
    EXPECT_EQ(candidates_.answer()->candidates[0].runs.width, 12);
    document_.setPicture({});
    EXPECT_EQ(candidates_.count(), 0);
    EXPECT_FALSE(candidates_.busy());
}

TEST_F(CandidatesTest, AnotherModelIsAskedAnew) {
    open();
    candidates_.setOn(true);
    ask("the cup");
    preview_.setModel("mini");
    answerAll();
    const auto& requests = engine_.requests;
    EXPECT_TRUE(std::any_of(requests.begin(), requests.end(),
                            [](const session::Request& r) { return r.which && r.engine.model == "mini"; }));
    EXPECT_EQ(candidates_.count(), 3);
}

TEST_F(CandidatesTest, AFailureIsSaidAndMayBeAskedAgain) {
    open();
    candidates_.setOn(true);
    int failures = 0;
    QObject::connect(&candidates_, &Candidates::failed, [&failures](const Error&) { ++failures; });
    engine_.fail({ErrorKind::resource, "the engine gave no mask", ""});
    EXPECT_EQ(failures, 1);
    EXPECT_FALSE(candidates_.busy());
    EXPECT_EQ(candidates_.answer(), nullptr);
    candidates_.setOn(false);
    candidates_.setOn(true);
    engine_.answer();
    EXPECT_EQ(candidates_.count(), 3);
}

TEST_F(CandidatesTest, KnowsWhatLiesUnderAPoint) {
    open();
    candidates_.setOn(true);
    engine_.answer();
    EXPECT_EQ(candidates_.at({4.9, 0.1}), std::vector<int>{1});
    EXPECT_TRUE(candidates_.at({-0.5, 0}).empty());
    const Support example = candidates_.exampleOf(1);
    EXPECT_EQ(example.image, document_.picture().image);
    EXPECT_EQ(example.region->area(), 18);
}

TEST_F(CandidatesTest, AnotherSourceIsAskedAndTheOldAnswerDropped) {
    using Kind = session::WhichSource::Kind;
    open();
    candidates_.setOn(true);
    const auto dropped = engine_.dropped.size();
    candidates_.setSource(Kind::classical);  // before the detector has answered
    EXPECT_EQ(engine_.dropped.size(), dropped + 1);
    EXPECT_EQ(asked().which->source.kind, Kind::classical);
    answerAll();
    EXPECT_EQ(candidates_.count(), 3);
    const auto before = engine_.requests.size();
    candidates_.setSource(Kind::classical);
    EXPECT_EQ(engine_.requests.size(), before) << "it is that one already";
    candidates_.setSource(Kind::file, "/masks/a.png");
    EXPECT_EQ(candidates_.count(), 0) << "the others are gone at once";
    EXPECT_EQ(asked().which->source.path, "/masks/a.png");
    answerAll();
    candidates_.setSource(Kind::file, "/masks/a.png");
    EXPECT_EQ(engine_.requests.size(), before + 2) << "it is read again";
}

TEST_F(CandidatesTest, WhatIsWrongWithASourceIsSaidOnce) {
    using Kind = session::WhichSource::Kind;
    open();
    candidates_.setOn(true);
    int failures = 0;
    QObject::connect(&candidates_, &Candidates::failed, [&] { ++failures; });
    candidates_.setSource(Kind::file, "/masks/a.png");
    engine_.fail({ErrorKind::input, "a.png is broken", ""});
    EXPECT_EQ(failures, 1);
    ASSERT_TRUE(candidates_.error());
    EXPECT_EQ(candidates_.error()->what.text(), "a.png is broken");
    document_.setPhrase("c");
    engine_.answer();  // the preview's
    engine_.fail({ErrorKind::input, "a.png is broken", ""});
    EXPECT_EQ(failures, 1) << "not with every letter";
    candidates_.setSource(Kind::detector);
    EXPECT_FALSE(candidates_.error());
    answerAll();
    EXPECT_EQ(candidates_.count(), 3);
}

TEST_F(CandidatesTest, MasksOfOnePictureAreNotAskedForAnother) {
    using Kind = session::WhichSource::Kind;
    open();
    candidates_.setOn(true);
    candidates_.setSource(Kind::file, "/masks/all.json");
    open(12);
    EXPECT_EQ(candidates_.options().source.kind, Kind::file) << "it may have masks of many pictures";
    candidates_.setSource(Kind::file, "/masks/folder");
    open(9);
    EXPECT_EQ(candidates_.options().source.kind, Kind::detector);
}

}  // namespace
}  // namespace maskwright::ui
