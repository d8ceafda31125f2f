// A combo box with the program's own arrow: a style sheet takes the style's away.
#pragma once

#include <QComboBox>

namespace maskwright::ui {

class ChoiceBox : public QComboBox {
  public:
    using QComboBox::QComboBox;

    void showPopup() override;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    // A wheel over a panel scrolls the panel.
    void wheelEvent(QWheelEvent* event) override;
};

}  // namespace maskwright::ui
