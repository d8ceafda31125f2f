// A wheel over a number or a choice that does not have the focus scrolls what it lies in: whoever scrolls a panel would
// change values without noticing. Holds for all widgets of the application while the guard lives. GUI thread.
#pragma once

#include <QObject>

namespace maskwright::ui {

class WheelGuard : public QObject {
  public:
    WheelGuard();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace maskwright::ui
