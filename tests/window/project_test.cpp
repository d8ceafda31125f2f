// Projects in the window: saved, opened again, recovered, and asked about before they are given up.
#include <sys/resource.h>

#include <QAbstractItemView>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <csignal>

#include "core/project/format.h"
#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/pyramid.h"
#include "ui/shell/empty_state.h"
#include "ui/widgets/info_bar.h"
#include "window_fixture.h"

namespace maskwright::ui {
namespace {

class ProjectWindow : public WindowFixture {
  protected:
    void SetUp() override {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/cat.png"), picture()));
        open(engine_);
    }
    [[nodiscard]] QString picture() const { return folder_.filePath("cat.png"); }
    [[nodiscard]] QString project() const { return folder_.filePath("cats.maskwright"); }
    static QByteArray bytesOf(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    Document& document() { return window_->document(); }
    QAction& action(const char* text) { return *actionNamed(text); }
    void openPicture() {
        window_->openFile(picture());
        ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    }
    void keep(const char* phrase) {
        window_->setPhrase(phrase);
        document().keepRow({255, 46, 126});
    }
    // Pictures of these names beside the project, no two alike, each with a row; the first is open, and all is saved.
    void makePictures(const QStringList& names) {
        QStringList paths;
        for (const QString& name : names) {
            QImage image(test::sourceFile("resources/examples/cat.png"));
            image.setPixelColor(0, 0, QColor(int(paths.size()), 0, 0));
            paths << folder_.filePath(name);
            ASSERT_TRUE(image.save(paths.back()));
        }
        window_->openFiles(paths);
        for (const QString& path : paths) {
            window_->openFile(path);
            ASSERT_TRUE(waitFor([&] { return document().picture().path == path; }));
            keep("cat");
        }
        window_->openFile(paths.front());
        ASSERT_TRUE(waitFor([&] { return document().picture().path == paths.front(); }));
        saveAs(project());
    }
    void keepThree() {
        openPicture();
        keep("cat");
        keep("ear");
        keep("tail");
        ASSERT_EQ(document().rows().size(), 3u);
    }
    // The box of that name, once it is there.
    QMessageBox* box(const char* name) {
        QMessageBox* found = nullptr;
        waitFor([&] { return (found = window_->findChild<QMessageBox*>(name)) != nullptr && found->isVisible(); },
                20000);
        return found;
    }
    void press(const char* name, const char* text) {
        QMessageBox* asked = box(name);
        ASSERT_NE(asked, nullptr) << name;
        for (QAbstractButton* button : asked->buttons()) {
            if (button->text().remove('&') == QString::fromUtf8(text)) {
                button->click();
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
                return;
            }
        }
        FAIL() << "no button " << text;
    }
    // Answers the dialog that asks for a file; nothing: turns it away.
    static void answerFile(const QString& path, int tries = 2000) {
        QTimer::singleShot(5, qApp, [path, tries] {
            for (QWidget* widget : QApplication::topLevelWidgets()) {
                auto* dialog = qobject_cast<QFileDialog*>(widget);
                if (dialog != nullptr && dialog->isVisible()) {
                    if (path.isEmpty()) {
                        dialog->reject();
                    } else {
                        // What is selected in the list would go before what is typed.
                        for (auto* view : dialog->findChildren<QAbstractItemView*>()) {
                            view->clearSelection();
                        }
                        dialog->findChild<QLineEdit*>("fileNameEdit")->setText(path);
                        static_cast<QDialog*>(dialog)->accept();
                    }
                    return;
                }
            }
            if (tries > 0) {
                answerFile(path, tries - 1);
            }
        });
    }
    void saveAs(const QString& path) {
        answerFile(path);
        action("Save pro&ject as…").trigger();
        ASSERT_TRUE(waitFor([&] { return QFile::exists(path) && !window_->isWindowModified(); }));
    }
    void again() {
        TearDown();
        start(engine_);
    }
    void openProject() {
        window_->openFile(project());
        ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    }
    // A project of three pictures, of which one was given another name, is opened.
    void expectFirstAfterMove(const char* moved) {
        makePictures({"one.png", "two.png", "three.png"});
        window_->close();
        ASSERT_TRUE(QFile::rename(folder_.filePath(moved), folder_.filePath("renamed.png")));
        again();
        window_->openFile(project());
        ASSERT_TRUE(waitFor([&] {
            const auto& pictures = document().project().pictures;
            return std::any_of(pictures.begin(), pictures.end(),
                               [](const auto& one) { return one->file.path.ends_with("renamed.png"); });
        }));
        const QString first = QString::fromStdString(document().project().pictures.at(0)->file.path);
        EXPECT_TRUE(waitFor([&] { return document().picture().path == first; }))
            << document().picture().path.toStdString();
        QTest::qWait(200);
        EXPECT_EQ(document().picture().path, first);
    }
    QTemporaryDir folder_;
    FakeInference engine_;
};

TEST_F(ProjectWindow, LookingAtPicturesChangesNoProject) {
    const QString second = folder_.filePath("second.png");
    ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/coffee.png"), second));
    keepThree();
    saveAs(project());
    const QByteArray bytes = bytesOf(project());
    const auto show = [&](const QString& path) {
        window_->openFile(path);
        ASSERT_TRUE(waitFor([&] { return document().picture().path == path; }));
        QCoreApplication::processEvents();
    };
    show(second);
    EXPECT_EQ(document().rows().size(), 3u) << "the rows are shown all the same";
    EXPECT_FALSE(window_->isWindowModified());
    show(picture());
    EXPECT_FALSE(window_->isWindowModified());
    ASSERT_TRUE(QFile::remove(project()));
    action("S&ave project").trigger();
    ASSERT_TRUE(waitFor([&] { return QFile::exists(project()); }));
    EXPECT_EQ(bytesOf(project()), bytes);
    show(second);
    document().selectRow(document().rows()[1].id);
    QTest::keyClick(&phrase(), Qt::Key_Return);
    EXPECT_TRUE(window_->isWindowModified());
    EXPECT_EQ(document().project().pictures.size(), 2u);
    document().undo();
    EXPECT_FALSE(window_->isWindowModified());
}

TEST_F(ProjectWindow, OneRowMoreThanAPictureMayHaveIsRefusedInWords) {
    openPicture();
    project::Project full;
    project::Picture many{1, document().picture().file, {}};
    for (project::Id id = 2; id < 2 + project::kMostRows; ++id) {
        many.rows.push_back(std::make_shared<const project::Row>(project::Row{id, "row " + std::to_string(id)}));
    }
    full.pictures = {std::make_shared<const project::Picture>(many)};
    ASSERT_TRUE(project::save(full, project().toStdString()));
    openProject();
    ASSERT_TRUE(waitFor([&] { return document().rows().size() == project::kMostRows; }));
    keep("one more");
    EXPECT_EQ(document().rows().size(), project::kMostRows);
    EXPECT_EQ(document().search().phrase, "one more") << "it is not lost";
    ASSERT_TRUE(bar().isVisible());
    EXPECT_TRUE(bar().text().contains("255 is the most")) << bar().text().toStdString();
}

TEST_F(ProjectWindow, ThreeRowsAreSavedAndReopenedWithTheSameBytes) {
    keepThree();
    EXPECT_TRUE(window_->isWindowModified());
    answerFile(project());
    QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return !window_->isWindowModified(); }));
    EXPECT_EQ(window_->windowTitle(), "cat.png - cats[*] - Maskwright");
    const auto rows = document().rows();
    const QByteArray bytes = bytesOf(project());
    EXPECT_TRUE(bytes.contains("\"path\": \"cat.png\"")) << "relative: both can be moved together";
    window_->close();
    EXPECT_FALSE(window_->isVisible()) << "nothing is unsaved";
    EXPECT_EQ(QDir(folder_.path()).entryList(QDir::Files), (QStringList{"cat.png", "cats.maskwright"}));
    again();
    openProject();
    ASSERT_EQ(document().rows().size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(document().rows()[i].search.phrase, rows[i].search.phrase);
        EXPECT_EQ(document().rows()[i].colour, rows[i].colour);
    }
    EXPECT_FALSE(window_->isWindowModified());
    saveAs(folder_.filePath("copy.maskwright"));
    EXPECT_EQ(bytesOf(folder_.filePath("copy.maskwright")), bytes);
}

