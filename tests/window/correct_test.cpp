// Correcting a mask in the window: strokes, the panel, objects, and what is saved of them.
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>

#include "core/image/run_ops.h"
#include "core/image_io/mask.h"
#include "core/project/mask.h"
#include "examples_fixture.h"
#include "ui/panels/correct_panel.h"
#include "ui/shell/save_controller.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

class Correct : public Examples {
  protected:
    void find(const char* text) {
        QTest::keyClicks(&phrase(), text);
        engine_.answer();
    }
    [[nodiscard]] Document& document() const { return window_->document(); }
    [[nodiscard]] Runs shown() const { return canvas().mask().runs(document().threshold()); }
    [[nodiscard]] CorrectPanel& panel() const { return *window_->findChild<CorrectPanel*>("correct"); }
    [[nodiscard]] QPushButton& button(const char* text) const {
        for (auto* one : panel().findChildren<QPushButton*>()) {
            if (one->text() == QLatin1String(text)) {
                return *one;
            }
        }
        throw std::runtime_error("no such button");
    }
    // A press, the way and the release with this button.
    void dragWith(Qt::MouseButton button, QPointF from, QPointF to) {
        QTest::mousePress(&canvas(), button, {}, at(from.x(), from.y()));
        QMouseEvent event(QEvent::MouseMove, at(to.x(), to.y()), canvas().mapToGlobal(at(to.x(), to.y())), Qt::NoButton,
                          button, {});
        QApplication::sendEvent(&canvas(), &event);
        QTest::mouseRelease(&canvas(), button, {}, at(to.x(), to.y()));
    }
};

TEST_F(Correct, WithoutAMaskAStrokeSaysWhatToDo) {
    EXPECT_FALSE(panel().isVisible());
    rail().choose(ToolKind::brush);
    drag({{100, 100}, {120, 100}});
    EXPECT_TRUE(document().rows().empty());
    auto& toast = *window_->findChild<Pill*>("toast");
    EXPECT_TRUE(toast.text().startsWith("Type a phrase first")) << toast.text().toStdString();
}

TEST_F(Correct, AStrokePaintsAndTheEraserTakesAway) {
    find("cat");
    EXPECT_TRUE(panel().isVisible());
    const Runs found = shown();
    rail().choose(ToolKind::brush);
    press({300, 100});
    move({340, 100});
    EXPECT_TRUE(holds(shown(), 320, 100)) << "the mask follows the hand";
    EXPECT_TRUE(document().rows().empty()) << "and nothing is done yet";
    release({340, 100});
    ASSERT_EQ(document().rows().size(), 1u);
    EXPECT_TRUE(supports().empty()) << "it marks no example";
    const Runs painted = shown();
    EXPECT_TRUE(isEmpty(without(found, painted)));
    EXPECT_TRUE(holds(painted, 320, 100));
    rail().choose(ToolKind::eraser);
    drag({{60, 60}, {90, 60}});
    EXPECT_FALSE(holds(shown(), 75, 60));
    const Runs erased = shown();
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(shown(), painted);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(shown(), found);
    EXPECT_EQ(document().rows().size(), 1u) << "keeping it is a step of its own";
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(document().rows().empty());
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(window_.get(), Qt::Key_Y, Qt::ControlModifier);
    }
    ASSERT_EQ(document().rows().size(), 1u);
    document().selectRow(document().rows()[0].id);
    EXPECT_EQ(shown(), erased);
}

TEST_F(Correct, AltAndTheRightButtonDoTheOther) {
    find("cat");
    rail().choose(ToolKind::brush);
    drag({{60, 60}, {90, 60}}, Qt::AltModifier);
    EXPECT_FALSE(holds(shown(), 75, 60));
    dragWith(Qt::RightButton, {60, 160}, {90, 160});
    EXPECT_FALSE(holds(shown(), 75, 160));
    rail().choose(ToolKind::eraser);
    dragWith(Qt::RightButton, {60, 160}, {90, 160});
    EXPECT_TRUE(holds(shown(), 75, 160));
}

