// The window over an engine that answers what the test says.
#include <QAction>
#include <QClipboard>
#include <QColorDialog>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMimeData>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <QWheelEvent>

#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/panels/filmstrip.h"
#include "ui/panels/row_card.h"
#include "ui/shell/empty_state.h"
#include "ui/widgets/busy_line.h"
#include "ui/widgets/pill.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

class Window : public WindowFixture {
  protected:
    void SetUp() override { open(engine_); }
    FakeInference engine_;
};

TEST_F(Window, StartsEmptyWithTheFocusInThePhraseAndTheModelLoading) {
    EXPECT_TRUE(phrase().hasFocus());
    EXPECT_TRUE(window_->findChild<EmptyState*>()->isVisible());
    ASSERT_EQ(engine_.requests.size(), 1u);
    EXPECT_EQ(engine_.requests[0].image, nullptr);
    EXPECT_TRUE(window_->findChild<BusyLine*>()->busy());
    engine_.answer();
    EXPECT_FALSE(window_->findChild<BusyLine*>()->busy());
    EXPECT_NE(status().text().indexOf("sight | CPU | float32"), -1) << status().text().toStdString();
    EXPECT_TRUE(status().text().contains(QRegularExpression("[1-9][0-9.,]* (MB|GB)$")))
        << status().text().toStdString();
    for (const QLabel* label : status().findChildren<QLabel*>()) {
        EXPECT_TRUE(label->text().isEmpty() || label->text() == "Ready" || !label->toolTip().isEmpty())
            << label->text().toStdString();
    }
}

TEST_F(Window, TypingFindsAsOneTypes) {
    openCat();
    const std::size_t before = engine_.requests.size();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_EQ(engine_.requests.size(), before + 3);
    EXPECT_EQ(engine_.requests.back().prompts.at(0).phrase, "cat");
    EXPECT_EQ(engine_.requests.back().image, window_->document().picture().image);
    engine_.answer();
    ASSERT_NE(canvas().map(), nullptr);
    EXPECT_TRUE(window_->hint().isEmpty());
    EXPECT_NE(status().text().indexOf("12 ms"), -1);
    phrase().clear();
    EXPECT_EQ(canvas().map(), nullptr);
}

TEST_F(Window, SaysWhatIsNotThere) {
    openCat();
    QTest::keyClicks(&phrase(), "elephant");
    engine_.answer(0.1f);
    EXPECT_EQ(window_->hint(), QString::fromUtf8("No “elephant” here"));
    EXPECT_EQ(window_->findChild<Pill*>("hint")->text(), window_->hint());
}

TEST_F(Window, SaysWhichWordsTheModelDoesNotKnow) {
    openCat();
    engine_.words = {true, false, {"qwxzrt"}, false};
    QTest::keyClicks(&phrase(), "qwxzrt");
    engine_.answer(0);
    EXPECT_EQ(window_->hint(), "Not a word this model knows: qwxzrt");
    engine_.words = {true, true, {"grandmothr", "blorf"}, false};
    QTest::keyClicks(&phrase(), " cat");
    engine_.answer();
    EXPECT_EQ(window_->hint(), "Not a word this model knows: grandmothr, blorf") << "the rest is found";
    QTest::keyClicks(&phrase(), "s");
    engine_.answer(0.1f);
    EXPECT_EQ(window_->hint(), QString::fromUtf8("No “qwxzrt cats” here"));
}

TEST_F(Window, AWordThatIsBeingTypedIsNotYetUnknown) {
    openCat();
    engine_.words = {true, false, {"elepha"}, true};
    QTest::keyClicks(&phrase(), "elepha");
    engine_.answer(0);
    EXPECT_TRUE(window_->hint().isEmpty()) << window_->hint().toStdString();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !window_->hint().isEmpty(); })) << "nobody goes on typing";
    EXPECT_EQ(window_->hint(), "Not a word this model knows: elepha");
    engine_.words = {true, true, {}, false};
    QTest::keyClicks(&phrase(), "nt");
    engine_.answer();
    EXPECT_TRUE(window_->hint().isEmpty());
}

TEST_F(Window, ThresholdAndOpacityAskNothing) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer(0.6f);
    EXPECT_DOUBLE_EQ(window_->document().threshold(), 0.4) << "the model's own";
    const std::size_t before = engine_.requests.size();
    const QImage first = canvas().grab().toImage();
    slider("threshold").setValue(slider("threshold").maximum());
    EXPECT_NE(canvas().grab().toImage(), first);
    EXPECT_FALSE(window_->hint().isEmpty());
    slider("threshold").setValue(10);
    EXPECT_TRUE(window_->hint().isEmpty());
    const QImage second = canvas().grab().toImage();
    slider("opacity").setValue(slider("opacity").maximum());
    EXPECT_NE(canvas().grab().toImage(), second);
    EXPECT_EQ(engine_.requests.size(), before);
}

