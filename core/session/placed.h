// Of all that a phrase finds what it says of place: "the cup on the left" is one of the cups. Private to core/session.
#pragma once

#include <span>

#include "core/referring/place_words.h"
#include "core/session/clipseg_method.h"

namespace maskwright::session {

// Sets to 0 what of `map` belongs to other things than those that fit `words` best. -> 1 where the map stays, 0
// elsewhere, of the map's size; all 1 where nothing in the map is above the threshold. `seen`: as
// ClipSegMethod::sightingsIn() gives them; those whose masks are not of the map's size play no part. Things are the
// sightings that lie in what is found (above `threshold`), and what hangs together of it where there is none; every
// other place belongs to the nearest thing. On 89 expressions of tests/reference/refer/photos-val.json that name a
// place Sight's mask has an IoU of at least 0.5 for 0.69; with what hangs together alone for 0.47, and with all that
// the rest of the phrase finds for 0.11.
Heatmap keepPlaced(Heatmap& map, const referring::PlaceWords& words, std::span<const Sighting> seen, double threshold);

}  // namespace maskwright::session
