// What the window's dialogs begin with, and the keys that its tooltips name.
#include <QFileDialog>
#include <QLineEdit>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTimer>

#include "answering_fixture.h"
#include "tests/support/qt_paths.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

class Dialogs : public AnsweringWindow {
  protected:
    void SetUp() override {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        AnsweringWindow::SetUp();
    }
    // A picture of the user's, in a folder of its own, with something found in it.
    void openOwn() {
        ASSERT_TRUE(QDir().mkpath(folder_.filePath("holiday")));
        const QString path = folder_.filePath("holiday/cat.png");
        ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/cat.png"), path));
        window_->openFile(path);
        ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
        window_->setPhrase("cat");
        answerAll();
    }
    // Where the file dialog begins that this action asks with; it is turned away.
    QString beginning(const char* action) {
        QString folder;
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
            for (QWidget* widget : QApplication::topLevelWidgets()) {
                auto* dialog = qobject_cast<QFileDialog*>(widget);
                if (dialog != nullptr && dialog->isVisible()) {
                    folder = dialog->directory().absolutePath();
                    dialog->reject();
                }
            }
        });
        timer.start(1);
        actionCalled(action)->trigger();
        return folder;
    }
    QTemporaryDir folder_;
};

TEST_F(Dialogs, BeginBesideTheOpenPicture) {
    openOwn();
    for (const char* action :
         {"open", "openFolder", "openProject", "saveProject", "save", "saveCutout", "importAnnotations"}) {
        EXPECT_EQ(beginning(action), folder_.filePath("holiday")) << action;
    }
    actionCalled("export")->trigger();
    auto* exporting = window_->findChild<ExportDialog*>();
    ASSERT_NE(exporting, nullptr);
    EXPECT_EQ(exporting->choice().folder, folder_.filePath("holiday"));
}

TEST_F(Dialogs, BeginWhereTheLastOfTheirKindWasIfItIsThere) {
    openOwn();
    ASSERT_TRUE(QDir().mkpath(folder_.filePath("masks")));
    const std::pair<const char*, const char*> kinds[] = {{"open", settings::kPictureFolder},
                                                         {"openFolder", settings::kSearchFolder},
                                                         {"openProject", settings::kProjectFolder},
                                                         {"save", settings::kSaveFolder},
                                                         {"importAnnotations", settings::kImportFolder}};
    for (const auto& [action, key] : kinds) {
        QSettings().setValue(key, folder_.filePath("masks"));
        EXPECT_EQ(beginning(action), folder_.filePath("masks")) << action;
        QSettings().setValue(key, folder_.filePath("gone"));
        EXPECT_EQ(beginning(action), folder_.filePath("holiday")) << action;
    }
}

TEST_F(Dialogs, OfASampleBeginWhereThePicturesAre) {
    window_->openFile(":/examples/cat.png");
    ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    window_->setPhrase("cat");
    answerAll();
    QSettings().setValue(settings::kPictureFolder, folder_.path());
    for (const char* action : {"save", "saveProject", "importAnnotations"}) {
        EXPECT_EQ(beginning(action), folder_.path()) << action;
    }
}

TEST_F(Dialogs, TheExportFollowsThePictureUntilAFolderIsNamed) {
    openOwn();
    actionCalled("export")->trigger();
    auto* exporting = window_->findChild<ExportDialog*>();
    ASSERT_NE(exporting, nullptr);
    exporting->close();
    ASSERT_TRUE(QDir().mkpath(folder_.filePath("work")));
    const QString second = folder_.filePath("work/cat.png");
    ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/cat.png"), second));
    window_->openFile(second);
    ASSERT_TRUE(waitFor([&] { return window_->document().picture().path == second; }));
    actionCalled("export")->trigger();
    EXPECT_EQ(exporting->choice().folder, folder_.filePath("work"));
    auto choice = exporting->choice();
    choice.folder = folder_.path();
    exporting->setChoice(choice);
    exporting->close();
    window_->openFile(folder_.filePath("holiday/cat.png"));
    ASSERT_TRUE(waitFor([&] { return window_->document().picture().path != second; }));
    actionCalled("export")->trigger();
    EXPECT_EQ(exporting->choice().folder, folder_.path()) << "the person's own";
}

TEST_F(Dialogs, TooltipsNameTheKeysThatAPersonHasGiven) {
    openOwn();
    const auto tips = [this] {
        QStringList all;
        for (const QWidget* widget : window_->findChildren<QWidget*>()) {
            all << widget->toolTip();
        }
        return all.join('\n');
    };
    const std::pair<const char*, const char*> named[] = {
        {"open", "Open a picture (%1)"},
        {"save", "Save what was found as a PNG (%1)"},
        {"save", "into a folder (%1)"},
        {"whichOne", "out of all that the picture holds (%1)"},
        {"actualSize", "Show at its own size (%1)"},
        {"navigator", "the View menu brings it back (%1)"},
        {"fit", "Fit to window (%1)"},
        {"tool-brush", "<b>Brush</b> (%1)"},
    };
    for (const auto& [name, text] : named) {
        QAction* action = actionCalled(name);
        const QString with = QString::fromUtf8(text), usual = action->shortcut().toString(QKeySequence::NativeText);
        EXPECT_TRUE(tips().contains(with.arg(usual))) << with.arg(usual).toStdString();
        const QKeySequence own("Ctrl+Alt+Shift+F7"), before = action->shortcut();
        action->setShortcut(own);
        EXPECT_TRUE(tips().contains(with.arg(own.toString(QKeySequence::NativeText)))) << name;
        action->setShortcut({});
        EXPECT_TRUE(tips().contains(with.left(with.indexOf(QStringLiteral(" (%1)"))))) << name;
        EXPECT_FALSE(tips().contains("F7")) << name;
        action->setShortcut(before);
        language_->use("ko");
        QCoreApplication::processEvents();
        EXPECT_TRUE(tips().contains('(' + usual + ')')) << name << ": also in another language";
        language_->use("en");
        QCoreApplication::processEvents();
    }
}

TEST_F(Dialogs, SpeakTheLanguageOfNumbersThatWasChosenLast) {
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_EQ(window_->locale().language(), QLocale::Korean);
    EXPECT_EQ(window_->findChild<QSpinBox*>("correctPixels")->locale().language(), QLocale::Korean);
    language_->use("en");
    QCoreApplication::processEvents();
    EXPECT_EQ(window_->findChild<QSpinBox*>("correctPixels")->locale().language(), QLocale::English);
}

}  // namespace
}  // namespace maskwright::ui
