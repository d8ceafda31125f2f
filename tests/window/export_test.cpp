// What goes out through the export dialog, and what comes back in.
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QUrl>

#include "core/image_io/image_io.h"
#include "core/image_io/mask.h"
#include "core/output/annotations.h"
#include "core/project/format.h"
#include "engine_fixture.h"
#include "tests/support/fake_inference.h"
#include "tests/support/qt_paths.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/panels/row_card.h"
#include "ui/shell/export_controller.h"
#include "ui/shell/import_controller.h"
#include "ui/shell/mask_mime.h"
#include "ui/shell/save_controller.h"

namespace maskwright::ui {
namespace {

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

project::RunsPtr box(const Image& image, int x, int y, int width, int height) {
    Mask mask(image.width, image.height);
    for (int line = y; line < y + height; ++line) {
        std::fill_n(&mask.at(x, line), width, std::uint8_t(255));
    }
    return std::make_shared<const Runs>(runsFromMask(mask));
}

// What both fixtures look for.
template <class Fixture>
class Exporting : public Fixture {
  protected:
    [[nodiscard]] Document& document() const { return this->window_->document(); }
    [[nodiscard]] ExportDialog& dialog() const {
        auto* found = this->window_->template findChild<ExportDialog*>();
        if (found == nullptr) {
            throw std::runtime_error("no export dialog");
        }
        return *found;
    }
    [[nodiscard]] QPushButton& button(const char* text) const {
        for (auto* one : dialog().template findChildren<QPushButton*>()) {
            if (one->text().remove('&') == QLatin1String(text) && one->isVisible()) {
                return *one;
            }
        }
        throw std::runtime_error(std::string("no button ") + text);
    }
    void openDialog(const QString& folder) {
        this->actionNamed("&Export…")->trigger();
        ExportChoice choice = dialog().choice();
        choice.folder = folder;
        dialog().setChoice(choice);
    }
    void choose(const ExportWhat& what, ExportRows rows = ExportRows::visible) {
        ExportChoice choice = dialog().choice();
        choice.what = what;
        choice.rows = rows;
        dialog().setChoice(choice);
    }
    [[nodiscard]] QStringList names() const {
        auto* list = dialog().template findChild<QListWidget*>("files");
        QStringList names;
        for (int i = 0; i < list->count(); ++i) {
            names << list->item(i)->text();
        }
        return names;
    }
    [[nodiscard]] QString said() const { return dialog().template findChild<QLabel*>("state")->text(); }
    [[nodiscard]] QStringList report() const {
        auto* list = dialog().template findChild<QListWidget*>("problems");
        QStringList lines{dialog().template findChild<QLabel*>("title")->text()};
        for (int i = 0; i < list->count(); ++i) {
            lines << list->item(i)->text();
        }
        return lines;
    }
    [[nodiscard]] bool reported() const { return dialog().template findChild<QLabel*>("title")->isVisible(); }
    [[nodiscard]] QMessageBox* question() const { return this->window_->template findChild<QMessageBox*>("existing"); }
    void keep(const char* text) {
        this->phrase().clear();
        QTest::keyClicks(&this->phrase(), text);
    }
    QTemporaryDir out_;
};

class Export : public Exporting<WindowFixture> {
  protected:
    void SetUp() override {
        open(engine_);
        engine_.answer();
        openCat();
        engine_.answer();
    }
    void find(const char* text) {
        keep(text);
        engine_.answer();
    }
    // Answers all that is asked until something is so.
    bool answerUntil(const std::function<bool()>& done, float inside = 0.9f) {
        std::size_t answered = engine_.requests.size() - 1;
        return waitFor([&] {
            for (; answered < engine_.requests.size(); ++answered) {
                const session::Request request = engine_.requests[answered];
                engine_.answer(request, inside);
            }
            return done();
        });
    }
    bool exported(float inside = 0.9f) {
        button("Export").click();
        return answerUntil([this] { return reported(); }, inside);
    }
    FakeInference engine_;
};

TEST_F(Export, WhatIsOnlyTypedIsExportedToo) {
    find("cat");
    openDialog(out_.path());
    EXPECT_EQ(names(), QStringList{"cat-cat.png"});
    ASSERT_TRUE(exported());
    EXPECT_EQ(report(), QStringList{"Files written: 1"});
    const auto mask = image_io::readMask(out_.filePath("cat-cat.png").toStdString());
    ASSERT_TRUE(mask.ok());
    EXPECT_EQ(runsFromMask(*mask), *box(*document().picture().image, 0, 0, document().picture().image->width / 2,
                                        document().picture().image->height));
    EXPECT_TRUE(document().rows().empty()) << "it is no row for that";
}

TEST_F(Export, NamesAndPreviewFollowTheChoice) {
    find("cat");
    document().keepRow({1, 2, 3});
    find("ear");
    document().keepRow({4, 5, 6});
    openDialog(out_.path());
    EXPECT_EQ(names(), (QStringList{"cat-cat.png", "cat-ear.png"}));
    document().editRow(document().rows()[0].id, "test", {}, [](Row& row) { row.visible = false; });
    EXPECT_TRUE(waitFor([this] { return names() == QStringList{"cat-ear.png"}; })) << "the dialog follows the window";
    choose({output::Kind::mask}, ExportRows::all);
    EXPECT_EQ(names().size(), 2);
    auto& pattern = *dialog().findChild<QLineEdit*>("pattern");
    pattern.setFocus();
    QTest::keyClicks(&pattern, "{n}_{phrase}.png");
    EXPECT_TRUE(waitFor([this] { return names() == QStringList({"1_cat.png", "1_ear.png"}); }));
    QTest::keyClick(&pattern, Qt::Key_Backspace);
    EXPECT_TRUE(waitFor([this] { return !button("Export").isEnabled(); }));
    EXPECT_TRUE(said().contains(".png")) << said().toStdString();
    pattern.selectAll();
    QTest::keyClick(&pattern, Qt::Key_Delete);
    QWidget& preview = *dialog().findChild<ExportPreview*>();
    QSet<QByteArray> pictures;
    for (const ExportWhat& what : kExportWhats) {
        choose(what, ExportRows::all);
        const QImage image = preview.grab().toImage();
        pictures.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()));
    }
    EXPECT_EQ(pictures.size(), 6) << "a kind of picture each but for 16 bits, and annotations";
}

