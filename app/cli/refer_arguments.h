// What refer takes: values for the loaded part, options and help for the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/mixing_arguments.h"
#include "app/cli/model_arguments.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct ReferArguments {
    ModelArguments model;
    std::vector<std::string> images;
    std::string expression, output;
    std::string kind = "mask";
    std::optional<std::string> nounPhrase;  // none: read off the expression
    std::string method = "global-local", proposals = "detector";
    std::optional<int> pointsPerSide;      // of sam:, none: its own number
    std::optional<std::int64_t> smallest;  // pixels, of sam:; none: 0
    std::int64_t top = 0;                  // 0: a source's own number, of a file all
    MixingArguments mixing;
    bool asReference = false;
    std::string saveFeatures;
    bool json = false;
    double maxMegapixels = 100;
};

void addRefer(CLI::App& app, ReferArguments& a);

}  // namespace maskwright::cli