TEST_F(Correct, KeysChangeTheBrush) {
    find("cat");
    rail().choose(ToolKind::brush);
    const int size = slider("brushSize").value(), hardness = slider("brushHardness").value();
    QTest::keyClick(&canvas(), Qt::Key_BracketRight);
    EXPECT_GT(slider("brushSize").value(), size);
    QTest::keyClick(&canvas(), Qt::Key_BracketLeft);
    EXPECT_NEAR(slider("brushSize").value(), size, 1);
    QTest::keyClick(&canvas(), Qt::Key_BraceLeft, Qt::ShiftModifier);
    EXPECT_LT(slider("brushHardness").value(), hardness);
    QTest::keyClick(&canvas(), Qt::Key_X);
    EXPECT_EQ(rail().current(), ToolKind::eraser);
    QTest::keyClick(&canvas(), Qt::Key_X);
    EXPECT_EQ(rail().current(), ToolKind::brush);
    EXPECT_EQ(phrase().text(), "cat") << "they are not typed";
}

TEST_F(Correct, AnUndoInTheMiddleOfAStrokeEndsTheStroke) {
    find("cat");
    const Runs found = shown();
    rail().choose(ToolKind::brush);
    drag({{300, 100}, {320, 100}});
    press({300, 200});
    move({320, 200});
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(shown(), found);
    move({340, 200});
    release({340, 200});
    EXPECT_EQ(shown(), found) << "the stroke went with what it was painted on";
    press({300, 200});
    move({320, 200});
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    EXPECT_EQ(shown(), found);
    release({320, 200});
    EXPECT_EQ(shown(), found);
}

TEST_F(Correct, TwoQuickDabsAreTwo) {
    find("cat");
    rail().choose(ToolKind::brush);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(300, 100));
    QMouseEvent second(QEvent::MouseButtonDblClick, at(340, 140), canvas().mapToGlobal(at(340, 140)), Qt::LeftButton,
                       Qt::LeftButton, {});
    QApplication::sendEvent(&canvas(), &second);
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, at(340, 140));
    EXPECT_TRUE(holds(shown(), 300, 100));
    EXPECT_TRUE(holds(shown(), 340, 140));
}

TEST_F(Correct, WhatIsSavedIsCorrected) {
    find("cat");
    rail().choose(ToolKind::brush);
    drag({{300, 100}, {340, 180}});
    drag({{60, 60}, {90, 60}}, Qt::AltModifier);
    const Row& row = document().rows().at(0);
    const Runs expected =
        project::corrected(ShownMask{canvas().mask().map}.runs(document().threshold()), row.correction);
    const QTemporaryDir folder;
    OverlayState overlay(document());
    SaveController saving(document(), window_->preview(), window_->rowFindings(), window_->candidates(), overlay,
                          *window_);
    auto job = saving.job(output::Kind::mask);
    ASSERT_TRUE(job.has_value());
    job->path = folder.filePath("mask.png");
    ASSERT_TRUE(writeJob(*job).ok());
    const auto back = image_io::readMask(job->path.toStdString());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(runsFromMask(*back), expected);
    EXPECT_EQ(*back, toMask(shown())) << "and what is on the screen";
}

TEST_F(Correct, ThePanelChangesTheWholeMask) {
    find("cat");
    const Runs found = shown();
    const auto press = [&](const char* text) {
        const Runs before = shown();
        button(text).click();
        return waitFor([&] { return shown() != before; });
    };
    EXPECT_FALSE(button("Remove correction").isEnabled());
    ASSERT_TRUE(press("Invert"));
    EXPECT_EQ(shown(), inverted(found));
    ASSERT_TRUE(press("Shrink"));
    EXPECT_EQ(shown().area(), inverted(found).area() - 3 * 300) << "the picture's border is no edge";
    EXPECT_TRUE(actionNamed("&Undo: mask shrunk") != nullptr);
    EXPECT_TRUE(button("Remove correction").isEnabled());
    ASSERT_TRUE(press("Remove correction"));
    EXPECT_EQ(shown(), found);
}

