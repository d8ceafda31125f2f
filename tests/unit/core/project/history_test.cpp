#include "core/project/history.h"

#include <gtest/gtest.h>

#include "core/project/format.h"
#include "tests/unit/core/project/some_project.h"

namespace maskwright::project {
namespace {

TEST(History, AnEditTakesThePlaceOfTheLastPartOfAStep) {
    History history(someProject());
    const auto value = [](double to) { return SetRowThreshold{1, 3, {Threshold::Kind::value, to}}; };
    const Picture added{history.freshId(), fileOf(3), {}};
    const Edit first = Together{{AddPicture{2, std::make_shared<const Picture>(added)}, value(0.1)}};
    ASSERT_TRUE(history.edit(first, {}, "threshold"));
    ASSERT_TRUE(history.edit(value(0.2), {}, "threshold"));
    ASSERT_TRUE(history.edit(value(0.3), {}, "threshold"));
    EXPECT_EQ(history.steps(), 1u);
    const Project after = history.project();
    history.undo();
    EXPECT_EQ(history.project(), someProject());
    history.redo();
    EXPECT_EQ(history.project(), after);
    EXPECT_EQ(after.row(1, 3)->threshold.value, 0.3);
}

TEST(History, TenThousandEditsUndoneAndRedoneGiveTheSameBytes) {
    History history(someProject(), std::size_t{1} << 40);
    const std::string start = textOf(history.project(), "/");
    AnyEdit any(7);
    std::vector<std::string> states = {start};
    for (int i = 0; i < 10'000; ++i) {
        const Edit edit = any(history);
        const auto done = history.edit(edit);
        ASSERT_TRUE(done) << i << ": " << done.error().line();
        if (any.below(10) == 0) {  // back and forth on the way
            const std::string here = textOf(history.project(), "/");
            int steps = 0;
            for (int back = any.below(6); back > 0 && history.undo(); --back) {
                ++steps;
            }
            for (; steps > 0; --steps) {
                ASSERT_TRUE(history.redo());
            }
            ASSERT_EQ(textOf(history.project(), "/"), here) << i;
        }
    }
    const std::string end = textOf(history.project(), "/");
    ASSERT_GT(history.steps(), 5'000u);  // some edits change nothing
    EXPECT_NE(end, start);
    while (history.undo()) {
    }
    EXPECT_EQ(textOf(history.project(), "/"), start);
    EXPECT_TRUE(history.clean());
    while (history.redo()) {
    }
    EXPECT_EQ(textOf(history.project(), "/"), end);
    EXPECT_FALSE(history.clean());
}

TEST(History, ConsecutiveEditsOfOneThingAreOneStep) {
    History history(someProject());
    for (const double value : {0.1, 0.2, 0.3}) {
        ASSERT_TRUE(history.edit(SetRowThreshold{1, 3, {Threshold::Kind::value, value}}, {}, "threshold"));
    }
    EXPECT_EQ(history.steps(), 1u);
    ASSERT_TRUE(history.edit(SetRowThreshold{1, 4, {Threshold::Kind::value, 0.9}}, {}, "threshold"));
    EXPECT_EQ(history.steps(), 2u);  // another row
    history.endMerge();
    ASSERT_TRUE(history.edit(SetRowThreshold{1, 4, {Threshold::Kind::value, 0.8}}, {}, "threshold"));
    EXPECT_EQ(history.steps(), 3u);
    history.undo();
    history.undo();
    EXPECT_DOUBLE_EQ(history.project().row(1, 3)->threshold.value, 0.3);
    history.undo();
    EXPECT_EQ(history.project(), someProject());
}

TEST(History, AStepThatMergesToNothingGoes) {
    History history(someProject());
    const Threshold was = history.project().row(1, 3)->threshold;
    ASSERT_TRUE(history.edit(SetRowThreshold{1, 3, {Threshold::Kind::value, 0.1}}, {}, "threshold"));
    EXPECT_FALSE(history.clean());
    ASSERT_TRUE(history.edit(SetRowThreshold{1, 3, was}, {}, "threshold"));
    EXPECT_EQ(history.steps(), 0u);
    EXPECT_TRUE(history.clean());
    ASSERT_TRUE(history.edit(SetRowThreshold{1, 3, {Threshold::Kind::value, 0.2}}, {}, "threshold"));
    EXPECT_EQ(history.steps(), 1u);
}

TEST(History, WhatIsDoneAsideStaysWhereStepsAreUndone) {
    History history(someProject());
    ASSERT_TRUE(history.edit(RemovePicture{2}));
    ASSERT_TRUE(history.undo());
    const Picture third{history.freshId(), fileOf(3), {}};
    ASSERT_TRUE(history.aside(AddPicture{2, std::make_shared<const Picture>(third)}));
    EXPECT_FALSE(history.clean());
    ASSERT_TRUE(history.redo()) << "what was undone can still be done again";
    EXPECT_EQ(history.project().pictures.size(), 2u);
    ASSERT_TRUE(history.undo());
    EXPECT_EQ(history.project().pictures.size(), 3u);
    EXPECT_NE(history.project().picture(third.id), nullptr);
    EXPECT_FALSE(history.aside(RemovePicture{99}));
}

TEST(History, TheCleanStateIsTheSavedOne) {
    History history(someProject());
    EXPECT_TRUE(history.clean());
    ASSERT_TRUE(history.edit(SetRowName{1, 3, "one"}, {}, "name"));
    history.setClean();
    ASSERT_TRUE(history.edit(SetRowName{1, 3, "two"}, {}, "name"));
    EXPECT_EQ(history.steps(), 2u);  // what was saved can be come back to
    EXPECT_FALSE(history.clean());
    history.undo();
    EXPECT_TRUE(history.clean());
    history.undo();
    ASSERT_TRUE(history.edit(SetRowName{1, 3, "other"}));
    EXPECT_FALSE(history.clean());
    history.undo();
    EXPECT_FALSE(history.clean());  // the saved state was on the way that was left
}

TEST(History, NamesAreForTheMenu) {
    History history(someProject());
    EXPECT_TRUE(history.undoName().empty());
    ASSERT_TRUE(history.edit(SetRowVisible{1, 3, false}));
    ASSERT_TRUE(history.edit(SetRowCorrection{1, 3, {}}, "Fill holes"));
    EXPECT_EQ(history.undoName().text(), "Fill holes");
    history.undo();
    EXPECT_EQ(history.undoName().text(), "Hide row");
    EXPECT_EQ(history.redoName().text(), "Fill holes");
}

TEST(History, ForgetsTheOldestByMemory) {
    const std::size_t most = 20'000;
    History history(someProject(), most);
    const Project start = history.project();
    for (int i = 0; i < 400; ++i) {
        ASSERT_TRUE(history.edit(SetRowCorrection{1, 3, {boxRuns(i % 20, 1, 20, 20), nullptr}}));
        EXPECT_LE(history.bytes(), most);
    }
    EXPECT_LT(history.steps(), 400u);
    EXPECT_GT(history.steps(), 3u);
    while (history.undo()) {
    }
    EXPECT_NE(history.project(), start);
    EXPECT_FALSE(history.clean());
}

TEST(History, AnEditThatDoesNotFitOrChangesNothingIsNoStep) {
    History history(someProject());
    EXPECT_FALSE(history.edit(SetRowName{1, 99, "x"}));
    EXPECT_FALSE(history.edit(Together{{SetRowName{1, 3, "x"}, RemoveRow{2, 3}}}));
    EXPECT_TRUE(history.edit(SetRowName{1, 3, ""}));
    EXPECT_EQ(history.steps(), 0u);
    EXPECT_EQ(history.project(), someProject());
}

TEST(History, IdsAreNeverGivenTwice) {
    History history(someProject());
    const Id id = history.freshId();
    EXPECT_EQ(id, 6u);
    ASSERT_TRUE(history.edit(AddRow{2, 0, std::make_shared<const Row>(Row{id, "new"})}));
    history.undo();
    EXPECT_EQ(history.freshId(), 7u);
}

}  // namespace
}  // namespace maskwright::project
