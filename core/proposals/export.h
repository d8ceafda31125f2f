// Proposals as other programs read them, and fromFile() too.
#pragma once

#include <span>
#include <string>

#include "core/base/json.h"
#include "core/proposals/proposals.h"

namespace maskwright::proposals {

// A label picture holds so many.
inline constexpr std::size_t kMostLabels = 255;

// i where the i-th proposal is, from 1; 0 where none is. Where several are, the smallest, so that a part stays beside
// the thing that it is of; of equal ones the surest, which come first. At most kMostLabels proposals, of width x
// height.
Plane<std::uint8_t> labelPicture(std::span<const Proposal> proposals, int width, int height);
// How many of `proposals` have no pixel in their labelPicture(): smaller ones cover them.
std::size_t coveredIn(const Plane<std::uint8_t>& labels, std::size_t proposals);

// COCO's format: one image, an annotation a proposal (`score` is its objectness, runs compressed), one category,
// "object".
Json toCoco(std::span<const Proposal> proposals, const std::string& picture, int width, int height, const About& about);

}  // namespace maskwright::proposals
