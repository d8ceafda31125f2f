// What the window's controllers have in common: something that their dialogs are shown over, and a voice. A controller
// carries out one subject's wishes (opening, saving, ...) and does not know the window; the window shows what it says.
#pragma once

#include <QObject>
#include <QWidget>
#include <functional>

#include "core/base/result.h"

namespace maskwright::ui {

class Controller : public QObject {
    Q_OBJECT

  public:
    explicit Controller(QWidget& over) : over_(over) {}

  Q_SIGNALS:
    void working(const QString& what);                         // begun; empty: done
    void said(const QString& what, int milliseconds);          // a message that goes by itself
    void noticed(const QString& what, const QString& advice);  // one that stays until it is dismissed
    void failed(const maskwright::Error& error);
    void cleared();       // what was noticed or has failed before is of no interest any more
    void succeeded();     // what this one noticed, or failed at, is over: the same has come off since
    void stateChanged();  // what the actions depend on

  protected:
    // Not modal, called `name`: whether the window closes although something is still at work, when that is done or
    // with a `stop`. Nothing where the answer is to stay.
    void askBeforeClosing(const char* name, const QString& title, const QString& text,
                          const std::function<void(bool stop)>& closes);
    QWidget& over_;
};

}  // namespace maskwright::ui
