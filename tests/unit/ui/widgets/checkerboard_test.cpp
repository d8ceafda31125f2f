#include "ui/widgets/checkerboard.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

namespace maskwright::ui {
namespace {

TEST(Checkerboard, SquaresTakeTurnsAndNothingIsPaintedBeside) {
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::red);
    QPainter painter(&image);
    drawCheckerboard(painter, QRectF(4, 4, 20, 12));
    painter.end();
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 40; ++x) {
            const bool inside = x >= 4 && x < 24 && y >= 4 && y < 16;
            const int grey = kChecks[std::size_t((x - 4) / kCheckSide + (y - 4) / kCheckSide) % 2];
            ASSERT_EQ(QColor(image.pixel(x, y)), inside ? QColor(grey, grey, grey) : QColor(Qt::red)) << x << "," << y;
        }
    }
}

}  // namespace
}  // namespace maskwright::ui
