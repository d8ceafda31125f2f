#include "ui/shell/mask_writer.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "core/output/write.h"

namespace maskwright::ui {
namespace {

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The window decides nothing about a file: every kind is what core/output makes of the same values.
TEST(MaskWriter, EveryKindIsWhatOutputWrites) {
    auto image = std::make_shared<Image>(20, 10);
    auto map = std::make_shared<Heatmap>(20, 10);
    for (std::size_t i = 0; i < map->pixels.size(); ++i) {
        map->pixels[i] = float(i % 20) / 19;
        image->pixels[3 * i] = std::uint8_t(i);
    }
    const QTemporaryDir folder;
    SaveJob job;
    job.path = folder.filePath("window.png");
    job.image = image;
    job.mask.map = makePyramid(map);
    job.appearance.threshold = 0.3;
    job.appearance.mode = output::OverlayMode::spotlight;
    job.label = "a cat";
    job.model = "mini";
    output::Request request;
    request.picture = image.get();
    request.map = map.get();
    request.appearance = job.appearance;
    request.labels = {"a cat"};
    request.model = "mini";
    const QString other = folder.filePath("other.png");
    for (const output::Kind kind : kSaveKinds) {
        job.kind = request.kind = kind;
        ASSERT_TRUE(writeJob(job).ok());
        ASSERT_TRUE(output::write(other.toStdString(), request).ok());
        EXPECT_EQ(content(job.path), content(other)) << output::kindName(kind);
        EXPECT_FALSE(content(other).isEmpty());
    }
    job.mask = {};
    EXPECT_EQ(writeJob(job).error().kind, ErrorKind::output) << "nothing to save is an error, not a crash";
}

TEST(MaskWriter, SuggestsANameBesideThePicture) {
    EXPECT_EQ(suggestedPath("/photos/my cat.jpg", "my cat.jpg", output::Kind::mask, {}, "two ears"),
              "/photos/my cat-two_ears-mask.png");
    EXPECT_EQ(suggestedPath("/photos/a.b.png", "a.b.png", output::Kind::cutout, "/out", {}), "/out/a.b-cutout.png");
    EXPECT_EQ(suggestedPath({}, {}, output::Kind::overlay, {}, {}), "picture-overlay.png");
}

}  // namespace
}  // namespace maskwright::ui
