// Marked regions put together and taken apart. Pure; masks of one size, any thread.
#pragma once

#include "core/image/image.h"

namespace maskwright::ui {

Mask united(const Mask& a, const Mask& b);
Mask without(const Mask& a, const Mask& b);
bool isBlank(const Mask& mask);

}  // namespace maskwright::ui
