#include "ui/model/kept_pictures.h"

#include <gtest/gtest.h>

#include <QColorSpace>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "tests/support/event_loop.h"
#include "ui/model/picture_loader.h"

namespace maskwright::ui {
namespace {

// The program's own folder lies in a temporary one.
class KeptPictures : public ::testing::Test {
  protected:
    void SetUp() override {
        before_ = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
    }
    void TearDown() override { before_.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before_); }

    static QImage pixels(QImage::Format format) {
        QImage image(20, 10, format);
        image.fill(QColor(10, 200, 30));
        image.setPixelColor(3, 4, QColor(200, 0, 0, format == QImage::Format_RGB32 ? 255 : 128));
        return image;
    }
    OpenPicture taken(const QImage& image) {
        PictureLoader loader;
        std::optional<OpenPicture> got;
        QObject::connect(&loader, &PictureLoader::loaded, [&](const OpenPicture& picture) { got = picture; });
        loader.take(image, "Pasted picture");
        EXPECT_TRUE(waitFor([&] { return got.has_value(); }));
        return got.value_or(OpenPicture());
    }

    const QTemporaryDir home_;
    QByteArray before_;
};

void expectTheFile(const project::PictureFile& file, const Image& image) {
    EXPECT_EQ(*sha256File(file.path), file.sha256);
    EXPECT_EQ(QFileInfo(QString::fromStdString(file.path)).size(), qint64(file.bytes));
    const auto read = image_io::read(file.path);
    ASSERT_TRUE(read) << read.error().line();
    EXPECT_EQ(read->image.width, file.width);
    EXPECT_EQ(read->image.height, file.height);
    EXPECT_EQ(read->image, image);
}

TEST_F(KeptPictures, WhatWasPastedIsAFileOfThePrograms) {
    const OpenPicture open = taken(pixels(QImage::Format_RGB32));
    EXPECT_TRUE(open.path.isEmpty()) << "nothing is saved beside it";
    EXPECT_TRUE(isKept(QString::fromStdString(open.file.path)));
    expectTheFile(open.file, *open.image);
    EXPECT_EQ(taken(pixels(QImage::Format_RGB32)).key, open.key) << "the same picture is kept once";
    EXPECT_EQ(QDir(keptFolder()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    const auto again = readOpenPicture(open.key);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->file, open.file);
    EXPECT_TRUE(again->path.isEmpty());
    EXPECT_EQ(again->name, "Pasted picture");
}

TEST_F(KeptPictures, WhatIsPastedIsReadByItsColourSpace) {
    QImage wide = pixels(QImage::Format_RGB32);
    wide.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
    const OpenPicture open = taken(wide);
    expectTheFile(open.file, *open.image);
    EXPECT_LT(open.image->at(9, 9)[0], 5) << "a green that sRGB just does not have";
    EXPECT_GT(open.image->at(9, 9)[1], 200);
}

TEST_F(KeptPictures, TransparencyIsKept) {
    const OpenPicture open = taken(pixels(QImage::Format_ARGB32));
    const auto again = readOpenPicture(open.key);
    ASSERT_TRUE(again);
    ASSERT_TRUE(again->alpha && open.alpha);
    EXPECT_EQ(*again->alpha, *open.alpha);
    EXPECT_EQ(*again->image, *open.image);
}

TEST_F(KeptPictures, APictureInAFileStaysWhereItIs) {
    const QString path = home_.filePath("a.png");
    ASSERT_TRUE(image_io::writeImage(path.toStdString(), Image(7, 5)));
    const auto open = readOpenPicture(path);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->file.path, path.toStdString());
    EXPECT_EQ(open->path, path);
    expectTheFile(open->file, *open->image);
    EXPECT_FALSE(QFileInfo::exists(keptFolder()));
}

TEST_F(KeptPictures, WithoutAFolderThePictureOpensAndSaysSo) {
    QFile(home_.filePath("file")).open(QIODevice::WriteOnly);
    qputenv("XDG_DATA_HOME", home_.filePath("file").toUtf8());
    const OpenPicture open = taken(pixels(QImage::Format_RGB32));
    ASSERT_TRUE(open.image);
    EXPECT_TRUE(open.file.path.empty());
    EXPECT_EQ(open.warnings.size(), 1u);
}

}  // namespace
}  // namespace maskwright::ui
