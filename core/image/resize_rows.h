// The two passes of Pillow's resize over RGB pictures, on all cores. Private to core/image.
#pragma once

#include "core/image/image.h"
#include "core/image/taps.h"

namespace maskwright {

// Every row of the picture, across; and every column, down. Not for ResizeFilter::nearest, which rounds nothing.
Image resizeAcross(const Image& image, const ResizeTaps& taps);
Image resizeDown(const Image& image, const ResizeTaps& taps);

}  // namespace maskwright
