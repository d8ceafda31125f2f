#include "ui/widgets/phrase_box.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QSignalSpy>

namespace maskwright::ui {
namespace {

TEST(PhraseBox, ProposesWhatWasLookedForBefore) {
    PhraseBox box;
    box.setHistory({"Cat", "dog", "catamaran"});
    QSignalSpy typed(&box, &PhraseBox::typed);
    for (const Qt::Key key : {Qt::Key_C, Qt::Key_A}) {
        QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, QString(QChar(key)).toLower());
        QCoreApplication::sendEvent(&box, &press);
    }
    EXPECT_EQ(box.text(), "ca");
    EXPECT_EQ(box.completer()->completionCount(), 2) << "whatever the case";
    Q_EMIT box.completer()->activated(QStringLiteral("catamaran"));
    ASSERT_FALSE(typed.isEmpty());
    EXPECT_EQ(typed.last().at(0).toString(), "catamaran") << "chosen is typed";
}

TEST(PhraseBox, TheDownKeyShowsThemAll) {
    PhraseBox box;
    box.setHistory({"cat", "dog"});
    box.show();
    QKeyEvent down(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
    QCoreApplication::sendEvent(&box, &down);
    EXPECT_TRUE(box.completer()->popup()->isVisible());
    EXPECT_EQ(box.completer()->completionCount(), 2);
}

}  // namespace
}  // namespace maskwright::ui
