// Training: from photographs, names and a backbone to a model folder; or fine-tuning a model folder's decoder on a
// folder in COCO's format. Torch-free header; call train() from one thread, it uses as many cores as the options say.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace maskwright::train {

// One line of progress: what the CSV log keeps. Negative: not measured in this line.
struct LogLine {
    std::string stage;
    std::int64_t step = 0, steps = 0;
    double loss = 0, dense = -1, iou = -1, phantom = -1;  // training batches since the last line
    double perSecond = 0, etaSeconds = 0;                 // pictures (phrases in the text stage) a second
    double rate = 0;
    double valIou = -1, valOverall = -1, valPhantom = -1, valThreshold = -1;
};
std::string progressText(const LogLine& line);

struct TrainOptions {
    std::string config;  // JSON file
    bool resume = false;
    std::function<void(const LogLine&)> onLog;
    std::function<void(const std::string&)> say;  // a line for a person
};

struct TrainReport {
    std::string output;
    std::int64_t steps = 0;
    double seconds = 0;
    double valIou = -1, valOverall = -1, valPhantom = -1, threshold = -1;
};

// Runs the stages of the configuration. A stop saves a checkpoint and gives ErrorKind::cancelled; `resume` continues
// from it to the numbers an uninterrupted run would have had. A loss that is no number stops with ErrorKind::resource.
Result<TrainReport> train(const TrainOptions& options, std::stop_token stop = {});

// What a run's log.csv holds; errors name file and line.
Result<std::vector<LogLine>> readLog(const std::string& file);

}  // namespace maskwright::train
