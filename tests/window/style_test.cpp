// How examples are shown to the model: the panel with its preview, and the comparison of all ways.
#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include "core/visual_prompt/engineer.h"
#include "examples_fixture.h"
#include "ui/dialogs/compare_styles.h"
#include "ui/panels/style_panel.h"
#include "ui/widgets/section.h"

namespace maskwright::ui {
namespace {

using Styles = Examples;

TEST_F(Styles, ThePreviewIsWhatTheEncoderGets) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {170, 160}});
    auto& panel = *window_->findChild<StylePanel*>();
    ASSERT_TRUE(panel.isVisible());
    auto equal = [&] {
        panel.refresh();
        const session::Prompt prompt = window_->document().search().prompt();
        const auto expected = visual_prompt::engineer(*prompt.regions.at(0).image, *prompt.regions.at(0).region,
                                                      prompt.regions.at(0).style);
        return expected.ok() && toImage(panel.picture()) == *expected;
    };
    EXPECT_TRUE(equal());
    const QImage before = panel.picture();
    slider("background").setValue(80);
    EXPECT_TRUE(equal());
    EXPECT_NE(panel.picture(), before);
    slider("blur").setValue(40);
    slider("context").setValue(12);
    slider("size").setValue(3);
    EXPECT_TRUE(equal());
    EXPECT_DOUBLE_EQ(engine_.requests.back().prompts.at(0).regions.at(0).style.context, 0.6);
    EXPECT_EQ(panel.picture().width(), window_->document().search().style.size);
    auto& preset = *window_->findChild<QComboBox*>("preset");
    preset.setCurrentIndex(2);
    Q_EMIT preset.activated(2);
    EXPECT_EQ(window_->document().search().style, visual_prompt::presets()[2].style);
    EXPECT_TRUE(equal());
}

TEST_F(Styles, ThePreviewFollowsTheHand) {
    auto& panel = *window_->findChild<StylePanel*>();
    rail().choose(ToolKind::rectangle);
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, at(50, 50));
    QMouseEvent move(QEvent::MouseMove, at(120, 120), canvas().mapToGlobal(at(120, 120)), Qt::NoButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(&canvas(), &move);
    panel.refresh();
    EXPECT_FALSE(panel.picture().isNull());
    EXPECT_TRUE(supports().empty());
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, at(120, 120));
    EXPECT_EQ(supports().size(), 1u);
}

TEST_F(Styles, EverySettingOfAStyleHasItsHandle) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {170, 160}});
    auto& panel = *window_->findChild<StylePanel*>();
    auto change = [&](auto&& edit) {
        panel.refresh();
        const QImage before = panel.picture();
        edit();
        panel.refresh();
        const session::SupportRegion& region = engine_.requests.back().prompts.at(0).regions.at(0);
        const auto expected = visual_prompt::engineer(*region.image, *region.region, region.style);
        return panel.picture() != before && expected.ok() && toImage(panel.picture()) == *expected;
    };
    auto style = [&] { return window_->document().search().style; };
    EXPECT_TRUE(change([&] { slider("brightness").setValue(50); }));
    EXPECT_DOUBLE_EQ(style().brightness, 0.5);
    EXPECT_TRUE(change([&] { slider("objectFactor").setValue(150); }));
    EXPECT_DOUBLE_EQ(style().objectFactor, 1.5);
    EXPECT_TRUE(change([&] { slider("objectShift").setValue(0); }));
    EXPECT_DOUBLE_EQ(style().objectShift, -1);
    EXPECT_TRUE(change([&] { slider("shift").setValue(180); }));
    EXPECT_NEAR(style().shift, 0.8, 1e-9);
    auto pick = [&](const char* name, int index) {
        auto& box = *window_->findChild<QComboBox*>(name);
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
    };
    EXPECT_TRUE(change([&] { pick("ground", 1); }));
    auto* const colour = window_->findChild<QPushButton*>("markColour");
    EXPECT_FALSE(colour->isVisibleTo(colour->parentWidget())) << "nothing draws a line";
    EXPECT_TRUE(change([&] { pick("tint", 1); }));
    EXPECT_TRUE(colour->isVisibleTo(colour->parentWidget()));
    EXPECT_TRUE(change([&] { slider("markWidth").setValue(12); }));
    EXPECT_EQ(style().markWidth, 12);
    EXPECT_TRUE(change([&] {
        colour->click();
        auto* dialog = window_->findChild<QColorDialog*>();
        ASSERT_NE(dialog, nullptr);
        dialog->setCurrentColor(QColor(0, 128, 255));
        dialog->accept();
    }));
    EXPECT_EQ(style().markColour, (std::array<std::uint8_t, 3>{0, 128, 255}));
    EXPECT_TRUE(change([&] { pick("content", 1); }));
    EXPECT_EQ(style().content, visual_prompt::Content::shape);
    pick("tokens", 3);
    EXPECT_EQ(style().tokenMasking, visual_prompt::TokenMasking::clsOnly);
    EXPECT_FALSE(style().crop) << "tokens are hidden in the whole picture";
    window_->findChild<QCheckBox*>("crop")->click();
    EXPECT_TRUE(style().crop);
    EXPECT_EQ(style().tokenMasking, visual_prompt::TokenMasking::none);
}

