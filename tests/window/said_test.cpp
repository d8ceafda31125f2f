// What the banner and the line at the bottom say, and that it goes when what they speak of is over.
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>

#include "answering_fixture.h"
#include "core/output/annotations.h"
#include "tests/support/qt_paths.h"

namespace maskwright::ui {
namespace {

class Said : public AnsweringWindow {
  protected:
    void drop(const QString& file) {
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(file)});
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, {});
        static_cast<QObject*>(window_.get())->event(&drop);
    }
    [[nodiscard]] QString broken(const char* name) const {
        QFile file(folder_.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("{\"name\": \"something\"}");
        return file.fileName();
    }
    // A file of annotations of the open picture.
    [[nodiscard]] QString annotations() const {
        const Image& image = *window_->document().picture().image;
        Mask mask(image.width, image.height);
        std::fill_n(mask.pixels.begin(), mask.pixels.size() / 2, std::uint8_t(255));
        auto writer = output::AnnotationWriter::create({output::Format::coco, false, true},
                                                       folder_.path().toStdString(), {"cat.png"});
        EXPECT_TRUE(writer);
        const auto file = writer->add({window_->document().picture().path.toStdString(),
                                       "cat.png",
                                       image.width,
                                       image.height,
                                       {{"cat", runsFromMask(mask)}}});
        EXPECT_TRUE(file && writer->finish());
        return QString::fromStdString(*file);
    }
    QTemporaryDir folder_;
};

TEST_F(Said, AFailedImportIsOverWithTheNextThatComesOff) {
    openCat();
    drop(broken("other.json"));
    ASSERT_TRUE(waitFor([this] { return bar().isVisible(); }));
    drop(annotations());
    ASSERT_TRUE(waitFor([this] { return window_->document().rows().size() == 1; }));
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
}

TEST_F(Said, WhatOneSaysAnotherDoesNotTakeAway) {
    openCat();
    drop(broken("other.json"));
    ASSERT_TRUE(waitFor([this] { return bar().isVisible(); }));
    window_->setPhrase("cat");
    answerAll();
    actionCalled("copyMask")->trigger();
    ASSERT_TRUE(waitFor([this] { return status().text().startsWith("Ready"); }));
    EXPECT_TRUE(bar().isVisible()) << "the import did not come off for that";
}

TEST_F(Said, AModelThatOpensEndsWhatWasSaidOfAnother) {
    openCat();
    answerAll();
    actionNamed("mini")->trigger();
    engine_.fail({ErrorKind::weights, "no model there", "take another"}, false);
    answered_ = engine_.requests.size();
    ASSERT_TRUE(bar().isVisible());
    actionNamed("mini")->trigger();
    answerAll();
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
}

TEST_F(Said, AFolderEndsWhatWasSaidOfThePicture) {
    openCat();
    drop(broken("other.json"));
    ASSERT_TRUE(waitFor([this] { return bar().isVisible(); }));
    QFile::remove(folder_.filePath("other.json"));
    ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/cat.png"), folder_.filePath("cat.png")));
    window_->openFile(folder_.path());
    EXPECT_FALSE(bar().isVisible()) << bar().text().toStdString();
}

TEST_F(Said, TheStatusTellsHowFarAFolderIs) {
    for (const char* name : {"a.png", "b.png"}) {
        ASSERT_TRUE(QFile::copy(test::sourceFile("resources/examples/cat.png"), folder_.filePath(name)));
    }
    window_->setPhrase("cat");
    window_->openFile(folder_.path());
    EXPECT_TRUE(status().text().startsWith("Looking for pictures")) << status().text().toStdString();
    ASSERT_TRUE(waitFor([this] { return status().text().startsWith("Searching pictures: 0 of 2"); }))
        << status().text().toStdString();
    EXPECT_TRUE(waitFor([this] {
        answerAll();
        return status().text().startsWith("Ready");
    })) << status().text().toStdString();
}

TEST_F(Said, OfTwoAtWorkTheOtherGoesOn) {
    StatusLine line;
    QObject one, other;
    line.setWork(&one, "one");
    line.setWork(&other, "other");
    EXPECT_TRUE(line.text().startsWith("other"));
    line.setWork(&one, "one, further");
    EXPECT_TRUE(line.text().startsWith("other")) << "the one that began last";
    line.setWork(&other, {});
    EXPECT_TRUE(line.text().startsWith("one, further"));
    line.setWork(&one, {});
    EXPECT_TRUE(line.text().startsWith("Ready"));
}

TEST_F(Said, ThePixelUnderThePointerIsInPerCent) {
    openCat();
    window_->setPhrase("cat");
    answerAll();
    ASSERT_FALSE(canvas().mask().empty());
    status().showPointer(canvas(), {3, 5}, true);
    QStringList texts;
    for (const QLabel* label : status().findChildren<QLabel*>()) {
        texts << label->text();
    }
    EXPECT_TRUE(texts.contains(QString::fromUtf8("3, 5  ·  90 %"))) << texts.join('|').toStdString();
}

}  // namespace
}  // namespace maskwright::ui
