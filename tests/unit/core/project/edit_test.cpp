#include "core/project/edit.h"

#include <gtest/gtest.h>

#include "tests/unit/core/project/some_project.h"

namespace maskwright::project {
namespace {

TEST(Apply, LeavesTheProjectAndSharesWhatStays) {
    const Project project = someProject();
    const auto after = apply(project, SetRowName{1, 3, "Tom"});
    ASSERT_TRUE(after);
    EXPECT_EQ(project, someProject());
    EXPECT_EQ(after->project.row(1, 3)->name, "Tom");
    EXPECT_EQ(after->project.pictures[1], project.pictures[1]);
    EXPECT_EQ(after->project.pictures[0]->rows[1], project.pictures[0]->rows[1]);
}

TEST(Apply, MovesARowToItsPlaceAndBack) {
    const auto after = apply(someProject(), MoveRow{1, 3, 1});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->project.pictures[0]->rows[1]->id, 3u);
    EXPECT_EQ(apply(after->project, after->inverse)->project, someProject());
}

TEST(Apply, RefusesWhatDoesNotFit) {
    const Project project = someProject();
    Example small{77, "", fileOf(1, 8, 8), boxRuns(0, 0, 2, 2), 1};
    const Edit wrong[] = {
        RemovePicture{99},
        RemoveRow{1, 99},
        RemoveExample{1, 3, 99},
        AddRow{1, 0, std::make_shared<const Row>(Row{2, "taken"})},
        AddRow{1, 0, std::make_shared<const Row>(Row{0, "no id"})},
        AddRow{1, 0, nullptr},
        AddPicture{0, std::make_shared<const Picture>(Picture{8, {}, {}})},
        SetRowThreshold{1, 3, {Threshold::Kind::value, 1.5}},
        SetRowObject{1, 3, boxRuns(0, 0, 2, 2, 8, 8)},
        SetRowCorrection{1, 3, {boxRuns(0, 0, 5, 5), boxRuns(4, 4, 2, 2)}},
        SetPictureFile{1, fileOf(3, 8, 8)},
        AddExample{1, 3, 0, std::make_shared<const Example>(small)},
        SetExample{1, 4, project.row(1, 3)->examples[0]},
    };
    for (const Edit& edit : wrong) {
        const auto done = apply(project, edit);
        ASSERT_FALSE(done) << edit.what.index();
        EXPECT_EQ(done.error().kind, ErrorKind::input);
        EXPECT_FALSE(done.error().what.empty());
    }
}

TEST(Apply, APictureHasNoMoreRowsThanItMay) {
    History history(someProject());
    while (history.project().pictures[0]->rows.size() < kMostRows) {
        ASSERT_TRUE(history.edit(AddRow{1, 0, std::make_shared<const Row>(Row{history.freshId(), "row"})}));
    }
    const auto one = std::make_shared<const Row>(Row{history.freshId(), "one more"});
    const auto refused = history.edit(AddRow{1, 0, one});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what.text(), "\"/pictures/1.png\" would have 256 rows, and 255 is the most");
    EXPECT_FALSE(refused.error().advice.empty());
    EXPECT_TRUE(history.edit(AddRow{2, 0, one})) << "another picture has its own";
    Picture many{history.freshId(), fileOf(3), history.project().pictures[0]->rows};
    many.rows.push_back(std::make_shared<const Row>(Row{history.freshId(), "one more"}));
    EXPECT_FALSE(apply({}, AddPicture{0, std::make_shared<const Picture>(many)}));
}

TEST(Apply, WhatIsTypedIsARowOfNoPicture) {
    Row draft{20, "", {"bird", "", 0.5, 1, false, {}}};
    auto typed = apply(someProject(), SetDraft{std::make_shared<const Row>(draft)});
    ASSERT_TRUE(typed) << typed.error().line();
    EXPECT_EQ(typed->project.highestId(), 20u);
    EXPECT_EQ(apply(typed->project, typed->inverse)->project, someProject());
    const Example tom{21, "Tom", fileOf(9), boxRuns(1, 2, 3, 4)};
    const auto marked = apply(typed->project, AddExample{0, 20, 0, std::make_shared<const Example>(tom)});
    ASSERT_TRUE(marked) << marked.error().line();
    EXPECT_EQ(*marked->project.draft->examples.at(0), tom);
    EXPECT_EQ(apply(marked->project, marked->inverse)->project, typed->project);
    EXPECT_FALSE(apply(someProject(), AddExample{0, 20, 0, std::make_shared<const Example>(tom)}))
        << "nothing is typed";
    EXPECT_FALSE(apply(typed->project, SetRowObject{0, 20, boxRuns(1, 1, 2, 2)})) << "it has no picture";
    EXPECT_FALSE(apply(typed->project, AddRow{0, 0, std::make_shared<const Row>(Row{30})}));
    EXPECT_FALSE(apply(typed->project, AddRow{1, 0, std::make_shared<const Row>(Row{20})})) << "the id is taken";
    draft.id = 3;
    EXPECT_FALSE(apply(someProject(), SetDraft{std::make_shared<const Row>(draft)})) << "the id is taken";
}

TEST(Row, IsCalledByItsNameItsPhraseOrItsExample) {
    EXPECT_EQ(someProject().row(1, 3)->label(), "cat");
    Row row = *someProject().row(1, 3);
    row.question.phrase.clear();
    EXPECT_EQ(row.label(), "Tom");
    row.examples.clear();
    EXPECT_EQ(row.label(), "object");
    EXPECT_FALSE(row.asks());
    row.name = "the one";
    EXPECT_EQ(row.label(), "the one");
}

TEST(Edit, SaysWhichPicturesAndWhichSearchItChanges) {
    using Ids = std::vector<Id>;
    const auto picture = std::make_shared<const Picture>(Picture{8, fileOf(8), {}});
    EXPECT_EQ(picturesOf(AddPicture{0, picture}), Ids{8});
    EXPECT_EQ(picturesOf(SetRowName{2, 3, "Tom"}), Ids{2});
    EXPECT_EQ(picturesOf(SetRowQuestion{0, 3, {"cat"}}), Ids()) << "the draft's";
    EXPECT_EQ(picturesOf(SetSettings{}), Ids());
    const Edit both = Together{{SetRowName{1, 3, "Tom"}, SetDraft{}, RemoveRow{2, 4}, SetRowThreshold{2, 5, {}}}};
    EXPECT_EQ(picturesOf(both), (Ids{1, 2, 2}));
    EXPECT_EQ(searchedRow(both), Id{0}) << "the first";
    EXPECT_EQ(searchedRow(SetRowQuestion{1, 3, {"cat"}}), Id{3});
    EXPECT_EQ(searchedRow(SetRowQuestion{0, 3, {"cat"}}), Id{0});
    EXPECT_EQ(searchedRow(SetRowName{1, 3, "Tom"}), std::nullopt);
}

}  // namespace
}  // namespace maskwright::project
