#include "ui/widgets/icons.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(Icons, PathsAreReadFromText) {
    const QPainterPath path = iconPath("M2 3 L10 3 L10 9 Z O 12 12 4 R 1 1 5 6 1");
    EXPECT_EQ(path.boundingRect().toAlignedRect(), QRect(1, 1, 15, 15));
    EXPECT_TRUE(iconPath("").isEmpty());
    EXPECT_TRUE(icon("no such icon").isNull());
    EXPECT_FALSE(icon("open").isNull());
}

}  // namespace
}  // namespace maskwright::ui
