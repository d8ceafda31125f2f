// Colours of pictures that do not come through image_io.
#pragma once

#include <QImage>

namespace maskwright::ui {

// In sRGB, by the colour space that it says it has.
QImage inSrgb(QImage image);

}  // namespace maskwright::ui
