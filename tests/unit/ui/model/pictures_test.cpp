#include "ui/model/pictures.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QColorSpace>
#include <QFile>
#include <QTemporaryDir>
#include <optional>

#include "tests/support/event_loop.h"
#include "ui/model/background.h"
#include "ui/model/picture_loader.h"

namespace maskwright::ui {
namespace {

QStringList keys(const Pictures& pictures) {
    QStringList keys;
    for (const Pictures::Entry& entry : pictures.entries()) {
        keys << entry.key;
    }
    return keys;
}

OpenPicture opened(const QString& path) {
    OpenPicture picture;
    picture.key = picture.path = path;
    picture.name = path;
    return picture;
}

TEST(Pictures, AreAListWithoutDoublesInWhichOneIsOpen) {
    Pictures pictures;
    pictures.add({"/a.png", "/b.png", "/a.png"});
    EXPECT_EQ(keys(pictures), (QStringList{"/a.png", "/b.png"}));
    EXPECT_EQ(pictures.current(), -1);
    pictures.open(opened("/b.png"));
    EXPECT_EQ(pictures.current(), 1);
    pictures.open(opened("/c.png"));
    EXPECT_EQ(keys(pictures), (QStringList{"/a.png", "/b.png", "/c.png"}));
    EXPECT_EQ(pictures.current(), 2);
    pictures.remove(0);
    EXPECT_EQ(pictures.current(), 1);
    pictures.remove(1);
    EXPECT_EQ(pictures.current(), -1);
    pictures.remove(7);
    EXPECT_EQ(keys(pictures), QStringList{"/b.png"});
}

TEST(Pictures, ThumbnailsHaveTheColoursOfThePicture) {
    const QTemporaryDir folder;
    QImage wide(40, 30, QImage::Format_RGB888);
    wide.fill(QColor(30, 220, 60));
    wide.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
    for (const char* name : {"p.png", "p.jpg", "p.tiff"}) {
        const QString path = folder.filePath(name);
        ASSERT_TRUE(wide.save(path, nullptr, 100));
        const auto read = image_io::read(path.toStdString());
        ASSERT_TRUE(read) << read.error().line();
        const QImage thumbnail = readThumbnail(path, 64);
        ASSERT_EQ(thumbnail.size(), wide.size()) << name << " is not made larger";
        const QColor shown = thumbnail.pixelColor(20, 15);
        const std::uint8_t* pixel = read->image.at(20, 15);
        EXPECT_LT(pixel[0], 20) << "the profile counts";
        EXPECT_NEAR(shown.red(), pixel[0], 2) << name;
        EXPECT_NEAR(shown.green(), pixel[1], 2) << name;
        EXPECT_NEAR(shown.blue(), pixel[2], 2) << name;
        EXPECT_EQ(readThumbnail(path, 20).size(), QSize(20, 15)) << name;
    }
}

TEST(Pictures, OnlyWhatHasNoFileIsHeld) {
    Pictures pictures;
    pictures.open(opened("/b.png"));
    EXPECT_EQ(pictures.entries()[0].kept, nullptr);
    OpenPicture pasted;
    pasted.key = "pasted";
    pictures.open(pasted);
    ASSERT_NE(pictures.entries()[1].kept, nullptr);
    EXPECT_EQ(pictures.entries()[1].kept->key, "pasted");
}

TEST(Pictures, ThumbnailsComeWhenTheyAreWanted) {
    const QTemporaryDir folder;
    const QString good = folder.filePath("good.png"), bad = folder.filePath("bad.png");
    QImage image(400, 100, QImage::Format_RGB32);
    image.fill(Qt::red);
    ASSERT_TRUE(image.save(good));
    QFile file(bad);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("no picture");
    file.close();
    Pictures pictures;
    pictures.add({good, bad});
    int ready = 0;
    QObject::connect(&pictures, &Pictures::thumbnailReady, [&](int) { ++ready; });
    EXPECT_TRUE(pictures.thumbnail(0).isNull());
    EXPECT_TRUE(pictures.thumbnail(1).isNull());
    ASSERT_TRUE(waitFor([&] { return ready == 2; }));
    EXPECT_EQ(pictures.thumbnail(0).size(), QSize(128, 32));
    EXPECT_TRUE(pictures.thumbnail(1).isNull());
    QCoreApplication::processEvents();
    EXPECT_EQ(ready, 2) << "what cannot be read is not tried again";
}

TEST(Pictures, WhatIsNoFileHoldsNoThread) {
    const QTemporaryDir folder;
    const QString pipe = folder.filePath("pipe.png"), jpeg = folder.filePath("pipe.jpg");
    for (const QString& path : {pipe, jpeg}) {
        ASSERT_EQ(::mkfifo(path.toLocal8Bit().constData(), 0600), 0);
        EXPECT_FALSE(isFile(path));
    }
    Pictures pictures;
    pictures.add({pipe, folder.path()});
    int ready = 0;
    QObject::connect(&pictures, &Pictures::thumbnailReady, [&](int) { ++ready; });
    EXPECT_TRUE(pictures.thumbnail(0).isNull());
    EXPECT_TRUE(pictures.thumbnail(1).isNull());
    EXPECT_TRUE(waitFor([&] { return ready == 2; }));
    PictureLoader loader;
    std::optional<Error> said;
    QObject::connect(&loader, &PictureLoader::failed, [&](const QString&, const Error& error) { said = error; });
    loader.load(jpeg);
    ASSERT_TRUE(waitFor([&] { return said.has_value(); }));
    EXPECT_NE(said->line().find("it is not a regular file"), std::string::npos) << said->line();
    EXPECT_TRUE(settleBackground(-1)) << "none waits for somebody to write into the pipe";
}

}  // namespace
}  // namespace maskwright::ui
