// Opens the engine's library. LibTorch comes in with it, which takes half a second the first time.
#pragma once

#include <QString>
#include <optional>

#include "app/maskwright/engine_api.h"
#include "core/base/result.h"

namespace maskwright {

// The engine's door in `api`, or what is wrong with the library. `library`: its path; empty looks beside the program
// and where it is installed. Any thread.
std::optional<Error> openEngineLibrary(const QString& library, const EngineApi*& api);

}  // namespace maskwright
