// Marking objects with the tools on the canvas.
#include "examples_fixture.h"
#include "ui/panels/style_panel.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

using Marking = Examples;

TEST_F(Marking, ARectangleIsAnExampleAndCanBeUndone) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_NEAR(area(*supports()[0].region->mask()), 100 * 80, 400);
    ASSERT_EQ(engine_.requests.back().prompts.size(), 1u);
    EXPECT_EQ(engine_.requests.back().prompts[0].regions.at(0).region, supports()[0].region->mask());
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(supports().empty());
    QTest::keyClick(window_.get(), Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(supports().size(), 1u);
}

TEST_F(Marking, AClickWithTheRectangleMarksNothing) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {50, 40}});
    EXPECT_TRUE(supports().empty());
}

TEST_F(Marking, ShiftAddsAndAltTakesAway) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {100, 90}});
    const int first = area(*supports()[0].region->mask());
    drag({{200, 40}, {250, 90}}, Qt::ShiftModifier);
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_NEAR(area(*supports()[0].region->mask()), 2 * first, 150);
    drag({{40, 30}, {110, 100}}, Qt::AltModifier);
    EXPECT_NEAR(area(*supports()[0].region->mask()), first, 150);
    drag({{0, 0}, {451, 300}}, Qt::AltModifier);
    EXPECT_TRUE(supports().empty()) << "nothing left is no example";
    drag({{50, 40}, {100, 90}});
    drag({{200, 40}, {250, 90}});
    EXPECT_EQ(supports().size(), 2u) << "without keys each is its own";
}

TEST_F(Marking, TheBrushGoesOnWithTheOneInHand) {
    rail().choose(ToolKind::marker);
    drag({{60, 60}, {120, 60}});
    ASSERT_EQ(supports().size(), 1u);
    const int first = area(*supports()[0].region->mask());
    EXPECT_GT(first, 500);
    drag({{200, 200}, {260, 200}});
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_GT(area(*supports()[0].region->mask()), first * 3 / 2);
    drag({{200, 200}, {260, 200}}, Qt::AltModifier);
    EXPECT_NEAR(area(*supports()[0].region->mask()), first, first / 5);
    EXPECT_EQ(window_->document().history().steps(), 3u);
}

TEST_F(Marking, LassoAndPolygonEncloseWhatTheyDraw) {
    rail().choose(ToolKind::lasso);
    drag({{50, 50}, {150, 50}, {150, 150}, {50, 150}, {50, 60}});
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_NEAR(area(*supports()[0].region->mask()), 10000, 600);

    rail().choose(ToolKind::polygon);
    for (const QPointF& p : {QPointF(200, 50), QPointF(300, 50), QPointF(300, 150)}) {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(p.x(), p.y()));
    }
    EXPECT_EQ(supports().size(), 1u);
    QTest::keyClick(&canvas(), Qt::Key_Return);
    ASSERT_EQ(supports().size(), 2u);
    EXPECT_NEAR(area(*supports()[1].region->mask()), 5000, 300);
}

TEST_F(Marking, WhatWasFoundCanBePicked) {
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    rail().choose(ToolKind::pick);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(400, 100));
    EXPECT_TRUE(supports().empty());
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(100, 100));
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_EQ(area(*supports()[0].region->mask()), 225 * 300);
    EXPECT_EQ(supports()[0].name, "cat");
}

TEST_F(Marking, AHandThatMarksNothingIsTold) {
    auto& toast = *window_->findChild<Pill*>("toast");
    for (ToolKind kind : {ToolKind::rectangle, ToolKind::lasso}) {
        toast.clear();
        rail().choose(kind);
        drag({{50, 40}, {50, 40}});
        EXPECT_TRUE(supports().empty());
        EXPECT_TRUE(toast.text().startsWith("A click marks nothing")) << toast.text().toStdString();
    }
    rail().choose(ToolKind::rectangle);
    drag({{-60, -60}, {-20, -20}});
    EXPECT_TRUE(supports().empty());
    EXPECT_TRUE(toast.text().startsWith("That lies outside")) << toast.text().toStdString();
    EXPECT_FALSE(window_->findChild<StylePanel*>()->isVisible()) << "nothing is left of what was being drawn";
    rail().choose(ToolKind::marker);
    drag({{100, 100}, {120, 100}}, Qt::AltModifier);
    EXPECT_TRUE(toast.text().startsWith("Choose first")) << toast.text().toStdString();
}

TEST_F(Marking, RegionsAtTheEdgeOfOnePixelAndOfAllAreExamples) {
    auto& panel = *window_->findChild<StylePanel*>();
    auto works = [&](int pixels) {
        panel.refresh();
        return !supports().empty() && area(*supports().back().region->mask()) == pixels && !panel.picture().isNull() &&
               engine_.requests.back().prompts.at(0).regions.back().region == supports().back().region->mask();
    };
    rail().choose(ToolKind::rectangle);
    drag({{-20, -20}, {600, 500}});
    EXPECT_TRUE(works(451 * 300));
    drag({{440.5, 290.5}, {600, 500}});  // a pixel's middle, at whatever scale
    EXPECT_TRUE(works(11 * 10));
    canvas().zoomTo(24);
    canvas().repaint();  // a tool knows the scale from its last frame
    const QPointF middle = canvas().view().toPicture({canvas().width() / 2.0, canvas().height() / 2.0});
    const QPointF corner(std::floor(middle.x()), std::floor(middle.y()));
    drag({corner + QPointF(0.2, 0.2), corner + QPointF(0.8, 0.8)});
    EXPECT_TRUE(works(1)) << area(*supports().back().region->mask());
}

TEST_F(Marking, AnUndoInTheMiddleOfAStrokeEndsTheStroke) {
    rail().choose(ToolKind::marker);
    drag({{60, 60}, {120, 60}});
    ASSERT_EQ(supports().size(), 1u);
    const int first = area(*supports()[0].region->mask());
    press({200, 200});
    move({230, 200});
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(supports().empty());
    move({260, 200});
    release({260, 200});
    EXPECT_TRUE(supports().empty()) << "the stroke went with what it was painted on";
    QTest::keyClick(window_.get(), Qt::Key_Y, Qt::ControlModifier);
    ASSERT_EQ(supports().size(), 1u);
    EXPECT_EQ(area(*supports()[0].region->mask()), first);
    drag({{200, 200}, {260, 200}});
    EXPECT_EQ(supports().size(), 2u) << "with none in hand the next stroke begins another";
}

TEST_F(Marking, AnotherToolInMidDragDropsWhatIsHalfDrawn) {
    const auto& panel = *window_->findChild<StylePanel*>();
    for (ToolKind kind : {ToolKind::rectangle, ToolKind::lasso, ToolKind::marker}) {
        rail().choose(kind);
        press({50, 40});
        move({100, 40});
        move({100, 90});
        EXPECT_TRUE(panel.isVisible()) << "what is being drawn is shown";
        rail().choose(ToolKind::pan);
        EXPECT_FALSE(panel.isVisible());
        rail().choose(kind);
        move({150, 120});
        release({150, 120});
        EXPECT_TRUE(supports().empty());
    }
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {100, 90}});
    EXPECT_EQ(supports().size(), 1u);
}

}  // namespace
}  // namespace maskwright::ui
