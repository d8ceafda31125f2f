#include "core/proposals/export.h"

#include <algorithm>

namespace maskwright::proposals {

Plane<std::uint8_t> labelPicture(std::span<const Proposal> proposals, int width, int height) {
    Mask labels(width, height);
    for (std::size_t i = std::min(proposals.size(), kMostLabels); i > 0; --i) {
        drawInto(proposals[i - 1].runs, labels, static_cast<std::uint8_t>(i));
    }
    return labels;
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