// The row in hand, or the one whose file was clicked; the latest counts.
TEST_F(Export, ThePreviewShowsTheRowInHand) {
    for (const char* name : {"cat", "ear", "tail"}) {
        find(name);
        document().keepRow({1, 2, 3});
    }
    const auto id = [this](std::size_t row) { return document().project().pictures.at(0)->rows.at(row)->id; };
    using Ids = std::vector<project::Id>;
    const auto preview = [this]() -> const ExportPreview& { return *dialog().findChild<ExportPreview*>(); };
    document().selectRow(document().rows()[1].id);
    openDialog(out_.path());
    EXPECT_EQ(preview().rows(), Ids{id(1)});
    auto* files = dialog().findChild<QListWidget*>("files");
    const QPoint third = files->visualItemRect(files->item(2)).center();
    QTest::mouseClick(files->viewport(), Qt::LeftButton, {}, third);
    EXPECT_EQ(preview().rows(), Ids{id(2)});
    document().selectRow(document().rows()[0].id);
    EXPECT_TRUE(waitFor([&] { return preview().rows() == Ids{id(0)}; }));
    choose({output::Kind::mask, output::Format::coco});
    EXPECT_EQ(preview().rows(), (Ids{id(0), id(1), id(2)}));
}

TEST_F(Export, ThisRowIsForOneInHand) {
    find("cat");
    document().keepRow({1, 2, 3});
    document().selectRow({});
    find("");
    openDialog(out_.path());
    const auto segment = [this](const char* text) -> QAbstractButton& {
        for (auto* one : dialog().findChildren<QAbstractButton*>("segment")) {
            if (one->text() == QLatin1String(text)) {
                return *one;
            }
        }
        throw std::runtime_error(std::string("no ") + text);
    };
    QAbstractButton& mine = segment("This row");
    EXPECT_FALSE(mine.isEnabled());
    EXPECT_TRUE(mine.toolTip().contains("No row is in hand")) << mine.toolTip().toStdString();
    EXPECT_TRUE(segment("This picture").isEnabled());
    document().selectRow(document().rows()[0].id);
    EXPECT_TRUE(waitFor([&] { return mine.isEnabled(); })) << "the dialog follows the window";
    EXPECT_FALSE(mine.toolTip().contains("No row is in hand"));
    mine.click();
    EXPECT_EQ(dialog().choice().rows, ExportRows::current);
    document().selectRow({});
    EXPECT_TRUE(waitFor([&] { return !mine.isEnabled(); }));
    EXPECT_EQ(dialog().choice().rows, ExportRows::visible);
    actionCalled("closePicture")->trigger();
    EXPECT_TRUE(waitFor([&] { return !segment("This picture").isEnabled(); }));
    EXPECT_TRUE(dialog().choice().allPictures);
}

