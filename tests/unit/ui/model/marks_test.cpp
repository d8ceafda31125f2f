#include "ui/model/marks.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "ui/canvas/region_shapes.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 40, kHeight = 30;

Mask box(double left, double right) { return rectangleMask(kWidth, kHeight, {left, 0}, {right, kHeight}); }

class MarksTest : public testing::Test {
  protected:
    void SetUp() override { document_.setPicture(picture()); }
    static OpenPicture picture(std::uint8_t red = 0) {
        Image image(kWidth, kHeight);
        image.pixels[0] = red;
        OpenPicture open;
        open.key = QString::number(red);
        open.image = std::make_shared<const Image>(std::move(image));
        return open;
    }
    [[nodiscard]] const std::vector<Support>& supports() const { return document_.search().supports; }
    [[nodiscard]] int columns(std::size_t index) const { return int(supports()[index].region->area()) / kHeight; }
    Document document_;
    Marks marks_{document_};
};

TEST_F(MarksTest, AFreshMaskIsAnExampleOfTheOpenPictureAndTheOneInHand) {
    marks_.finish(box(0, 10), MarkMode::fresh);
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_EQ(supports()[0].image, document_.picture().image);
    EXPECT_EQ(supports()[0].id, marks_.active());
    EXPECT_EQ(supports()[0].name, "Example 1");
    document_.setPhrase("cat");
    marks_.finish(box(20, 30), MarkMode::fresh);
    EXPECT_EQ(supports()[1].name, "cat") << "the phrase is the best guess at a name";
    EXPECT_EQ(supports()[1].id, marks_.active());
}

TEST_F(MarksTest, TheOneInHandGrowsShrinksAndGoesWhenNothingIsLeft) {
    marks_.finish(box(0, 10), MarkMode::fresh);
    marks_.finish(box(20, 30), MarkMode::add);
    EXPECT_EQ(columns(0), 20);
    marks_.finish(box(0, 5), MarkMode::take);
    EXPECT_EQ(columns(0), 15);
    marks_.finish(box(0, kWidth), MarkMode::take);
    EXPECT_TRUE(supports().empty());
    EXPECT_TRUE(marks_.active().isEmpty());
    document_.undo();
    EXPECT_EQ(columns(0), 15) << "each is one step back";
}

TEST_F(MarksTest, WithNoneInHandAddingBeginsOneAndTakingDoesNothing) {
    marks_.finish(box(0, 10), MarkMode::take);
    EXPECT_TRUE(supports().empty());
    marks_.finish(box(0, 10), MarkMode::add);
    EXPECT_EQ(supports().size(), 1u);
    marks_.finish(Mask(kWidth, kHeight), MarkMode::fresh);
    EXPECT_EQ(supports().size(), 1u) << "a blank mask is no example";
}

TEST_F(MarksTest, AnExampleOfAnotherPictureIsNotChangedByMarkingInThisOne) {
    marks_.finish(box(0, 10), MarkMode::fresh);
    document_.setPicture(picture(255));
    EXPECT_EQ(marks_.activeRegionHere(), nullptr);
    marks_.finish(box(20, 30), MarkMode::add);
    ASSERT_EQ(supports().size(), 2u);
    EXPECT_EQ(columns(0), 10);
}

TEST_F(MarksTest, WhatIsBeingDrawnIsShownFirstAndMadeOnlyForWhoLooks) {
    marks_.finish(box(0, 10), MarkMode::fresh);
    const auto kept = marks_.shown().region;
    int made = 0;
    const Drawing drawing = [&made] {
        ++made;
        return box(0, 20);
    };
    QSignalSpy changed(&marks_, &Marks::shownChanged);
    for (int i = 0; i < 5; ++i) {
        marks_.draw(drawing);
    }
    EXPECT_EQ(changed.count(), 5);
    EXPECT_TRUE(marks_.anyShown());
    EXPECT_EQ(made, 0) << "five moves of the hand made no mask";
    EXPECT_EQ(*marks_.shown().region, box(0, 20));
    EXPECT_EQ(marks_.shown().image, document_.picture().image);
    EXPECT_EQ(made, 1);
    marks_.giveUp();
    EXPECT_EQ(*marks_.shown().region, *kept);
    marks_.draw(drawing);
    document_.undo();
    EXPECT_FALSE(marks_.anyShown()) << "an undo ends the drawing";
}

TEST_F(MarksTest, TheActiveExampleIsForgottenWithItsUndo) {
    marks_.finish(box(0, 10), MarkMode::fresh);
    QSignalSpy changed(&marks_, &Marks::activeChanged);
    document_.undo();
    EXPECT_TRUE(marks_.active().isEmpty());
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(marks_.activeSupport(), nullptr);
}

TEST_F(MarksTest, ChangesOfOneExampleMergeAndLeaveTheOthers) {
    marks_.finish(box(0, 10), MarkMode::fresh);
    marks_.finish(box(20, 30), MarkMode::fresh);
    const QString id = supports()[0].id;
    const std::size_t before = document_.history().steps();
    for (double weight : {0.5, 0.6, 0.7}) {
        marks_.change(id, "weight", "weight", [weight](Support& s) { s.weight = weight; });
    }
    EXPECT_EQ(document_.history().steps(), before + 1);
    EXPECT_DOUBLE_EQ(supports()[0].weight, 0.7);
    EXPECT_DOUBLE_EQ(supports()[1].weight, 1);
    document_.undo();
    EXPECT_DOUBLE_EQ(supports()[0].weight, 1);
}

}  // namespace
}  // namespace maskwright::ui
