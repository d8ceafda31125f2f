#include "ui/model/shown_mask.h"

#include "core/image/refine.h"
#include "core/project/mask.h"

namespace maskwright::ui {

QSize ShownMask::size() const {
    if (object) {
        return {object->width, object->height};
    }
    return empty() ? QSize() : QSize(map->full->width, map->full->height);
}

float ShownMask::at(int x, int y) const {
    if (correction.added && holds(*correction.added, x, y)) {
        return 1;
    }
    if (correction.removed && holds(*correction.removed, x, y)) {
        return 0;
    }
    if (object) {
        return holds(*object, x, y) ? 1 : 0;
    }
    return map->full->at(x, y);
}

Heatmap ShownMask::found(double threshold) const {
    Heatmap made = object ? project::mapOf(*object) : *map->full;
    for (const Rival& rival : rivals) {
        const Heatmap drawn = rival.object ? project::mapOf(*rival.object) : Heatmap();
        const Heatmap& other = rival.object ? drawn : *rival.map->full;
        if (other.width == made.width && other.height == made.height) {
            project::giveWay(made, float(threshold), other, rival.threshold, rival.first);
        }
    }
    return made;
}

std::shared_ptr<const Heatmap> ShownMask::heatmap(double threshold) const {
    if (!object && correction.empty() && rivals.empty()) {
        return map->full;
    }
    auto made = std::make_shared<Heatmap>(found(threshold));
    project::correct(*made, correction);
    return made;
}

Runs ShownMask::runs(double threshold) const {
    if (!rivals.empty()) {
        return project::corrected(runsAbove(found(threshold), threshold), correction);
    }
    return project::corrected(object ? *object : runsAbove(*map->full, threshold), correction);
}

bool ShownMask::operator==(const ShownMask& other) const {
    return map == other.map && object == other.object && correction.added == other.correction.added &&
           correction.removed == other.correction.removed && rivals == other.rivals;
}

Runs runsAbove(const Heatmap& map, double threshold) {
    return runsFromMask(maskwright::threshold(map, static_cast<float>(threshold)));
}

bool holds(const Runs& runs, int x, int y) {
    const std::uint64_t at = std::uint64_t(x) * std::uint64_t(runs.height) + std::uint64_t(y);
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < runs.counts.size(); ++i) {
        end += runs.counts[i];
        if (at < end) {
            return i % 2 == 1;
        }
    }
    return false;
}

}  // namespace maskwright::ui
