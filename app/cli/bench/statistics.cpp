#include "app/cli/bench/statistics.h"

#include <algorithm>
#include <cmath>

namespace maskwright::cli::bench {

Spread spread(std::vector<double> values) {
    if (values.empty()) {
        return {};
    }
    std::sort(values.begin(), values.end());
    const auto quantile = [&](double part) {
        const double place = part * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return std::lerp(values[below], values[above], place - static_cast<double>(below));
    };
    return {quantile(0.25), quantile(0.5), quantile(0.75)};
}

Ratio ratio(const std::vector<double>& ours, const std::vector<double>& theirs) {
    std::vector<double> turns;
    for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
        turns.push_back(theirs[i] / ours[i]);
    }
    const double own = spread(ours).median;
    return {own > 0 ? spread(theirs).median / own : 0, spread(turns)};
}

}  // namespace maskwright::cli::bench
