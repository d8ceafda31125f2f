#include "ui/widgets/phrase_box.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
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

TEST(PhraseBox, AClickOnAButtonBesideTheListIsAClick) {
    QWidget window;
    window.resize(400, 400);
    auto* box = new PhraseBox;
    box->setParent(&window);
    box->setGeometry(0, 0, 200, 40);
    box->setHistory({"cat", "dog"});
    QPushButton button(&window);
    button.setGeometry(300, 300, 80, 40);
    window.show();
    QSignalSpy clicked(&button, &QPushButton::clicked);
    const auto pressAt = [&](QPoint at) {
        QKeyEvent down(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
        QCoreApplication::sendEvent(box, &down);
        QWidget* list = box->completer()->popup();
        ASSERT_TRUE(list->isVisible());
        const QPoint global = window.mapToGlobal(at);
        QMouseEvent press(QEvent::MouseButtonPress, list->mapFromGlobal(global), global, Qt::LeftButton, Qt::LeftButton,
                          {});
        QCoreApplication::sendEvent(list, &press);
        EXPECT_FALSE(list->isVisible());
        QCoreApplication::processEvents();
    };
    pressAt({340, 320});
    EXPECT_EQ(clicked.count(), 1);
    pressAt({250, 360});
    EXPECT_EQ(clicked.count(), 1) << "there is no button there";
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
