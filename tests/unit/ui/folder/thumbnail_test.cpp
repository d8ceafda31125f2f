#include "ui/folder/thumbnail.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(Thumbnail, APictureIsSmallAndLooksTheSame) {
    QImage image(600, 300, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            image.setPixel(x, y, qRgb(x * 255 / 600, y * 255 / 300, 90));
        }
    }
    const QByteArray packed = packPicture(image);
    EXPECT_LT(packed.size(), 20000);
    const QImage back = unpackPicture(packed);
    EXPECT_EQ(back.size(), QSize(kThumbnailSide, kThumbnailSide / 2));
    EXPECT_NEAR(qRed(back.pixel(110, 55)), 128, 8);
    EXPECT_NEAR(qGreen(back.pixel(110, 55)), 128, 8);
    EXPECT_TRUE(unpackPicture({}).isNull());
    EXPECT_EQ(unpackPicture(packPicture(image.scaled(20, 10))).size(), QSize(20, 10));
}

TEST(Thumbnail, AMapKeepsItsProbabilities) {
    Heatmap map(256, 192);
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x) {
            map.at(x, y) = x > 100 && y > 50 ? 0.93f : 0.02f;
        }
    }
    const QByteArray packed = packMap(map);
    EXPECT_LT(packed.size(), 10000);
    const auto back = unpackMap(packed);
    ASSERT_NE(back, nullptr);
    ASSERT_EQ(back->full->width, 256);
    ASSERT_EQ(back->full->height, 192);
    EXPECT_NEAR(back->full->at(101, 51), 0.93, 0.003);
    EXPECT_NEAR(back->full->at(100, 51), 0.02, 0.003);
    EXPECT_EQ(unpackMap({}), nullptr);
}

}  // namespace
}  // namespace maskwright::ui
