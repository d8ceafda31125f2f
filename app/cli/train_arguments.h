// What train and evaluate take: values for the loaded part, options and help for the command line. Empty and zero mean
// the default.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/cli/mixing_arguments.h"
#include "app/cli/model_arguments.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct TrainArguments {
    std::string config, plot, output;
    bool resume = false, overwrite = false;
};

struct EvaluateArguments {
    ModelArguments model;
    std::string task = "names", data, split = "val", output, wording = "{}";
    std::string pictures, names, phraseTable, wordnet, texts;  // files, a folder; empty: none
    std::vector<std::string> phrases, also;
    std::vector<double> thresholds, atPhantom;
    std::string supportSplit, style = "crop_blur_highlight352";
    double mix = 1;
    int tiles = 0;  // see session/tiles.h
    std::int64_t size = 0, limit = 0, seed = 1, gibberish = 0, each = 5;
    MixingArguments mixing;
    std::vector<std::string> proposals;        // empty: the detector
    std::string expressions, splitBy, images;  // of --task refer
    bool ablations = false;
    bool refine = false, json = false, recordThreshold = false, strict = false, exifAsStored = false, showing = false;
};

void addTrain(CLI::App& app, TrainArguments& a);
void addEvaluate(CLI::App& app, EvaluateArguments& a);

}  // namespace maskwright::cli
