// A line of text whose history belongs to the document: undo and redo are left to the window, and so is pasting a
// picture.
#pragma once

#include <QLineEdit>

namespace maskwright::ui {

class LineEdit : public QLineEdit {
    Q_OBJECT

  public:
    using QLineEdit::QLineEdit;

  protected:
    bool event(QEvent* event) override;
};

}  // namespace maskwright::ui
