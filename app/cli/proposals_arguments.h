// What proposals takes: values for the loaded part, options and help for the command line. Empty and zero mean the
// default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/cli/model_arguments.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

inline constexpr const char* kSourceHelp =
    "Where they come from: `detector` (the model's own, of a model without one the built-in model's, whatever it takes "
    "a thing for), `classical` (colours and "
    "contours, no model), `maps` (what the model finds for general phrases), `sam:FOLDER` (Segment Anything in "
    "the layout of transformers' SamModel, under a grid of points: `sam@16:FOLDER` under 16 x 16), `solo:FOLDER` (a "
    "SOLOv2 that convert made of a "
    "FreeSOLO checkpoint), or a file: a label picture, a folder of masks, or "
    "a JSON in COCO's format. A file called like a source needs a / in its path";

struct ProposalsArguments {
    ModelArguments model;
    std::string image, source = "detector", output;
    std::optional<std::int64_t> most;      // none: 100, of a file all
    std::optional<double> overlap;         // none: 0.7, of a file 1
    std::optional<int> pointsPerSide;      // none: sam's own number
    std::optional<std::int64_t> smallest;  // pixels, of sam:; none: 0
    bool json = false;
    double maxMegapixels = 100;
};

void addProposals(CLI::App& app, ProposalsArguments& a);
// --points-per-side and --smallest, as refer has them too.
void addPoints(CLI::App& app, std::optional<int>& points, std::optional<std::int64_t>& smallest);

}  // namespace maskwright::cli