TEST_F(Window, ErrorsAreABarThatCanBeDismissed) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    engine_.fail({ErrorKind::weights, "the model is broken", "take another"});
    EXPECT_TRUE(bar().isVisible());
    EXPECT_EQ(bar().text(), "The model is broken\nTake another");
    EXPECT_TRUE(QApplication::activeModalWidget() == nullptr);
    QTest::keyClick(&phrase(), Qt::Key_Escape);
    EXPECT_FALSE(bar().isVisible());
    EXPECT_EQ(phrase().text(), "cat") << "the first Esc is for the bar";
    engine_.fail({ErrorKind::weights, "again", ""});
    EXPECT_FALSE(bar().isVisible()) << "the same request does not fail twice";
}

TEST_F(Window, AFileThatIsNoPictureIsSaidAndTheOldOneStays) {
    openCat();
    const auto image = window_->document().picture().image;
    const QTemporaryDir folder;
    const QString path = folder.filePath("broken.png");
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("not a picture");
    file.close();
    window_->openFile(path);
    ASSERT_TRUE(waitFor([this] { return bar().isVisible(); }));
    EXPECT_EQ(window_->document().picture().image, image);
}

TEST_F(Window, UndoBelongsToTheDocumentAlsoInThePhraseBox) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    slider("threshold").setValue(70);
    EXPECT_EQ(window_->document().history().steps(), 2u);
    phrase().setFocus();
    QTest::keyClick(&phrase(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_FALSE(window_->document().search().threshold.has_value());
    EXPECT_EQ(phrase().text(), "cat");
    QTest::keyClick(&phrase(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(phrase().text(), "");
    QTest::keyClick(&phrase(), Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(phrase().text(), "cat");
}

TEST_F(Window, TheWheelZoomsToTheCursorAndADragMoves) {
    openCat();
    const QPointF cursor(300, 200);
    const QPointF under = canvas().view().toPicture(cursor);
    const double scale = canvas().view().scale;
    QWheelEvent wheel(cursor, canvas().mapToGlobal(cursor), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas(), &wheel);
    EXPECT_GT(canvas().view().scale, scale);
    EXPECT_NEAR(canvas().view().toPicture(cursor).x(), under.x(), 0.5);
    for (int i = 0; i < 6; ++i) {
        QApplication::sendEvent(&canvas(), &wheel);
    }
    const QPointF offset = canvas().view().offset;
    QTest::mousePress(&canvas(), Qt::MiddleButton, {}, {300, 200});
    QTest::mouseMove(&canvas(), {340, 230});
    QTest::mouseRelease(&canvas(), Qt::MiddleButton, {}, {340, 230});
    EXPECT_EQ(canvas().view().offset, offset + QPointF(40, 30));
    QTest::keyClick(window_.get(), Qt::Key_0, Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(canvas().view().scale, scale);
    QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(canvas().view().scale, 1);
}

TEST_F(Window, TypingOnThePictureGoesToThePhrase) {
    openCat();
    canvas().setFocus();
    QTest::keyClicks(&canvas(), "d");
    EXPECT_TRUE(phrase().hasFocus());
    EXPECT_EQ(phrase().text(), "d");
}

TEST_F(Window, AFileCanBeDropped) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(test::sourceFile("resources/examples/coffee.png"))});
    QDropEvent drop({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    static_cast<QObject*>(window_.get())->event(&drop);
    ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    EXPECT_EQ(window_->document().picture().image->width, 600);
}

TEST_F(Window, TheLastOfSeveralPicturesWins) {
    window_->openFile(test::sourceFile("resources/examples/cat.png"));
    window_->openFile(test::sourceFile("resources/examples/coffee.png"));
    ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    EXPECT_EQ(window_->document().picture().name, "coffee.png");
    QTest::qWait(50);
    EXPECT_EQ(window_->document().picture().name, "coffee.png");
}

TEST_F(Window, AnswersForAnotherPictureAreNotShown) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    const session::Request old = engine_.requests.back();
    window_->openFile(test::sourceFile("resources/examples/coffee.png"));
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "coffee.png"; }));
    engine_.answer(old, 0.9f);
    EXPECT_EQ(canvas().map(), nullptr);
    engine_.answer();
    EXPECT_NE(canvas().map(), nullptr);
}

