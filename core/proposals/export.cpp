#include "core/proposals/export.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

namespace maskwright::proposals {

Plane<std::uint8_t> labelPicture(std::span<const Proposal> proposals, int width, int height) {
    std::vector<std::size_t> order(std::min(proposals.size(), kMostLabels));
    std::iota(order.rbegin(), order.rend(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return proposals[a].area > proposals[b].area; });
    Mask labels(width, height);
    for (const std::size_t i : order) {
        drawInto(proposals[i].runs, labels, static_cast<std::uint8_t>(i + 1));
    }
    return labels;
}

std::size_t coveredIn(const Plane<std::uint8_t>& labels, std::size_t proposals) {
    const std::set<std::uint8_t> there(labels.pixels.begin(), labels.pixels.end());
    return std::min(proposals, kMostLabels) - (there.size() - there.count(0));
}

Json toCoco(std::span<const Proposal> proposals, const std::string& picture, int width, int height,
            const About& about) {
    Json annotations = Json::array();
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        const Proposal& one = proposals[i];
        annotations.push_back({{"id", i + 1},
                               {"image_id", 1},
                               {"category_id", 1},
                               {"segmentation", {{"size", {height, width}}, {"counts", toCompressed(one.runs)}}},
                               {"bbox", {one.box.x, one.box.y, one.box.width, one.box.height}},
                               {"area", one.area},
                               {"score", one.objectness},
                               {"iscrowd", 0}});
    }
    return {{"info", {{"description", about.what.text()}, {"source", about.name}, {"licence", about.licence.text()}}},
            {"images", {{{"id", 1}, {"file_name", picture}, {"width", width}, {"height", height}}}},
            {"annotations", annotations},
            {"categories", {{{"id", 1}, {"name", "object"}}}}};
}

}  // namespace maskwright::proposals