TEST_F(ProjectWindow, ItIsSavedAgainWithoutAsking) {
    keepThree();
    saveAs(project());
    document().removeRow(document().rows()[0].id);
    EXPECT_TRUE(window_->isWindowModified());
    document().undo();
    EXPECT_FALSE(window_->isWindowModified()) << "what is in the file";
    document().redo();
    action("S&ave project").trigger();
    ASSERT_TRUE(waitFor([&] { return !window_->isWindowModified(); }));
    EXPECT_EQ(project::load(project().toStdString())->project.pictures[0]->rows.size(), 2u);
}

TEST_F(ProjectWindow, WhatWasNeverSavedIsOfferedAfterAnEndByForce) {
    keepThree();
    again();
    press("left", "Recover");
    ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    EXPECT_EQ(document().rows().size(), 3u);
    EXPECT_TRUE(window_->isWindowModified()) << "it is in no file yet";
    saveAs(project());
    EXPECT_EQ(project::load(project().toStdString())->project.pictures[0]->rows.size(), 3u);
    again();
    EXPECT_EQ(window_->findChild<QMessageBox*>("left"), nullptr);
}

TEST_F(ProjectWindow, WhatIsDiscardedIsNotOfferedAgain) {
    keepThree();
    again();
    press("left", "Discard");
    EXPECT_TRUE(waitFor([&] { return QDir(journals()).isEmpty(); }));
    EXPECT_TRUE(document().project().pictures.empty());
}

