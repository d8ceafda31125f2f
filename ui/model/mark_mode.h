// What a finished mask is for: a new example, or a change of the one in hand.
#pragma once

namespace maskwright::ui {

enum class MarkMode { fresh, add, take };

}  // namespace maskwright::ui
