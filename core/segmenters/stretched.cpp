#include "core/segmenters/stretched.h"

#include <algorithm>
#include <cmath>

namespace maskwright::segmenters {

namespace {

struct Pair {
    int first, second;
    float share;  // of the second
};

// Where place `at` of `to` lies among `from` places.
Pair between(int at, int from, int to) {
    const float where = std::max(0.0F, (float(at) + 0.5F) * (float(from) / float(to)) - 0.5F);
    const int first = std::min(int(where), from - 1);
    return {first, std::min(first + 1, from - 1), where - float(first)};
}

// Columns one after the other, as runs are written.
class Writer {
  public:
    Writer(int width, int height) : runs_{width, height, {0}} {}
    void add(bool inside, std::uint32_t count) {
        if (count > 0 && inside != inwidth_) {
            runs_.counts.push_back(0);
            inwidth_ = inside;
        }
        runs_.counts.back() += count;
    }
    [[nodiscard]] Runs take() { return std::move(runs_); }

  private:
    Runs runs_;
    bool inwidth_ = false;
};

}  // namespace

std::vector<Taps> tapsAlong(int small, int padded, int used, int large) {
    std::vector<Taps> taps(std::size_t(std::max(large, 0)));
    for (int i = 0; i < large; ++i) {
        Taps& one = taps[std::size_t(i)];
        const Pair outer = between(i, used, large);
        const Pair low = between(outer.first, small, padded), high = between(outer.second, small, padded);
        one.from = {low.first, low.second, high.first, high.second};
        one.share = {(1 - outer.share) * (1 - low.share), (1 - outer.share) * low.share, outer.share * (1 - high.share),
                     outer.share * high.share};
    }
    return taps;
}

Cut Stretch::cut(std::span<const float> map, float offset) const {
    const int width = int(across_.size()), height = int(down_.size());
    const int rows = int(map.size()) / width_;
    const auto cell = [&](int row, int column) {
        return map[std::size_t(row) * std::size_t(width_) + std::size_t(column)];
    };
    // No pixel is above what it is made of, so rows and columns that are low in the small map are outside.
    std::vector<float> rowMost(std::size_t(rows), -INFINITY), columnMost(std::size_t(width_), -INFINITY);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < width_; ++x) {
            rowMost[std::size_t(y)] = std::max(rowMost[std::size_t(y)], cell(y, x));
            columnMost[std::size_t(x)] = std::max(columnMost[std::size_t(x)], cell(y, x));
        }
    }
    const auto matters = [&](const Taps& taps, const std::vector<float>& most) {
        return std::any_of(taps.from.begin(), taps.from.end(), [&](int i) { return most[std::size_t(i)] > -offset; });
    };
    int top = 0, bottom = height;
    while (top < bottom && !matters(down_[std::size_t(top)], rowMost)) {
        ++top;
    }
    while (bottom > top && !matters(down_[std::size_t(bottom - 1)], rowMost)) {
        --bottom;
    }
    // Stretched downwards: a column of the small map is a row here.
    const int tall = bottom - top;
    std::vector<float> columns(std::size_t(width_) * std::size_t(tall)), column(static_cast<std::size_t>(tall));
    for (int x = 0; x < width_; ++x) {
        for (int y = 0; y < tall; ++y) {
            const Taps& taps = down_[std::size_t(top + y)];
            float sum = 0;
            for (std::size_t t = 0; t < 4; ++t) {
                sum += taps.share[t] * cell(taps.from[t], x);
            }
            columns[std::size_t(x) * std::size_t(tall) + std::size_t(y)] = sum;
        }
    }
    Cut made;
    Writer writer(width, height);
    std::int64_t above = 0, below = 0;  // pixels above +offset and above -offset
    for (int x = 0; x < width; ++x) {
        const Taps& taps = across_[std::size_t(x)];
        if (tall == 0 || !matters(taps, columnMost)) {
            writer.add(false, std::uint32_t(height));
            continue;
        }
        const auto from = [&](std::size_t t) { return &columns[std::size_t(taps.from[t]) * std::size_t(tall)]; };
        const float *a = from(0), *b = from(1), *c = from(2), *d = from(3);
        for (int y = 0; y < tall; ++y) {
            column[std::size_t(y)] =
                taps.share[0] * a[y] + taps.share[1] * b[y] + taps.share[2] * c[y] + taps.share[3] * d[y];
        }
        writer.add(false, std::uint32_t(top));
        for (int y = 0; y < tall;) {
            const bool inside = column[std::size_t(y)] > 0;
            const int begin = y;
            for (; y < tall && (column[std::size_t(y)] > 0) == inside; ++y) {
                above += column[std::size_t(y)] > offset ? 1 : 0;
                below += column[std::size_t(y)] > -offset ? 1 : 0;
            }
            writer.add(inside, std::uint32_t(y - begin));
            made.area += inside ? y - begin : 0;
        }
        writer.add(false, std::uint32_t(height - bottom));
    }
    made.runs = writer.take();
    made.stability = below > 0 ? double(above) / double(below) : 0;
    return made;
}

}  // namespace maskwright::segmenters