TEST_F(ProjectWindow, ChangesOfASavedProjectComeBack) {
    keepThree();
    saveAs(project());
    keep("nose");
    again();
    press("left", "Later");
    window_->openFile(project());
    press("recover", "Recover");
    ASSERT_TRUE(waitFor([&] { return document().rows().size() == 4; }));
    EXPECT_TRUE(window_->isWindowModified());
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_NE(bar().text().indexOf("Recovered changes"), -1) << bar().text().toStdString();
    const QByteArray before = bytesOf(project());
    TearDown();
    start(engine_);
    press("left", "Later");
    window_->openFile(project());
    press("recover", "Discard");
    ASSERT_TRUE(waitFor([&] { return document().rows().size() == 3; }));
    EXPECT_EQ(bytesOf(project()), before);
}

TEST_F(ProjectWindow, ANewerFormatIsRefusedAndWhatIsOpenStays) {
    keepThree();
    const QByteArray newer = "{\"format\": \"maskwright project\", \"version\": 99}";
    QFile file(project());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(newer);
    file.close();
    window_->openFile(project());
    press("unsaved", "Discard");
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_NE(bar().text().indexOf("newer Maskwright"), -1) << bar().text().toStdString();
    EXPECT_EQ(document().rows().size(), 3u);
    EXPECT_TRUE(window_->isWindowModified());
    EXPECT_EQ(bytesOf(project()), newer);
}

TEST_F(ProjectWindow, ClosingAsks) {
    keepThree();
    window_->close();
    EXPECT_TRUE(window_->isVisible());
    press("unsaved", "Cancel");
    EXPECT_TRUE(window_->isVisible());
    window_->close();
    answerFile({});
    press("unsaved", "Save");
    EXPECT_TRUE(window_->isVisible()) << "no file was chosen";
    window_->close();
    answerFile(project());
    press("unsaved", "Save");
    EXPECT_TRUE(waitFor([&] { return !window_->isVisible(); }));
    EXPECT_EQ(project::load(project().toStdString())->project.pictures[0]->rows.size(), 3u);
}

TEST_F(ProjectWindow, WhatIsGivenUpIsGivenUp) {
    keepThree();
    action("&New project").trigger();
    press("unsaved", "Discard");
    EXPECT_FALSE(document().hasPicture());
    EXPECT_TRUE(document().project().pictures.empty());
    EXPECT_FALSE(document().canUndo());
    EXPECT_FALSE(window_->isWindowModified());
    EXPECT_TRUE(waitFor([&] { return QDir(journals()).isEmpty(); }));
    keepThree();
    window_->close();
    press("unsaved", "Discard");
    EXPECT_FALSE(window_->isVisible());
    EXPECT_TRUE(QDir(journals()).isEmpty());
}

// A word that was typed is nothing that one has to decide about.
TEST_F(ProjectWindow, APhraseAloneIsNotAskedAbout) {
    openPicture();
    window_->setPhrase("cat");
    EXPECT_FALSE(window_->isWindowModified());
    window_->close();
    EXPECT_FALSE(window_->isVisible());
}

TEST_F(ProjectWindow, WhatIsTypedToSearchAFolderIsNoChange) {
    keepThree();
    saveAs(project());
    window_->openFile(folder_.path());
    ASSERT_TRUE(waitFor([&] { return window_->windowTitle().contains(QFileInfo(folder_.path()).fileName()); }));
    for (const char* typed : {"h", "ho", "hor", "hors", "horse"}) {
        window_->setPhrase(typed);
    }
    EXPECT_FALSE(window_->isWindowModified());
    again();
    window_->openFile(project());
    EXPECT_TRUE(waitFor([&] { return document().hasPicture(); }));
    EXPECT_EQ(window_->findChild<QMessageBox*>("recover"), nullptr) << "nothing to recover";
    // What is typed for a picture is one.
    window_->setPhrase("nose");
    EXPECT_TRUE(window_->isWindowModified());
}