TEST_F(Export, NothingIsReplacedUnasked) {
    find("cat");
    QFile there(out_.filePath("cat-cat.png"));
    ASSERT_TRUE(there.open(QIODevice::WriteOnly));
    there.write("mine");
    there.close();
    openDialog(out_.path());
    EXPECT_TRUE(said().contains("There already: 1")) << said().toStdString();
    button("Export").click();
    ASSERT_NE(question(), nullptr);
    EXPECT_TRUE(question()->informativeText().contains("cat-cat.png"));
    question()->reject();
    EXPECT_TRUE(waitFor([this] { return question() == nullptr; }));
    EXPECT_EQ(content(there.fileName()), "mine");
    EXPECT_FALSE(reported());
    button("Export").click();
    for (QAbstractButton* one : question()->buttons()) {
        if (one->text() == "Replace") {
            one->click();
            break;
        }
    }
    ASSERT_TRUE(answerUntil([this] { return reported(); }));
    EXPECT_NE(content(there.fileName()), "mine");
}

TEST_F(Export, WhatCannotBeWrittenIsSaid) {
    find("cat");
    QFile file(out_.filePath("file"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.close();
    openDialog(out_.filePath("file/below"));
    ASSERT_TRUE(exported());
    EXPECT_TRUE(report().value(0).startsWith("Files written: 0")) << report().join('\n').toStdString();
    EXPECT_TRUE(report().value(1).contains("below")) << report().join('\n').toStdString();
    button("Back").click();
    EXPECT_TRUE(button("Export").isVisible());
}

TEST_F(Export, WhatWillBeLeftOutIsNeitherCountedNorShown) {
    keep("elephant");
    engine_.answer(0.1f);
    document().keepRow({1, 2, 3});
    find("cat");
    document().keepRow({4, 5, 6});
    document().selectRow({});
    openDialog(out_.path());
    ASSERT_TRUE(waitFor([this] { return names() == QStringList{"cat-cat.png"}; })) << names().join('|').toStdString();
    EXPECT_TRUE(said().startsWith("Files: 1, left out")) << said().toStdString();
    const auto& preview = *dialog().findChild<ExportPreview*>();
    EXPECT_EQ(preview.rows(), std::vector<project::Id>{document().project().pictures.at(0)->rows.at(1)->id});
    dialog().findChild<QCheckBox*>("keepEmpty")->setChecked(true);
    EXPECT_EQ(names(), (QStringList{"cat-elephant.png", "cat-cat.png"}));
    EXPECT_EQ(said(), "Files: 2");
}

TEST_F(Export, WhatIsNotFoundIsLeftOutAndSaid) {
    find("elephant");
    openDialog(out_.path());
    ASSERT_TRUE(exported(0.02f));
    EXPECT_EQ(report(), QStringList{"Files written: 0, left out, because nothing was found: 1"});
    EXPECT_TRUE(QDir(out_.path()).isEmpty());
}

TEST_F(Export, AnEmptyMaskIsNotExportedWithoutAWord) {
    find("elephant");
    openDialog(out_.path());
    auto* empty = dialog().findChild<QCheckBox*>("keepEmpty");
    EXPECT_TRUE(empty->isVisible());
    choose({output::Kind::mask, output::Format::coco});
    EXPECT_FALSE(empty->isVisible()) << "annotations have no empty ones";
    choose({output::Kind::mask});
    empty->click();
    ASSERT_TRUE(exported(0.02f));
    EXPECT_TRUE(QFile::exists(out_.filePath("cat-elephant.png")));
    ASSERT_EQ(report().size(), 2);
    EXPECT_TRUE(report()[1].contains("elephant") && report()[1].contains("empty")) << report()[1].toStdString();
}

TEST_F(Export, AStoppedOneSaysSo) {
    find("cat");
    openDialog(out_.path());
    button("Export").click();
    button("Stop").click();
    ASSERT_TRUE(waitFor([this] { return reported(); }));
    EXPECT_EQ(report(), QStringList{"Files written: 0, then stopped"});
    EXPECT_TRUE(QDir(out_.path()).isEmpty());
}

TEST_F(Export, ClosingTheWindowAsksWhileOneIsRunning) {
    find("cat");
    openDialog(out_.path());
    button("Export").click();
    window_->close();
    EXPECT_TRUE(window_->isVisible());
    auto* box = window_->findChild<QMessageBox*>("exporting");
    ASSERT_NE(box, nullptr);
    for (QAbstractButton* one : box->buttons()) {
        if (one->text() == "Stop and close") {
            one->click();
            break;
        }
    }
    EXPECT_TRUE(waitFor([this] { return !window_->isVisible(); }));
}

TEST_F(Export, TheProjectKeepsWhatWasChosen) {
    find("cat");
    openDialog(out_.path());
    const ExportWhat polygons{output::Kind::mask, output::Format::coco, true};
    choose(polygons);
    ASSERT_TRUE(exported());
    EXPECT_EQ(document().project().settings.exportFormat, "coco");
    EXPECT_TRUE(document().project().settings.exportPolygons);
    EXPECT_TRUE(document().canUndo());
    openDialog(out_.path());
    EXPECT_EQ(dialog().choice().what, polygons);
    document().undo();
    EXPECT_EQ(document().project().settings.exportFormat, "");
    openDialog(out_.path());
    EXPECT_EQ(dialog().choice().what, ExportWhat{}) << "the dialog shows what the project says";
    document().redo();
    openDialog(out_.path());
    EXPECT_EQ(dialog().choice().what, polygons);
}

TEST_F(Export, AnnotationsComeBackAsRowsInOneStep) {
    const Image& image = *document().picture().image;
    const auto first = box(image, 10, 10, 30, 20), second = box(image, 100, 50, 9, 9);
    for (const auto format : {output::Format::coco, output::Format::labelme, output::Format::yolo}) {
        auto writer = output::AnnotationWriter::create({format, false, true}, out_.path().toStdString(), {"cat.png"});
        ASSERT_TRUE(writer);
        const auto file = writer->add({document().picture().path.toStdString(),
                                       "cat.png",
                                       image.width,
                                       image.height,
                                       {{"left", *first}, {"right", *second}}});
        ASSERT_TRUE(file && writer->finish());
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(QString::fromStdString(*file))});
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, {});
        static_cast<QObject*>(window_.get())->event(&drop);
        ASSERT_TRUE(waitFor([this] { return document().rows().size() == 2; })) << bar().isVisible();
        EXPECT_EQ(document().rows()[0].title(), "left");
        EXPECT_EQ(*document().rows()[0].object, *first);
        EXPECT_EQ(*document().rows()[1].object, *second);
        EXPECT_NE(document().rows()[0].colour, document().rows()[1].colour);
        document().undo();
        EXPECT_TRUE(document().rows().empty());
    }
}

