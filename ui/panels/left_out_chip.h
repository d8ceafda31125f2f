// What a search leaves out, as a chip: "− dog". A press changes it, Delete gives it up, and the menu has both. Hidden
// where nothing is left out.
#pragma once

#include <QPushButton>

#include "ui/model/document.h"

namespace maskwright::ui {

class LeftOutChip : public QPushButton {
    Q_OBJECT

  public:
    // `widest`: of the text, in pixels; what is longer is cut, and whole in the tooltip.
    explicit LeftOutChip(int widest, QWidget* parent = nullptr);
    // -> whether anything is left out.
    bool follow(const Search& search);

  Q_SIGNALS:
    void editWanted();
    void removeWanted();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    int widest_;
};

}  // namespace maskwright::ui
