#include "core/image/taps.h"

#include <algorithm>
#include <cmath>

namespace maskwright {
namespace {

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

// Pillow's coefficients: in double, normalised, then rounded half away from zero to kPrecisionBits.
ResizeTaps filtered(ResizeFilter filter, const ResizeSide& side) {
    const double scale = static_cast<double>(side.from) / side.to;
    const double filterScale = std::max(scale, 1.0);
    const double support = reach(filter) * filterScale;
    const auto outputs = static_cast<std::size_t>(side.length);
    ResizeTaps taps;
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

// The source pixel of each output, added up as Pillow's ImagingScaleAffine (src/libImaging/Geometry.c) adds it up.
ResizeTaps nearest(const ResizeSide& side) {
    ResizeTaps taps;
    taps.stride = 1;
    const double scale = static_cast<double>(side.from) / side.to;
    double at = scale * 0.5;
    for (int i = 0; i < side.begin + side.length; ++i, at += scale) {
        if (i >= side.begin) {
            taps.first.push_back(std::min(static_cast<int>(at), side.from - 1));
        }
    }
    taps.count.assign(taps.first.size(), 1);
    taps.weights.assign(taps.first.size(), 1 << kPrecisionBits);
    return taps;
}

}  // namespace

ResizeTaps resizeTaps(ResizeFilter filter, const ResizeSide& side) {
    return filter == ResizeFilter::nearest ? nearest(side) : filtered(filter, side);
}

bool resizesDownFirst(const ResizeSide& columns, const ResizeSide& rows) {
    // Since version 13: where the height shrinks by more than twice as many pixels as the width.
    const std::int64_t shorter = std::int64_t(rows.from) - rows.to;
    const std::int64_t narrower = std::int64_t(columns.from) - columns.to;
    return shorter > 0 && shorter > 2 * narrower;
}

}  // namespace maskwright
