// What fetching and importing share: the note in a model's folder that says where it came from, the space on the disk,
// and the last steps before a staging folder becomes a model. Private to core/store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/store/staging.h"
#include "core/store/store.h"

namespace maskwright::store {

inline constexpr const char* kOriginFile = "maskwright-model.json";

Origin readOrigin(const std::string& folder);

// The user's place, or the one that is given. Errors: usage where there is none.
Result<std::string> placeOr(const std::string& given);

// Errors (ErrorKind::output): `bytes` and a little do not fit on the disk of `place`, which need not be there yet.
Result<void> checkSpace(const std::string& place, const std::string& name, std::uint64_t bytes);

// Whether the folder holds a model that works. Given by whoever can open one.
using ModelCheck = std::function<Result<void>(const std::string& folder)>;

// Converts `toConvert` where it is not empty, lets `check` open the model, writes the note, and publishes.
Result<Model> install(Staging& staging, const std::string& name, const std::string& toConvert, const Json& note,
                      const ModelCheck& check, const std::stop_token& stop);

}  // namespace maskwright::store
