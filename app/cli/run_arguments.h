// What run takes: values for the loaded part, options and help for the command line. Empty means the project's own.
#pragma once

#include <optional>
#include <string>

#include "app/cli/model_arguments.h"
#include "core/output/kind.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct RunArguments {
    ModelArguments model;  // its name is empty where none was given
    std::string project, output, pattern, format;
    std::optional<output::Kind> kind;
    bool polygons = false, overwrite = false, json = false;
    double maxMegapixels = 100;
};

void addRun(CLI::App& app, RunArguments& a);

}  // namespace maskwright::cli
