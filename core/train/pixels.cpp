#include "core/train/pixels.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "core/image/resize.h"

namespace maskwright::train {

at::Tensor pixelsOf(const Image& image, std::int64_t width, std::int64_t height,
                    const clip::Preprocessing& preprocessing) {
    const Planar planar = normalize(resizeBilinearAntialiased(image, static_cast<int>(width), static_cast<int>(height)),
                                    preprocessing.mean, preprocessing.deviation);
    return at::from_blob(const_cast<float*>(planar.values.data()), {1, 3, height, width}, at::kFloat).clone();
}

at::Tensor pixelsAsAsked(const Image& image, const clipseg::Config& config, const clip::Preprocessing& preprocessing) {
    std::int64_t width = config.inputSize, height = width;
    if (config.keepAspect) {
        const auto cell = static_cast<double>(config.clip.vision.cell());
        const double scale = static_cast<double>(width) / std::max(image.width, image.height);
        const auto side = [&](int pixels) {
            return static_cast<std::int64_t>(std::max(std::round(pixels * scale / cell), 1.0) * cell);
        };
        width = side(image.width);
        height = side(image.height);
    }
    return pixelsOf(image, width, height, preprocessing);
}

}  // namespace maskwright::train
