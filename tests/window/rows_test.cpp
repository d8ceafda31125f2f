// Rows in the window: what competes, what a command means while no row is in hand, and what is said.
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

#include "core/image/run_ops.h"
#include "core/image_io/mask.h"
#include "core/project/format.h"
#include "examples_fixture.h"
#include "tests/support/qt_paths.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/panels/row_card.h"
#include "ui/shell/save_controller.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

class Rows : public Examples {
  protected:
    [[nodiscard]] Document& document() const { return window_->document(); }
    void keep(const char* text, float inside = 0.9f) {
        document().setPhrase(text);
        engine_.answer(inside);
        document().keepRow(document().nextColour(0));
    }
    void addObject(const char* name, int left, int right) {
        const Image& image = *document().picture().image;
        Mask mask(image.width, image.height);
        for (int y = 0; y < image.height; ++y) {
            std::fill_n(&mask.at(left, y), right - left, std::uint8_t(255));
        }
        Row row;
        row.name = name;
        row.object = std::make_shared<const Runs>(runsFromMask(mask));
        document().addRow("object", std::move(row), document().nextColour(0));
    }
    [[nodiscard]] QString toast() const { return window_->findChild<Pill*>("toast")->text(); }
    [[nodiscard]] RowCard& card(int place) const { return *window_->findChildren<RowCard*>().at(place); }
    // The row's menu, open.
    QMenu& menuOf(int place) {
        const QPoint middle = card(place).rect().center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, middle, card(place).mapToGlobal(middle));
        QApplication::sendEvent(&card(place), &event);
        return *card(place).findChild<QMenu*>();
    }
    static QAction& in(QMenu& menu, const char* text) {
        QAction* found = actionIn(menu.actions(), text);
        if (found == nullptr) {
            throw std::runtime_error(std::string("no entry ") + text);
        }
        return *found;
    }
};

TEST_F(Rows, CompeteByASwitchThatIsUndoneAndSaved) {
    auto* box = window_->findChild<QCheckBox*>("rowsCompete");
    keep("cat", 0.7f);
    EXPECT_FALSE(box->isVisible()) << "one row has nobody to compete with";
    keep("dog", 0.9f);
    ASSERT_TRUE(box->isVisible());
    EXPECT_FALSE(box->toolTip().isEmpty());
    const QImage both = canvas().grab().toImage();
    box->click();
    EXPECT_TRUE(document().rowsCompete());
    EXPECT_TRUE(isEmpty(window_->rowFindings().shownOf(document().rows()[0]).runs(0.4)));
    EXPECT_NE(canvas().grab().toImage(), both);
    QTemporaryDir folder;
    const std::string file = folder.filePath("rows.maskwright").toStdString();
    ASSERT_TRUE(project::save(document().project(), file).ok());
    EXPECT_TRUE(project::load(file)->project.settings.compete);
    actionCalled("undo")->trigger();
    EXPECT_FALSE(box->isChecked());
    EXPECT_EQ(canvas().grab().toImage(), both);
    actionCalled("redo")->trigger();
    EXPECT_TRUE(box->isChecked());
    QMenu& menu = menuOf(0);
    EXPECT_TRUE(in(menu, "No pixel in two rows").isChecked());
    in(menu, "No pixel in two rows").trigger();
    EXPECT_FALSE(document().rowsCompete());
}

TEST_F(Rows, ARowsMenuSwitchesHowThingsAreLeftOut) {
    keep("cat");
    QMenu& first = menuOf(0);
    EXPECT_FALSE(in(first, "Compete with what is left out").isEnabled());
    EXPECT_FALSE(in(first, "Compete with what is left out").toolTip().isEmpty()) << "it says why";
    delete &first;
    document().editRow(document().rows()[0].id, "left out", {}, [](Row& row) { row.search.negativePhrase = "dog"; });
    QMenu& second = menuOf(0);
    in(second, "Compete with what is left out").trigger();
    EXPECT_TRUE(document().rows()[0].search.compete);
    EXPECT_TRUE(document().project().pictures.at(0)->rows.at(0)->question.compete);
    EXPECT_EQ(document().undoName(), "way of leaving out");
    document().undo();
    EXPECT_FALSE(document().rows()[0].search.compete);
}

