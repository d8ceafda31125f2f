// Where a conversion writes. Private to core/weights.
#pragma once

#include <string>

#include "core/base/draft_folder.h"
#include "core/base/result.h"

namespace maskwright::weights {

// A draft of the folder to write, which nobody else may have put anything in. Made before anything is read, so that no
// work is lost where it cannot be made. Errors: ErrorKind::output.
Result<DraftFolder> draftOf(const std::string& target);

}  // namespace maskwright::weights
