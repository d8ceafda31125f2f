#include "core/train/pixels.h"

#include <ATen/ATen.h>

#include "core/image/resize.h"

namespace maskwright::train {

at::Tensor pixelsOf(const Image& image, std::int64_t width, std::int64_t height,
                    const clip::Preprocessing& preprocessing) {
    const Planar planar = normalize(resizeBilinearAntialiased(image, static_cast<int>(width), static_cast<int>(height)),
                                    preprocessing.mean, preprocessing.deviation);
    return at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, height, width}, at::kFloat).clone();
}

}  // namespace maskwright::train
