// An example from a mask in a file: asks for the mask and, where it is not the open picture's, for its picture.
#pragma once

#include <optional>

#include "core/image_io/mask.h"
#include "ui/model/document.h"
#include "ui/shell/controller.h"

namespace maskwright::ui {

class MaskImport : public Controller {
    Q_OBJECT

  public:
    MaskImport(Document& document, QWidget& over);
    void ask();
    // `picturePath` empty: the open picture.
    void read(const QString& maskPath, const QString& picturePath);

  Q_SIGNALS:
    void imported(const maskwright::ui::Support& support);

  private:
    void take(const QString& maskPath, const image_io::MaskFile& mask,
              const std::pair<std::shared_ptr<const Image>, project::PictureFile>& picture,
              const std::vector<Message>& warnings);
    // Which of a mask's labels is the object: no label is all of them. Nothing: the person changed their mind.
    std::optional<std::optional<std::int64_t>> askLabel(const image_io::MaskFile& mask);
    void askPicture(const QString& maskPath);
    Document& document_;
};

}  // namespace maskwright::ui
