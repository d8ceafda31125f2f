// Words of place in the other six languages of the built-in models. Private to core/referring.
#pragma once

#include <string_view>

#include "core/referring/place_words.h"

namespace maskwright::referring {

// As placeWordsOf(). German, French and Spanish say a place at the end ("la tasse à gauche"), or by an adjective;
// Korean, Japanese and Chinese before the thing ("왼쪽 컵"), where a place that follows another word is that thing's
// ("식탁 위의 컵", the cup on the table) and is left where it is.
PlaceWords placeWordsOfOthers(std::string_view phrase);

}  // namespace maskwright::referring
