#include "core/proposals/soft_mask.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace maskwright::proposals {
namespace {

// Between which two values of a row of `count` a pixel of `size` lies, and how near to the second.
struct Between {
    int low, high;
    float share;
};

std::vector<Between> placesOf(int count, int size, int begin, int end) {
    std::vector<Between> places;
    for (int i = begin; i < end; ++i) {
        const double at = std::clamp((i + 0.5) * count / size - 0.5, 0.0, double(count - 1));
        const int low = int(at);
        places.push_back({low, std::min(low + 1, count - 1), float(at - low)});
    }
    return places;
}

// Adds `count` pixels, inside or outside, to what is counted so far.
class RunWriter {
  public:
    explicit RunWriter(Runs& runs) : runs_(runs) { runs_.counts.push_back(0); }
    void add(bool inside, std::int64_t count) {
        if (count <= 0) {
            return;
        }
        if ((runs_.counts.size() % 2 == 0) != inside) {
            runs_.counts.push_back(0);
        }
        runs_.counts.back() += static_cast<std::uint32_t>(count);
    }

  private:
    Runs& runs_;
};

}  // namespace

Runs runsAbove(const Heatmap& map, float threshold, int width, int height, const Box& window) {
    Runs runs{width, height, {}};
    RunWriter writer(runs);
    const int left = std::clamp(window.x, 0, width), right = std::clamp(window.x + window.width, left, width);
    const int top = std::clamp(window.y, 0, height), bottom = std::clamp(window.y + window.height, top, height);
    if (map.empty() || left == right || top == bottom) {
        writer.add(false, std::int64_t(width) * height);
        return runs;
    }
    const std::vector<Between> columns = placesOf(map.width, width, left, right);
    const std::vector<Between> rows = placesOf(map.height, height, top, bottom);
    std::vector<float> column(std::size_t(map.height));
    writer.add(false, std::int64_t(left) * height);
    for (const Between& x : columns) {
        for (int y = 0; y < map.height; ++y) {
            const float low = map.at(x.low, y);
            column[std::size_t(y)] = low + (map.at(x.high, y) - low) * x.share;
        }
        writer.add(false, top);
        for (const Between& y : rows) {
            const float low = column[std::size_t(y.low)];
            writer.add(low + (column[std::size_t(y.high)] - low) * y.share > threshold, 1);
        }
        writer.add(false, height - bottom);
    }
    writer.add(false, std::int64_t(width - right) * height);
    return runs;
}

}  // namespace maskwright::proposals
