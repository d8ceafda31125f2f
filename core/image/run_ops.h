// Sets of pixels as runs, joined and taken from each other without drawing them: the time is that of the runs, not of
// the pixels. Both sides of one size; the answer has no run of length 0 but perhaps the first. Pure; any thread.
#pragma once

#include "core/image/runs.h"

namespace maskwright {

Runs noPixel(int width, int height);

Runs united(const Runs& a, const Runs& b);
Runs common(const Runs& a, const Runs& b);
Runs without(const Runs& a, const Runs& b);  // a, but for what is in b
Runs inverted(const Runs& runs);

bool isEmpty(const Runs& runs);           // no pixel inside
bool meet(const Runs& a, const Runs& b);  // some pixel is in both

}  // namespace maskwright
