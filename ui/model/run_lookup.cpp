#include "ui/model/run_lookup.h"

#include <algorithm>

namespace maskwright::ui {

RunLookup::RunLookup(const Runs& runs) : width_(runs.width), height_(runs.height) {
    ends_.reserve(runs.counts.size());
    std::uint64_t end = 0;
    for (const std::uint32_t count : runs.counts) {
        end += count;
        ends_.push_back(end);
    }
}

bool RunLookup::contains(int x, int y) const {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) {
        return false;
    }
    const std::uint64_t at = std::uint64_t(x) * std::uint64_t(height_) + std::uint64_t(y);
    const auto run = std::upper_bound(ends_.begin(), ends_.end(), at);
    return run != ends_.end() && (run - ends_.begin()) % 2 == 1;
}

}  // namespace maskwright::ui
