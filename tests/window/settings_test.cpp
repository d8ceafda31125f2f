// Settings, shortcuts, log and About, as a person meets them.
#include "ui/model/settings.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

#include "core/base/log.h"
#include "tests/support/fake_inference.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/log_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

class Conduct : public WindowFixture {
  protected:
    void SetUp() override { start({}); }
    void start(const session::EngineOptions& options) {
        TearDown();
        open(engine_, options);
        engine_.answer();
    }
    template <class Dialog>
    Dialog& shown(const char* action) {
        actionCalled(action)->trigger();
        auto* dialog = window_->findChild<Dialog*>();
        if (dialog == nullptr) {
            throw std::runtime_error("no dialog");
        }
        return *dialog;
    }
    static void press(QWidget& dialog, const char* button) { dialog.findChild<QPushButton*>(button)->click(); }
    FakeInference engine_;
};

TEST_F(Conduct, OtherOptionsOpenTheModelAnewAndAreKeptThen) {
    auto& dialog = shown<SettingsDialog>("settings");
    dialog.findChild<QSpinBox*>("threads")->setValue(3);
    dialog.findChild<QLineEdit*>("memory")->setText("500M");
    press(dialog, "primary");
    ASSERT_EQ(engine_.requests.back().engine.threads, 3);
    EXPECT_EQ(engine_.requests.back().engine.memory, 500 << 20);
    EXPECT_EQ(loadPreferences(), Preferences{}) << "not before it has opened";
    EXPECT_EQ(window_->preview().engine().threads, 0);
    engine_.answer();
    EXPECT_EQ(window_->preview().engine().threads, 3);
    EXPECT_EQ(loadPreferences().threads, 3);
    EXPECT_EQ(loadPreferences().memory, 500 << 20);
    EXPECT_EQ(engine_.requests.back().ticket.lane, session::Lane::preview);
    engine_.answer();
    EXPECT_FALSE(bar().isVisible());
}

TEST_F(Conduct, OptionsTheModelDoesNotOpenWithAreNotKept) {
    auto& dialog = shown<SettingsDialog>("settings");
    dialog.findChild<QComboBox*>("device")->setCurrentText("cuda:3");
    press(dialog, "primary");
    EXPECT_EQ(engine_.requests.back().engine.device, "cuda:3");
    engine_.fail({ErrorKind::resource, message("there is no CUDA device for %1", quoted("cuda:3")), ""});
    EXPECT_TRUE(bar().isVisible());
    EXPECT_EQ(window_->preview().engine().device, "auto");
    EXPECT_EQ(loadPreferences().device, "auto");
}

TEST_F(Conduct, AWrongValueIsRefusedInWords) {
    auto& dialog = shown<SettingsDialog>("settings");
    const auto* problem = dialog.findChild<QLabel*>("problem");
    const auto refused = [&](const char* part) {
        press(dialog, "primary");
        EXPECT_TRUE(dialog.isVisible());
        EXPECT_TRUE(problem->isVisible());
        EXPECT_TRUE(problem->text().contains(part)) << problem->text().toStdString();
    };
    dialog.findChild<QLineEdit*>("memory")->setText("plenty");
    refused("plenty");
    dialog.findChild<QLineEdit*>("memory")->setText("abc");
    EXPECT_TRUE(problem->text().contains("abc")) << "it follows what is written";
    dialog.findChild<QLineEdit*>("memory")->clear();
    EXPECT_FALSE(problem->isVisible());
    dialog.findChild<QComboBox*>("device")->setCurrentText("toaster");
    refused("toaster");
    dialog.findChild<QComboBox*>("device")->setCurrentIndex(1);
    dialog.findChild<QComboBox*>("dtype")->setCurrentText("float16");
    refused("float16");
    dialog.findChild<QLineEdit*>("pictureFolder")->setText("/no/such/folder");
    press(dialog, "restore");
    EXPECT_FALSE(problem->isVisible());
    EXPECT_EQ(dialog.settings()->preferences, Preferences{});
    dialog.findChild<QLineEdit*>("pictureFolder")->setText("/no/such/folder");
    refused("/no/such/folder");
    EXPECT_EQ(engine_.requests.size(), 1u) << "nothing was asked";
}

