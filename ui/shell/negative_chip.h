// What is left out, beside the phrase.
#pragma once

#include "ui/panels/left_out_chip.h"

namespace maskwright::ui {

class NegativeChip : public LeftOutChip {
    Q_OBJECT

  public:
    explicit NegativeChip(Document& document, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void followDocument();
    Document& document_;
};

}  // namespace maskwright::ui
