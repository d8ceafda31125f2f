#include "core/train/pixels.h"

#include <ATen/ATen.h>

#include "core/image/resize.h"

namespace maskwright::train {

at::Tensor pixelsOf(const Image& image, std::int64_t side) {
    const Planar planar = normalize(resizeBilinearAntialiased(image, static_cast<int>(side), static_cast<int>(side)),
                                    kImageNetMean, kImageNetStd);
    return at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, side, side}, at::kFloat).clone();
}

}  // namespace maskwright::train