TEST_F(Rows, SavingWithNothingInHandIsTheOnlyVisibleRow) {
    addObject("left", 0, 100);
    QAction& save = *actionCalled("save");
    EXPECT_TRUE(save.isEnabled());
    EXPECT_TRUE(actionCalled("copyMask")->isEnabled());
    OverlayState overlay(document());
    SaveController saving(document(), window_->preview(), window_->rowFindings(), window_->candidates(), overlay,
                          *window_);
    const auto job = saving.job(output::Kind::cutout);
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->label, "left");
    EXPECT_EQ(job->kind, output::Kind::cutout);
    EXPECT_EQ(job->mask.runs(0.5), *document().rows()[0].object);
    document().editRow(document().rows()[0].id, "hide", {}, [](Row& row) { row.visible = false; });
    EXPECT_FALSE(save.isEnabled());
}

TEST_F(Rows, SavingWithNothingInHandIsTheDialogForSeveral) {
    addObject("left", 0, 100);
    addObject("right", 200, 300);
    QAction& save = *actionCalled("saveCutout");
    ASSERT_TRUE(save.isEnabled());
    EXPECT_TRUE(window_->findChild<QToolButton*>("primary")->isEnabled());
    EXPECT_FALSE(actionCalled("copyMask")->isEnabled()) << "one picture for the clipboard";
    EXPECT_TRUE(actionCalled("showMask")->isEnabled()) << "both are drawn";
    save.trigger();
    auto* dialog = window_->findChild<ExportDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_EQ(dialog->choice().what, ExportWhat{output::Kind::cutout});
    EXPECT_EQ(dialog->choice().rows, ExportRows::visible);
    EXPECT_FALSE(dialog->choice().allPictures);
}

TEST_F(Rows, TheBrushTakesTheRowUnderIt) {
    addObject("left", 0, 200);
    addObject("over it", 100, 300);
    rail().choose(ToolKind::brush);
    drag({{400, 100}, {410, 100}});
    EXPECT_TRUE(document().currentRow().isEmpty());
    EXPECT_TRUE(toast().startsWith("Choose a row first")) << toast().toStdString();
    drag({{150, 100}, {150, 120}});
    EXPECT_EQ(document().currentRow(), document().rows()[1].id) << "the one that is drawn on top";
    document().selectRow({});
    drag({{50, 100}, {330, 100}});
    EXPECT_EQ(document().currentRow(), document().rows()[0].id);
    EXPECT_TRUE(holds(canvas().mask().runs(0.5), 330, 100));
    document().selectRow({});
    document().editRow(document().rows()[0].id, "hide", {}, [](Row& row) { row.visible = false; });
    drag({{400, 100}, {410, 100}});
    EXPECT_EQ(document().currentRow(), document().rows()[1].id) << "the only visible one, also beside its mask";
}

TEST_F(Rows, TheObjectToolTakesItFromTheRowUnderIt) {
    addObject("left", 0, 200);
    addObject("right", 300, 400);
    rail().choose(ToolKind::object);
    press({350, 100});
    release({350, 100});
    std::size_t answered = engine_.requests.size() - 1;
    ASSERT_TRUE(waitFor([&] {
        for (; answered < engine_.requests.size(); ++answered) {  // what the picture holds
            const session::Request request = engine_.requests[answered];
            engine_.answer(request, 0.9f);
        }
        return document().rows().size() == 3;
    }));
    EXPECT_EQ(document().currentRow(), document().rows()[1].id);
    EXPECT_EQ(*document().rows()[2].object, *document().rows()[1].object);
}

