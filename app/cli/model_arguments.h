// Which model, and how it is computed: what most subcommands share. Empty and zero mean the default.
#pragma once

#include <string>

namespace maskwright::cli {

struct ModelArguments {
    std::string model = "mini", device = "auto", dtype = "float32";
    int threads = 0;
};

}  // namespace maskwright::cli
