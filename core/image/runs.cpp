#include "core/image/runs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maskwright {
namespace {

Error wrong(Message what) { return {ErrorKind::input, std::move(what), ""}; }

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

// Even-odd: 255 where a pixel's centre is inside the polygon.
void fill(const std::vector<double>& polygon, Mask& mask) {
    std::vector<std::vector<double>> crossings(static_cast<std::size_t>(mask.height));  // of each row's middle
    const std::size_t n = polygon.size() / 2;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t j = (i + 1) % n;
        const double x0 = polygon[2 * i], x1 = polygon[2 * j], y0 = polygon[2 * i + 1], y1 = polygon[2 * j + 1];
        const int first = static_cast<int>(std::clamp(std::floor(std::min(y0, y1) - 0.5), 0.0, double(mask.height)));
        const int last = static_cast<int>(std::clamp(std::ceil(std::max(y0, y1) + 0.5), 0.0, double(mask.height)));
        for (int y = first; y < last; ++y) {
            const double centre = y + 0.5;
            if ((y0 <= centre) != (y1 <= centre)) {
                crossings[std::size_t(y)].push_back(x0 + (centre - y0) / (y1 - y0) * (x1 - x0));
            }
        }
    }
    for (int y = 0; y < mask.height; ++y) {
        std::vector<double>& row = crossings[std::size_t(y)];
        std::sort(row.begin(), row.end());
        for (std::size_t k = 0; k + 1 < row.size(); k += 2) {
            const int begin = static_cast<int>(std::clamp(std::ceil(row[k] - 0.5), 0.0, double(mask.width)));
            const int end = static_cast<int>(std::clamp(std::ceil(row[k + 1] - 0.5), 0.0, double(mask.width)));
            for (int x = begin; x < end; ++x) {
                mask.at(x, y) = 255;
            }
        }
    }
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
    Mask mask(width, height);
    for (const std::vector<double>& polygon : polygons) {
        if (polygon.size() < 6 || polygon.size() % 2 != 0) {
            return wrong(message("a polygon has %1 numbers (an even number, at least 6, is needed)", polygon.size()));
        }
        if (std::any_of(polygon.begin(), polygon.end(),
                        [](double v) { return !std::isfinite(v) || std::abs(v) > 1e7; })) {
            return wrong("a polygon holds a number that is no coordinate");
        }
        fill(polygon, mask);
    }
    return runsFromMask(mask);
}

Runs runsFromMask(const Mask& mask) {
    RunWriter writer;
    for (int x = 0; x < mask.width; ++x) {
        for (int y = 0; y < mask.height; ++y) {
            writer.add(mask.at(x, y) != 0, 1);
        }
    }
    return {mask.width, mask.height, writer.take()};
}

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
    std::size_t at = 0;
    const auto height = static_cast<std::size_t>(runs.height);
    for (std::size_t i = 0; i < runs.counts.size(); ++i) {
        const std::size_t end = at + runs.counts[i];
        if (i % 2 == 1) {
            std::size_t x = at / height, y = at % height;
            for (; at < end; ++at) {
                mask.pixels[y * std::size_t(runs.width) + x] = value;
                if (++y == height) {
                    y = 0;
                    ++x;
                }
            }
        }
        at = end;
    }
}

Mask toMask(const Runs& runs) {
    Mask mask(runs.width, runs.height);
    drawInto(runs, mask);
    return mask;
}

}  // namespace maskwright