TEST_F(Window, SpeaksKoreanAtOnce) {
    openCat();
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_EQ(window_->findChild<QToolButton*>("primary")->text(), QString::fromUtf8("저장"));
    language_->use("en");
    QCoreApplication::processEvents();
    EXPECT_EQ(window_->findChild<QToolButton*>("primary")->text(), "Save");
}

// What was kept is not what is typed.
TEST_F(Window, AKeptRowIsLeftAsItIsByWhatAsksSomethingElse) {
    openCat();
    Document& document = window_->document();
    const auto takeRow = [&] {
        document.selectRow(document.rows().at(0).id);
        ASSERT_EQ(document.search().phrase, "cat");
    };
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    QTest::keyClick(&phrase(), Qt::Key_Return);
    ASSERT_EQ(document.rows().size(), 1u);
    takeRow();
    phrase().setFocus();
    QTest::keyClick(&phrase(), Qt::Key_Escape);
    EXPECT_TRUE(document.currentRow().isEmpty());
    EXPECT_EQ(document.rows().at(0).search.phrase, "cat") << "Escape ends the work on it";
    takeRow();
    window_->candidates().setOn(true);
    EXPECT_TRUE(document.currentRow().isEmpty());
    EXPECT_EQ(document.search().phrase, "cat") << "its words are typed, to go on from";
    document.setPhrase("the ear on the left");
    EXPECT_EQ(document.rows().at(0).search.phrase, "cat");
    window_->candidates().setOn(false);
    takeRow();
    window_->openFile(test::sourceFile("resources/examples"));
    document.setPhrase("horse");
    EXPECT_EQ(document.rows().at(0).search.phrase, "cat");
}

// Every text on the window and in its menus, so that none is lost when a class changes its name.
TEST_F(Window, EveryTextIsKorean) {
    openCat();
    engine_.answer();
    language_->use("ko");
    QCoreApplication::processEvents();
    QStringList texts;
    for (const QAction* action : window_->findChildren<QAction*>() + menuActions()) {
        texts << action->text() << action->toolTip();
    }
    for (const QMenu* menu : window_->menuBar()->findChildren<QMenu*>()) {
        texts << menu->title();
    }
    for (const QWidget* widget : window_->findChildren<QWidget*>()) {
        texts << widget->toolTip() << widget->accessibleName() << widget->property("placeholderText").toString();
        if (qobject_cast<const QLabel*>(widget) || qobject_cast<const QAbstractButton*>(widget)) {
            texts << widget->property("text").toString();
        }
    }
    // Names stay as they are.
    const QRegularExpression word("[A-Za-z]{3,}"),
        names(
            "<[^>]*>|/models/\\w+|English|Maskwright|mini|sight|CPU|LibTorch|float32|PNG|Ctrl|Alt|"
            "Segment Anything|SOLO");
    int korean = 0;
    for (const QString& text : texts) {
        const bool hangul =
            std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Hangul; });
        korean += hangul ? 1 : 0;
        EXPECT_TRUE(hangul || !QString(text).remove(names).contains(word)) << text.toStdString();
    }
    EXPECT_GT(korean, 150);
}

TEST_F(Window, QtsDialogsSpeakKoreanToo) {
    language_->use("ko");
    QFileDialog dialog(window_.get());
    dialog.setOption(QFileDialog::DontUseNativeDialog);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    bool said = false;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        EXPECT_FALSE(label->text().contains("Look in")) << label->text().toStdString();
        said = said || label->text().contains(QString::fromUtf8("파일 이름"));
    }
    EXPECT_TRUE(said);
    // The colour dialog, all of it.
    QColorDialog colours(window_.get());
    colours.setOption(QColorDialog::DontUseNativeDialog);
    for (const QWidget* widget : colours.findChildren<QWidget*>()) {
        const QString text = widget->property("text").toString().trimmed();
        const bool says = qobject_cast<const QLabel*>(widget) || qobject_cast<const QAbstractButton*>(widget);
        if (says && !text.isEmpty()) {
            EXPECT_TRUE(std::any_of(text.begin(), text.end(), [](QChar c) {
                return c.script() == QChar::Script_Hangul;
            })) << text.toStdString();
        }
    }
}

// Fills in what a modal dialog asks for, once it is there.
template <class Dialog, class Answer>
void whenAsked(Answer answer, int tries = 500) {
    QTimer::singleShot(10, qApp, [answer, tries] {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (auto* dialog = qobject_cast<Dialog*>(widget); dialog != nullptr && dialog->isVisible()) {
                answer(*dialog);
                return;
            }
        }
        if (tries > 0) {
            whenAsked<Dialog>(answer, tries - 1);
        }
    });
}

