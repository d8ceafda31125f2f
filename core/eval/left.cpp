#include "core/eval/left.h"

#include <algorithm>

#include "core/eval/text.h"
#include "core/metrics/counts.h"

namespace maskwright::eval {

LeftMasks::LeftMasks(const std::vector<double>& thresholds) {
    for (const double threshold : thresholds) {
        at_.push_back({threshold, 0, 0, 0});
    }
}

bool LeftMasks::add(const Heatmap& map) {
    bool first = false;
    for (std::size_t t = 0; t < at_.size(); ++t) {
        const auto inside = std::count_if(map.pixels.begin(), map.pixels.end(),
                                          [&](float p) { return p > static_cast<float>(at_[t].threshold); });
        const bool mask = metrics::isPhantom(inside, static_cast<std::int64_t>(map.pixels.size()));
        ++at_[t].asked;
        at_[t].masks += mask ? 1 : 0;
        at_[t].pixels += inside > 0 ? 1 : 0;
        first = t == 0 ? mask : first;
    }
    return first;
}

std::vector<double> leftThresholds(double modelsOwn, const std::vector<double>& asked) {
    std::vector<double> all = {modelsOwn};
    all.insert(all.end(), asked.begin(), asked.end());
    return all;
}

Json leftJson(const std::vector<Left>& left) {
    Json list = Json::array();
    for (const Left& at : left) {
        list.push_back({{"threshold", at.threshold},
                        {"asked", at.asked},
                        {"masks", at.masks},
                        {"share", shareJson(at.masks, at.asked)},
                        {"any_pixel", at.pixels},
                        {"share_any_pixel", shareJson(at.pixels, at.asked)}});
    }
    return list;
}

std::string leftMarkdown(const std::vector<Left>& left, const std::string& what) {
    std::string text;
    for (const Left& at : left) {
        text += "| " + what + " | " + number(at.threshold, "%.4g") + " | " + std::to_string(at.asked) + " | " +
                std::to_string(at.masks) + " | " + share(at.masks, at.asked) + " | " + share(at.pixels, at.asked) +
                " |\n";
    }
    return text;
}

}  // namespace maskwright::eval