TEST_F(Styles, ThePreviewStaysInSightOfItsSliders) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {170, 160}});
    auto& panel = *window_->findChild<StylePanel*>();
    auto& picture = *window_->findChild<QWidget*>("stylePicture");
    panel.findChild<Section*>("moreStyle")->setOpen(true);
    QCoreApplication::processEvents();
    auto* scroll = window_->findChild<QScrollArea*>();
    const auto inSight = [&](const QWidget& widget) {
        const QRect there(widget.mapTo(scroll->viewport(), QPoint()), widget.size());
        return scroll->viewport()->rect().contains(there);
    };
    for (const char* name : {"background", "tint", "objectShift", "shift"}) {
        auto* control = window_->findChild<QWidget*>(name);
        scroll->ensureWidgetVisible(control, 0, 20);
        slider("shift").setFocus();
        QCoreApplication::processEvents();
        EXPECT_TRUE(inSight(picture)) << name;
        EXPECT_TRUE(inSight(*control)) << name;
        const QRect a(picture.mapTo(&panel, QPoint()), picture.size()),
            b(control->mapTo(&panel, QPoint()), control->size());
        EXPECT_FALSE(a.intersects(b)) << name << " is hidden beneath the picture";
    }
    // Back up with the keyboard.
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &panel, Qt::Key_Backtab);
        QCoreApplication::processEvents();
        const QWidget* focus = QApplication::focusWidget();
        if (focus != nullptr && panel.isAncestorOf(focus)) {
            const QRect a(picture.mapTo(&panel, QPoint()), picture.size()),
                b(focus->mapTo(&panel, QPoint()), focus->size());
            EXPECT_FALSE(a.intersects(b)) << focus->objectName().toStdString() << " is hidden beneath the picture";
        }
    }
}

TEST_F(Styles, WhatTheModelCannotDoCannotBeChosen) {
    auto& panel = *window_->findChild<StylePanel*>();
    const auto chooseable = [&](const char* box) {
        int count = 0;
        const QAbstractItemModel* items = window_->findChild<QComboBox*>(box)->model();
        for (int i = 0; i < items->rowCount(); ++i) {
            count += items->flags(items->index(i, 0)).testFlag(Qt::ItemIsEnabled) ? 1 : 0;
        }
        return count;
    };
    panel.setModel(16, true);
    const int all = chooseable("preset");
    EXPECT_EQ(chooseable("tokens"), 4);
    panel.setModel(32, false);
    EXPECT_EQ(chooseable("tokens"), 1);
    EXPECT_EQ(chooseable("preset"), all - 4) << "the presets that hide tokens";
    EXPECT_DOUBLE_EQ(window_->document().search().style.size, 352);
    slider("size").setValue(slider("size").value() + 1);
    EXPECT_DOUBLE_EQ(window_->document().search().style.size, 384) << "the next size this model takes";
    slider("size").setValue(slider("size").minimum());
    EXPECT_DOUBLE_EQ(window_->document().search().style.size, 32);
}

TEST_F(Styles, AllWaysOfShowingAreCompared) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    engine_.answer();
    auto* comparison = new CompareStyles(window_->document(), window_->jobs(),
                                         {supports()[0].image, supports()[0].region->mask()}, "cat", {}, window_.get());
    const CompareStyles& dialog = *comparison;
    const std::size_t count = visual_prompt::presets().size();
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(engine_.requests.back().prompts.size(), 1u);
        EXPECT_EQ(engine_.requests.back().prompts[0].regions.at(0).style, visual_prompt::presets()[i].style);
        engine_.answer();
    }
    ASSERT_TRUE(engine_.requests.back().styles.has_value());
    EXPECT_EQ(engine_.requests.back().styles->name, "cat");
    EXPECT_EQ(engine_.requests.back().styles->region, supports()[0].region->mask());
    engine_.answer();
    ASSERT_EQ(dialog.rows().size(), count);
    EXPECT_EQ(dialog.rows()[0].preset.name, visual_prompt::presets()[1].name) << "the best first";
    EXPECT_DOUBLE_EQ(*dialog.rows()[0].gain, 30);
    EXPECT_FALSE(dialog.rows().back().gain.has_value()) << "what the model cannot do is at the end";
    EXPECT_TRUE(dialog.rows()[0].presence.has_value());
}

}  // namespace
}  // namespace maskwright::ui
