// What styles takes: values for the loaded part, options and help for the command line. Empty and zero mean the
// default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/model_arguments.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct StylesArguments {
    ModelArguments model;
    std::string image, region, phrase, output;
    std::vector<std::string> rivals;
    std::int64_t size = 0;
    bool json = false;
    std::optional<std::int64_t> regionLabel;  // none: all labels
    double maxMegapixels = 100;
};

void addStyles(CLI::App& app, StylesArguments& a);

}  // namespace maskwright::cli
