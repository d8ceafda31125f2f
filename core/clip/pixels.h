// A picture as the vision tower reads it, made where the tower is: resized, cut and normalised on the device, so that a
// large picture keeps no core of the computer busy. Throws what LibTorch throws (memory).
#pragma once

#include <ATen/core/Tensor.h>

#include "core/clip/framing.h"

namespace maskwright::clip {

// framed() to the byte, then (byte / 255 - mean) / deviation. -> [1, 3, H, W] float32 on `device`. The picture's bytes
// are copied there, three a pixel.
at::Tensor pixelsOn(at::Device device, const Image& picture, const Framing& framing,
                    const Preprocessing& preprocessing);

}  // namespace maskwright::clip
