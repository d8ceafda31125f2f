#include "ui/model/srgb.h"

#include <QColorSpace>

namespace maskwright::ui {

QImage inSrgb(QImage image) {
    if (image.colorSpace().isValid() && image.colorSpace() != QColorSpace(QColorSpace::SRgb)) {
        image.convertToColorSpace(QColorSpace::SRgb);
    }
    return image;
}

}  // namespace maskwright::ui
