// The window without a mouse: every control that takes the focus has a name, shows that it has the focus, in light and
// in dark, and a region can be marked by keys.
#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTextEdit>
#include <QWheelEvent>
#include <functional>
#include <map>

#include "answering_fixture.h"
#include "tests/support/qt_paths.h"
#include "ui/dialogs/compare_styles.h"
#include "ui/panels/row_card.h"
#include "ui/panels/support_card.h"
#include "ui/panels/tool_rail.h"
#include "ui/shell/actions.h"
#include "ui/widgets/mnemonic.h"

namespace maskwright::ui {
namespace {

class Keyboard : public AnsweringWindow {
  protected:
    // A phrase with something left out, a row, and an example.
    void fillWindow() {
        openCat();
        window_->setPhrase("cat");
        answerAll();
        QTest::keyClick(&phrase(), Qt::Key_Return);
        window_->setPhrase("ear");
        window_->document().edit("left out", {}, [](Search& s) { s.negativePhrase = "dog"; });
        Mask region(451, 300);
        std::fill_n(region.pixels.begin(), 451 * 100, std::uint8_t(255));
        window_->marks().finish(region, MarkMode::fresh);
        answerAll();
        QCoreApplication::processEvents();
    }
    // Those that Tab goes to, and some more that only a click does.
    static std::vector<QWidget*> focusable(QWidget& in) {
        std::vector<QWidget*> found;
        for (QWidget* widget : in.findChildren<QWidget*>()) {
            const bool own = widget->window() == in.window();
            if (own && widget->isVisibleTo(&in) && widget->isEnabled() && widget->focusPolicy() != Qt::NoFocus &&
                widget->focusProxy() == nullptr && !widget->objectName().startsWith("qt_")) {
                found.push_back(widget);
            }
        }
        return found;
    }
    static QDialog* openDialog() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(widget);
            if (dialog != nullptr && dialog->isVisible()) {
                dialog->activateWindow();
                QCoreApplication::processEvents();
                return dialog;
            }
        }
        return nullptr;
    }
    static std::string describe(const QWidget& widget) {
        return std::string(widget.metaObject()->className()) + " “" + widget.objectName().toStdString() + "” in " +
               (widget.parentWidget() != nullptr ? widget.parentWidget()->metaObject()->className() : "nothing");
    }
    static void expectNames(QWidget& in) {
        for (QWidget* widget : focusable(in)) {
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            ASSERT_NE(accessible, nullptr) << describe(*widget);
            EXPECT_FALSE(accessible->text(QAccessible::Name).trimmed().isEmpty()) << describe(*widget);
        }
    }
    // Something changes on the screen where the focus comes to a widget.
    static void expectVisibleFocus(QWidget& in) {
        int looked = 0;
        for (QWidget* widget : focusable(in)) {
            if ((widget->focusPolicy() & Qt::TabFocus) == 0) {
                continue;
            }
            widget->clearFocus();
            QCoreApplication::processEvents();
            const auto shown = [&] { return widget->grab().toImage(); };
            const QImage before = shown();
            widget->setFocus(Qt::TabFocusReason);
            QCoreApplication::processEvents();
            if (auto* edit = qobject_cast<QLineEdit*>(widget)) {
                edit->deselect();  // what is selected is no frame
            }
            EXPECT_TRUE(widget->hasFocus()) << describe(*widget);
            EXPECT_NE(shown(), before) << describe(*widget);
            ++looked;
        }
        EXPECT_GT(looked, 1);
    }
};

TEST_F(Keyboard, EveryControlHasAName) {
    expectNames(*window_);
    fillWindow();
    expectNames(*window_);
    window_->candidates().setOn(true);
    answerAll();
    QCoreApplication::processEvents();
    expectNames(*window_);
    window_->openFile(test::sourceFile("resources/examples"));
    QCoreApplication::processEvents();
    expectNames(*window_);
    EXPECT_GT(focusable(*window_).size(), 15u);
}

