// What was found, as a PNG: the choices of the Save menu, computed and written away from the GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "core/base/result.h"
#include "core/image/image.h"
#include "ui/model/overlay_style.h"

namespace maskwright::ui {

enum class SaveKind { mask, probability, cutout, overlay };
inline constexpr int kSaveKinds = 4;

// Everything a file needs; values only, so that it can be written while the window goes on.
struct SaveJob {
    QString path;
    SaveKind kind = SaveKind::mask;
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Heatmap> map;
    OverlayStyle style;
    QString phrase, model;
};

// 255 where the map is above the threshold.
Mask maskOf(const Heatmap& map, double threshold);
// How much of each pixel a cutout keeps: the mask with a soft edge, half at the threshold.
Heatmap softMask(const Heatmap& map, double threshold);
// Blocks. Errors: ErrorKind::output.
Result<void> writeJob(const SaveJob& job);
// "cat.png" and a kind -> "cat-mask.png", in the picture's folder.
QString suggestedPath(const QString& picturePath, const QString& pictureName, SaveKind kind, const QString& folder);

class MaskWriter : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    void write(SaveJob job);

  Q_SIGNALS:
    void written(const QString& path);
    void failed(const maskwright::Error& error);
};

}  // namespace maskwright::ui