TEST_F(Export, WhatIsNoAnnotationIsSaid) {
    QFile file(out_.filePath("other.json"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"name\": \"something\"}");
    file.close();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, {});
    static_cast<QObject*>(window_.get())->event(&drop);
    EXPECT_TRUE(waitFor([this] { return bar().isVisible(); }));
    EXPECT_TRUE(document().hasPicture());
}

TEST_F(Export, ARowIsDraggedOutAsAFile) {
    Jobs jobs(window_->preview(), engine_);
    RowFindings rows(document(), window_->preview(), jobs);
    find("two ears");
    document().keepRow({1, 2, 3});
    OverlayState overlay(document());
    const SaveController saving(document(), window_->preview(), rows, window_->candidates(), overlay, *window_);
    const auto job = saving.jobOf(document().rows()[0].id);
    ASSERT_TRUE(job);
    const MaskMime mime(*job);
    ASSERT_TRUE(mime.hasUrls() && mime.hasImage());
    const QString path = mime.urls().value(0).toLocalFile();
    EXPECT_TRUE(path.endsWith("/cat-two_ears-mask.png")) << path.toStdString();
    const auto mask = image_io::readMask(path.toStdString());
    ASSERT_TRUE(mask.ok());
    const Image& image = *document().picture().image;
    EXPECT_EQ(runsFromMask(*mask), *box(image, 0, 0, image.width / 2, image.height));
    const QImage pixels = qvariant_cast<QImage>(mime.imageData());
    EXPECT_EQ(qGray(pixels.pixel(1, 1)), 255);
    EXPECT_EQ(qGray(pixels.pixel(image.width - 2, 1)), 0);
}

