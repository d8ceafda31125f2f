// Training: from photographs, names and a backbone to a model folder; or fine-tuning a model folder's decoder on a
// folder in COCO's format. Torch-free header; call train() from one thread, it uses as many cores as the options say.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/train/log.h"

namespace maskwright::train {

struct TrainOptions {
    std::string config;      // JSON file
    bool resume = false;     // goes on from the state in `work`
    bool overwrite = false;  // may replace a model in `output`, and the saved state (run_folders.h)
    std::function<void(const LogLine&)> onLog;
    std::function<void(const std::string&)> say;  // a line for a person; one at a time, on any thread
};

struct TrainReport {
    std::string output;
    std::int64_t steps = 0;
    double seconds = 0;
    double valIou = -1, valOverall = -1, valPhantom = -1, threshold = -1;
};

// Runs the stages of the configuration. Nothing that was there is written over unasked, the model folder is whole or
// not there, and a run that fails leaves no empty folders. What is odd in the data set is said in one line. A stop
// saves a checkpoint and gives ErrorKind::cancelled; `resume` continues from it to the numbers an uninterrupted run
// would have had. A loss that is no number stops with ErrorKind::resource.
Result<TrainReport> train(const TrainOptions& options, std::stop_token stop = {});

}  // namespace maskwright::train
