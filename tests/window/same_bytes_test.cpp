// The same request through the window and through maskwright-cli: the same files, byte for byte.
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "core/image/refine.h"
#include "core/image_io/image_io.h"
#include "core/output/write.h"
#include "core/project/format.h"
#include "engine_fixture.h"
#include "tests/support/qt_paths.h"
#include "ui/canvas/region_shapes.h"
#include "ui/shell/mask_writer.h"
#include "ui/shell/save_controller.h"

namespace maskwright::ui {
namespace {

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString example(const char* name) { return test::sourceFile("resources/examples/") + name; }

class SameBytes : public EngineWindow {
  protected:
    // Fails where the command line does not end with `code`.
    static void commandLine(const QStringList& arguments, int code = 0, const char* command = "segment") {
        QProcess program;
        program.start(QString::fromStdString(test::cliProgram()),
                      QStringList{command, "--model", test::sourceFile("models/mini")} + arguments);
        ASSERT_TRUE(program.waitForFinished(300000));
        EXPECT_EQ(program.exitCode(), code) << program.readAllStandardError().toStdString();
    }
    // What the window would save now, as its Save menu does but for the dialog.
    [[nodiscard]] SaveJob job(output::Kind kind) {
        OverlayState overlay(window_->document());
        const auto wanted = SaveController(window_->document(), window_->preview(), window_->rowFindings(),
                                           window_->candidates(), overlay, *window_)
                                .job(kind);
        if (!wanted) {
            ADD_FAILURE() << "nothing to save";
        }
        return wanted.value_or(SaveJob());
    }
    // What is found now, saved as every kind that `kinds` has, is what the command line writes with `arguments`.
    void expectSame(const std::vector<output::Kind>& kinds, const QStringList& arguments) {
        for (const output::Kind kind : kinds) {
            const QString name = QString::fromUtf8(output::kindName(kind).data());
            SaveJob own = job(kind);
            if (kind == output::Kind::overlay) {
                // The command line has no choice of drawing: its own, at the window's threshold.
                own.appearance = output::Appearance{};
                own.appearance.threshold = window_->document().threshold();
            }
            own.path = folder_.filePath(name + "-window.png");
            ASSERT_TRUE(writeJob(own).ok());
            const QString other = folder_.filePath(name + "-cli.png");
            commandLine(arguments + QStringList{"--kind", name, "-o", other});
            EXPECT_FALSE(content(other).isEmpty());
            EXPECT_TRUE(content(own.path) == content(other)) << name.toStdString();
        }
    }
    QTemporaryDir folder_;
};

TEST_F(SameBytes, APhraseInEveryKind) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(settled());
    expectSame({output::Kind::mask, output::Kind::probability, output::Kind::probability16, output::Kind::overlay,
                output::Kind::cutout},
               {example("cat.png"), "--phrase", "cat"});
}

// The drawing that only the window can be asked for, said in values of core/output's alone.
TEST_F(SameBytes, AnOverlayAsOnTheScreenIsOutputs) {
    openCat();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(settled());
    SaveJob own = job(output::Kind::overlay);
    own.path = folder_.filePath("window.png");
    ASSERT_TRUE(writeJob(own).ok());
    const auto picture = image_io::read(example("cat.png").toStdString());
    ASSERT_TRUE(picture.ok());
    output::Request request;
    request.kind = output::Kind::overlay;
    request.picture = &picture->image;
    request.map = canvas().map()->full.get();
    request.appearance.threshold = window_->preview().model().defaultThreshold;
    request.appearance.colour = output::Colour{255, 46, 126};
    request.appearance.edge = 1;
    request.appearance.lineWidth = 1.6;
    request.labels = {"cat"};
    request.model = window_->preview().model().name;
    const QString other = folder_.filePath("output.png");
    ASSERT_TRUE(output::write(other.toStdString(), request).ok());
    EXPECT_TRUE(content(own.path) == content(other));
}

TEST_F(SameBytes, AMarkedObject) {
    auto cat = image_io::read(example("cat.png").toStdString());
    ASSERT_TRUE(cat.ok());
    const Mask mask = rectangleMask(cat->image.width, cat->image.height, {60, 20}, {390, 290});
    const QString region = folder_.filePath("region.png");
    ASSERT_TRUE(image_io::writeMask(region.toStdString(), mask).ok());
    window_->openFile(example("coffee.png"));
    ASSERT_TRUE(waitFor([this] { return window_->document().hasPicture(); }));
    Support support;
    support.id = "cat";
    support.image = std::make_shared<const Image>(std::move(cat->image));
    support.region = std::make_shared<const Region>(mask);
    window_->document().edit("test", {}, [&](Search& search) { search.supports = {support}; });
    ASSERT_TRUE(settled());
    const QString style = QString::fromStdString(visual_prompt::styleText(window_->document().search().style));
    const QStringList marked{
        example("coffee.png"), "--support", example("cat.png"), "--region", region, "--style", style};
    expectSame({output::Kind::mask, output::Kind::probability16}, marked);
    window_->document().setPhrase("cup");
    ASSERT_TRUE(settled());
    expectSame({output::Kind::probability16}, marked + QStringList{"--phrase", "cup"});
}

// A folder, with names that people and programs order differently and a file that is no picture: every mask and the
// journal.
TEST_F(SameBytes, AFolderFileByFile) {
    const QTemporaryDir pictures, own, other;
    const auto cat = image_io::read(example("cat.png").toStdString());
    ASSERT_TRUE(cat.ok());
    for (const char* name : {"cat 10.png", "cat 9.png", "Zebra.png"}) {
        Image part(96, 64);
        for (int y = 0; y < part.height; ++y) {
            std::copy_n(cat->image.at(150 + int(name[4]), 60 + y), std::size_t(3 * part.width), part.at(0, y));
        }
        ASSERT_TRUE(image_io::writeImage(pictures.filePath(name).toStdString(), part).ok());
    }
    ASSERT_TRUE(QFile::copy(example("coffee.png"), pictures.filePath("coffee.png")));
    QFile broken(pictures.filePath("broken.jpg"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
    broken.close();

    openCat();
    QTest::keyClicks(&phrase(), "cat");
    ASSERT_TRUE(settled());
    window_->openFile(pictures.path());
    ASSERT_TRUE(waitFor([this] { return window_->findChild<QWidget*>("folderSave")->isEnabled(); }));
    window_->saveFolder(own.path());
    ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(own.filePath("masks-report.csv")); }));
    commandLine({pictures.path(), "--phrase", "cat", "-o", other.filePath("{stem}-mask.png")}, 3);

