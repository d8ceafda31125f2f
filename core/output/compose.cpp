#include "core/output/compose.h"

#include <algorithm>
#include <cmath>

namespace maskwright::output {

namespace {

constexpr float kSoftPixels = 2;      // over which a soft edge goes from nothing to all: a pixel on either side
constexpr float kLeastSlope = 1e-3f;  // as in Brush

// Rows and columns round a pixel, cut at the map's edges.
struct Around {
    const float *here, *above, *below;
    int left, right;

    Around(const Heatmap& map, int x, int y)
        : here(&map.at(0, y)),
          above(&map.at(0, std::max(y - 1, 0))),
          below(&map.at(0, std::min(y + 1, map.height - 1))),
          left(std::max(x - 1, 0)),
          right(std::min(x + 1, map.width - 1)) {}

    [[nodiscard]] bool allOnOneSide(float threshold, bool inside) const {
        for (const float* row : {above, here, below}) {
            for (int x = left; x <= right; ++x) {
                if ((row[x] > threshold) != inside) {
                    return false;
                }
            }
        }
        return true;
    }
    [[nodiscard]] float slope(int x) const {
        const float dx = (here[right] - here[left]) * 0.5f, dy = (below[x] - above[x]) * 0.5f;
        return std::max(std::sqrt(dx * dx + dy * dy), kLeastSlope);
    }
};

// 0..255
int alphaAt(const Heatmap& map, int x, int y, float threshold, CutoutEdge edge) {
    const bool inside = map.at(x, y) > threshold;
    const Around around(map, x, y);
    if (edge == CutoutEdge::hard || around.allOnOneSide(threshold, inside)) {
        return inside ? 255 : 0;
    }
    const float distance = (map.at(x, y) - threshold) / around.slope(x);
    const auto alpha = static_cast<int>(std::lround(255 * std::clamp(distance / kSoftPixels + 0.5f, 0.0f, 1.0f)));
    return inside ? std::max(alpha, 128) : std::min(alpha, 127);
}

// A colour before it was laid over `background` with `alpha`, which is not 0.
std::uint8_t lifted(int laid, int background, int alpha) {
    return static_cast<std::uint8_t>(std::clamp((255 * laid - (255 - alpha) * background + alpha / 2) / alpha, 0, 255));
}

}  // namespace

std::vector<std::uint8_t> cutout(const Image& picture, const Heatmap& map, const Appearance& appearance,
                                 const Transparency& own) {
    const auto threshold = static_cast<float>(appearance.threshold);
    std::vector<std::uint8_t> pixels(4 * map.pixels.size());
    std::uint8_t* to = pixels.data();
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x, to += 4) {
            const int kept = own.alpha != nullptr ? own.alpha->at(x, y) : 255;
            const int alpha = (alphaAt(map, x, y, threshold, appearance.cutoutEdge) * kept + 127) / 255;
            if (alpha == 0) {
                continue;
            }
            for (std::size_t c = 0; c < 3; ++c) {
                to[c] = lifted(picture.at(x, y)[c], own.background[c], kept);
            }
            to[3] = static_cast<std::uint8_t>(alpha);
        }
    }
    return pixels;
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
