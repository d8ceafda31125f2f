// English words of place, size and number, for those who read expressions. Private to core/referring.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/referring/prior.h"

namespace maskwright::referring {

template <std::size_t N>
bool in(const std::string_view (&list)[N], std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

using Words = std::vector<std::string>;

// In lower case; of a text of more than 1000 bytes those of its beginning.
Words wordsOf(std::string_view text);
// Where each of them begins and ends in the text, in bytes.
struct Span {
    std::size_t begin = 0, end = 0;
};
std::vector<Span> spansOf(std::string_view text);
// Empty behind the last.
std::string_view at(const Words& words, std::size_t i);
// The word at `i`, or the one after it where that is "the".
std::string_view named(const Words& words, std::size_t i);

std::optional<Order> orderOf(std::string_view word);
// "second", "2nd", before "from" also "two"; 0: no number.
int numberOf(std::string_view word, std::string_view next);

// Whether an order's word is said of another thing: "left of the table", "in front of", "left hand".
bool isOfAnother(const Words& words, std::size_t i);
// Whether "behind" says where in the picture, and not behind which other thing.
bool isAlone(const Words& words, std::size_t behind);

// What the thing has or does: a place at the end is its own, as in "man with a hat on the right".
inline constexpr std::string_view kBelongings[] = {"holding", "wearing", "with",  "looking",  "facing",
                                                   "that",    "who",     "which", "carrying", "riding"};
// Of what may a place be said without meaning another thing.
inline constexpr std::string_view kPicture[] = {"picture", "photo", "image", "pic",  "screen", "frame",
                                                "group",   "row",   "line",  "side", "corner", "edge"};
// "left hand": whose side, not where in the picture.
inline constexpr std::string_view kSided[] = {"hand", "arm",      "leg",  "foot", "eye",
                                              "ear",  "shoulder", "side", "wing", "shoe"};
// "right behind": no place.
inline constexpr std::string_view kAfterAdverb[] = {"behind", "beside", "next", "above",
                                                    "below",  "under",  "near", "in"};
inline constexpr std::string_view kLinks[] = {"on", "in", "at", "to", "of", "from"};

}  // namespace maskwright::referring
