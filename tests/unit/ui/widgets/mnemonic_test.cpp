#include "ui/widgets/mnemonic.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(Mnemonic, IsMarkedInTheTextOrStandsAfterIt) {
    EXPECT_EQ(withMnemonic("Marker", 'K'), "Mar&ker");
    EXPECT_EQ(withMnemonic("Move", 'M'), "&Move");
    EXPECT_EQ(withMnemonic(QString::fromUtf8("지우개"), 'E'), QString::fromUtf8("지우개(&E)"));
}

TEST(Mnemonic, IsReadAgain) {
    EXPECT_EQ(mnemonicOf("Mar&ker"), QChar('K'));
    EXPECT_EQ(mnemonicOf(QString::fromUtf8("지우개(&E)")), QChar('E'));
    EXPECT_EQ(mnemonicOf("Cats && &dogs"), QChar('D')) << "two are a sign of the text";
    EXPECT_TRUE(mnemonicOf("Close").isNull());
    EXPECT_TRUE(mnemonicOf("Close &").isNull());
}

}  // namespace
}  // namespace maskwright::ui
