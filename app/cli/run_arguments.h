// What run takes: values for the loaded part, options and help for the command line. Empty means the project's own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/model_arguments.h"
#include "core/output/appearance.h"
#include "core/output/kind.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct RunArguments {
    ModelArguments model;  // its name is empty where none was given
    std::string project, output, pattern, format;
    std::vector<std::string> rows, pictures;  // labels, and paths or names; none: all
    std::optional<output::Kind> kind;
    std::optional<output::CutoutEdge> edge;
    std::optional<double> opacity;
    bool polygons = false, overwrite = false, json = false, hidden = false, keepEmpty = false;
    double maxMegapixels = 100;
};

void addRun(CLI::App& app, RunArguments& a);

}  // namespace maskwright::cli
