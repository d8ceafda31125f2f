// A line of text that ends in dots where there is no room for all of it; the tool tip has the rest.
#pragma once

#include <QLabel>

namespace maskwright::ui {

class ElidedLabel : public QLabel {
  public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    // What is drawn of the text in the present width.
    [[nodiscard]] QString drawn() const;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace maskwright::ui