TEST_F(Window, CtrlEWritesTheMaskWhereTheDialogSays) {
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    const QTemporaryDir folder;
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    whenAsked<QFileDialog>([&](QFileDialog& dialog) {
        EXPECT_EQ(QFileInfo(dialog.selectedFiles().value(0)).fileName(), "cat-cat-mask.png") << "picture and phrase";
        auto* name = dialog.findChild<QLineEdit*>("fileNameEdit");
        ASSERT_NE(name, nullptr);
        name->setText(folder.filePath("found"));
        static_cast<QDialog&>(dialog).accept();
    });
    QTest::keyClick(window_.get(), Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(folder.filePath("found.png")); }));
    const QImage mask(folder.filePath("found.png"));
    EXPECT_EQ(mask.size(), QSize(451, 300));
    EXPECT_EQ(qGray(mask.pixel(10, 10)), 255);
    EXPECT_EQ(qGray(mask.pixel(440, 10)), 0);
    EXPECT_EQ(mask.text("phrase"), "cat");
    EXPECT_TRUE(waitFor([&] { return window_->findChild<Pill*>("toast")->text() == "Saved found.png"; }));
}

TEST_F(Window, AnEmptyMaskIsSavedWithAWordAndCtrlEStaysTheMask) {
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    const QTemporaryDir folder;
    openCat();
    QTest::keyClicks(&phrase(), "elephant");
    engine_.answer(0.1f);
    auto saveAs = [&](const QString& file, const QString& proposed) {
        whenAsked<QFileDialog>([&folder, file, proposed](QFileDialog& dialog) {
            EXPECT_EQ(QFileInfo(dialog.selectedFiles().value(0)).fileName(), proposed);
            dialog.findChild<QLineEdit*>("fileNameEdit")->setText(folder.filePath(file));
            static_cast<QDialog&>(dialog).accept();
        });
    };
    saveAs("cut.png", "cat-elephant-cutout.png");
    actionNamed("&Cutout, without background…")->trigger();
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_TRUE(bar().text().startsWith("cut.png is empty")) << bar().text().toStdString();
    EXPECT_EQ(QSettings().value("folders/save").toString(), folder.path());
    saveAs("mask.png", "cat-elephant-mask.png");
    actionNamed("&Save mask…")->trigger();
    ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(folder.filePath("mask.png")); }));
}

TEST_F(Window, AFailedSaveIsNotTheFolderOfTheNext) {
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    const QTemporaryDir folder;
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    QString gone;
    {
        const QTemporaryDir other;
        gone = other.path();
        whenAsked<QFileDialog>([&](QFileDialog& dialog) {
            dialog.findChild<QLineEdit*>("fileNameEdit")->setText(QDir(gone).filePath("found.png"));
            static_cast<QDialog&>(dialog).accept();
            QDir(gone).removeRecursively();
        });
        QTest::keyClick(window_.get(), Qt::Key_E, Qt::ControlModifier);
    }
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_EQ(bar().kind(), InfoBar::Kind::error);
    EXPECT_FALSE(QSettings().contains("folders/save"));
}

TEST_F(Window, AModelThatDoesNotOpenChangesNothing) {
    openCat();
    engine_.answer();
    actionNamed("mini")->trigger();
    EXPECT_EQ(engine_.requests.back().engine.model, "mini") << "it is opened first";
    engine_.fail({ErrorKind::weights, "no model there", "take another"}, false);
    EXPECT_TRUE(bar().isVisible());
    EXPECT_TRUE(actionNamed("sight")->isChecked());
    EXPECT_FALSE(actionNamed("mini")->isChecked());
    EXPECT_FALSE(QSettings().contains("models/current"));
    actionNamed("mini")->trigger();
    engine_.answer();
    EXPECT_EQ(QSettings().value("models/current").toString(), "mini");
    EXPECT_TRUE(actionNamed("mini")->isChecked());
}

TEST_F(Window, AModelThatIsBrokenAtTheStartGivesWayToTheBuiltInOne) {
    window_.reset();
    engine_.requests.clear();
    session::EngineOptions options;
    options.model = "/models/broken";
    open(engine_, options);
    QSettings().setValue("models/current", "/models/broken");
    QSettings().setValue("models/recent", QStringList{"/models/broken", "/models/good"});
    engine_.fail({ErrorKind::weights, "no model there", "take another"}, false);
    QCoreApplication::processEvents();
    EXPECT_EQ(engine_.requests.back().engine.model, "sight");
    EXPECT_TRUE(actionNamed("sight")->isChecked());
    EXPECT_EQ(bar().text(), "No model there\nSight is in use instead");
    EXPECT_EQ(QSettings().value("models/recent").toStringList(), QStringList{"/models/good"});
    engine_.answer();
    EXPECT_TRUE(bar().isVisible()) << "what happened stays to be read";
}

