#include "core/proposals/proposals.h"

#include <algorithm>
#include <numeric>

#include "core/image/runs_cut.h"

namespace maskwright::proposals {
namespace {

std::int64_t common(const Box& a, const Box& b) {
    const std::int64_t width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const std::int64_t height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

// Pixels inside both.
std::int64_t common(const Runs& a, const Runs& b) {
    std::int64_t both = 0, beginA = 0, beginB = 0;
    for (std::size_t i = 0, k = 0; i < a.counts.size() && k < b.counts.size();) {
        const std::int64_t endA = beginA + a.counts[i], endB = beginB + b.counts[k];
        if (i % 2 == 1 && k % 2 == 1) {
            both += std::max<std::int64_t>(0, std::min(endA, endB) - std::max(beginA, beginB));
        }
        if (endA <= endB) {
            beginA = endA;
            ++i;
        }
        if (endB <= endA) {
            beginB = endB;
            ++k;
        }
    }
    return both;
}

bool tooAlike(const Proposal& a, const Proposal& b, double overlap) {
    // What both have in common is no more than the smaller, and no more than the boxes have.
    const std::int64_t most = std::min({a.area, b.area, common(a.box, b.box)});
    if (double(most) <= overlap * double(a.area + b.area - most)) {
        return false;
    }
    return iou(a.runs, b.runs) > overlap;
}

}  // namespace

Proposal proposalOf(Runs runs, float objectness) {
    Proposal made;
    made.area = runs.area();
    made.objectness = objectness;
    made.box = boundingBox(runs);
    made.runs = std::move(runs);
    return made;
}

double iou(const Runs& a, const Runs& b) {
    const std::int64_t both = common(a, b), either = a.area() + b.area() - both;
    return either > 0 ? double(both) / double(either) : 0;
}

std::vector<Proposal> ranked(std::vector<Proposal> all, const Limits& limits) {
    std::erase_if(all, [](const Proposal& one) { return one.area == 0; });
    std::stable_sort(all.begin(), all.end(),
                     [](const Proposal& a, const Proposal& b) { return a.objectness > b.objectness; });
    const std::size_t most = limits.most == 0 ? all.size() : limits.most;
    std::vector<Proposal> kept;
    for (Proposal& one : all) {
        if (kept.size() == most) {
            break;
        }
        const bool seen = limits.overlap < 1 && std::any_of(kept.begin(), kept.end(), [&](const Proposal& surer) {
                              return tooAlike(surer, one, limits.overlap);
                          });
        if (!seen) {
            kept.push_back(std::move(one));
        }
    }
    return kept;
}

}  // namespace maskwright::proposals
