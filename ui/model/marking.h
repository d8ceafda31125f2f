// What a hand gives away while it marks an object.
#pragma once

#include <functional>

#include "core/image/image.h"

namespace maskwright::ui {

// What a finished mask is for: a new example, or a change of the one in hand.
enum class MarkMode { fresh, add, take };

// The mask as it is drawn so far, of the picture's size. Made only when somebody looks: a hand moves more often than a
// screen can show, and a mask is as large as its picture.
using Drawing = std::function<Mask()>;

}  // namespace maskwright::ui