TEST_F(Window, APhraseThatIsTooLongIsCutWithAWord) {
    QGuiApplication::clipboard()->setText(QString(1200, 'a'));
    QTest::keyClick(&phrase(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(phrase().text().size(), 1000);
    EXPECT_TRUE(window_->findChild<Pill*>("toast")->text().contains("at most 1,000 characters"));
}

TEST_F(Window, DeleteTakesTheSelectedExampleAway) {
    openCat();
    Support example;
    example.id = "one";
    example.image = window_->document().picture().image;
    Mask mask(451, 300);
    mask.at(5, 5) = 255;
    example.region = std::make_shared<const Region>(mask);
    window_->marks().add(example);
    ASSERT_EQ(window_->document().search().supports.size(), 1u);
    QTest::keyClick(&canvas(), Qt::Key_Delete);
    EXPECT_TRUE(window_->document().search().supports.empty());
}

TEST_F(Window, EnterKeepsAPhraseAsARowAndTheNextIsTyped) {
    openCat();
    engine_.answer();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    const QImage with = canvas().grab().toImage();
    QTest::keyClick(&phrase(), Qt::Key_Return);
    EXPECT_TRUE(phrase().text().isEmpty());
    auto cards = window_->findChildren<RowCard*>();
    ASSERT_EQ(cards.size(), 1);
    EXPECT_EQ(cards[0]->accessibleName(), "cat");
    EXPECT_EQ(canvas().map(), nullptr);
    EXPECT_EQ(canvas().grab().toImage(), with) << "its mask stays as it was";
    QTest::keyClicks(&phrase(), "ear");
    engine_.answer(0.8f);
    QTest::keyClick(&phrase(), Qt::Key_Return);
    ASSERT_EQ(window_->findChildren<RowCard*>().size(), 2);
    QTest::mouseClick(cards[0], Qt::LeftButton, {}, QPoint(10, 10));
    EXPECT_EQ(phrase().text(), "cat") << "a row is changed by clicking it";
    QTest::keyClick(&phrase(), Qt::Key_Return);
    EXPECT_TRUE(phrase().text().isEmpty());
    QTest::keyClick(cards[0], Qt::Key_Delete);
    EXPECT_EQ(window_->document().rows().size(), 1u);
    window_->document().undo();
    EXPECT_EQ(window_->document().rows().size(), 2u);
}

TEST_F(Window, SeveralPicturesAreAStripAndPageDownGoesOn) {
    openCat();
    EXPECT_FALSE(window_->findChild<Filmstrip*>()->isVisible());
    QMimeData mime;
    const QString folder = test::sourceFile("resources/examples/");
    mime.setUrls({QUrl::fromLocalFile(folder + "coffee.png"), QUrl::fromLocalFile(folder + "astronaut.png")});
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    static_cast<QObject*>(window_.get())->event(&drop);
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "coffee.png"; }))
        << window_->document().picture().name.toStdString() << ' ' << bar().text().toStdString();
    EXPECT_TRUE(window_->findChild<Filmstrip*>()->isVisible());
    actionNamed("&Previous picture")->trigger();
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "cat.png"; }));
    actionNamed("&Previous picture")->trigger();
    QTest::qWait(20);
    EXPECT_EQ(window_->document().picture().name, "cat.png") << "the list ends";
    actionNamed("&Next picture")->trigger();
    actionNamed("&Next picture")->trigger();
    ASSERT_TRUE(waitFor([this] { return window_->document().picture().name == "astronaut.png"; })) << "two steps";
}

TEST_F(Window, DarkAndLightDiffer) {
    theme_->setScheme(Scheme::light);
    const QImage light = window_->grab().toImage();
    theme_->setScheme(Scheme::dark);
    EXPECT_NE(window_->grab().toImage(), light);
    theme_->setScheme(Scheme::system);
    theme_->setSystemDark(true);
    EXPECT_TRUE(theme_->dark());
    theme_->setSystemDark(false);
    EXPECT_FALSE(theme_->dark());
}

TEST_F(Window, TheCutoutGoesToTheClipboard) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    QTest::keyClick(window_.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([] { return QGuiApplication::clipboard()->image().size() == QSize(451, 300); }));
    const QImage cutout = QGuiApplication::clipboard()->image();
    EXPECT_EQ(qAlpha(cutout.pixel(10, 10)), 255);
    EXPECT_EQ(qAlpha(cutout.pixel(440, 10)), 0);
}

}  // namespace
}  // namespace maskwright::ui
