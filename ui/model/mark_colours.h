// The colours in which marked examples are drawn on the picture and named on their cards: one each, and none that the
// mask below it would swallow. Pure; any thread.
#pragma once

#include "core/output/appearance.h"

namespace maskwright::ui {

// Of the search's example of this number, over a mask of that colour. Examples to leave out are red, or black where red
// cannot be told from the mask.
output::Colour markColour(std::size_t number, bool negative, output::Colour mask);

// How different two colours look: 0 to about 765, weighted by the mean of their reds (T. Riemersma, "Colour metric",
// compuphase.com/cmetric.htm).
double colourDistance(output::Colour a, output::Colour b);

}  // namespace maskwright::ui
