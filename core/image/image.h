// Pictures and masks as plain values. Rows run from top to bottom, no padding; (0, 0) is the top left pixel.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace maskwright {

// One number a pixel, row-major [height, width].
template <class T>
struct Plane {
    int width = 0, height = 0;
    std::vector<T> pixels;

    Plane() = default;
    Plane(int w, int h, T value = T{}) : width(w), height(h), pixels(std::size_t(w) * std::size_t(h), value) {}
    [[nodiscard]] bool empty() const { return pixels.empty(); }
    T& at(int x, int y) { return pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)]; }
    const T& at(int x, int y) const { return pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)]; }
    bool operator==(const Plane&) const = default;
};

using Mask = Plane<std::uint8_t>;  // 0 outside, 255 inside
using Heatmap = Plane<float>;      // a probability, 0..1

// 8-bit sRGB, interleaved RGB, [height, width, 3].
struct Image {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;

    Image() = default;
    Image(int w, int h) : width(w), height(h), pixels(std::size_t(w) * std::size_t(h) * 3) {}
    [[nodiscard]] bool empty() const { return pixels.empty(); }
    [[nodiscard]] const std::uint8_t* at(int x, int y) const {
        return &pixels[(std::size_t(y) * std::size_t(width) + std::size_t(x)) * 3];
    }
    std::uint8_t* at(int x, int y) { return &pixels[(std::size_t(y) * std::size_t(width) + std::size_t(x)) * 3]; }
    bool operator==(const Image&) const = default;
};

// Float channels, planar [3, height, width]: what an encoder takes.
struct Planar {
    int width = 0, height = 0;
    std::vector<float> values;
    Planar() = default;
    Planar(int w, int h) : width(w), height(h), values(std::size_t(w) * std::size_t(h) * 3) {}
};

// Half-open box in pixels: [x, x + width) x [y, y + height).
struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
    bool operator==(const Box&) const = default;
};

}  // namespace maskwright
