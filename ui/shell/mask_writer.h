// What was found, as a PNG: the choices of the Save menu, written by core/output away from the GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <array>
#include <memory>

#include "core/base/result.h"
#include "core/image/image.h"
#include "core/output/appearance.h"
#include "core/output/kind.h"
#include "core/output/write.h"
#include "ui/model/shown_mask.h"

namespace maskwright::ui {

// In the menu's order.
inline constexpr std::array kSaveKinds = {output::Kind::mask, output::Kind::probability, output::Kind::cutout,
                                          output::Kind::overlay};

// Everything a file needs; values only, so that it can be written while the window goes on.
struct SaveJob {
    QString path;
    output::Kind kind = output::Kind::mask;
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> alpha;  // the image's own transparency; null where it had none
    ShownMask mask;                     // of the image's size
    output::Appearance appearance;
    std::string label, model;  // see output::Request
};

// What write() is given for it; `map`: the job's mask as one, null for none. Points into both.
output::Request requestOf(const SaveJob& job, const Heatmap* map);
// Blocks; any thread. Whether the file is empty (below). Errors: ErrorKind::output; resource for memory.
Result<bool> writeJob(const SaveJob& job);
// "cat.png", a kind and "two ears" -> "cat-two_ears-mask.png", in `folder`, or in the picture's where that is empty.
// Where there is such a file, "cat-two_ears-mask-2.png".
QString suggestedPath(const QString& picturePath, const QString& pictureName, output::Kind kind, const QString& folder,
                      const std::string& label);

class MaskWriter : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    void write(SaveJob job);

  Q_SIGNALS:
    // `empty`: no pixel of it is inside; a probability is never empty.
    void written(const maskwright::ui::SaveJob& job, bool empty);
    void failed(const maskwright::Error& error);
};

}  // namespace maskwright::ui
