#include "ui/shell/mask_import.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QSettings>
#include <QStandardPaths>

#include "core/image_io/endings.h"
#include "ui/model/background.h"
#include "ui/model/error_text.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/preferences.h"
#include "ui/model/settings.h"
#include "ui/shell/open_controller.h"

namespace maskwright::ui {
namespace {

constexpr std::size_t kMostLabels = 64;  // of more nobody chooses in a list: a soft mask has them

// A mask and the picture it belongs to.
struct Example {
    image_io::MaskFile mask;
    std::shared_ptr<const Image> image;
    project::PictureFile file;  // the image's; without a path for the open picture
    std::vector<Message> warnings;
};

// Nothing where mask and picture are of different sizes, or there is no picture.
using Found = std::optional<Example>;

Result<Found> readExample(const QString& maskPath, const QString& picturePath, std::shared_ptr<const Image> image) {
    auto mask = image_io::readMaskFile(maskPath.toStdString());
    if (!mask) {
        return mask.error();
    }
    std::vector<Message> warnings = mask->warnings;
    project::PictureFile file;
    if (!picturePath.isEmpty()) {
        auto picture = image_io::read(picturePath.toStdString(), pictureLimit());
        if (!picture) {
            return picture.error();
        }
        warnings.insert(warnings.end(), picture->warnings.begin(), picture->warnings.end());
        file = pictureFileAt(picturePath, picture->image.width, picture->image.height);
        image = std::make_shared<const Image>(std::move(picture->image));
    }
    if (!image || image->width != mask->labels.width || image->height != mask->labels.height) {
        return Found();
    }
    return Found(Example{std::move(*mask), std::move(image), std::move(file), std::move(warnings)});
}

}  // namespace

MaskImport::MaskImport(Document& document, QWidget& over) : Controller(over), document_(document) {}

void MaskImport::ask() {
    const QString mask = QFileDialog::getOpenFileName(
        &over_, tr("Open a mask"), settings::startFolder(settings::kMaskFolder, document_.picture().path),
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
        [this, maskPath, picturePath](const Result<Found>& found) {
            if (!found) {
                Q_EMIT failed(found.error());
            } else if (*found) {
                take(maskPath, (*found)->mask, {(*found)->image, (*found)->file}, (*found)->warnings);
            } else if (picturePath.isEmpty()) {
                askPicture(maskPath);
            } else {
                Q_EMIT failed({ErrorKind::input,
                               message("the mask %1 and the picture %2 have different sizes",
                                       quoted(maskPath.toStdString()), quoted(picturePath.toStdString())),
                               "choose the picture the mask was made for"});
            }
        });
}

void MaskImport::take(const QString& maskPath, const image_io::MaskFile& mask,
                      const std::pair<std::shared_ptr<const Image>, project::PictureFile>& picture,
                      const std::vector<Message>& warnings) {
    std::optional<std::int64_t> label;
    if (mask.unlabelled.empty() && mask.areas.size() > 1 && mask.areas.size() <= kMostLabels) {
        const auto chosen = askLabel(mask);
        if (!chosen) {
            return;
        }
        label = *chosen;
    }
    const auto region = image_io::chooseRegion(mask, maskPath.toStdString(), label);
    if (!region) {
        Q_EMIT failed(region.error());
        return;
    }
    Support support;
    support.image = picture.first;
    support.file = picture.second;
    support.region = std::make_shared<const Region>(*region);
    support.name = QFileInfo(maskPath).completeBaseName();
    Q_EMIT succeeded();
    Q_EMIT imported(support);
    if (!warnings.empty()) {
        Q_EMIT noticed(messageText(warnings.front()), {});
    }
}

std::optional<std::optional<std::int64_t>> MaskImport::askLabel(const image_io::MaskFile& mask) {
    QStringList choices = {tr("All labels together")};
    std::vector<std::int64_t> labels;
    for (const auto& [label, area] : mask.areas) {
        choices << tr("Label %1: %2 pixels").arg(label).arg(QLocale().toString(qlonglong(area)));
        labels.push_back(label);
    }
    bool chosen = false;
    const QString choice = QInputDialog::getItem(
        &over_, tr("Open a mask"), tr("The mask has several labels. The object is:"), choices, 0, false, &chosen);
    if (!chosen) {
        return std::nullopt;
    }
    const auto index = choices.indexOf(choice);
    return index <= 0 ? std::optional<std::int64_t>() : labels[std::size_t(index) - 1];
}

void MaskImport::askPicture(const QString& maskPath) {
    const QString picture = QFileDialog::getOpenFileName(&over_, tr("Open the picture of this mask"),
                                                         QFileInfo(maskPath).absolutePath(), pictureFilter());
    if (!picture.isEmpty()) {
        read(maskPath, picture);
    }
}

}  // namespace maskwright::ui