TEST_F(Keyboard, CanvasAndCardsSayWhatTheyAre) {
    fillWindow();
    const auto role = [](QWidget* widget) { return QAccessible::queryAccessibleInterface(widget)->role(); };
    EXPECT_EQ(role(&canvas()), QAccessible::Graphic);
    ASSERT_NE(window_->findChild<RowCard*>(), nullptr);
    EXPECT_EQ(role(window_->findChild<RowCard*>()), QAccessible::ListItem);
    ASSERT_NE(window_->findChild<SupportCard*>(), nullptr);
    EXPECT_EQ(role(window_->findChild<SupportCard*>()), QAccessible::ListItem);
}

TEST_F(Keyboard, EveryDialogsControlsHaveNames) {
    fillWindow();
    for (const char* name : {"settings", "shortcuts", "log", "about"}) {
        SCOPED_TRACE(name);
        actionCalled(name)->trigger();
        QDialog* dialog = openDialog();
        ASSERT_NE(dialog, nullptr);
        expectNames(*dialog);
        expectVisibleFocus(*dialog);
        dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    const Support& support = window_->document().search().supports.front();
    CompareStyles compare(window_->document(), window_->jobs(), {support.image, support.region->mask()}, "cat", {},
                          window_.get());
    compare.setAttribute(Qt::WA_DeleteOnClose, false);
    compare.show();
    expectNames(compare);
}

TEST_F(Keyboard, TheFocusIsSeenInLightAndDark) {
    fillWindow();
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        SCOPED_TRACE(scheme == Scheme::light ? "light" : "dark");
        theme_->setScheme(scheme);
        QCoreApplication::processEvents();
        expectVisibleFocus(*window_);
    }
}

// A letter that two entries have chooses neither.
TEST_F(Keyboard, NoMenuHasALetterTwice) {
    const std::function<void(const QList<QAction*>&, const QString&)> look = [&](const auto& actions,
                                                                                 const QString& of) {
        std::map<QChar, QString> taken;
        for (const QAction* action : actions) {
            const QString text = action->text();
            if (const QChar letter = mnemonicOf(text); !letter.isNull()) {
                const auto [other, fresh] = taken.emplace(letter, text);
                EXPECT_TRUE(fresh) << of.toStdString() << ": " << text.toStdString() << " and "
                                   << other->second.toStdString();
            } else if (!action->isSeparator() && !action->objectName().startsWith(kListed)) {
                // Languages have their own names.
                EXPECT_TRUE(action->data().isValid()) << of.toStdString() << ": " << text.toStdString();
            }
            if (action->menu() != nullptr) {
                look(action->menu()->actions(), text);
            }
        }
    };
    openCat();
    for (const char* code : {"en", "ko"}) {
        language_->use(code);
        QCoreApplication::processEvents();
        look(window_->menuBar()->actions(), code);
    }
    EXPECT_EQ(actionCalled("fullScreen")->shortcut(), QKeySequence(Qt::Key_F11));
}

TEST_F(Keyboard, TheWheelChangesNoNumberThatHasNotTheFocus) {
    fillWindow();
    int looked = 0;
    for (auto* box : window_->findChildren<QSpinBox*>()) {
        if (!box->isVisible() || !box->isEnabled()) {
            continue;
        }
        ++looked;
        EXPECT_EQ(box->focusPolicy(), Qt::StrongFocus) << "nor does it take the focus";
        const auto turn = [&] {
            const QPointF at = box->rect().center();
            QWheelEvent wheel(at, box->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                              false);
            QApplication::sendEvent(box, &wheel);
        };
        phrase().setFocus();
        const int before = box->value();
        turn();
        EXPECT_EQ(box->value(), before);
        box->setFocus();
        turn();
        EXPECT_NE(box->value(), before) << "the one in hand is turned";
    }
    EXPECT_GT(looked, 0);
}

