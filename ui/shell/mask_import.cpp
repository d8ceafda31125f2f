#include "ui/shell/mask_import.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <optional>

#include "core/image_io/endings.h"
#include "core/image_io/image_io.h"
#include "ui/model/background.h"
#include "ui/model/settings.h"
#include "ui/shell/open_controller.h"

namespace maskwright::ui {
namespace {

// Nothing where mask and picture are of different sizes, or there is no picture.
using Imported = std::optional<Support>;

Result<Imported> readExample(const QString& maskPath, const QString& picturePath, std::shared_ptr<const Image> image) {
    auto mask = image_io::readMask(maskPath.toStdString());
    if (!mask) {
        return mask.error();
    }
    if (!picturePath.isEmpty()) {
        auto picture = image_io::read(picturePath.toStdString());
        if (!picture) {
            return picture.error();
        }
        image = std::make_shared<const Image>(std::move(picture->image));
    }
    if (!image || image->width != mask->width || image->height != mask->height) {
        return Imported();
    }
    if (std::all_of(mask->pixels.begin(), mask->pixels.end(), [](std::uint8_t v) { return v == 0; })) {
        return Error{ErrorKind::input, message("the mask %1 marks nothing", quoted(maskPath.toStdString())),
                     "use one with white where the object is"};
    }
    Support support;
    support.image = std::move(image);
    support.region = std::make_shared<const Region>(*mask);
    support.name = QFileInfo(maskPath).completeBaseName();
    return Imported(std::move(support));
}

}  // namespace

MaskImport::MaskImport(Document& document, QWidget& over) : Controller(over), document_(document) {}

void MaskImport::ask() {
    const QString start = document_.picture().path.isEmpty()
                              ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)
                              : QFileInfo(document_.picture().path).absolutePath();
    const QString mask = QFileDialog::getOpenFileName(
        &over_, tr("Open a mask"), QSettings().value(settings::kMaskFolder, start).toString(),
        tr("Masks") + QStringLiteral(" (%1)").arg(QString::fromStdString(image_io::dialogPatterns(true))));
    if (!mask.isEmpty()) {
        QSettings().setValue(settings::kMaskFolder, QFileInfo(mask).absolutePath());
        read(mask, {});
    }
}

void MaskImport::read(const QString& maskPath, const QString& picturePath) {
    inBackground(
        this,
        [maskPath, picturePath, open = document_.picture().image] { return readExample(maskPath, picturePath, open); },
        [this, maskPath, picturePath](const Result<Imported>& result) {
            if (!result) {
                Q_EMIT failed(result.error());
            } else if (*result) {
                Q_EMIT imported(**result);
            } else if (picturePath.isEmpty()) {
                askPicture(maskPath);
            } else {
                Q_EMIT failed({ErrorKind::input, "the mask and the picture have different sizes",
                               "choose the picture the mask was made for"});
            }
        });
}

void MaskImport::askPicture(const QString& maskPath) {
    const QString picture = QFileDialog::getOpenFileName(&over_, tr("Open the picture of this mask"),
                                                         QFileInfo(maskPath).absolutePath(), pictureFilter());
    if (!picture.isEmpty()) {
        read(maskPath, picture);
    }
}

}  // namespace maskwright::ui
