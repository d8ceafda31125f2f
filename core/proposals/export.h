// Proposals as other programs read them, and fromFile() too.
#pragma once

#include <span>
#include <string>

#include "core/base/json.h"
#include "core/proposals/proposals.h"

namespace maskwright::proposals {

// A label picture holds so many.
inline constexpr std::size_t kMostLabels = 255;

// i where the i-th proposal is, from 1; 0 where none is. Where several are, the surest, which come first; one that
// surer ones cover is not there. At most kMostLabels proposals, of width x height.
Plane<std::uint8_t> labelPicture(std::span<const Proposal> proposals, int width, int height);

// COCO's format: one image, an annotation a proposal (`score` is its objectness, runs compressed), one category,
// "object".
Json toCoco(std::span<const Proposal> proposals, const std::string& picture, int width, int height, const About& about);

}  // namespace maskwright::proposals