    const QStringList files = QDir(other.path()).entryList(QDir::Files, QDir::Name);
    EXPECT_EQ(files, (QStringList{"Zebra-mask.png", "cat 10-mask.png", "cat 9-mask.png", "coffee-mask.png",
                                  "maskwright-journal.jsonl"}));
    EXPECT_EQ(QDir(own.path()).entryList(QDir::Files, QDir::Name),
              files.mid(0, 4) + QStringList{"masks-report.csv"} + files.mid(4));
    for (const QString& file : files) {
        EXPECT_TRUE(content(own.filePath(file)) == content(other.filePath(file))) << file.toStdString();
    }
    EXPECT_EQ(content(own.filePath("maskwright-journal.jsonl")).count('\n'), 5);
}

// Rows that overlap and compete: what the window saves of each is what `run` writes of the project.
TEST_F(SameBytes, CompetingRows) {
    openCat();
    for (const char* phrase : {"cat", "animal", "grass"}) {
        window_->document().setPhrase(phrase);
        ASSERT_TRUE(settled());
        window_->document().keepRow(window_->document().nextColour(0));
    }
    const auto& rows = window_->document().rows();
    ASSERT_TRUE(waitFor([&] {
        return std::all_of(rows.begin(), rows.end(),
                           [&](const Row& row) { return window_->rowFindings().of(row.id) != nullptr; });
    }));
    window_->document().editRow(rows[1].id, "threshold", {}, [](Row& row) { row.search.threshold = 0.1; });
    OverlayState overlay(window_->document());
    SaveController saving(window_->document(), window_->preview(), window_->rowFindings(), window_->candidates(),
                          overlay, *window_);
    std::map<QString, QByteArray> alone;
    for (const bool compete : {false, true}) {
        auto* box = window_->findChild<QCheckBox*>("rowsCompete");
        ASSERT_TRUE(box->isVisible());
        EXPECT_EQ(box->isChecked(), false);
        if (compete) {
            QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
            EXPECT_EQ(window_->document().undoName(), "pixels of competing rows");
        }
        const QString project = folder_.filePath("rows.maskwright"), out = folder_.filePath("out");
        ASSERT_TRUE(project::save(window_->document().project(), project.toStdString()).ok());
        commandLine({project, "-o", out, "--overwrite"}, 0, "run");
        for (const Row& row : rows) {
            auto own = saving.jobOf(row.id);
            ASSERT_TRUE(own.has_value());
            own->path = folder_.filePath("window.png");
            ASSERT_TRUE(writeJob(*own).ok());
            const QByteArray saved = content(own->path);
            EXPECT_TRUE(saved == content(QStringLiteral("%1/cat-%2.png").arg(out, row.title())))
                << row.title().toStdString() << compete;
            if (compete && row.title() == "animal") {
                EXPECT_TRUE(saved != alone[row.title()]) << "the rows overlap, so the switch does something";
            }
            alone[row.title()] = saved;
        }
    }
}

}  // namespace
}  // namespace maskwright::ui
