// A whole folder: searching it and saving its masks.
#include <sys/statvfs.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>

#include "core/image_io/image_io.h"
#include "examples_fixture.h"
#include "tests/support/qt_paths.h"
#include "ui/folder/folder_view.h"
#include "ui/folder/masks_report.h"
#include "ui/folder/unfinished_masks.h"
#include "ui/panels/correct_panel.h"
#include "ui/panels/filmstrip.h"
#include "ui/panels/mask_panel.h"
#include "ui/panels/rows_panel.h"

namespace maskwright::ui {
namespace {

TEST_F(Examples, AFolderOrdersItself) {
    const QTemporaryDir folder;
    for (const char* name : {"cat.png", "coffee.png", "astronaut.png"}) {
        QFile::copy(test::sourceFile("resources/examples/") + name, folder.filePath(name));
    }
    QFile broken(folder.filePath("broken.jpg"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
    broken.close();
    QTest::keyClicks(&phrase(), "cat");
    engine_.answer();
    window_->openFile(folder.path());
    auto& view = *window_->findChild<FolderView*>();
    EXPECT_TRUE(view.isVisible());
    std::size_t seen = engine_.requests.size();
    int answers = 0;
    ASSERT_TRUE(waitFor([&] {
        if (engine_.requests.size() > seen) {
            seen = engine_.requests.size();
            const session::Request request = engine_.requests.back();
            ++answers;
            engine_.answer(request, request.image->width == 451 ? 0.9f : request.image->width == 600 ? 0.2f : 0.5f);
            seen = std::min(seen, engine_.requests.size());
        }
        return answers == 3;
    }));
    EXPECT_TRUE(waitFor([&] { return view.names().value(3) == "broken.jpg"; }));
    EXPECT_EQ(view.names(), (QStringList{"cat.png", "astronaut.png", "coffee.png", "broken.jpg"}));
    EXPECT_FALSE(bar().isVisible()) << "one bad picture is a line, not a stop";
}

TEST_F(Examples, AFolderIsShownWithNothingToFindAndTypingSearchesIt) {
    const std::size_t before = engine_.requests.size();
    // The view's button, the one above it and the action are one.
    const auto saveable = [this] {
        const bool action = actionCalled("save")->isEnabled();
        EXPECT_EQ(window_->findChild<QPushButton*>("folderSave")->isEnabled(), action);
        EXPECT_EQ(window_->findChild<QToolButton*>("primary")->isEnabled(), action);
        return action;
    };
    window_->openFile(test::sourceFile("resources/examples"));
    auto& view = *window_->findChild<FolderView*>();
    EXPECT_TRUE(view.isVisible());
    EXPECT_TRUE(waitFor([&] { return view.names().contains("cat.png"); }));
    EXPECT_EQ(window_->windowTitle(), "examples - Maskwright");
    EXPECT_EQ(engine_.requests.size(), before) << "nothing is asked for";
    EXPECT_FALSE(saveable());
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(waitFor([&] { return engine_.requests.size() > before; }));
    EXPECT_FALSE(saveable()) << "while it is being searched";
    std::size_t answered = before;
    EXPECT_TRUE(waitFor([&] {
        for (; answered < engine_.requests.size(); ++answered) {
            const session::Request request = engine_.requests[answered];
            engine_.answer(request, 0.9f);
        }
        return saveable();
    }));
    EXPECT_EQ(engine_.requests.back().prompts.at(0).phrase, "cat");
}

// A folder that was searched for a cat: two pictures and one that is none.
class Folders : public Examples {
  protected:
    void SetUp() override {
        Examples::SetUp();
        for (const char* name : {"cat.png", "coffee.png"}) {
            QFile::copy(test::sourceFile("resources/examples/") + name, pictures_.filePath(name));
        }
        write(pictures_.filePath("broken.jpg"), "no picture");
        QTest::keyClicks(&phrase(), "cat");
        engine_.answer();
        window_->openFile(pictures_.path());
        ASSERT_TRUE(
            answerUntil([this] { return view().names().value(2) == "broken.jpg" && saveButton().isEnabled(); }));
    }
    static void write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    // Of the requests only the first `most`.
    bool answerUntil(const std::function<bool()>& done, int limit = 120000, std::size_t most = SIZE_MAX) {
        return waitFor(
            [&] {
                for (; seen_ < std::min(engine_.requests.size(), most); ++seen_) {
                    const session::Request request = engine_.requests[seen_];
                    engine_.answer(request, 0.9f);
                }
                return done();
            },
            limit);
    }
    [[nodiscard]] FolderView& view() const { return *window_->findChild<FolderView*>(); }
    [[nodiscard]] QPushButton& saveButton() const { return *window_->findChild<QPushButton*>("folderSave"); }
    [[nodiscard]] QStringList saved() const { return QDir(masks_.path()).entryList(QDir::Files, QDir::Name); }
    [[nodiscard]] QByteArray content(const char* name) const {
        QFile file(masks_.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void choose(const char* text, const char* question = "existing") {
        auto* box = window_->findChild<QMessageBox*>(question);
        ASSERT_NE(box, nullptr);
        for (QAbstractButton* button : box->buttons()) {
            if (button->text() == text) {
                button->click();
            }
        }
    }
    QTemporaryDir pictures_, masks_;
    std::size_t seen_ = 0;
};

TEST_F(Folders, TheSaveDialogBeginsInTheFolderItself) {
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    const QTemporaryDir opened;
    ASSERT_TRUE(QDir(opened.path()).mkpath("2026/May"));
    QFile::copy(test::sourceFile("resources/examples/cat.png"), opened.filePath("2026/May/cat.png"));
    window_->openFile(opened.path());
    ASSERT_TRUE(answerUntil([this] { return view().names().size() == 1 && saveButton().isEnabled(); }));
    QString began;
    QTimer asked;
    QObject::connect(&asked, &QTimer::timeout, &asked, [&began] {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (auto* dialog = qobject_cast<QFileDialog*>(widget); dialog != nullptr && dialog->isVisible()) {
                began = dialog->directory().canonicalPath();
                dialog->reject();
            }
        }
    });
    asked.start(10);
    saveButton().click();
    EXPECT_EQ(began, QDir(opened.path()).canonicalPath());
}

TEST_F(Folders, NothingWaitsAfterAStop) {
    auto* list = window_->findChild<QListView*>("folderList");
    const auto waiting = [&] {
        QStringList said;
        for (int i = 0; i < list->model()->rowCount(); ++i) {
            const QString text = list->model()->index(i, 0).data(Qt::AccessibleTextRole).toString();
            if (text.contains("Waiting")) {
                said << text;
            }
        }
        return said;
    };
    const std::size_t before = engine_.requests.size();
    window_->setPhrase("dog");
    engine_.answer();  // the preview; the folder's first is not answered
    ASSERT_TRUE(waitFor([&] { return engine_.requests.size() > before + 1; }));
    EXPECT_FALSE(waiting().isEmpty());
    QCoreApplication::processEvents();
    const QImage searching = list->grab().toImage();
    window_->findChild<QPushButton*>("folderAction")->click();
    EXPECT_TRUE(waiting().isEmpty()) << waiting().join('|').toStdString();
    EXPECT_NE(list->grab().toImage(), searching);
}

TEST_F(Folders, TitleAndStatusAreTheFolders) {
    EXPECT_EQ(window_->windowTitle(), QDir(pictures_.path()).dirName() + " - Maskwright");
    EXPECT_FALSE(status().text().contains("451")) << status().text().toStdString();
    EXPECT_FALSE(status().text().contains("12 ms")) << status().text().toStdString();
}

TEST_F(Folders, AllMasksAreSavedAndABadPictureIsALine) {
    window_->saveFolder(masks_.path());
    EXPECT_FALSE(saveButton().isEnabled()) << "one at a time";
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(saved(),
              (QStringList{"cat-mask.png", "coffee-mask.png", "masks-report.csv", "maskwright-journal.jsonl"}));
    EXPECT_TRUE(engine_.requests.back().refine) << "as a single save";
    const auto mask = image_io::readMask(masks_.filePath("cat-mask.png").toStdString());
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(mask->width, 451);
    EXPECT_EQ(area(*mask), 225 * 300);
    const QImage texts(masks_.filePath("cat-mask.png"));
    EXPECT_EQ(texts.text("phrase"), "cat");
    EXPECT_EQ(texts.text("model"), "sight");
    EXPECT_EQ(texts.text("threshold"), "0.4");
    const QList<QByteArray> lines = content("masks-report.csv").trimmed().split('\n');
    ASSERT_EQ(lines.size(), 4);
    EXPECT_TRUE(lines[1].contains("broken.jpg,,,,")) << lines[1].toStdString();
    EXPECT_TRUE(lines[2].contains("cat-mask.png,0.9000,0.4989,")) << lines[2].toStdString();
    EXPECT_NE(bar().text().indexOf("Masks saved in"), -1);
    EXPECT_NE(bar().text().indexOf("failed: 1"), -1) << bar().text().toStdString();
    EXPECT_TRUE(saveButton().isEnabled());
}

TEST_F(Folders, NothingIsReplacedUnasked) {
    write(masks_.filePath("cat-mask.png"), "mine");
    window_->saveFolder(masks_.path());
    choose("Cancel");
    EXPECT_EQ(saved(), QStringList{"cat-mask.png"});

    window_->saveFolder(masks_.path());
    choose("Keep both");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(content("cat-mask.png"), "mine");
    EXPECT_EQ(saved(), (QStringList{"cat-mask-2.png", "cat-mask.png", "coffee-mask.png", "masks-report.csv",
                                    "maskwright-journal.jsonl"}));

    write(masks_.filePath("coffee-mask.png"), "mine too");
    window_->saveFolder(masks_.path());
    choose("Replace only changed");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(content("cat-mask.png"), "mine");
    EXPECT_EQ(content("coffee-mask.png"), "mine too");
    EXPECT_TRUE(saved().contains("masks-report-2.csv")) << "reports are not replaced either";

    window_->saveFolder(masks_.path());
    choose("Replace");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_TRUE(image_io::readMask(masks_.filePath("cat-mask.png").toStdString()).ok());
}

TEST_F(Folders, AFolderIsFinishedWithTheModelItWasBegunWith) {
    const std::size_t before = engine_.requests.size();
    const std::string model = window_->preview().engine().model;
    window_->saveFolder(masks_.path());
    ASSERT_TRUE(waitFor([&] { return engine_.requests.size() > before; }));
    window_->preview().setModel("another");
    ASSERT_TRUE(answerUntil([this] { return saved().contains("masks-report.csv"); }));
    EXPECT_EQ(saved(),
              (QStringList{"cat-mask.png", "coffee-mask.png", "masks-report.csv", "maskwright-journal.jsonl"}));
    int previews = 0;
    for (std::size_t i = before; i < engine_.requests.size(); ++i) {
        const bool preview = engine_.requests[i].ticket.lane == session::Lane::preview;
        previews += preview ? 1 : 0;
        EXPECT_EQ(engine_.requests[i].engine.model, preview ? "another" : model);
    }
    EXPECT_GT(previews, 0);
}

TEST_F(Folders, SavingCanBeStopped) {
    const std::size_t before = engine_.requests.size();
    window_->saveFolder(masks_.path());
    ASSERT_TRUE(waitFor([&] { return engine_.requests.size() > before; }));
    engine_.answer();  // the model is open
    ASSERT_TRUE(waitFor([&] { return engine_.requests.size() > before + 1; }));
    const session::Request picture = engine_.requests.back();
    auto& action = *window_->findChild<QPushButton*>("folderAction");
    EXPECT_EQ(action.text(), "Stop");
    action.click();
    ASSERT_TRUE(waitFor([this] { return bar().isVisible(); }));
    EXPECT_TRUE(bar().text().contains("then stopped")) << bar().text().toStdString();
    EXPECT_EQ(action.text(), "Search again");
    EXPECT_TRUE(action.isEnabled());
    engine_.answer(picture, 0.9f);
    QTest::qWait(50);
    EXPECT_EQ(saved(), (QStringList{"masks-report.csv", "maskwright-journal.jsonl"}))
        << "an answer that comes later is not saved";
}

TEST_F(Folders, SavingCanBePausedAndGoneOnWith) {
    window_->saveFolder(masks_.path());
    auto& pause = *window_->findChild<QPushButton*>("folderPause");
    ASSERT_TRUE(pause.isVisible());
    pause.click();
    EXPECT_EQ(pause.text(), "Go on");
    EXPECT_TRUE(status().text().startsWith("Paused:")) << status().text().toStdString();
    const std::size_t before = engine_.requests.size();
    EXPECT_FALSE(answerUntil([this] { return !saved().filter("mask.png").isEmpty(); }, 400));
    EXPECT_LE(engine_.requests.size(), before + 1) << "the model is opened, and no picture asked for";
    pause.click();
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_TRUE(saved().contains("cat-mask.png"));
    EXPECT_FALSE(pause.isVisible());
}

TEST_F(Folders, AReportSaysWhatWentWrongWithWhichPictureAndTriesAgain) {
    auto& details = *window_->findChild<QPushButton*>("folderDetails");
    EXPECT_FALSE(details.isVisible()) << "nothing was saved yet";
    window_->saveFolder(masks_.path());
    details.click();
    auto* report = window_->findChild<MasksReport*>();
    ASSERT_NE(report, nullptr);
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    auto* problems = report->findChild<QTreeWidget*>("problems");
    ASSERT_EQ(problems->topLevelItemCount(), 1);
    EXPECT_EQ(problems->topLevelItem(0)->text(0), "broken.jpg");
    EXPECT_FALSE(problems->topLevelItem(0)->text(1).isEmpty());
    const auto height = [&] { return problems->visualItemRect(problems->topLevelItem(0)).height(); };
    report->resize(1600, 400);
    QCoreApplication::processEvents();
    const int wide = height();
    report->resize(480, 400);
    QCoreApplication::processEvents();
    EXPECT_GT(height(), wide) << "the reason is read whole";
    const auto& line = *report->findChild<QWidget*>("folderLine");
    EXPECT_FALSE(line.isVisible());
    report->findChild<QPushButton*>("openFolder")->click();
    EXPECT_TRUE(line.isVisible()) << "the offscreen platform has no file manager";
    EXPECT_EQ(line.findChild<QLineEdit*>("folderPath")->text(), masks_.path());
    const QByteArray before = content("cat-mask.png");
    bar().dismiss();
    const std::size_t asked = engine_.requests.size();
    report->findChild<QPushButton*>("again")->click();
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(content("cat-mask.png"), before);
    EXPECT_LE(engine_.requests.size(), asked + 1) << "what is done is not asked for again";
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_EQ(report->windowTitle(), QString::fromUtf8("마스크 저장"));
}

TEST_F(Folders, ASavingThatWasCutOffIsGoneOnWithAtTheNextStart) {
    window_->saveFolder(masks_.path());
    const std::size_t before = engine_.requests.size();
    ASSERT_TRUE(answerUntil([this] { return saved().filter("mask.png").size() == 1; }, 120000, before + 2));
    const auto cut = unfinished();
    ASSERT_TRUE(cut.has_value()) << "as a kill would leave it";
    EXPECT_EQ(cut->phrase, "cat");
    EXPECT_EQ(cut->folder, masks_.path());
    const QByteArray done = content("cat-mask.png");
    remember(*cut);
    window_->close();
    choose("Stop and close", "closing");
    ASSERT_TRUE(waitFor([this] { return !window_->isVisible(); }));
    window_.reset();
    engine_.requests.clear();
    seen_ = 0;
    window_ = std::make_unique<MainWindow>(engine_, modelStore_, session::EngineOptions{}, *theme_, *language_);
    window_->show();
    window_->start();
    choose("Go on", "unfinished");
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_TRUE(saved().contains("coffee-mask.png")) << saved().join(' ').toStdString();
    EXPECT_EQ(content("cat-mask.png"), done);
    EXPECT_FALSE(unfinished().has_value());
}

TEST_F(Folders, ClosingWhileMasksAreSavedAsksFirst) {
    window_->saveFolder(masks_.path());
    window_->close();
    EXPECT_TRUE(window_->isVisible());
    choose("Cancel", "closing");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(window_->isVisible());

    window_->close();
    choose("Close when done", "closing");
    EXPECT_TRUE(window_->isVisible());
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_TRUE(saved().contains("cat-mask.png"));
    EXPECT_TRUE(window_->isVisible()) << "one picture failed: that is not closed away";

    ASSERT_TRUE(QFile::remove(pictures_.filePath("broken.jpg")));
    window_->openFile(pictures_.path());
    ASSERT_TRUE(answerUntil([this] { return view().names().size() == 2 && saveButton().isEnabled(); }));
    window_->saveFolder(masks_.path());
    choose("Replace");
    window_->close();
    choose("Close when done", "closing");
    EXPECT_TRUE(window_->isVisible());
    ASSERT_TRUE(answerUntil([this] { return !window_->isVisible(); }));
    EXPECT_TRUE(saved().contains("masks-report-2.csv"));
}

TEST_F(Folders, ClosingCanStopTheSaving) {
    window_->saveFolder(masks_.path());
    window_->close();
    choose("Stop and close", "closing");
    ASSERT_TRUE(waitFor([this] { return !window_->isVisible(); }));
    EXPECT_EQ(saved(), QStringList{"masks-report.csv"});
}

TEST_F(Folders, BackInTheFolderWhatWasTypedIsLookedFor) {
    view().pictureWanted(pictures_.filePath("cat.png"));
    ASSERT_TRUE(waitFor([this] { return canvas().isVisible(); }));
    phrase().selectAll();
    QTest::keyClicks(&phrase(), "dog");
    EXPECT_TRUE(answerUntil([this] { return window_->document().search().phrase == "dog"; }));
    const std::size_t before = engine_.requests.size();
    QToolButton* back = nullptr;
    for (auto* button : canvas().findChildren<QToolButton*>()) {
        back = button->text() == "Folder" ? button : back;
    }
    ASSERT_NE(back, nullptr);
    back->click();
    EXPECT_TRUE(view().isVisible());
    ASSERT_TRUE(answerUntil([&] { return engine_.requests.size() > before + 1 && saveButton().isEnabled(); }));
    EXPECT_EQ(engine_.requests.back().prompts.at(0).phrase, "dog");
    // Once there and back again, with nothing new: what was found is still there.
    view().pictureWanted(pictures_.filePath("cat.png"));
    ASSERT_TRUE(waitFor([this] { return canvas().isVisible(); }));
    ASSERT_TRUE(answerUntil([this] { return !window_->preview().state().busy(); }));
    const std::size_t asked = engine_.requests.size();
    back->click();
    EXPECT_TRUE(saveButton().isEnabled());
    QCoreApplication::processEvents();
    EXPECT_EQ(engine_.requests.size(), asked);
}

TEST_F(Folders, WhatActsOnOnePictureIsOffBesideAFolderAndSaysWhy) {
    std::vector<QWidget*> parts;
    for (const char* name : {"splitView", "automaticThreshold", "refine", "refineRadius"}) {
        parts.push_back(window_->findChild<QWidget*>(name));
    }
    for (auto* button : window_->findChild<QWidget*>("maskView")->findChildren<QAbstractButton*>()) {
        if (button->text() == "Mask" || button->text() == "Cutout") {
            parts.push_back(button);
        }
    }
    ASSERT_EQ(parts.size(), 6u);
    const auto expectOn = [&](bool on) {
        for (const QWidget* part : parts) {
            const std::string name = part->objectName().toStdString();
            EXPECT_EQ(part->isEnabled(), on) << name;
            const auto* slider = part->findChild<QSlider*>();
            const QString told = slider != nullptr ? slider->toolTip() : part->toolTip();
            EXPECT_EQ(told.contains("one picture at a time"), !on) << name << ": " << told.toStdString();
            EXPECT_FALSE(told.isEmpty()) << name;
        }
        for (const char* text : {"&Before and after", "&Mask", "&Cutout"}) {
            EXPECT_EQ(actionNamed(text)->isEnabled(), on) << text;
        }
        EXPECT_TRUE(slider("threshold").isEnabled()) << "it is the folder's too";
        EXPECT_TRUE(actionNamed("&Outline")->isEnabled());
    };
    expectOn(false);
    view().pictureWanted(pictures_.filePath("cat.png"));
    ASSERT_TRUE(waitFor([this] { return canvas().isVisible(); }));
    expectOn(true);
    window_->openFile(pictures_.path());
    ASSERT_TRUE(answerUntil([this] { return view().isVisible() && saveButton().isEnabled(); }));
    language_->use("ko");
    for (const QWidget* part : parts) {
        EXPECT_FALSE(part->isEnabled()) << "in the other language too";
    }
}

TEST_F(Folders, ALongNameDoesNotWidenTheWindow) {
    const int before = window_->minimumSizeHint().width();
    const QString phrase = QString("a very long phrase ").repeated(20).trimmed();
    view().setWanted(phrase);
    QCoreApplication::processEvents();
    EXPECT_EQ(window_->minimumSizeHint().width(), before);
    for (const auto* label : view().findChildren<QLabel*>()) {
        if (label->text().contains("a very")) {
            EXPECT_TRUE(label->toolTip().contains(phrase)) << "the whole";
            return;
        }
    }
    FAIL() << "no title";
}

TEST_F(Folders, WhatBelongsToAPictureIsHiddenBesideAFolder) {
    view().pictureWanted(pictures_.filePath("cat.png"));
    ASSERT_TRUE(waitFor([this] { return canvas().isVisible(); }));
    auto* strip = window_->findChild<Filmstrip*>();
    auto* mask = window_->findChild<MaskPanel*>();
    auto* rows = window_->findChild<RowsPanel*>();
    auto* correct = window_->findChild<CorrectPanel*>();
    const auto match = [&] {
        for (const auto* label : mask->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().startsWith("Best match")) {
                return true;
            }
        }
        return false;
    };
    ASSERT_TRUE(answerUntil([&] { return match() && correct->isVisible(); }));
    EXPECT_TRUE(strip->isVisible());
    EXPECT_TRUE(rows->isVisible());
    window_->openFile(pictures_.path());
    ASSERT_TRUE(answerUntil([this] { return view().isVisible() && saveButton().isEnabled(); }));
    for (const QWidget* part :
         std::initializer_list<const QWidget*>{strip, rows, correct, window_->findChild<QWidget*>("zoom")}) {
        EXPECT_FALSE(part->isVisible()) << part->metaObject()->className();
    }
    EXPECT_FALSE(match());
    EXPECT_TRUE(mask->isVisible()) << "threshold and colour are the folder's too";
    view().closed();
    EXPECT_TRUE(strip->isVisible());
    EXPECT_TRUE(rows->isVisible());
    EXPECT_TRUE(correct->isVisible());
    EXPECT_TRUE(match());
}

TEST_F(Folders, ACardSaysThatItsMaskWasNotSaved) {
    auto* list = window_->findChild<QListView*>("folderList");
    const auto said = [&](Qt::ItemDataRole role) {
        QStringList texts;
        for (int i = 0; i < list->model()->rowCount(); ++i) {
            const auto at = list->model()->index(i, 0);
            if (at.data().toString() == "cat.png") {
                texts << at.data(role).toString();
            }
        }
        return texts.join('|');
    };
    EXPECT_EQ(said(Qt::AccessibleTextRole), "cat.png");
    ASSERT_TRUE(QFile::remove(pictures_.filePath("cat.png")));
    window_->saveFolder(masks_.path());
    ASSERT_TRUE(answerUntil([this] { return bar().isVisible(); }));
    EXPECT_EQ(said(Qt::AccessibleTextRole), "cat.png, Mask not saved");
    EXPECT_TRUE(said(Qt::ToolTipRole).contains("No such file")) << said(Qt::ToolTipRole).toStdString();
}

TEST_F(Folders, WhyAFolderCannotBeWrittenIsTheSystemsWord) {
    window_->saveFolder(pictures_.filePath("cat.png"));
    ASSERT_TRUE(bar().isVisible());
    EXPECT_TRUE(bar().text().contains("Not a directory")) << bar().text().toStdString();
    for (const char* mount : {"/sys", "/proc/sys", "/sys/fs/cgroup"}) {
        struct statvfs about = {};
        if (::geteuid() == 0 && ::statvfs(mount, &about) == 0 && (about.f_flag & ST_RDONLY) != 0) {
            window_->saveFolder(mount);
            EXPECT_TRUE(bar().text().contains("Read-only file system")) << bar().text().toStdString();
        }
    }
}

TEST_F(Folders, AFolderThatIsNotThereIsAnError) {
    window_->saveFolder(masks_.filePath("nowhere"));
    EXPECT_TRUE(bar().isVisible());
    EXPECT_EQ(bar().kind(), InfoBar::Kind::error);
    language_->use("ko");
    QCoreApplication::processEvents();
    EXPECT_TRUE(bar().text().contains(QString::fromUtf8("저장할 수 없습니다"))) << bar().text().toStdString();
}

}  // namespace
}  // namespace maskwright::ui
