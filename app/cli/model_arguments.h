// Which model, and how it is computed: what most subcommands share. Empty and zero mean the default.
#pragma once

#include <cstdint>
#include <string>

#include "core/session/engine.h"

namespace maskwright::cli {

struct ModelArguments {
    std::string model = session::kBuiltInModel, device = "auto", dtype = "float32";
    int threads = 0;
    std::int64_t memory = session::kOwnMemory;  // bytes, see EngineOptions
};

}  // namespace maskwright::cli
