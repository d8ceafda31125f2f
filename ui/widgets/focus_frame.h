// A line around a widget that the keyboard has come to, for widgets that show it by nothing else. Drawn over the
// widget; a click does not show it.
#pragma once

#include <QWidget>

namespace maskwright::ui {

class FocusFrame : public QWidget {
  public:
    explicit FocusFrame(QWidget& around);  // becomes its child

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace maskwright::ui
