// The one drawing of a mask over its picture. A file is drawn by overlay(), pixel for pixel of the picture; the canvas
// asks the same Brush at the screen's pixels. Pure; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "core/image/image.h"
#include "core/output/appearance.h"

namespace maskwright::output {

// What one pixel gets, from its probability p and the probability's slope there:
// - d = (p - threshold) / |slope|: how far inside the outline it lies in pixels, to first order; negative outside;
// - fill = d / edge + 1/2 held to 0..1, or with edge 0 just 1 inside and 0 outside;
// - first coat: tint lays its colour over the picture by opacity * fill, spotlight a near black by opacity * (1 -
// fill),
//   heat the colour of p by opacity;
// - second coat: the outline, lineWidth wide with edges faded over a pixel, by min(1, opacity + 0.35); in a lighter
//   shade of the colour over a tint, in the colour itself where there is nothing else, white else.
class Brush {
  public:
    struct Coats {
        std::array<float, 3> colour{};  // of the first coat, 0..255
        float cover = 0, line = 0;      // how much of what is below each coat hides, 0..1
    };

    Brush(const Appearance& appearance, Colour colour);

    // `dx`, `dy`: the slope, probability a pixel.
    [[nodiscard]] Coats at(float p, float dx, float dy) const {
        const float distance = (p - threshold_) / std::max(std::sqrt(dx * dx + dy * dy), 1e-3f);
        const float fill = edge_ > 0 ? std::clamp(distance / edge_ + 0.5f, 0.0f, 1.0f) : p > threshold_ ? 1.0f : 0.0f;
        Coats coats{colour_, opacity_ * fill, 0};
        if (mode_ == OverlayMode::spotlight) {
            coats.cover = opacity_ * (1 - fill);
        } else if (mode_ == OverlayMode::heat) {
            coats = {heat(p), opacity_, 0};
        } else if (mode_ == OverlayMode::outline) {
            coats.cover = 0;
        }
        coats.line = std::clamp(halfLine_ + 0.5f - std::abs(distance), 0.0f, 1.0f) * lineCover_;
        return coats;
    }
    // Whether at() sees neither the outline nor the fade beside it here, so that only p says what the pixel gets.
    [[nodiscard]] bool farFromOutline(float p, float dx, float dy) const {
        const float above = p - threshold_;
        return above * above > farSquared_ * std::max(dx * dx + dy * dy, 1e-6f);
    }
    [[nodiscard]] float threshold() const { return threshold_; }
    [[nodiscard]] bool heats() const { return mode_ == OverlayMode::heat; }
    // The second coat's colour, 0..255.
    [[nodiscard]] const std::array<float, 3>& lineColour() const { return lineColour_; }

    // The place of a probability's colour among the 256 of heat.
    static std::size_t heatIndex(float p) { return static_cast<std::size_t>(std::clamp(p, 0.0f, 1.0f) * 255); }

  private:
    static std::array<float, 3> heat(float p);
    OverlayMode mode_;
    float threshold_, opacity_, edge_, halfLine_, lineCover_;
    float farSquared_;  // of the distance in pixels from which there is neither outline nor fade
    std::array<float, 3> colour_{}, lineColour_{};
};

// The picture with `map` (of its size) drawn over it; rounded once, at the end. Just the picture where the sizes
// differ.
Image overlay(const Image& picture, const Heatmap& map, const Appearance& appearance, Colour colour);

// Both coats as one layer that a screen lays over the picture, one premultiplied 0xAARRGGBB for each pixel of `map`:
// transparent outside `inside` (which lies within the map). `out` is of the map's size.
void layer(const Heatmap& map, const Box& inside, const Brush& brush, std::span<std::uint32_t> out);
// The rows `begin` to `end` of it alone; others may be made at the same time. `out`: all of it.
void layerRows(const Heatmap& map, const Box& inside, const Brush& brush, int begin, int end,
               std::span<std::uint32_t> out);

// The picture with `colour` laid over it by opacity * probability, without any threshold: where it is thought to be, as
// the chart of `styles` shows it. Just the picture where the sizes differ.
Image shade(const Image& picture, const Heatmap& map, Colour colour, float opacity);

// The colour of a probability in OverlayMode::heat: dark violet through red to pale yellow, rising in lightness.
Colour heatColour(double probability);

}  // namespace maskwright::output