TEST_F(ProjectWindow, ASaveThatFailsIsSaidAndNothingIsLost) {
    keepThree();
    saveAs(project());
    keep("nose");
    const QByteArray before = bytesOf(project());
    rlimit room{};
    ::getrlimit(RLIMIT_FSIZE, &room);
    const auto old = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{10, room.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);  // what a full disk is like, for this process
    action("S&ave project").trigger();
    const bool said = waitFor([&] { return bar().isVisible(); });
    ::setrlimit(RLIMIT_FSIZE, &room);
    std::signal(SIGXFSZ, old);
    ASSERT_TRUE(said);
    EXPECT_EQ(bar().kind(), InfoBar::Kind::error);
    EXPECT_TRUE(window_->isWindowModified());
    EXPECT_EQ(bytesOf(project()), before);
    action("S&ave project").trigger();
    EXPECT_TRUE(waitFor([&] { return !window_->isWindowModified(); }));
}

TEST_F(ProjectWindow, AProjectThatIsOpenElsewhereIsSaid) {
    keepThree();
    saveAs(project());
    MainWindow second(engine_, modelStore_, {}, *theme_, *language_);
    second.show();
    second.openFile(project());
    auto* told = second.findChild<InfoBar*>("infoBar");
    ASSERT_TRUE(waitFor([&] { return told->isVisible(); }));
    EXPECT_NE(told->text().indexOf("nother Maskwright has"), -1) << told->text().toStdString();
    EXPECT_FALSE(second.document().hasPicture());
}

TEST_F(ProjectWindow, PicturesThatWereMovedAreFound) {
    keepThree();
    saveAs(project());
    window_->close();
    QDir(folder_.path()).mkpath("below");
    ASSERT_TRUE(QFile::rename(picture(), folder_.filePath("below/renamed.png")));
    again();
    openProject();
    EXPECT_EQ(document().picture().name, "renamed.png");
    EXPECT_EQ(document().rows().size(), 3u);
    EXPECT_TRUE(window_->isWindowModified());
    EXPECT_FALSE(action("Find m&issing pictures…").isEnabled());
}

TEST_F(ProjectWindow, APictureOfTheSameSizeThatWasChangedIsSaid) {
    keepThree();
    saveAs(project());
    window_->close();
    ASSERT_TRUE(QImage(picture()).mirrored().save(picture()));
    again();
    openProject();
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_TRUE(bar().text().contains("was changed since the project was saved")) << bar().text().toStdString();
    EXPECT_EQ(document().rows().size(), 3u);
    // Saving does not make it the project's picture.
    const auto had = project::load(project().toStdString())->project.pictures.front()->file;
    keep("nose");
    actionCalled("saveProject")->trigger();
    ASSERT_TRUE(waitFor([&] { return !window_->isWindowModified(); }));
    EXPECT_EQ(project::load(project().toStdString())->project.pictures.front()->file, had);
}

TEST_F(ProjectWindow, APictureOfAnotherSizeIsRefusedAndFoundByItsHash) {
    keepThree();
    saveAs(project());
    window_->close();
    QTemporaryDir outside;
    ASSERT_TRUE(QFile::copy(picture(), outside.filePath("mine.png")));
    ASSERT_TRUE(QImage(picture()).scaled(90, 60).save(picture()));
    again();
    window_->openFile(project());
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_TRUE(bar().text().contains("has 90x60 pixels")) << bar().text().toStdString();
    EXPECT_FALSE(document().hasPicture());
    EXPECT_TRUE(document().rows().empty()) << "nothing lies on it";
    EXPECT_EQ(document().project().pictures.front()->rows.size(), 3u) << "and nothing is lost";
    EXPECT_TRUE(waitFor([&] { return action("Find m&issing pictures…").isEnabled(); }));
    // Beside the project it is found unasked.
    window_->close();
    ASSERT_TRUE(QFile::copy(outside.filePath("mine.png"), folder_.filePath("mine.png")));
    again();
    window_->openFile(project());
    ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    EXPECT_EQ(document().picture().name, "mine.png");
    EXPECT_EQ(document().rows().size(), 3u);
    EXPECT_TRUE(waitFor([&] { return !action("Find m&issing pictures…").isEnabled(); }));
}

