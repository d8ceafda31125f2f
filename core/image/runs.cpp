#include "core/image/runs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace maskwright {
namespace {

Error wrong(Message what) { return {ErrorKind::input, std::move(what), ""}; }

constexpr int kStrip = 64;  // columns at a time: a line of cache

Result<Runs> checked(std::vector<std::uint32_t> counts, int width, int height) {
    const std::uint64_t sum = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const std::uint64_t pixels = std::uint64_t(width) * std::uint64_t(height);
    if (sum != pixels) {
        return wrong(message("its runs cover %1 pixels, the picture has %2", sum, pixels));
    }
    return Runs{width, height, std::move(counts)};
}

// Column-wise writer of runs.
class RunWriter {
  public:
    void add(bool inside, std::uint32_t count) {
        if (count == 0) {
            return;
        }
        if (inside == inside_) {
            current_ += count;
        } else {
            counts_.push_back(current_);
            current_ = count;
            inside_ = inside;
        }
    }
    std::vector<std::uint32_t> take() {
        counts_.push_back(current_);
        return std::move(counts_);
    }

  private:
    std::vector<std::uint32_t> counts_;
    std::uint32_t current_ = 0;
    bool inside_ = false;
};

// The pixels whose centres polygons may hold, in a picture; empty where there is none.
Box boxOf(std::span<const std::vector<double>> polygons, int width, int height) {
    double left = width, top = height, right = 0, bottom = 0;
    for (const std::vector<double>& polygon : polygons) {
        for (std::size_t i = 0; i + 1 < polygon.size(); i += 2) {
            left = std::min(left, polygon[i]);
            right = std::max(right, polygon[i]);
            top = std::min(top, polygon[i + 1]);
            bottom = std::max(bottom, polygon[i + 1]);
        }
    }
    const auto whole = [](double side, int most) { return static_cast<int>(std::clamp(side, 0.0, double(most))); };
    const int x = whole(std::floor(left) - 1, width), y = whole(std::floor(top) - 1, height);
    const int endX = whole(std::ceil(right) + 1, width), endY = whole(std::ceil(bottom) + 1, height);
    return endX > x && endY > y ? Box{x, y, endX - x, endY - y} : Box{};
}

// Even-odd: 255 where a pixel's centre is inside the polygon. `mask` is the picture's `box`.
void fill(const std::vector<double>& polygon, const Box& box, Mask& mask) {
    std::vector<std::vector<double>> crossings(static_cast<std::size_t>(mask.height));  // of each row's middle
    const std::size_t n = polygon.size() / 2;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t j = (i + 1) % n;
        const double x0 = polygon[2 * i], x1 = polygon[2 * j], y0 = polygon[2 * i + 1], y1 = polygon[2 * j + 1];
        const double top = box.y, bottom = box.y + box.height;
        const int first = static_cast<int>(std::clamp(std::floor(std::min(y0, y1) - 0.5), top, bottom));
        const int last = static_cast<int>(std::clamp(std::ceil(std::max(y0, y1) + 0.5), top, bottom));
        for (int y = first; y < last; ++y) {
            const double centre = y + 0.5;
            if ((y0 <= centre) != (y1 <= centre)) {
                crossings[std::size_t(y - box.y)].push_back(x0 + (centre - y0) / (y1 - y0) * (x1 - x0));
            }
        }
    }
    for (int y = 0; y < mask.height; ++y) {
        std::vector<double>& row = crossings[std::size_t(y)];
        std::sort(row.begin(), row.end());
        for (std::size_t k = 0; k + 1 < row.size(); k += 2) {
            const double left = box.x, right = box.x + box.width;
            const int begin = static_cast<int>(std::clamp(std::ceil(row[k] - 0.5), left, right));
            const int end = static_cast<int>(std::clamp(std::ceil(row[k + 1] - 0.5), left, right));
            for (int x = begin; x < end; ++x) {
                mask.at(x - box.x, y) = 255;
            }
        }
    }
}

// The runs of a picture of which `mask` is the `box`; nothing is inside beyond it.
Runs runsOf(const Mask& mask, const Box& box, int width, int height) {
    RunWriter writer;
    const auto above = static_cast<std::uint32_t>(box.y);
    const auto below = static_cast<std::uint32_t>(height - box.y - box.height);
    const auto add = [&](std::int64_t outside) { writer.add(false, static_cast<std::uint32_t>(outside)); };
    add(std::int64_t(box.x) * height);
    // Columns are read in strips, row by row, as they lie in memory; of each column only the rows where it changes.
    std::array<std::vector<std::uint32_t>, kStrip> changes;
    const auto rows = static_cast<std::uint32_t>(mask.height);
    for (int left = 0; left < mask.width; left += kStrip) {
        const int columns = std::min(kStrip, mask.width - left);
        std::array<bool, kStrip> inside{};
        for (auto& column : changes) {
            column.clear();
        }
        for (std::uint32_t y = 0; y < rows; ++y) {
            const std::uint8_t* row = &mask.at(left, static_cast<int>(y));
            for (int x = 0; x < columns; ++x) {
                if ((row[x] != 0) != inside[std::size_t(x)]) {
                    inside[std::size_t(x)] = !inside[std::size_t(x)];
                    changes[std::size_t(x)].push_back(y);
                }
            }
        }
        for (int x = 0; x < columns; ++x) {
            bool now = false;
            std::uint32_t begin = 0;
            writer.add(false, above);
            for (const std::uint32_t y : changes[std::size_t(x)]) {
                writer.add(now, y - begin);
                begin = y;
                now = !now;
            }
            writer.add(now, rows - begin);
            writer.add(false, below);
        }
    }
    add(std::int64_t(width - box.x - box.width) * height);
    return {width, height, writer.take()};
}

}  // namespace

