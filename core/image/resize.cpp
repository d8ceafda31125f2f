#include "core/image/resize.h"

#include <algorithm>
#include <cmath>

namespace maskwright {
namespace {

// Pillow's fixed point: 32 bits less 8 of the pixel and 2 of headroom.
constexpr int kPrecisionBits = 32 - 8 - 2;

// The taps of one pass: output i is the sum of source[first[i] + k] * weights[i * stride + k] for k < count[i].
struct Taps {
    std::vector<int> first, count;
    std::vector<std::int32_t> weights;
    int stride = 0;
};

constexpr double kPi = 3.14159265358979323846;

double sinc(double x) { return x == 0.0 ? 1.0 : std::sin(x * kPi) / (x * kPi); }

// Pillow's filter functions (src/libImaging/Resample.c; its 0.54 and 0.46 are floats) and how far from its middle each
// reaches.
double filterAt(ResizeFilter filter, double x) {
    const double distance = std::abs(x);
    switch (filter) {
        case ResizeFilter::lanczos:
            return -3.0 <= x && x < 3.0 ? sinc(x) * sinc(x / 3) : 0.0;
        case ResizeFilter::bicubic:  // a = -0.5
            if (distance < 1.0) {
                return (1.5 * distance - 2.5) * distance * distance + 1;
            }
            return distance < 2.0 ? (((distance - 5) * distance + 8) * distance - 4) * -0.5 : 0.0;
        case ResizeFilter::box:
            return x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
        case ResizeFilter::hamming:
            if (distance == 0.0) {
                return 1.0;
            }
            return distance < 1.0 ? sinc(distance) * (0.54f + 0.46f * std::cos(distance * kPi)) : 0.0;
        default:
            return distance < 1.0 ? 1.0 - distance : 0.0;
    }
}

double reach(ResizeFilter filter) {
    switch (filter) {
        case ResizeFilter::lanczos:
            return 3.0;
        case ResizeFilter::bicubic:
            return 2.0;
        case ResizeFilter::box:
            return 0.5;
        default:
            return 1.0;
    }
}

// A direction of a resize: the outputs begin .. begin + length of `to` are made of `from`.
struct Side {
    int from, to, begin, length;
    [[nodiscard]] bool whole() const { return from == to && begin == 0 && length == to; }
};

// Pillow's coefficients: in double, normalised, then rounded half away from zero to kPrecisionBits.
Taps tapsOf(ResizeFilter filter, const Side& side) {
    const double scale = static_cast<double>(side.from) / side.to;
    const double filterScale = std::max(scale, 1.0);
    const double support = reach(filter) * filterScale;
    const auto outputs = static_cast<std::size_t>(side.length);
    Taps taps;
    taps.stride = static_cast<int>(std::ceil(support)) * 2 + 1;
    taps.first.resize(outputs);
    taps.count.resize(outputs);
    taps.weights.assign(outputs * static_cast<std::size_t>(taps.stride), 0);
    std::vector<double> row(static_cast<std::size_t>(taps.stride));
    for (std::size_t i = 0; i < outputs; ++i) {
        const double center = (side.begin + static_cast<int>(i) + 0.5) * scale;
        const int low = std::max(0, static_cast<int>(center - support + 0.5));
        const int high = std::min(side.from, static_cast<int>(center + support + 0.5));
        const int count = high - low;
        double sum = 0;
        for (int k = 0; k < count; ++k) {
            const double weight = filterAt(filter, (k + low - center + 0.5) * (1.0 / filterScale));
            row[static_cast<std::size_t>(k)] = weight;
            sum += weight;
        }
        taps.first[i] = low;
        taps.count[i] = count;
        for (int k = 0; k < count; ++k) {
            const auto at = static_cast<std::size_t>(k);
            const double weight = sum != 0.0 ? row[at] / sum : row[at];
            taps.weights[i * static_cast<std::size_t>(taps.stride) + at] =
                static_cast<std::int32_t>((weight < 0 ? -0.5 : 0.5) + weight * (1 << kPrecisionBits));
        }
    }
    return taps;
}

std::uint8_t toByte(std::int32_t sum) { return static_cast<std::uint8_t>(std::clamp(sum >> kPrecisionBits, 0, 255)); }

void resizeRow(const std::uint8_t* source, const Taps& taps, std::uint8_t* out, int width) {
    for (int x = 0; x < width; ++x) {
        const auto i = static_cast<std::size_t>(x);
        const std::uint8_t* pixel = source + static_cast<std::size_t>(taps.first[i]) * 3;
        const std::int32_t* weight = &taps.weights[i * static_cast<std::size_t>(taps.stride)];
        std::int32_t r = 1 << (kPrecisionBits - 1), g = r, b = r;
        for (int k = 0; k < taps.count[i]; ++k, pixel += 3) {
            r += pixel[0] * weight[k];
            g += pixel[1] * weight[k];
            b += pixel[2] * weight[k];
        }
        out[3 * i] = toByte(r);
        out[3 * i + 1] = toByte(g);
        out[3 * i + 2] = toByte(b);
    }
}

Image resizeHorizontally(const Image& image, ResizeFilter filter, const Side& side) {
    const Taps taps = tapsOf(filter, side);
    Image out(side.length, image.height);
    for (int y = 0; y < image.height; ++y) {
        resizeRow(image.at(0, y), taps, out.at(0, y), side.length);
    }
    return out;
}

Image resizeVertically(const Image& image, ResizeFilter filter, const Side& side) {
    const Taps taps = tapsOf(filter, side);
    Image out(image.width, side.length);
    const std::size_t rowBytes = static_cast<std::size_t>(image.width) * 3;
    std::vector<std::int32_t> sums(rowBytes);
    for (int y = 0; y < side.length; ++y) {
        const auto i = static_cast<std::size_t>(y);
        std::fill(sums.begin(), sums.end(), 1 << (kPrecisionBits - 1));
        for (int k = 0; k < taps.count[i]; ++k) {
            const std::int32_t weight =
                taps.weights[i * static_cast<std::size_t>(taps.stride) + static_cast<std::size_t>(k)];
            const std::uint8_t* row = image.at(0, taps.first[i] + k);
            for (std::size_t x = 0; x < rowBytes; ++x) {
                sums[x] += row[x] * weight;
            }
        }
        std::uint8_t* target = out.at(0, y);
        for (std::size_t x = 0; x < rowBytes; ++x) {
            target[x] = toByte(sums[x]);
        }
    }
    return out;
}

// The source pixel of each output, added up as Pillow's ImagingScaleAffine (src/libImaging/Geometry.c) adds it up.
std::vector<int> nearestOf(const Side& side) {
    std::vector<int> places;
    const double scale = static_cast<double>(side.from) / side.to;
    double at = scale * 0.5;
    for (int i = 0; i < side.begin + side.length; ++i, at += scale) {
        if (i >= side.begin) {
            places.push_back(std::min(static_cast<int>(at), side.from - 1));
        }
    }
    return places;
}

Image resizeNearest(const Image& image, const Side& across, const Side& down) {
    const std::vector<int> columns = nearestOf(across), rows = nearestOf(down);
    Image out(across.length, down.length);
    for (int y = 0; y < down.length; ++y) {
        std::uint8_t* target = out.at(0, y);
        for (const int x : columns) {
            target = std::copy_n(image.at(x, rows[static_cast<std::size_t>(y)]), 3, target);
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
    const Side columns{image.width, width, window.x, window.width}, rows{image.height, height, window.y, window.height};
    if (filter == ResizeFilter::nearest) {
        return resizeNearest(image, columns, rows);
    }
    // Pillow leaves out a pass that would change nothing, and since version 13 begins with the vertical one where the
    // height shrinks by more than twice as many pixels as the width. Each pass rounds, so the order shows.
    const auto across = [&](const Image& x) { return columns.whole() ? x : resizeHorizontally(x, filter, columns); };
    const auto down = [&](const Image& x) { return rows.whole() ? x : resizeVertically(x, filter, rows); };
    const std::int64_t shorter = std::int64_t(image.height) - height, narrower = std::int64_t(image.width) - width;
    return shorter > 0 && shorter > 2 * narrower ? across(down(image)) : down(across(image));
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
