#include "core/image/resize.h"

#include <algorithm>
#include <cmath>

#include "core/image/resize_rows.h"
#include "core/image/taps.h"

namespace maskwright {
namespace {

Image resizeNearest(const Image& image, const ResizeSide& across, const ResizeSide& down) {
    const ResizeTaps columns = resizeTaps(ResizeFilter::nearest, across);
    const ResizeTaps rows = resizeTaps(ResizeFilter::nearest, down);
    Image out(across.length, down.length);
    for (int y = 0; y < down.length; ++y) {
        std::uint8_t* target = out.at(0, y);
        for (const int x : columns.first) {
            target = std::copy_n(image.at(x, rows.first[static_cast<std::size_t>(y)]), 3, target);
        }
    }
    return out;
}

// torch's source position for align_corners=False, never left of the first pixel's centre.
struct Lerp {
    std::vector<int> low, high;
    std::vector<float> share;  // of high
};

Lerp lerpPositions(int from, int to) {
    Lerp lerp;
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    for (int i = 0; i < to; ++i) {
        const float position = std::max(0.0f, scale * (static_cast<float>(i) + 0.5f) - 0.5f);
        const int low = std::min(static_cast<int>(position), from - 1);
        lerp.low.push_back(low);
        lerp.high.push_back(std::min(low + 1, from - 1));
        lerp.share.push_back(std::min(1.0f, position - static_cast<float>(low)));
    }
    return lerp;
}

}  // namespace

Image resize(const Image& image, int width, int height, ResizeFilter filter, const Box& window) {
    if (image.empty() || width <= 0 || height <= 0 || window.empty()) {
        return {};
    }
    const ResizeSide columns{image.width, width, window.x, window.width};
    const ResizeSide rows{image.height, height, window.y, window.height};
    if (filter == ResizeFilter::nearest) {
        return resizeNearest(image, columns, rows);
    }
    // Pillow leaves out a pass that would change nothing.
    const auto across = [&](const Image& x) {
        return columns.whole() ? x : resizeAcross(x, resizeTaps(filter, columns));
    };
    const auto down = [&](const Image& x) { return rows.whole() ? x : resizeDown(x, resizeTaps(filter, rows)); };
    return resizesDownFirst(columns, rows) ? across(down(image)) : down(across(image));
}

Image resize(const Image& image, int width, int height, ResizeFilter filter) {
    return resize(image, width, height, filter, {0, 0, width, height});
}

Image resizeBilinearAntialiased(const Image& image, int width, int height) {
    return resize(image, width, height, ResizeFilter::bilinear);
}

Planar normalize(const Image& image, const std::array<float, 3>& mean, const std::array<float, 3>& std) {
    Planar out(image.width, image.height);
    const std::size_t count = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
    for (std::size_t channel = 0; channel < 3; ++channel) {
        std::array<float, 256> table;
        for (int value = 0; value < 256; ++value) {
            table[static_cast<std::size_t>(value)] =
                (static_cast<float>(value) / 255.0f - mean[channel]) / std[channel];
        }
        const std::uint8_t* source = image.pixels.data() + channel;
        float* target = out.values.data() + channel * count;
        for (std::size_t i = 0; i < count; ++i) {
            target[i] = table[source[3 * i]];
        }
    }
    return out;
}

Heatmap resizeBilinear(const Heatmap& map, int width, int height) {
    if (map.empty() || width <= 0 || height <= 0) {
        return {};
    }
    if (width == map.width && height == map.height) {
        return map;
    }
    const Lerp columns = lerpPositions(map.width, width);
    const Lerp rows = lerpPositions(map.height, height);
    Heatmap out(width, height);
    for (int y = 0; y < height; ++y) {
        const auto i = static_cast<std::size_t>(y);
        const float* above = &map.at(0, rows.low[i]);
        const float* below = &map.at(0, rows.high[i]);
        const float down = rows.share[i], up = 1.0f - down;
        float* target = &out.at(0, y);
        for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) {
            const int left = columns.low[x], right = columns.high[x];
            const float toRight = columns.share[x], toLeft = 1.0f - toRight;
            target[x] = up * (toLeft * above[left] + toRight * above[right]) +
                        down * (toLeft * below[left] + toRight * below[right]);
        }
    }
    return out;
}

}  // namespace maskwright