std::int64_t Runs::area() const {
    std::int64_t sum = 0;
    for (std::size_t i = 1; i < counts.size(); i += 2) {
        sum += counts[i];
    }
    return sum;
}

Result<Runs> runsFromCompressed(std::string_view text, int width, int height) {
    std::vector<std::uint32_t> counts;
    std::size_t at = 0;
    const std::int64_t pixels = std::int64_t(width) * height;
    while (at < text.size()) {
        std::int64_t value = 0;
        int shift = 0;
        bool more = true;
        while (more) {
            if (at >= text.size()) {
                return wrong("its compressed runs end in the middle of a number");
            }
            const int c = static_cast<unsigned char>(text[at++]) - 48;
            if (c < 0 || c > 63 || shift > 50) {
                return wrong("its compressed runs hold a character that does not belong there");
            }
            value |= std::int64_t(c & 31) << shift;
            more = (c & 32) != 0;
            shift += 5;
            if (!more && (c & 16) != 0) {
                value |= -(std::int64_t{1} << shift);
            }
        }
        if (counts.size() > 2) {
            value += counts[counts.size() - 2];
        }
        if (value < 0 || value > pixels) {
            return wrong(message("one of its runs has the length %1", value));
        }
        counts.push_back(static_cast<std::uint32_t>(value));
    }
    return checked(std::move(counts), width, height);
}

Result<Runs> runsFromCounts(std::span<const std::int64_t> list, int width, int height) {
    const std::int64_t pixels = std::int64_t(width) * height;
    std::vector<std::uint32_t> counts;
    counts.reserve(list.size());
    for (const std::int64_t value : list) {
        if (value < 0 || value > pixels) {
            return wrong(message("one of its runs has the length %1", value));
        }
        counts.push_back(static_cast<std::uint32_t>(value));
    }
    return checked(std::move(counts), width, height);
}

Result<Runs> runsFromPolygons(std::span<const std::vector<double>> polygons, int width, int height) {
    for (const std::vector<double>& polygon : polygons) {
        if (polygon.size() < 6 || polygon.size() % 2 != 0) {
            return wrong(message("a polygon has %1 numbers (an even number, at least 6, is needed)", polygon.size()));
        }
        if (std::any_of(polygon.begin(), polygon.end(),
                        [](double v) { return !std::isfinite(v) || std::abs(v) > 1e7; })) {
            return wrong("a polygon holds a number that is no coordinate");
        }
    }
    // Objects are small beside their pictures: only the pixels round them are looked at.
    const Box box = boxOf(polygons, width, height);
    Mask mask(box.width, box.height);
    for (const std::vector<double>& polygon : polygons) {
        fill(polygon, box, mask);
    }
    return runsOf(mask, box, width, height);
}

Runs runsFromMask(const Mask& mask) { return runsOf(mask, {0, 0, mask.width, mask.height}, mask.width, mask.height); }
std::string toCompressed(const Runs& runs) {
    std::string text;
    for (std::size_t i = 0; i < runs.counts.size(); ++i) {
        std::int64_t value = runs.counts[i];
        if (i > 2) {
            value -= runs.counts[i - 2];
        }
        bool more = true;
        while (more) {
            int c = static_cast<int>(value & 31);
            value >>= 5;
            more = (c & 16) != 0 ? value != -1 : value != 0;
            if (more) {
                c |= 32;
            }
            text.push_back(static_cast<char>(c + 48));
        }
    }
    return text;
}

void drawInto(const Runs& runs, Mask& mask, std::uint8_t value) {
    const auto height = static_cast<std::size_t>(runs.height);
    if (height == 0) {
        return;
    }
    // In strips of columns, which a buffer holds as the runs have them: the mask itself is written row by row.
    std::vector<std::uint8_t> strip(kStrip * height);
    std::size_t run = 0, at = 0;  // the run in hand, and up to where it was drawn
    std::size_t end = runs.counts.empty() ? 0 : runs.counts[0];
    for (int left = 0; left < runs.width; left += kStrip) {
        const int columns = std::min(kStrip, runs.width - left);
        const std::size_t begin = std::size_t(left) * height, stop = begin + std::size_t(columns) * height;
        std::fill(strip.begin(), strip.end(), std::uint8_t{0});
        bool any = false;
        while (at < stop && run < runs.counts.size()) {
            const std::size_t to = std::min(end, stop);
            if (run % 2 == 1 && to > at) {
                std::fill(strip.begin() + std::ptrdiff_t(at - begin), strip.begin() + std::ptrdiff_t(to - begin),
                          std::uint8_t{1});
                any = true;
            }
            at = to;
            if (at == end && ++run < runs.counts.size()) {
                end += runs.counts[run];
            }
        }
        for (std::size_t y = 0; any && y < height; ++y) {
            std::uint8_t* row = &mask.pixels[y * std::size_t(runs.width) + std::size_t(left)];
            for (int x = 0; x < columns; ++x) {
                row[x] = strip[std::size_t(x) * height + y] != 0 ? value : row[x];
            }
        }
    }
}

Mask toMask(const Runs& runs) {
    Mask mask(runs.width, runs.height);
    drawInto(runs, mask);
    return mask;
}

}  // namespace maskwright
