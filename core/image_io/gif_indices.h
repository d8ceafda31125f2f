// The palette indices of a GIF's first picture, which Qt's reader does not give away: a mask is made of them. Private
// to image_io.
#pragma once

#include <memory>

#include "core/image_io/bytes.h"

class QImage;  // declared only: headers are free of Qt

namespace maskwright::image_io {

// Of the whole screen, as an indexed image with its colours; the transparent one has alpha 0. What the picture leaves
// uncovered has the transparent index, or else 0. `file` has passed probeGif(). Null where its data make no sense or
// end early.
std::shared_ptr<QImage> gifIndices(const Bytes& file);

}  // namespace maskwright::image_io
