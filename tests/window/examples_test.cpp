// What examples do to the search: mixtures with the phrase, what is left out, other pictures.
#include <QLineEdit>
#include <QScrollArea>
#include <QToolButton>

#include "examples_fixture.h"
#include "tests/support/qt_paths.h"
#include "ui/dialogs/compare_styles.h"
#include "ui/panels/style_panel.h"
#include "ui/panels/support_card.h"

namespace maskwright::ui {
namespace {

TEST_F(Examples, TheMixtureAsksAndTheStripComesAfterIt) {
    QTest::keyClicks(&phrase(), "cat");
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    engine_.answer();
    // The strip: five mixtures, once the preview wants nothing.
    const session::Request strip = engine_.requests.back();
    ASSERT_EQ(strip.prompts.size(), 5u);
    EXPECT_DOUBLE_EQ(strip.prompts[0].mix, 0);
    EXPECT_DOUBLE_EQ(strip.prompts[3].mix, 0.75);
    // The slider moves before the strip is answered: the preview goes first, the strip is asked again.
    slider("mix").setValue(80);
    EXPECT_EQ(engine_.requests.back().prompts.size(), 1u);
    EXPECT_DOUBLE_EQ(engine_.requests.back().prompts[0].mix, 0.8);
    engine_.answer();
    ASSERT_EQ(engine_.requests.back().prompts.size(), 5u);
    engine_.answer();
    const std::size_t before = engine_.requests.size();
    slider("mix").setValue(20);
    engine_.answer();
    EXPECT_EQ(engine_.requests.size(), before + 1) << "another mixture is the same strip";
}

TEST_F(Examples, WhatIsLeftOutGoesIntoThePrompt) {
    QTest::keyClicks(&phrase(), "cat");
    auto& negative = *window_->findChild<QLineEdit*>("negative");
    QTest::keyClicks(&negative, "dog");
    EXPECT_EQ(engine_.requests.back().prompts.at(0).negativePhrase, "dog");
    EXPECT_FALSE(engine_.requests.back().prompts.at(0).compete);
    for (auto* button : window_->findChildren<QToolButton*>("segment")) {
        if (button->text() == "Compete") {
            button->click();
        }
    }
    EXPECT_TRUE(engine_.requests.back().prompts.at(0).compete);
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    auto* card = window_->findChild<SupportCard*>();
    ASSERT_NE(card, nullptr);
    for (QToolButton* button : card->findChildren<QToolButton*>()) {
        if (button->toolTip() == "Leave out what is like this") {
            button->click();
        }
    }
    EXPECT_TRUE(supports()[0].negative);
    EXPECT_EQ(engine_.requests.back().prompts.at(0).negativeRegions.size(), 1u);
    EXPECT_TRUE(engine_.requests.back().prompts.at(0).regions.empty());
}

TEST_F(Examples, AnExampleServesInAnotherPicture) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    const auto cat = window_->document().picture().image;
    window_->openFile(test::sourceFile("resources/examples/coffee.png"));
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "coffee.png"; }));
    const session::Request& request = engine_.requests.back();
    EXPECT_EQ(request.image->width, 600);
    EXPECT_EQ(request.prompts.at(0).regions.at(0).image, cat);
}

TEST_F(Examples, ThreeExamplesLeaveWhatTheModelSeesInSight) {
    window_->resize(1180, 780);
    rail().choose(ToolKind::rectangle);
    for (const double left : {50.0, 150.0, 250.0}) {
        drag({{left, 40}, {left + 80, 120}});
        window_->marks().setActive({});
    }
    ASSERT_EQ(supports().size(), 3u);
    QCoreApplication::processEvents();
    auto* scroll = window_->findChild<QWidget*>("sidebar")->findChild<QScrollArea*>();
    const QWidget& picture = *window_->findChild<QWidget*>("stylePicture");
    const QRect there(picture.mapTo(scroll->viewport(), QPoint()), picture.size());
    EXPECT_LE(there.top() + there.height() / 2, scroll->viewport()->height()) << "half of it at least";
}

TEST_F(Examples, AnExamplesOwnNameIsNotTakenForWhatTheObjectIs) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    ASSERT_EQ(supports()[0].name, "Example 1");
    Q_EMIT window_->findChild<StylePanel*>()->compareWanted();
    auto* dialog = window_->findChild<CompareStyles*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->findChild<QLineEdit*>()->text().isEmpty());
    dialog->close();
}

TEST_F(Examples, ACardIsTakenInHandAndRemovedByKeys) {
    rail().choose(ToolKind::rectangle);
    drag({{50, 40}, {150, 120}});
    auto* card = window_->findChild<SupportCard*>();
    ASSERT_FALSE(window_->marks().active().isEmpty());
    card->setFocus(Qt::TabFocusReason);
    QTest::keyClick(card, Qt::Key_Space);
    EXPECT_TRUE(window_->marks().active().isEmpty());
    QTest::keyClick(card, Qt::Key_Space);
    EXPECT_EQ(window_->marks().active(), supports()[0].id);
    QTest::keyClick(card, Qt::Key_Delete);
    EXPECT_TRUE(supports().empty());
}

}  // namespace
}  // namespace maskwright::ui
