#include "core/output/overlay.h"

namespace maskwright::output {
namespace {

constexpr Colour kSpotlightDark = {8, 8, 14};
constexpr float kLineOverOpacity = 0.35f;  // an outline stays visible over a faint fill

std::array<float, 3> asFloats(Colour colour) { return {float(colour[0]), float(colour[1]), float(colour[2])}; }

// A quarter more value in HSV; what does not fit is taken from the saturation.
std::array<float, 3> lighter(Colour colour) {
    const auto rgb = asFloats(colour);
    const float most = *std::max_element(rgb.begin(), rgb.end()), least = *std::min_element(rgb.begin(), rgb.end());
    float value = 1.25f * most / 255, saturation = most > 0 ? (most - least) / most : 0;
    if (value > 1) {
        saturation = std::max(0.0f, saturation - (value - 1));
        value = 1;
    }
    std::array<float, 3> out{};
    for (std::size_t c = 0; c < 3; ++c) {
        const float part = most > least ? (most - rgb[c]) / (most - least) : 0;  // the hue, as this channel sees it
        out[c] = std::round(255 * value * (1 - saturation * part));
    }
    return out;
}

const std::array<Colour, 256>& heatTable() {
    static const auto table = [] {
        // Own stops, rising in lightness so that they read in grey as well.
        const std::array<std::array<int, 3>, 6> stops{
            {{24, 12, 60}, {92, 22, 110}, {170, 42, 92}, {228, 86, 48}, {250, 164, 40}, {252, 246, 170}}};
        std::array<Colour, 256> colours{};
        for (int i = 0; i < 256; ++i) {
            const float at = float(i) / 255 * (float(stops.size()) - 1);
            const auto low = std::min(std::size_t(at), stops.size() - 2);
            const float part = at - float(low);
            for (std::size_t c = 0; c < 3; ++c) {
                colours[std::size_t(i)][c] =
                    static_cast<std::uint8_t>(float(stops[low][c]) + float(stops[low + 1][c] - stops[low][c]) * part);
            }
        }
        return colours;
    }();
    return table;
}

float laidOver(float below, float colour, float cover) { return below + cover * (colour - below); }

}  // namespace

Colour heatColour(double probability) {
    return heatTable()[static_cast<std::size_t>(std::clamp(probability, 0.0, 1.0) * 255)];
}

std::array<float, 3> Brush::heat(float p) {
    return asFloats(heatTable()[static_cast<std::size_t>(std::clamp(p, 0.0f, 1.0f) * 255)]);
}

Brush::Brush(const Appearance& appearance, Colour colour)
    : mode_(appearance.mode),
      threshold_(static_cast<float>(appearance.threshold)),
      opacity_(std::clamp(static_cast<float>(appearance.opacity), 0.0f, 1.0f)),
      edge_(static_cast<float>(appearance.edge)),
      halfLine_(static_cast<float>(appearance.lineWidth) / 2),
      lineCover_(appearance.lineWidth > 0 && opacity_ > 0 ? std::min(1.0f, kLineOverOpacity + opacity_) : 0.0f),
      colour_(asFloats(mode_ == OverlayMode::spotlight ? kSpotlightDark : colour)),
      lineColour_(mode_ == OverlayMode::tint ? lighter(colour) : std::array<float, 3>{255, 255, 255}) {}

Image overlay(const Image& picture, const Heatmap& map, const Appearance& appearance, Colour colour) {
    if (picture.width != map.width || picture.height != map.height) {
        return picture;
    }
    const Brush brush(appearance, colour);
    Image out(picture.width, picture.height);
    for (int y = 0; y < map.height; ++y) {
        const float* here = &map.at(0, y);
        const float* above = &map.at(0, std::max(y - 1, 0));
        const float* below = &map.at(0, std::min(y + 1, map.height - 1));
        for (int x = 0; x < map.width; ++x) {
            const float dx = (here[std::min(x + 1, map.width - 1)] - here[std::max(x - 1, 0)]) * 0.5f;
            const float dy = (below[x] - above[x]) * 0.5f;
            const Brush::Coats coats = brush.at(here[x], dx, dy);
            const std::uint8_t* from = picture.at(x, y);
            std::uint8_t* to = out.at(x, y);
            for (std::size_t c = 0; c < 3; ++c) {
                const float first = laidOver(from[c], coats.colour[c], coats.cover);
                to[c] = static_cast<std::uint8_t>(std::lround(laidOver(first, brush.lineColour()[c], coats.line)));
            }
        }
    }
    return out;
}

Image shade(const Image& picture, const Heatmap& map, Colour colour, float opacity) {
    if (picture.width != map.width || picture.height != map.height) {
        return picture;
    }
    Image out(picture.width, picture.height);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        const float cover = std::clamp(opacity * map.pixels[i], 0.0f, 1.0f);
        for (std::size_t c = 0; c < 3; ++c) {
            out.pixels[3 * i + c] =
                static_cast<std::uint8_t>(std::lround(laidOver(picture.pixels[3 * i + c], colour[c], cover)));
        }
    }
    return out;
}

}  // namespace maskwright::output
