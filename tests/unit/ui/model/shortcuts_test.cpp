#include "ui/model/shortcuts.h"

#include <gtest/gtest.h>

#include <QSettings>

#include "ui/model/settings.h"

namespace maskwright::ui {
namespace {

class ShortcutsTest : public testing::Test {
  protected:
    void SetUp() override {
        QSettings().clear();
        save_.setObjectName("save");
        save_.setShortcut(QKeySequence("Ctrl+S"));
        redo_.setObjectName("redo");
        redo_.setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
        plain_.setObjectName("plain");
    }
    void TearDown() override { QSettings().clear(); }
    // As at the next start: the same actions with the keys they are made with.
    void startAnew(Shortcuts& before) {
        for (QAction* action : before.actions()) {
            action->setShortcuts(before.usual(action));
        }
    }
    QAction save_, redo_, plain_;
};

TEST_F(ShortcutsTest, AKeyOfOnesOwnIsThereAtTheNextStart) {
    Shortcuts first({&save_, &redo_, &plain_});
    EXPECT_TRUE(first.isUsual(&save_));
    first.assign(&plain_, QKeySequence("Ctrl+K"));
    first.assign(&save_, {});
    startAnew(first);
    const Shortcuts second({&save_, &redo_, &plain_});
    EXPECT_EQ(plain_.shortcut(), QKeySequence("Ctrl+K"));
    EXPECT_TRUE(save_.shortcuts().isEmpty());
    EXPECT_FALSE(second.isUsual(&save_));
    EXPECT_EQ(redo_.shortcuts().size(), 2);
}

TEST_F(ShortcutsTest, KeysBelongToOneAction) {
    Shortcuts shortcuts({&save_, &redo_, &plain_});
    EXPECT_EQ(shortcuts.ownerOf(QKeySequence("Ctrl+Y")), &redo_);
    EXPECT_EQ(shortcuts.ownerOf(QKeySequence("Ctrl+Y"), &redo_), nullptr);
    EXPECT_EQ(shortcuts.ownerOf(QKeySequence()), nullptr);
    EXPECT_EQ(shortcuts.ownerOf(QKeySequence("Ctrl+S, Ctrl+A")), &save_) << "the first key would never wait";
    shortcuts.assign(&plain_, QKeySequence("Ctrl+Y"));
    EXPECT_EQ(redo_.shortcuts(), QList<QKeySequence>{QKeySequence("Ctrl+Shift+Z")});
    shortcuts.reset(&redo_);
    EXPECT_EQ(redo_.shortcuts().size(), 2);
    EXPECT_TRUE(plain_.shortcuts().isEmpty());
}

TEST_F(ShortcutsTest, AllCanBeAsTheyWere) {
    Shortcuts shortcuts({&save_, &redo_, &plain_});
    int told = 0;
    QObject::connect(&shortcuts, &Shortcuts::changed, [&] { ++told; });
    shortcuts.assign(&plain_, QKeySequence("Ctrl+S"));
    shortcuts.assign(&redo_, QKeySequence("F5"));
    shortcuts.resetAll();
    EXPECT_EQ(told, 3);
    EXPECT_EQ(save_.shortcut(), QKeySequence("Ctrl+S"));
    EXPECT_EQ(redo_.shortcuts().size(), 2);
    EXPECT_TRUE(plain_.shortcuts().isEmpty());
    EXPECT_TRUE(QSettings().allKeys().isEmpty()) << "nothing is written down that is as it was";
}

}  // namespace
}  // namespace maskwright::ui
