// Proposals from maps of probabilities: each map is cut at several heights, and what hangs together is a proposal.
#pragma once

#include <span>
#include <vector>

#include "core/proposals/proposals.h"

namespace maskwright::proposals {

// `maps` are of a whole picture of width x height at any resolution, and may differ in it. Objectness: the mean inside,
// so that a sure part comes before an unsure whole. Not ranked. `heights` are 0..1.
std::vector<Proposal> fromMaps(std::span<const Heatmap> maps, std::span<const float> heights, int width, int height);

}  // namespace maskwright::proposals
