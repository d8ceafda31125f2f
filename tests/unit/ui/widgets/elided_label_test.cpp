#include "ui/widgets/elided_label.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(ElidedLabel, EndsInDotsWhereThereIsNoRoom) {
    ElidedLabel label;
    label.setText("baby elephant");
    label.resize(1000, 30);
    EXPECT_EQ(label.drawn(), "baby elephant");
    label.resize(label.fontMetrics().horizontalAdvance("baby ele") + 2, 30);
    EXPECT_TRUE(label.drawn().startsWith("baby")) << label.drawn().toStdString();
    EXPECT_TRUE(label.drawn().endsWith(QChar(0x2026))) << label.drawn().toStdString();
    EXPECT_EQ(label.text(), "baby elephant");
    // What it draws is that, and not the whole text cut off.
    const auto drawn = [](const QString& text, int width) {
        ElidedLabel one;
        one.setText(text);
        one.resize(width, 30);
        return one.grab().toImage();
    };
    EXPECT_EQ(drawn("baby elephant", label.width()), drawn(label.drawn(), label.width()));
    EXPECT_NE(drawn("baby elephant", label.width()), drawn("", label.width()));
}

}  // namespace
}  // namespace maskwright::ui
