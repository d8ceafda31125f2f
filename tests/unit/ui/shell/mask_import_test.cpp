#include "ui/shell/mask_import.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QInputDialog>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>

#include "tests/support/event_loop.h"

namespace maskwright::ui {
namespace {

// A document with a picture of 40 x 30, and masks for it: one of the labels 1 (60 pixels) and 200 (20 pixels).
class MaskImportTest : public testing::Test {
  protected:
    MaskImportTest() : import_(document_, over_) {
        OpenPicture picture;
        picture.name = "photo";
        picture.image = std::make_shared<const Image>(40, 30);
        document_.setPicture(picture);
        QObject::connect(&import_, &MaskImport::imported, &over_, [this](const Support& s) { got_.push_back(s); });
        QObject::connect(&import_, &MaskImport::failed, &over_, [this](const Error& e) { errors_.push_back(e); });
        QObject::connect(&import_, &MaskImport::noticed, &over_, [this](const QString& s) { notices_ << s; });
    }
    QString mask(int one, int two) {
        QImage image(40, 30, QImage::Format_Grayscale8);
        image.fill(0);
        for (int i = 0; i < 80; ++i) {
            const int value = i < 60 ? one : two;
            image.setPixelColor(i % 20, i / 20, QColor(value, value, value));
        }
        const QString path = folder_.filePath("mask.png");
        EXPECT_TRUE(image.save(path));
        return path;
    }
    // Reads the mask; in the dialog that may come, `row` is chosen, or -1: it is dismissed.
    void read(const QString& path, int row = -2) {
        asked_ = false;
        QTimer chooser;
        QObject::connect(&chooser, &QTimer::timeout, &over_, [&] {
            if (auto* dialog = qobject_cast<QInputDialog*>(QApplication::activeModalWidget())) {
                asked_ = true;
                choices_ = dialog->comboBoxItems();
                if (row >= 0) {
                    dialog->setTextValue(choices_.at(row));
                }
                row >= 0 ? dialog->accept() : dialog->reject();
            }
        });
        chooser.start(10);
        import_.read(path, {});
        ASSERT_TRUE(waitFor([&] { return !got_.empty() || !errors_.empty() || (asked_ && row < 0); }));
    }
    [[nodiscard]] std::int64_t area() const { return got_.empty() ? 0 : got_.back().region->area(); }

    QWidget over_;
    Document document_;
    MaskImport import_;
    QTemporaryDir folder_;
    std::vector<Support> got_;
    std::vector<Error> errors_;
    QStringList notices_, choices_;
    bool asked_ = false;
};

TEST_F(MaskImportTest, OfOneLabelNobodyIsAsked) {
    read(mask(7, 7));
    EXPECT_FALSE(asked_);
    EXPECT_EQ(area(), 80);
}

TEST_F(MaskImportTest, OfSeveralLabelsAllOrOneAreTaken) {
    read(mask(1, 200), 0);
    EXPECT_TRUE(asked_);
    EXPECT_EQ(choices_.size(), 3);
    EXPECT_TRUE(choices_.at(2).startsWith("Label 200")) << choices_.at(2).toStdString();
    EXPECT_EQ(area(), 80);
    got_.clear();
    read(mask(1, 200), 2);
    EXPECT_EQ(area(), 20);
    got_.clear();
    read(mask(1, 200), -1);
    EXPECT_TRUE(got_.empty()) << "dismissed";
    EXPECT_TRUE(errors_.empty());
}

TEST_F(MaskImportTest, NothingMarkedIsSaid) {
    read(mask(0, 0));
    ASSERT_EQ(errors_.size(), 1u);
    EXPECT_NE(errors_[0].line().find("black"), std::string::npos) << errors_[0].line();
}

TEST_F(MaskImportTest, WarningsAreNoticed) {
    QImage soft(40, 30, QImage::Format_Grayscale8);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 40; ++x) {
            const int value = x * 6 + y % 2;
            soft.setPixelColor(x, y, QColor(value, value, value));
        }
    }
    const QString path = folder_.filePath("soft.png");
    ASSERT_TRUE(soft.save(path));
    read(path);
    EXPECT_FALSE(asked_);
    ASSERT_EQ(notices_.size(), 1);
    EXPECT_TRUE(notices_[0].contains("soft.png")) << notices_[0].toStdString();
}

}  // namespace
}  // namespace maskwright::ui
