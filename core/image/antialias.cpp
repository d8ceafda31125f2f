#include "core/image/antialias.h"

#include <algorithm>
#include <cmath>

namespace maskwright {

namespace {

// Which source positions make one of the result, and how much each.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

// Of every position of a line of `to` made from one of `from`.
std::vector<Taps> tapsOf(int from, int to) {
    const double scale = double(from) / double(to), reach = std::max(scale, 1.0);
    std::vector<Taps> all(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        const double centre = scale * (i + 0.5);
        const int first = std::max(static_cast<int>(centre - reach + 0.5), 0);
        const int end = std::min(static_cast<int>(centre + reach + 0.5), from);
        std::vector<double> weights;
        double sum = 0;
        for (int j = first; j < end; ++j) {
            weights.push_back(std::max(0.0, 1 - std::abs((j - centre + 0.5) / reach)));
            sum += weights.back();
        }
        Taps& taps = all[static_cast<std::size_t>(i)];
        taps.first = first;
        for (const double weight : weights) {
            taps.weights.push_back(static_cast<float>(weight / sum));
        }
    }
    return all;
}

// row: [from, channels] -> out: [to, channels]
void resizeRow(std::span<const float> row, int channels, const std::vector<Taps>& across, std::span<float> out) {
    float* to = out.data();
    for (const Taps& taps : across) {
        const float* from = row.data() + std::ptrdiff_t(taps.first) * channels;
        for (int c = 0; c < channels; ++c) {
            float sum = 0;
            const float* value = from + c;
            for (const float weight : taps.weights) {
                sum += weight * *value;
                value += channels;
            }
            *to++ = sum;
        }
    }
}

// (byte / 255 - mean) / deviation of every byte and channel.
class Levels {
  public:
    Levels(const std::array<float, 3>& mean, const std::array<float, 3>& deviation) {
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t byte = 0; byte < 256; ++byte) {
                levels_[c][byte] = (float(byte) / 255 - mean[c]) / deviation[c];
            }
        }
    }
    void put(const std::uint8_t* from, std::span<float> row) const {
        for (std::size_t i = 0; i + 2 < row.size(); i += 3) {
            row[i] = levels_[0][from[i]];
            row[i + 1] = levels_[1][from[i + 1]];
            row[i + 2] = levels_[2][from[i + 2]];
        }
    }

  private:
    std::array<std::array<float, 256>, 3> levels_{};
};

Planar planarOf(int width, int height, int toWidth, int toHeight, const RowSource& source) {
    Planar planar;
    planar.width = toWidth;
    planar.height = toHeight;
    planar.values = resizeAntialiased(width, height, 3, toWidth, toHeight, source);
    return planar;
}

}  // namespace

std::vector<float> resizeAntialiased(int width, int height, int channels, int toWidth, int toHeight,
                                     const RowSource& source) {
    if (width <= 0 || height <= 0 || channels <= 0 || toWidth <= 0 || toHeight <= 0) {
        return {};
    }
    const std::vector<Taps> across = tapsOf(width, toWidth), down = tapsOf(height, toHeight);
    const std::size_t line = std::size_t(toWidth) * std::size_t(channels);
    std::vector<float> sums(line * std::size_t(toHeight)), narrow(line);  // [toHeight, toWidth, channels]
    std::vector<float> row(std::size_t(width) * std::size_t(channels));
    std::size_t begin = 0;  // results above it are done
    for (int y = 0; y < height; ++y) {
        if (!source(y, row)) {
            continue;
        }
        resizeRow(row, channels, across, narrow);
        const auto last = [&](std::size_t i) { return down[i].first + static_cast<int>(down[i].weights.size()) - 1; };
        while (begin < down.size() && last(begin) < y) {
            ++begin;
        }
        for (std::size_t i = begin; i < down.size() && down[i].first <= y; ++i) {
            if (last(i) < y) {
                continue;
            }
            const float weight = down[i].weights[static_cast<std::size_t>(y - down[i].first)];
            float* sum = sums.data() + i * line;
            for (std::size_t x = 0; x < line; ++x) {
                sum[x] += weight * narrow[x];
            }
        }
    }
    std::vector<float> planes(sums.size());
    const std::size_t pixels = std::size_t(toWidth) * std::size_t(toHeight);
    for (std::size_t i = 0; i < pixels; ++i) {
        for (std::size_t c = 0; c < std::size_t(channels); ++c) {
            planes[c * pixels + i] = sums[i * std::size_t(channels) + c];
        }
    }
    return planes;
}

Planar resizeNormalized(const Image& image, const std::array<float, 3>& mean, const std::array<float, 3>& deviation,
                        int toWidth, int toHeight) {
    const Levels levels(mean, deviation);
    return planarOf(image.width, image.height, toWidth, toHeight, [&](int y, std::span<float> row) {
        levels.put(image.at(0, y), row);
        return true;
    });
}

Planar resizeCutOut(const Image& image, const Mask& mask, const Box& box, const std::array<float, 3>& fill,
                    const std::array<float, 3>& mean, const std::array<float, 3>& deviation, int toWidth,
                    int toHeight) {
    const Levels levels(mean, deviation);
    return planarOf(box.width, box.height, toWidth, toHeight, [&](int y, std::span<float> row) {
        levels.put(image.at(box.x, box.y + y), row);
        for (int x = 0; x < box.width; ++x) {
            if (mask.at(x, y) == 0) {
                std::copy(fill.begin(), fill.end(), row.begin() + std::ptrdiff_t(x) * 3);
            }
        }
        return true;
    });
}

Heatmap resizeAntialiased(const Mask& mask, int toWidth, int toHeight) {
    Heatmap map;
    map.width = toWidth;
    map.height = toHeight;
    map.pixels = resizeAntialiased(mask.width, mask.height, 1, toWidth, toHeight, [&](int y, std::span<float> row) {
        bool any = false;
        for (int x = 0; x < mask.width; ++x) {
            const bool inside = mask.at(x, y) != 0;
            row[std::size_t(x)] = inside ? 1 : 0;
            any |= inside;
        }
        return any;
    });
    return map;
}

}  // namespace maskwright
