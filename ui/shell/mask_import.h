// An example from a mask in a file: asks for the mask and, where it is not the open picture's, for its picture.
#pragma once

#include "ui/model/document.h"
#include "ui/shell/controller.h"

namespace maskwright::ui {

class MaskImport : public Controller {
    Q_OBJECT

  public:
    MaskImport(Document& document, QWidget& over);
    void ask();

  Q_SIGNALS:
    void imported(const maskwright::ui::Support& support);

  private:
    // `picturePath` empty: the open picture.
    void read(const QString& maskPath, const QString& picturePath);
    void askPicture(const QString& maskPath);
    Document& document_;
};

}  // namespace maskwright::ui
