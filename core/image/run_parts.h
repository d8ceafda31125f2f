// The parts of a mask that hang together, found on its runs. Pure; any thread.
#pragma once

#include "core/image/runs.h"

namespace maskwright {

// Of the part that holds the pixel (over corners too) all pixels; no pixel where it is outside.
Runs partAt(const Runs& runs, int x, int y);

}  // namespace maskwright
