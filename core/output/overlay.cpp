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

// Some thousandths more than where the fade and the outline end, for the rounding of at()'s root and quotient.
float squaredReach(double edge, double lineWidth) {
    const auto reach = static_cast<float>(1.001 * std::max(edge / 2, lineWidth / 2 + 0.5));
    return reach * reach;
}

// Both coats as one colour, premultiplied.
std::uint32_t together(const Brush& brush, const Brush::Coats& coats) {
    const float below = coats.cover * (1 - coats.line);
    const auto mixed = [&](float first, float second) {
        return static_cast<std::uint32_t>(static_cast<int>(first * below + second * coats.line + 0.5f));
    };
    const auto &fill = coats.colour, &line = brush.lineColour();
    return mixed(255, 255) << 24 | mixed(fill[0], line[0]) << 16 | mixed(fill[1], line[1]) << 8 |
           mixed(fill[2], line[2]);
}

// What pixels far from the outline get: one colour a side of it, or one for each of the heat's.
class FlatColours {
  public:
    explicit FlatColours(const Brush& brush) : threshold_(brush.threshold()), heats_(brush.heats()) {
        constexpr float kFar = 1000;
        for (std::size_t i = 0; i < colours_.size(); ++i) {
            const float p = heats_ ? (float(i) + 0.5f) / 255 : threshold_ + (i == 0 ? -kFar : kFar);
            Brush::Coats coats = brush.at(p, 0, 0);
            coats.line = 0;
            colours_[i] = together(brush, coats);
        }
    }
    // `p`: as many as `out`.
    void paint(const float* p, std::span<std::uint32_t> out) const {
        const std::uint32_t outside = colours_[0], inside = colours_[1];
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = heats_ ? colours_[Brush::heatIndex(p[i])] : p[i] > threshold_ ? inside : outside;
        }
    }

  private:
    float threshold_;
    bool heats_;
    std::array<std::uint32_t, 256> colours_{};
};

// A row of the map with its neighbours.
struct LayerRow {
    LayerRow(const Heatmap& map, int y)
        : here(&map.at(0, y)),
          above(&map.at(0, std::max(y - 1, 0))),
          below(&map.at(0, std::min(y + 1, map.height - 1))),
          width(map.width) {}
    [[nodiscard]] float slopeX(int x) const {
        return (here[std::min(x + 1, width - 1)] - here[std::max(x - 1, 0)]) * 0.5f;
    }
    [[nodiscard]] float slopeY(int x) const { return (below[x] - above[x]) * 0.5f; }
    const float *here, *above, *below;
    int width;
};

// Every pixel as if it lay far from the outline, then those that do not: they are few. `near` is room for a row.
void layerRow(const LayerRow& in, std::pair<int, int> columns, const Brush& brush, const FlatColours& flat,
              std::span<std::uint8_t> near, std::span<std::uint32_t> out) {
    const auto [begin, end] = columns;
    flat.paint(in.here + begin, out.subspan(std::size_t(begin), std::size_t(end - begin)));
    std::fill(near.begin(), near.end(), std::uint8_t(1));
    for (int x = std::max(begin, 1); x < std::min(end, in.width - 1); ++x) {
        const float dx = (in.here[x + 1] - in.here[x - 1]) * 0.5f;
        near[std::size_t(x)] = brush.farFromOutline(in.here[x], dx, in.slopeY(x)) ? 0 : 1;
    }
    for (auto at = near.begin() + begin; (at = std::find(at, near.begin() + end, 1)) != near.begin() + end; ++at) {
        const int x = static_cast<int>(at - near.begin());
        out[std::size_t(x)] = together(brush, brush.at(in.here[x], in.slopeX(x), in.slopeY(x)));
    }
}

float laidOver(float below, float colour, float cover) { return below + cover * (colour - below); }

}  // namespace

Colour heatColour(double probability) {
    return heatTable()[static_cast<std::size_t>(std::clamp(probability, 0.0, 1.0) * 255)];
}

std::array<float, 3> Brush::heat(float p) { return asFloats(heatTable()[heatIndex(p)]); }

Brush::Brush(const Appearance& appearance, Colour colour)
    : mode_(appearance.mode),
      threshold_(static_cast<float>(appearance.threshold)),
      opacity_(std::clamp(static_cast<float>(appearance.opacity), 0.0f, 1.0f)),
      edge_(static_cast<float>(appearance.edge)),
      halfLine_(static_cast<float>(appearance.lineWidth) / 2),
      lineCover_(appearance.lineWidth > 0 && opacity_ > 0 ? std::min(1.0f, kLineOverOpacity + opacity_) : 0.0f),
      farSquared_(squaredReach(appearance.edge, appearance.lineWidth)),
      colour_(asFloats(mode_ == OverlayMode::spotlight ? kSpotlightDark : colour)),
      lineColour_(mode_ == OverlayMode::tint      ? lighter(colour)
                  : mode_ == OverlayMode::outline ? asFloats(colour)
                                                  : std::array<float, 3>{255, 255, 255}) {}

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

void layer(const Heatmap& map, const Box& inside, const Brush& brush, std::span<std::uint32_t> out) {
    layerRows(map, inside, brush, 0, map.height, out);
}

void layerRows(const Heatmap& map, const Box& inside, const Brush& brush, int begin, int end,
               std::span<std::uint32_t> out) {
    const FlatColours flat(brush);
    const auto width = static_cast<std::size_t>(map.width);
    std::vector<std::uint8_t> near(width);
    for (int y = begin; y < end; ++y) {
        const std::span<std::uint32_t> row = out.subspan(static_cast<std::size_t>(y) * width, width);
        if (y < inside.y || y >= inside.y + inside.height) {
            std::fill(row.begin(), row.end(), 0u);
            continue;
        }
        std::fill(row.begin(), row.begin() + inside.x, 0u);
        std::fill(row.begin() + inside.x + inside.width, row.end(), 0u);
        layerRow(LayerRow(map, y), {inside.x, inside.x + inside.width}, brush, flat, near, row);
    }
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
