// What can be done to the mask in hand as a whole. Shown where there is one to correct.
#pragma once

#include <QWidget>
#include <array>

#include "ui/model/corrections.h"

class QLabel;
class QPushButton;
class QSpinBox;

namespace maskwright::ui {

class Section;

class CorrectPanel : public QWidget {
    Q_OBJECT

  public:
    explicit CorrectPanel(Corrections& corrections, QWidget* parent = nullptr);
    // Whether it is shown, and what of it can be pressed.
    void follow();
    // As its button does it, with the numbers that the panel shows.
    void apply(MaskChange change);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void retranslate();
    [[nodiscard]] double amountOf(MaskChange change) const;
    Corrections& corrections_;
    Section* section_;
    std::array<QPushButton*, kMaskChanges> changes_{};  // by MaskChange
    QPushButton* takeBack_;
    QLabel *pixelsTitle_, *specksTitle_;
    QSpinBox *pixels_, *specks_;
};

}  // namespace maskwright::ui
