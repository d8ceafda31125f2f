// Of a phrase what it says of place, and the rest: "the cup on the left" is the leftmost of what "the cup" names. For
// one who looks for all that a phrase names and then chooses among it. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/referring/prior.h"

namespace maskwright::referring {

struct PlaceWords {
    std::vector<Wish> wishes;  // none: nothing in the phrase is surely a place
    std::string rest;          // without those words; the phrase itself where there are none
    bool several = false;      // what it names is more than one thing: "the horses on the left"

    bool operator==(const PlaceWords&) const = default;
};

// Of English, surer than wishesOf(), which only puts candidates in order: what may be part of a name ("top hat",
// "second hand", "big cat", "front door") or is said of another thing ("left of the table") is left where it is. Read
// are places at the end ("on the left", "in front"), what compares ("the nearest car", "biggest"), "left" and "right"
// before a name, "the" with another place before one ("the upper bird"), and numbers that count along one of these. Of
// Korean, Japanese, Chinese, German, French and Spanish the commonest ways of saying the same.
PlaceWords placeWordsOf(std::string_view phrase);

// What is left of an expression without the words that say which one: those of place, as above, and a number or "last"
// that stands before the thing, where wishesOf() counts by it ("the second horse" is a horse, a second hand is none).
// Blank where nothing else is said.
std::string thingOf(std::string_view expression);

}  // namespace maskwright::referring