class ExportBytes : public Exporting<EngineWindow> {
  protected:
    static void commandLine(const QStringList& arguments) {
        QProcess program;
        program.start(QString::fromStdString(test::cliProgram()),
                      QStringList{"run"} + arguments + QStringList{"--model", test::sourceFile("models/mini")});
        ASSERT_TRUE(program.waitForFinished(300000));
        EXPECT_EQ(program.exitCode(), 0) << program.readAllStandardError().toStdString();
    }
};

// Three rows, one of them corrected and one an object, in every kind: the files of the window are those of `run`.
TEST_F(ExportBytes, AreTheCommandLines) {
    if (IsSkipped()) {
        return;
    }
    openCat();
    for (const char* text : {"cat", "ear", "background"}) {
        keep(text);
        ASSERT_TRUE(settled());
        QTest::keyClick(&phrase(), Qt::Key_Return);
    }
    ASSERT_EQ(document().rows().size(), 3u);
    const Image& image = *document().picture().image;
    document().editRow(document().rows()[0].id, "test", {}, [&](Row& row) {
        row.correction = {box(image, 5, 5, 40, 30), box(image, 200, 150, 20, 20)};
    });
    document().editRow(document().rows()[1].id, "test", {}, [&](Row& row) { row.object = box(image, 20, 30, 50, 60); });
    const QString project = out_.filePath("cat.maskwright");
    for (const ExportWhat& what : kExportWhats) {
        const QString own = out_.filePath("own"), other = out_.filePath("other");
        QDir(own).removeRecursively();
        QDir(other).removeRecursively();
        openDialog(own);
        choose(what);
        button("Export").click();
        ASSERT_TRUE(waitFor([this] { return reported(); }));
        EXPECT_EQ(report().size(), 1) << report().join('\n').toStdString();
        ASSERT_TRUE(project::save(document().project(), project.toStdString()).ok());
        commandLine({project, "-o", other});
        QDir folder(other);
        const QStringList files = folder.entryList(QDir::Files) + folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        EXPECT_EQ(files, QDir(own).entryList(QDir::Files) + QDir(own).entryList(QDir::Dirs | QDir::NoDotAndDotDot));
        EXPECT_FALSE(files.isEmpty());
        for (const QString& file : files + QStringList{"labels/cat.txt"}) {
            EXPECT_EQ(content(own + '/' + file), content(other + '/' + file)) << file.toStdString();
        }
        QFile::remove(project);
    }
}

}  // namespace
}  // namespace maskwright::ui