TEST_F(Conduct, LanguageAppearanceFoldersAndTheLimitCountAtOnce) {
    const QTemporaryDir folder;
    auto& dialog = shown<SettingsDialog>("settings");
    dialog.findChild<QComboBox*>("language")->setCurrentIndex(2);
    dialog.findChild<QComboBox*>("scheme")->setCurrentIndex(2);
    dialog.findChild<QLineEdit*>("saveFolder")->setText(folder.path());
    dialog.findChild<QSpinBox*>("megapixels")->setValue(1);
    press(dialog, "primary");
    EXPECT_EQ(language_->code(), "ko");
    EXPECT_TRUE(theme_->dark());
    EXPECT_EQ(settings::lastFolder(settings::kSaveFolder), folder.path());
    EXPECT_EQ(pictureLimit().maxPixels, 1'000'000);
    EXPECT_EQ(engine_.requests.size(), 1u) << "the engine has nothing to do with it";
    // The astronaut has a quarter of a megapixel, a picture of two is refused.
    QImage large(2000, 1000, QImage::Format_RGB32);
    large.fill(Qt::red);
    ASSERT_TRUE(large.save(folder.filePath("large.png")));
    window_->openFile(folder.filePath("large.png"));
    ASSERT_TRUE(waitFor([this] { return bar().isVisible(); }));
    EXPECT_FALSE(window_->document().hasPicture());
}

TEST_F(Conduct, WhatTheCommandLineSaysIsToldAndStays) {
    session::EngineOptions options;
    options.threads = 2;
    options.device = "cpu";
    start(options);
    auto& dialog = shown<SettingsDialog>("settings");
    EXPECT_EQ(dialog.findChild<QSpinBox*>("threads")->value(), 0) << "the setting";
    bool told = false;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        told = told || (label->isVisible() && label->text().contains("--device cpu, --threads 2"));
    }
    EXPECT_TRUE(told);
    dialog.findChild<QLineEdit*>("memory")->setText("1G");
    press(dialog, "primary");
    EXPECT_EQ(engine_.requests.back().engine.threads, 2);
    EXPECT_EQ(engine_.requests.back().engine.device, "cpu");
    engine_.answer();
    EXPECT_EQ(loadPreferences().threads, 0);
    EXPECT_EQ(loadPreferences().memory, std::int64_t(1) << 30);
}

TEST_F(Conduct, TheListOfKeysIsKoreanWithoutTheMenusKeys) {
    language_->use("ko");
    QCoreApplication::processEvents();
    auto& dialog = shown<ShortcutsDialog>("shortcuts");
    const QRegularExpression key("\\([A-Z]\\)");
    int lines = 0;
    for (QTreeWidgetItemIterator it(dialog.findChild<QTreeWidget*>()); *it != nullptr; ++it, ++lines) {
        EXPECT_FALSE((*it)->text(0).contains(key)) << (*it)->text(0).toStdString();
    }
    EXPECT_GT(lines, 50);
    EXPECT_EQ(dialog.findChild<QKeySequenceEdit*>()->findChild<QLineEdit*>()->placeholderText(),
              QString::fromUtf8("누를 키"));
}

