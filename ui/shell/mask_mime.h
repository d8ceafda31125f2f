// A mask that is dragged to another program: a PNG file and its pixels, made when the other program asks for them. The
// file stays until this program ends, since nobody says when it was read.
#pragma once

#include <QMimeData>

#include "ui/shell/mask_writer.h"

namespace maskwright::ui {

// The mask in black and white. Errors: as writeJob().
QImage maskPicture(const SaveJob& job);

class MaskMime : public QMimeData {
    Q_OBJECT

  public:
    // `job`: of Kind::mask; its path is the file's name without a folder.
    explicit MaskMime(SaveJob job) : job_(std::move(job)) {}
    [[nodiscard]] QStringList formats() const override;

  protected:
    [[nodiscard]] QVariant retrieveData(const QString& format, QMetaType type) const override;

  private:
    SaveJob job_;
    mutable QString file_;  // empty: not written yet
};

}  // namespace maskwright::ui