// As a picture: of the same size it is used and said, of another it asks nothing, and its hash finds it.
TEST_F(ProjectWindow, AnExampleInWhosePlaceAnotherPictureLies) {
    const QString example = folder_.filePath("example.png");
    ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/coffee.png"), example));
    openPicture();
    const QImage pixels(example);
    Mask region(pixels.width(), pixels.height());
    std::fill_n(region.pixels.begin(), region.pixels.size() / 2, std::uint8_t(255));
    Support support;
    support.id = "one";
    support.name = "cup";
    support.file = pictureFileAt(example, pixels.width(), pixels.height());
    support.image = std::make_shared<const Image>(toImage(pixels));
    support.region = std::make_shared<const Region>(region);
    document().edit("test", {}, [&](Search& search) { search.supports = {support}; });
    document().keepRow({255, 46, 126});
    saveAs(project());
    window_->close();
    const auto shown = [&]() -> const Support& { return document().rows().at(0).search.supports.at(0); };
    QTemporaryDir outside;
    ASSERT_TRUE(QFile::copy(example, outside.filePath("mine.png")));

    ASSERT_TRUE(pixels.mirrored().save(example));
    again();
    openProject();
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_TRUE(bar().text().contains("example.png")) << bar().text().toStdString();
    EXPECT_TRUE(bar().text().contains("was changed since the project was saved")) << bar().text().toStdString();
    EXPECT_NE(shown().image, nullptr);
    EXPECT_TRUE(waitFor([&] { return action("Find m&issing pictures…").isEnabled(); }));

    window_->close();
    ASSERT_TRUE(pixels.scaled(90, 60).save(example));
    again();
    openProject();
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_TRUE(bar().text().contains("has 90x60 pixels")) << bar().text().toStdString();
    EXPECT_TRUE(shown().missing);

    window_->close();
    ASSERT_TRUE(QFile::copy(outside.filePath("mine.png"), folder_.filePath("mine.png")));
    again();
    openProject();
    ASSERT_TRUE(waitFor([&] { return shown().image != nullptr; }));
    EXPECT_EQ(QString::fromStdString(shown().file.path), folder_.filePath("mine.png"));
    EXPECT_FALSE(shown().missing);
    EXPECT_TRUE(waitFor([&] { return !action("Find m&issing pictures…").isEnabled(); }));
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
}

TEST_F(ProjectWindow, APictureThatWasRenamedWhileTheProjectIsOpenIsFound) {
    makePictures({"one.png", "two.png"});
    ASSERT_TRUE(QFile::rename(folder_.filePath("two.png"), folder_.filePath("renamed.png")));
    window_->openFile(folder_.filePath("two.png"));
    ASSERT_TRUE(waitFor([&] { return document().picture().name == "renamed.png"; }));
    EXPECT_FALSE(document().rows().empty()) << "its rows have come along";
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
}

TEST_F(ProjectWindow, WhatIsFoundInPassingIsNotShown) {
    makePictures({"one.png", "two.png", "three.png"});
    ASSERT_TRUE(QFile::rename(folder_.filePath("two.png"), folder_.filePath("renamed.png")));
    ASSERT_TRUE(QImage(folder_.filePath("three.png")).scaled(90, 60).save(folder_.filePath("three.png")));
    window_->openFile(folder_.filePath("three.png"));
    const auto second = [&] { return document().project().pictures.at(1)->file.path; };
    ASSERT_TRUE(waitFor([&] { return QString::fromStdString(second()).endsWith("renamed.png"); }));
    QTest::qWait(200);
    EXPECT_FALSE(document().hasPicture()) << document().picture().name.toStdString();
    EXPECT_TRUE(bar().text().contains("has 90x60 pixels")) << bar().text().toStdString();
}

TEST_F(ProjectWindow, AProjectBeginsAtItsFirstPictureAlsoWhereThatWasMoved) { expectFirstAfterMove("one.png"); }

TEST_F(ProjectWindow, AProjectBeginsAtItsFirstPictureAlsoWhereAnotherWasMoved) { expectFirstAfterMove("two.png"); }