TEST_F(Conduct, AKeyIsChangedSaidToBeTakenAndReset) {
    auto& dialog = shown<ShortcutsDialog>("shortcuts");
    auto& list = *dialog.findChild<QTreeWidget*>();
    auto& keys = *dialog.findChild<QKeySequenceEdit*>();
    EXPECT_FALSE(keys.isEnabled()) << "nothing is chosen";
    const auto lines = list.findItems("Copy cutout", Qt::MatchExactly | Qt::MatchRecursive);
    ASSERT_EQ(lines.size(), 1);
    list.setCurrentItem(lines[0]);
    keys.setKeySequence(QKeySequence("F9"));
    bool told = false;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        told = told || label->text().contains(QString::fromUtf8("“Side panel”"));
    }
    EXPECT_TRUE(told);
    press(dialog, "assign");
    auto* copy = actionCalled("copyCutout");
    auto* side = actionCalled("sidebar");
    EXPECT_EQ(copy->shortcut(), QKeySequence("F9"));
    EXPECT_TRUE(side->shortcuts().isEmpty());
    start({});
    copy = actionCalled("copyCutout");
    EXPECT_EQ(copy->shortcut(), QKeySequence("Ctrl+Shift+C")) << "the fixture begins with empty settings";
}

TEST_F(Conduct, EveryActionIsListedWithItsKeys) {
    auto& dialog = shown<ShortcutsDialog>("shortcuts");
    const auto& list = *dialog.findChild<QTreeWidget*>();
    int named = 0;
    for (const QAction* action : menuActions()) {
        if (action->objectName().isEmpty() || action->objectName().startsWith("listed") || action->text().isEmpty()) {
            continue;
        }
        QString text = action->text();
        const auto lines = list.findItems(text.remove('&'), Qt::MatchExactly | Qt::MatchRecursive);
        EXPECT_FALSE(lines.isEmpty()) << text.toStdString();
        ++named;
    }
    EXPECT_GT(named, 30);
    EXPECT_FALSE(list.findItems("F2", Qt::MatchExactly | Qt::MatchRecursive, 1).isEmpty()) << "and those of lists";
}

TEST_F(Conduct, TheLogShowsWhatWasSaidAndIsFiltered) {
    log::info("something was done");
    log::warn("something is odd");
    auto& dialog = shown<LogDialog>("log");
    EXPECT_TRUE(dialog.text().contains("something was done"));
    dialog.findChild<QComboBox*>("level")->setCurrentIndex(2);
    EXPECT_FALSE(dialog.text().contains("something was done"));
    EXPECT_TRUE(dialog.text().contains("something is odd"));
    log::warn("later");
    EXPECT_TRUE(waitFor([&] { return dialog.text().contains("later"); }));
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    engine_.fail({ErrorKind::weights, "the model is broken", "take another"});
    EXPECT_TRUE(waitFor([&] { return dialog.text().contains("the model is broken"); })) << "what the bar says too";
    for (auto* button : dialog.findChildren<QPushButton*>()) {
        if (button->text() == "Copy") {
            button->click();
        }
    }
    EXPECT_EQ(QGuiApplication::clipboard()->text(), dialog.text());
}

TEST_F(Conduct, AboutHasEveryLicence) {
    auto& dialog = shown<AboutDialog>("about");
    auto& pages = *dialog.findChild<QListWidget*>();
    const auto& text = *dialog.findChild<QTextBrowser*>();
    const auto page = [&](const QString& title) {
        const auto found = pages.findItems(title, Qt::MatchExactly);
        if (found.size() != 1) {
            return QString();
        }
        pages.setCurrentItem(found[0]);
        return text.toPlainText();
    };
    EXPECT_TRUE(page("This program").contains("GNU GENERAL PUBLIC LICENSE"));
    EXPECT_TRUE(page("Model Sight").contains("YOLOv7-seg"));
    EXPECT_TRUE(page("Model Mini").contains("EfficientNet-Lite2"));
    EXPECT_TRUE(page("Photographs").contains("Stefan van der Walt"));
    EXPECT_TRUE(page("Qt").contains(qVersion()));
    EXPECT_TRUE(page("LibTorch").contains("BSD-3-Clause"));
    EXPECT_GT(libraryNotices().size(), 15u);
    for (const LibraryNotice& library : libraryNotices()) {
        EXPECT_FALSE(library.licence.isEmpty()) << library.name.toStdString();
        EXPECT_TRUE(page(library.name).contains(library.address)) << library.name.toStdString();
    }
}

}  // namespace
}  // namespace maskwright::ui
