// Where the masks of a folder go.
#include "ui/folder/folder_masks.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QSet>
#include <QTemporaryDir>

namespace maskwright::ui {
namespace {

TEST(FolderMasks, EachPictureHasAFileOfItsOwn) {
    const QStringList targets =
        FolderMasks::targets({"/a/cat.png", "/a/cat.jpg", "/a/cat-jpg.png", "/a/dog.webp"}, "/out", SaveKind::mask);
    EXPECT_EQ(targets, (QStringList{"/out/cat-mask.png", "/out/cat-jpg-mask.png", "/out/cat-jpg-png-mask.png",
                                    "/out/dog-mask.png"}));
    QStringList many;
    for (int i = 0; i < 6; ++i) {
        many << QStringLiteral("/%1/x.png").arg(i);
    }
    const QStringList numbered = FolderMasks::targets(many, "/out", SaveKind::cutout);
    EXPECT_EQ(QSet<QString>(numbered.begin(), numbered.end()).size(), 6);
}

TEST(FolderMasks, CountsWhatIsThere) {
    const QTemporaryDir folder;
    QFile file(folder.filePath("cat-mask.png"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    EXPECT_EQ(FolderMasks::taken(FolderMasks::targets({"/a/cat.png", "/a/dog.png"}, folder.path(), SaveKind::mask)), 1);
}

}  // namespace
}  // namespace maskwright::ui