TEST_F(Rows, WhatOneLeavesOutIsChangedAndGivenUpAtItsChip) {
    keep("cat");
    keep("tail");
    const QString first = document().rows()[0].id;
    const auto leave = [&] {
        document().editRow(first, "test", {}, [](Row& row) { row.search.negativePhrase = "a grey dog"; });
    };
    const auto left = [&] { return document().row(first)->search.negativePhrase; };
    ASSERT_TRUE(waitFor([this] { return card(0).isVisible() && card(1).isVisible(); }));
    auto& chip = *card(0).findChild<QPushButton*>("leftOut");
    EXPECT_FALSE(chip.isVisible());
    EXPECT_FALSE(card(1).findChild<QWidget*>("leftOut")->isVisible());
    leave();
    ASSERT_TRUE(chip.isVisible());
    EXPECT_TRUE(chip.text().startsWith(QString::fromUtf8("− a")));
    EXPECT_TRUE(chip.toolTip().contains("a grey dog"));

    auto* edit = window_->findChild<QLineEdit*>("negative");
    const auto expectEditing = [&] {
        EXPECT_EQ(document().currentRow(), first);
        EXPECT_TRUE(edit->hasFocus());
        EXPECT_EQ(edit->text(), "a grey dog");
        document().selectRow({});
        chip.setFocus();
    };
    document().selectRow({});
    QTest::mouseClick(&chip, Qt::LeftButton);
    expectEditing();
    QTest::keyClick(&chip, Qt::Key_Return);
    expectEditing();
    const auto menu = [&](QContextMenuEvent::Reason reason) -> QMenu& {
        QContextMenuEvent event(reason, chip.rect().center(), chip.mapToGlobal(chip.rect().center()));
        QApplication::sendEvent(&chip, &event);
        return *chip.findChild<QMenu*>("leftOutMenu");
    };
    in(menu(QContextMenuEvent::Mouse), "Change what is left out").trigger();
    expectEditing();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    menu(QContextMenuEvent::Keyboard).close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    in(menu(QContextMenuEvent::Keyboard), "Leave nothing out").trigger();
    EXPECT_EQ(left(), "");
    EXPECT_FALSE(chip.isVisible());
    EXPECT_TRUE(card(0).hasFocus()) << "not lost with the chip";
    EXPECT_EQ(document().undoName(), "left out");
    actionCalled("undo")->trigger();
    EXPECT_EQ(left(), "a grey dog");
    chip.setFocus();
    QTest::keyClick(&chip, Qt::Key_Delete);
    EXPECT_EQ(left(), "");
    EXPECT_EQ(document().rows().size(), 2u) << "the row itself stays";
}

TEST_F(Rows, AThresholdMeansNothingForAnObject) {
    keep("cat");
    addObject("thing", 0, 100);
    QWidget& threshold = *window_->findChild<QWidget*>("threshold");
    QWidget& automatic = *window_->findChild<QWidget*>("automaticThreshold");
    EXPECT_TRUE(threshold.isEnabled());
    const QString usual = slider("threshold").toolTip();
    document().selectRow(document().rows()[1].id);
    EXPECT_FALSE(threshold.isEnabled());
    EXPECT_FALSE(automatic.isEnabled());
    EXPECT_TRUE(slider("threshold").toolTip().contains("object by itself"));
    EXPECT_DOUBLE_EQ(document().threshold(), 0.5);
    document().selectRow(document().rows()[0].id);
    EXPECT_TRUE(threshold.isEnabled());
    EXPECT_EQ(slider("threshold").toolTip(), usual);
}

TEST_F(Rows, ANameThatIsCutIsSaid) {
    keep("cat");
    ASSERT_TRUE(waitFor([this] { return card(0).isVisible(); }));
    card(0).rename();
    auto* edit = card(0).findChild<QLineEdit*>();
    QApplication::clipboard()->setText(QString(1200, 'x'));
    edit->selectAll();
    edit->paste();
    EXPECT_TRUE(toast().contains("1,000")) << toast().toStdString();
    QTest::keyClick(edit, Qt::Key_Return);
    EXPECT_EQ(document().rows()[0].name.size(), 1000);
    // A longer one that came from elsewhere is not cut by being looked at.
    document().editRow(document().rows()[0].id, "name", {}, [](Row& row) { row.name = QString(1500, 'y'); });
    card(0).rename();
    QTest::keyClick(edit, Qt::Key_Return);
    EXPECT_EQ(document().rows()[0].name.size(), 1500);
}

TEST_F(Rows, UndoInAnotherPictureSaysWhere) {
    QTemporaryDir folder;
    const QString other = folder.filePath("other.png");
    ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/coffee.png"), other));
    addObject("thing", 0, 100);
    const QString cat = document().picture().key;
    window_->openFile(other);
    ASSERT_TRUE(waitFor([&] { return document().picture().key == other; }));
    actionCalled("undo")->trigger();
    EXPECT_TRUE(toast().startsWith("Undone in cat.png: object")) << toast().toStdString();
    ASSERT_TRUE(waitFor([&] { return document().picture().key == cat; }));
    EXPECT_TRUE(document().rows().empty());
    window_->openFile(other);
    ASSERT_TRUE(waitFor([&] { return document().picture().key == other; }));
    actionCalled("redo")->trigger();
    EXPECT_TRUE(toast().startsWith("Done again in cat.png: object")) << toast().toStdString();
    ASSERT_TRUE(waitFor([&] { return document().picture().key == cat; }));
    EXPECT_EQ(document().rows().size(), 1u);
}

}  // namespace
}  // namespace maskwright::ui
