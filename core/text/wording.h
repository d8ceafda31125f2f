// How a phrase is put to a model: a wording such as "a photo of a {}." has "{}" where the phrase goes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace maskwright::text {

// `phrase` in the place of every "{}" of `wording`; one that stands in the phrase is left alone.
std::string worded(std::string_view wording, std::string_view phrase);

// Errors: usage for a wording without "{}".
Result<void> checkWording(std::string_view wording);

}  // namespace maskwright::text