TEST_F(ProjectWindow, AMissingPictureOfTheStripShowsNothing) {
    const QString second = folder_.filePath("second.png");
    ASSERT_TRUE(QFile::copy(picture(), second));
    window_->openFiles({picture(), second});
    ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    keep("cat");
    ASSERT_TRUE(QFile::remove(second));
    actionCalled("nextPicture")->trigger();
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_FALSE(document().hasPicture()) << "the former picture is not this one";
    EXPECT_TRUE(document().rows().empty());
    EXPECT_FALSE(window_->findChild<EmptyState*>()->isVisible());
    const auto said = [&] {
        for (const auto* label : canvas().findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains("second.png")) {
                return true;
            }
        }
        return false;
    };
    EXPECT_TRUE(said()) << "also when the message is closed";
    window_->openFile(picture());
    ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    EXPECT_EQ(document().rows().size(), 1u);
    EXPECT_FALSE(said());
}

TEST_F(ProjectWindow, PicturesThatAreMissingAreFoundInAFolderOneNames) {
    keepThree();
    saveAs(project());
    window_->close();
    const QTemporaryDir other;
    ASSERT_TRUE(QFile::rename(picture(), other.filePath("elsewhere.png")));
    again();
    window_->openFile(project());
    auto* list = static_cast<QListWidget*>(nullptr);
    ASSERT_TRUE(waitFor([&] {
        auto* dialog = window_->findChild<QDialog*>("missingPictures");
        list = dialog != nullptr ? dialog->findChild<QListWidget*>() : nullptr;
        return list != nullptr && list->count() == 1;
    }));
    EXPECT_EQ(list->item(0)->text(), picture());
    EXPECT_EQ(document().project().pictures[0]->rows.size(), 3u) << "its rows stay";
    EXPECT_TRUE(action("Find m&issing pictures…").isEnabled());
    answerFile(other.path());
    window_->findChild<QPushButton*>("find")->click();
    ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    EXPECT_EQ(list->count(), 0);
    EXPECT_EQ(document().rows().size(), 3u);
}

TEST_F(ProjectWindow, DroppedItIsOpened) {
    keepThree();
    saveAs(project());
    window_->close();
    again();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(project())});
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    static_cast<QObject*>(window_.get())->event(&drop);
    ASSERT_TRUE(waitFor([&] { return document().hasPicture(); }));
    EXPECT_EQ(document().rows().size(), 3u);
}

TEST_F(ProjectWindow, TheProjectsModelIsUsedAndOneThatDoesNotOpenIsSaid) {
    keepThree();
    saveAs(project());
    window_->close();
    QByteArray text = bytesOf(project());
    const qsizetype at = text.indexOf("\"model\"");
    text.replace(at, text.indexOf('}', at) - at, R"("model": {"name": "mini", "folder": "", "sha256": "")");
    QFile file(project());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    again();
    openProject();
    std::size_t answered = 0;
    ASSERT_TRUE(waitFor([&] {
        const bool asked = engine_.requests.back().engine.model == "mini";
        if (!asked && answered < engine_.requests.size()) {
            answered = engine_.requests.size();
            engine_.answer();
        }
        return asked;
    }));
    engine_.fail({ErrorKind::weights, "no model there", "take another"}, false);
    ASSERT_TRUE(waitFor([&] { return bar().isVisible(); }));
    EXPECT_EQ(document().rows().size(), 3u);
    keep("nose");
    action("S&ave project").trigger();
    ASSERT_TRUE(waitFor([&] { return !window_->isWindowModified(); }));
    EXPECT_EQ(project::load(project().toStdString())->project.model.name, "mini") << "it stays the project's";
}

// The engine is switched, not undone; the project is another all the same.
TEST_F(ProjectWindow, AnotherModelIsUnsavedWork) {
    keepThree();
    engine_.answer();
    saveAs(project());
    document().selectRow({});
    EXPECT_FALSE(window_->isWindowModified());
    const QString undo = document().undoName();
    session::EngineOptions other;
    other.model = "/models/other";
    window_->preview().setEngine(other);
    ASSERT_TRUE(waitFor([&] {
        engine_.answer();
        return window_->preview().model().name == "/models/other";
    }));
    EXPECT_TRUE(window_->isWindowModified());
    EXPECT_EQ(document().undoName(), undo);
    window_->close();
    ASSERT_NE(box("unsaved"), nullptr) << "it is asked about";
    press("unsaved", "Cancel");
    action("S&ave project").trigger();
    ASSERT_TRUE(waitFor([&] { return !window_->isWindowModified(); }));
    EXPECT_EQ(project::load(project().toStdString())->project.model.folder, "/models/other");
}

}  // namespace
}  // namespace maskwright::ui
