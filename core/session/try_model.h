// Whether a folder holds a model that works, for whoever takes one in: it is opened as the program will open it, and
// closed again. No torch in sight.
#pragma once

#include <string>

#include "core/base/result.h"

namespace maskwright::session {

// On the processor, in float32. A CLIP alone is opened as "which one" would (GlobalLocal), everything else as an
// Engine. Any thread. Errors: those of opening it.
Result<void> tryModel(const std::string& folder);

}  // namespace maskwright::session