TEST_F(Keyboard, ARectangleIsMadeMovedAndSizedWithArrows) {
    openCat();
    auto& rail = *window_->findChild<ToolRail*>();
    rail.choose(ToolKind::rectangle);
    ASSERT_TRUE(canvas().hasFocus());
    const auto& supports = [this]() -> const std::vector<Support>& { return window_->document().search().supports; };
    QTest::keyClick(&canvas(), Qt::Key_Right);  // begins
    QTest::keyClick(&canvas(), Qt::Key_Return);
    ASSERT_EQ(supports().size(), 1u);
    const auto areaThen = supports()[0].region->area();
    EXPECT_NEAR(double(areaThen), 451 * 300 / 16.0, 451);
    window_->marks().setActive({});
    QTest::keyClick(&canvas(), Qt::Key_Right);
    for (int i = 0; i < 10; ++i) {
        QTest::keyClick(&canvas(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(&canvas(), Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    }
    QTest::keyClick(&canvas(), Qt::Key_Return);
    ASSERT_EQ(supports().size(), 2u);
    const auto first = supports()[0].region->mask(), second = supports()[1].region->mask();
    const auto& a = *first;
    const auto& b = *second;
    const auto columns = [](const Mask& mask) {
        int left = mask.width, right = 0;
        for (int x = 0; x < mask.width; ++x) {
            if (mask.at(x, mask.height / 2) != 0) {
                left = std::min(left, x);
                right = std::max(right, x);
            }
        }
        return std::pair(left, right);
    };
    EXPECT_EQ(columns(b), std::pair(columns(a).first + 10, columns(a).second + 10)) << "moved by ten pixels";
    EXPECT_EQ(supports()[1].region->area() - areaThen, 10 * (columns(a).second - columns(a).first + 1)) << "ten higher";
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    EXPECT_EQ(supports().size(), 2u) << "given up";
    EXPECT_EQ(rail.current(), ToolKind::rectangle) << "Esc is for what is half drawn first";
}

TEST_F(Keyboard, ArrowsMoveThePicture) {
    openCat();
    QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
    for (int i = 0; i < 4; ++i) {
        actionCalled("zoomIn")->trigger();
    }
    canvas().setFocus();
    const QPointF offset = canvas().view().offset;
    QTest::keyClick(&canvas(), Qt::Key_Right);
    EXPECT_LT(canvas().view().offset.x(), offset.x());
    EXPECT_EQ(canvas().view().offset.y(), offset.y());
    QTest::keyClick(&canvas(), Qt::Key_Left);
    EXPECT_EQ(canvas().view().offset, offset);
}

TEST_F(Keyboard, WhatIsLeftOutStandsBesideThePhraseAndLeadsToItsPlace) {
    openCat();
    auto* chip = window_->findChild<QPushButton*>("negativeChip");
    ASSERT_NE(chip, nullptr);
    EXPECT_FALSE(chip->isVisible());
    window_->document().edit("left out", {}, [](Search& s) { s.negativePhrase = "dog"; });
    EXPECT_TRUE(chip->isVisible());
    EXPECT_EQ(chip->text(), QString::fromUtf8("− dog"));
    actionCalled("sidebar")->trigger();
    chip->click();
    auto* edit = window_->findChild<QLineEdit*>("negative");
    EXPECT_TRUE(edit->hasFocus());
    EXPECT_TRUE(actionCalled("sidebar")->isChecked());
    edit->clear();
    QTest::keyClicks(edit, "x");
    QTest::keyClick(edit, Qt::Key_Backspace);
    EXPECT_FALSE(chip->isVisible());
    window_->document().edit("left out", {}, [](Search& s) { s.negativePhrase = "dog"; });
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_Delete);
    EXPECT_FALSE(chip->isVisible());
    EXPECT_EQ(window_->document().search().negativePhrase, "");
}

}  // namespace
}  // namespace maskwright::ui
