// What is left out, beside the phrase: "− dog". A press goes to the panel where it is changed. Hidden where nothing is.
#pragma once

#include <QPushButton>

#include "ui/model/document.h"

namespace maskwright::ui {

class NegativeChip : public QPushButton {
    Q_OBJECT

  public:
    explicit NegativeChip(Document& document, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow();
    Document& document_;
};

}  // namespace maskwright::ui