TEST_F(Correct, TheMenuDoesWhatThePanelDoes) {
    EXPECT_FALSE(actionCalled("correctInvert")->isEnabled()) << "nothing was found yet";
    find("cat");
    const Runs found = shown();
    const auto trigger = [&](const char* name) {
        const Runs before = shown();
        actionCalled(name)->trigger();
        return waitFor([&] { return shown() != before; });
    };
    EXPECT_FALSE(actionCalled("correctRemove")->isEnabled());
    ASSERT_TRUE(trigger("correctInvert"));
    EXPECT_EQ(shown(), inverted(found));
    window_->findChild<QSpinBox*>("correctPixels")->setValue(5);
    ASSERT_TRUE(trigger("correctShrink"));
    EXPECT_EQ(shown().area(), inverted(found).area() - 5 * 300) << "by the panel's number";
    ASSERT_TRUE(trigger("correctGrow"));
    EXPECT_EQ(shown(), inverted(found));
    ASSERT_TRUE(trigger("correctRemove"));
    EXPECT_EQ(shown(), found);
    EXPECT_FALSE(actionCalled("correctRemove")->isEnabled());
    window_->candidates().setOn(true);
    EXPECT_FALSE(actionCalled("correctInvert")->isEnabled()) << "candidates become rows first";
}

TEST_F(Correct, AClickTakesAnObjectAsARow) {
    find("cat");
    rail().choose(ToolKind::brush);
    drag({{350, 100}, {352, 100}});
    rail().choose(ToolKind::object);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(350, 100));
    EXPECT_TRUE(status().text().startsWith("Looking for the things in the picture")) << status().text().toStdString();
    engine_.answer();
    ASSERT_TRUE(waitFor([this] { return document().rows().size() == 2; }));
    EXPECT_TRUE(status().text().startsWith("Ready")) << status().text().toStdString();
    ASSERT_NE(document().rows()[1].object, nullptr);
    EXPECT_TRUE(holds(*document().rows()[1].object, 350, 100));
    EXPECT_FALSE(holds(*document().rows()[1].object, 100, 100));
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at(430, 280));
    auto& toast = *window_->findChild<Pill*>("toast");
    EXPECT_TRUE(waitFor([&] { return toast.text() == "Nothing was found at this place"; }));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(document().rows().size(), 1u);
}

// A movement looks at the pixels under the brush and at those on the screen, and what looks at all pixels does so
// elsewhere: no figure here, but with a look at each pixel for each movement this would be the suite's slowest test.
TEST_F(Correct, AHundredMegapixels) {
    constexpr int kWide = 11000, kHigh = 9000;
    OpenPicture picture;
    picture.key = picture.name = "large";
    picture.image = std::make_shared<const Image>(kWide, kHigh);
    picture.pyramid = makePyramid(*picture.image);
    document().setPicture(picture);
    Mask square(kWide, kHigh);
    for (int y = 3000; y < 6000; ++y) {
        std::fill_n(&square.at(3000, y), 3000, std::uint8_t(255));
    }
    Row row;
    row.name = "square";
    row.object = std::make_shared<const Runs>(runsFromMask(square));
    document().selectRow(document().addRow("object", row, kOverlayColours[0]));
    ASSERT_EQ(canvas().mask().size(), QSize(kWide, kHigh));
    rail().choose(ToolKind::brush);
    press({4000, 2000});
    for (int i = 1; i <= 200; ++i) {
        move({4000.0 + 20 * i, 2000.0 + 1500 * (i % 2)});
        canvas().repaint();
    }
    release({8000, 2000});
    const Row& painted = document().rows().at(0);
    ASSERT_NE(painted.correction.added, nullptr);
    EXPECT_TRUE(holds(*painted.correction.added, 7000, 2700));
    EXPECT_TRUE(holds(shown(), 4000, 5000));
    EXPECT_TRUE(holds(shown(), 7000, 2700));
    rail().choose(ToolKind::eraser);
    drag({{3500, 4000}, {5500, 4000}});
    EXPECT_FALSE(holds(shown(), 4500, 4000));
    const Runs before = shown();
    button("Fill holes").click();
    ASSERT_TRUE(waitFor([&] { return button("Fill holes").isEnabled(); }, 60000));
    EXPECT_TRUE(holds(shown(), 4500, 4000)) << "the slot was closed in";
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(shown(), before);
}

}  // namespace
}  // namespace maskwright::ui
