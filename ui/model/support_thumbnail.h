// A small picture of a marked object: cropped to it, the rest darkened. Pure; any thread.
#pragma once

#include <QImage>

#include "core/image/image.h"

namespace maskwright::ui {

// `side`: of the square, in pixels; a multiple of 16, as engineered pictures are. Null where nothing is marked.
QImage supportThumbnail(const Image& image, const Mask& region, int side);

}  // namespace maskwright::ui
