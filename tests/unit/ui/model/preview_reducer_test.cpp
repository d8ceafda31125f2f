#include "ui/model/preview_reducer.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace maskwright::ui {
namespace {

// A reducer with its state, as the window holds it.
struct Driver {
    PreviewState state;
    PreviewAction send(const PreviewEvent& event) {
        auto [next, action] = reduce(state, event);
        state = next;
        return action;
    }
    Driver& withPicture() {
        send(PictureChanged{true});
        return *this;
    }
};

TEST(PreviewReducer, APictureIsEncodedAheadOfAnyPrompt) {
    Driver d;
    const PreviewAction action = d.send(PictureChanged{true});
    EXPECT_EQ(action.submit, 1u);
    EXPECT_TRUE(action.clear);
    EXPECT_TRUE(d.state.busy());
    const PreviewAction answer = d.send(Answered{1, Outcome::ok, 0});
    EXPECT_FALSE(answer.show);
    EXPECT_FALSE(d.state.busy());
}

TEST(PreviewReducer, TypingBeforeAPictureAsksNothing) {
    Driver d;
    EXPECT_EQ(d.send(PromptChanged{false}), PreviewAction{});
    EXPECT_EQ(d.send(PictureChanged{true}).submit, 1u);
}

TEST(PreviewReducer, EveryKeyIsASubmissionAndIntermediateAnswersShow) {
    Driver d;
    d.withPicture();
    EXPECT_EQ(d.send(PromptChanged{false}).submit, 2u);
    EXPECT_EQ(d.send(PromptChanged{false}).submit, 3u);
    EXPECT_EQ(d.send(PromptChanged{false}).submit, 4u);
    // "c" is shown although "cat" is wanted: better than nothing while typing.
    EXPECT_TRUE(d.send(Answered{2, Outcome::ok, 1}).show);
    EXPECT_TRUE(d.state.busy());
    EXPECT_TRUE(d.send(Answered{4, Outcome::ok, 1}).show);
    EXPECT_FALSE(d.state.busy());
}

TEST(PreviewReducer, OlderAnswersNeverReplaceNewerOnes) {
    Driver d;
    d.withPicture();
    d.send(PromptChanged{false});
    d.send(PromptChanged{false});
    EXPECT_TRUE(d.send(Answered{3, Outcome::ok, 1}).show);
    EXPECT_EQ(d.send(Answered{2, Outcome::ok, 1}), PreviewAction{});
    EXPECT_EQ(d.send(Answered{3, Outcome::ok, 1}), PreviewAction{});
}

TEST(PreviewReducer, AnotherPictureMakesAnswersStale) {
    Driver d;
    d.withPicture();
    d.send(PromptChanged{false});
    const PreviewAction turned = d.send(PictureChanged{true});
    EXPECT_TRUE(turned.clear);
    EXPECT_EQ(turned.submit, 3u);
    EXPECT_EQ(d.send(Answered{2, Outcome::ok, 1}), PreviewAction{});
    EXPECT_TRUE(d.state.busy());
    EXPECT_TRUE(d.send(Answered{3, Outcome::ok, 1}).show);
}

TEST(PreviewReducer, AnEmptiedPhraseTakesTheMaskAwayForGood) {
    Driver d;
    d.withPicture();
    d.send(PromptChanged{false});
    d.send(Answered{2, Outcome::ok, 1});
    d.send(PromptChanged{false});
    const PreviewAction emptied = d.send(PromptChanged{true});
    EXPECT_TRUE(emptied.clear);
    EXPECT_FALSE(emptied.submit);
    EXPECT_EQ(d.send(Answered{3, Outcome::ok, 1}), PreviewAction{});
    EXPECT_FALSE(d.state.busy());
}

TEST(PreviewReducer, ErrorsCountOnlyFromTheNewestRequest) {
    Driver d;
    d.withPicture();
    d.send(PromptChanged{false});
    d.send(PromptChanged{false});
    EXPECT_FALSE(d.send(Answered{2, Outcome::failed}).reportError);
    const PreviewAction failed = d.send(Answered{3, Outcome::failed});
    EXPECT_TRUE(failed.reportError);
    EXPECT_TRUE(failed.clear);
    EXPECT_FALSE(d.send(PromptChanged{false}).dismissError) << "it may fail again";
    EXPECT_TRUE(d.send(Answered{4, Outcome::ok, 1}).dismissError);
}

TEST(PreviewReducer, CancelledIsNothingToTalkAbout) {
    Driver d;
    d.withPicture();
    EXPECT_EQ(d.send(Answered{1, Outcome::cancelled}), PreviewAction{});
    EXPECT_FALSE(d.state.busy());
}

TEST(PreviewReducer, AnotherModelAsksAnewAndOpensAlsoWithoutAPicture) {
    Driver d;
    EXPECT_EQ(d.send(ModelChanged{}).submit, 1u);
    d.withPicture();
    d.send(PromptChanged{false});
    d.send(Answered{3, Outcome::ok, 1});
    const PreviewAction changed = d.send(ModelChanged{});
    EXPECT_TRUE(changed.clear);
    EXPECT_EQ(changed.submit, 4u);
}

TEST(PreviewReducer, ClosingThePictureEndsTheWork) {
    Driver d;
    d.withPicture();
    d.send(PromptChanged{false});
    const PreviewAction closed = d.send(PictureChanged{false});
    EXPECT_TRUE(closed.clear);
    EXPECT_FALSE(closed.submit);
    EXPECT_FALSE(d.state.busy());
    EXPECT_EQ(d.send(Answered{2, Outcome::ok, 1}), PreviewAction{});
}

TEST(PreviewReducer, StagesOfStaleRequestsAreNotShown) {
    Driver d;
    d.withPicture();
    d.send(Staged{1, PreviewStage::encoding});
    EXPECT_EQ(d.state.stage, PreviewStage::encoding);
    d.send(PictureChanged{true});
    d.send(Staged{1, PreviewStage::loadingModel});
    EXPECT_EQ(d.state.stage, PreviewStage::encoding);
    d.send(Answered{2, Outcome::ok, 0});
    EXPECT_EQ(d.state.stage, PreviewStage::idle);
}

// Any order of events: what is shown only gets newer within a page, nothing stale is ever shown, and an answered newest
// request leaves the window idle.
TEST(PreviewReducer, HoldsItsPromisesInAnyOrder) {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        Driver d;
        std::vector<std::uint64_t> pageOf{0};  // by number: the page (picture, model, emptiness) it was asked on
        std::uint64_t page = 0, shown = 0;
        auto did = [&](const PreviewAction& action) {
            if (action.clear) {
                ++page;
                shown = 0;
            }
            if (action.submit) {
                ASSERT_EQ(*action.submit, pageOf.size());
                pageOf.push_back(page);
            }
        };
        for (int step = 0; step < 60; ++step) {
            switch (random() % 6) {
                case 0:
                    did(d.send(PictureChanged{random() % 4 != 0}));
                    break;
                case 1:
                    did(d.send(ModelChanged{}));
                    break;
                case 2:
                case 3:
                    did(d.send(PromptChanged{random() % 5 == 0}));
                    break;
                default: {
                    const std::uint64_t number = random() % (pageOf.size() + 1);
                    const PreviewAction action = d.send(Answered{number, Outcome::ok, 1});
                    if (action.show) {
                        ASSERT_LT(number, pageOf.size());
                        EXPECT_EQ(pageOf[number], page);
                        EXPECT_GT(number, shown);
                        shown = number;
                    }
                }
            }
        }
        d.send(Answered{d.state.issued, Outcome::ok, 0});
        EXPECT_FALSE(d.state.busy());
    }
}

}  // namespace
}  // namespace maskwright::ui
