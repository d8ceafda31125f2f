#include "core/output/compose.h"

#include <algorithm>

namespace maskwright::output {

Heatmap softMask(const Heatmap& map, const Appearance& appearance) {
    const auto threshold = static_cast<float>(appearance.threshold);
    const float softness = std::max(static_cast<float>(appearance.softness), 1e-6f);
    Heatmap soft(map.width, map.height);
    std::transform(map.pixels.begin(), map.pixels.end(), soft.pixels.begin(), [threshold, softness](float p) {
        return std::clamp((p - threshold) / softness + 0.5f, 0.0f, 1.0f);
    });
    return soft;
}

IndexPicture::IndexPicture(int width, int height, double threshold)
    : winners_(width, height), best_(width, height, static_cast<float>(threshold)) {}

void IndexPicture::add(const Heatmap& map) {
    ++count_;
    for (std::size_t i = 0; i < std::min(map.pixels.size(), best_.pixels.size()); ++i) {
        if (map.pixels[i] > best_.pixels[i]) {
            best_.pixels[i] = map.pixels[i];
            winners_.pixels[i] = count_;
        }
    }
}

Mask IndexPicture::maskOf(std::size_t phrase) const {
    Mask mask(winners_.width, winners_.height);
    std::transform(winners_.pixels.begin(), winners_.pixels.end(), mask.pixels.begin(),
                   [phrase](std::uint8_t winner) { return winner == phrase + 1 ? 255 : 0; });
    return mask;
}

}  // namespace maskwright::output
