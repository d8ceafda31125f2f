#include "core/image/runs_cut.h"

#include <algorithm>

#include "core/image/antialias.h"

namespace maskwright {

namespace {

// Where each square of `step` pixels from `begin` on is looked at.
std::vector<int> middles(int begin, int length, int step) {
    std::vector<int> all;
    for (int i = 0; i < length; i += step) {
        all.push_back(begin + std::min(i + step / 2, length - 1));
    }
    return all;
}

}  // namespace

Box boundingBox(const Runs& runs) {
    int left = runs.width, right = -1, top = runs.height, bottom = -1;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < runs.counts.size(); ++i) {
        const std::int64_t end = at + runs.counts[i];
        if (i % 2 == 1 && end > at) {
            const int first = int(at / runs.height), last = int((end - 1) / runs.height);
            left = std::min(left, first);
            right = std::max(right, last);
            top = first != last ? 0 : std::min(top, int(at % runs.height));
            bottom = first != last ? runs.height - 1 : std::max(bottom, int((end - 1) % runs.height));
        }
        at = end;
    }
    return right < 0 ? Box{} : Box{left, top, right - left + 1, bottom - top + 1};
}

Mask cutOut(const Runs& runs, const Box& box, int step) {
    const std::vector<int> columns = middles(box.x, box.width, step), rows = middles(box.y, box.height, step);
    Mask mask(int(columns.size()), int(rows.size()));
    std::size_t run = 0;
    std::int64_t at = 0;  // where `run` begins
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::int64_t begin = std::int64_t(columns[i]) * runs.height, end = begin + runs.height;
        while (run < runs.counts.size() && at + runs.counts[run] <= begin) {
            at += runs.counts[run++];
        }
        std::size_t row = 0;
        std::int64_t from = at;
        for (std::size_t k = run; k < runs.counts.size() && from < end && row < rows.size(); ++k) {
            const std::int64_t to = from + runs.counts[k];
            for (; row < rows.size() && begin + rows[row] < to; ++row) {
                mask.at(int(i), int(row)) = k % 2 == 1 ? 255 : 0;
            }
            from = to;
        }
    }
    return mask;
}

Heatmap resizeAntialiased(const Runs& runs, int toWidth, int toHeight) {
    const Box box = boundingBox(runs);
    const Mask inside = cutOut(runs, box);
    Heatmap map;
    map.width = toWidth;
    map.height = toHeight;
    map.pixels = resizeAntialiased(runs.width, runs.height, 1, toWidth, toHeight, [&](int y, std::span<float> row) {
        if (y < box.y || y >= box.y + box.height) {
            return false;
        }
        std::fill(row.begin(), row.end(), 0.0f);
        for (int x = 0; x < box.width; ++x) {
            row[std::size_t(box.x + x)] = inside.at(x, y - box.y) != 0 ? 1.0f : 0.0f;
        }
        return true;
    });
    return map;
}

}  // namespace maskwright
