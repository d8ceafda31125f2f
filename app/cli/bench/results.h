// What was measured, and how it is told: a table for people, JSON, CSV, a plot. Values only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/cli/bench/machine.h"
#include "app/cli/common.h"
#include "core/session/method.h"

namespace maskwright::cli::bench {

// One step with one precision, or one point of a series.
struct Row {
    std::string step;                              // "first phrase"; of a series what grows: "phrases"
    std::string dtype;                             // of the network; empty: the step has none
    double x = 0;                                  // of a series: how many, or how large; 0: no series
    std::string unit = "ms";                       // or "MiB"
    std::vector<double> ours = {};                 // one a turn
    std::vector<std::vector<double>> theirs = {};  // by Results::peers; empty where it was not measured
};

// How far both sides' masks of one picture are the same.
struct Agreement {
    std::string peer, dtype;
    std::vector<double> ious;  // one a phrase
};

struct Results {
    Machine machine;
    session::ModelInfo model;
    std::string size;  // of the picture, "1024x768"
    int runs = 0;
    std::vector<std::string> peers;               // "transformers", "openvino"
    std::map<std::string, std::string> versions;  // of the other side's packages
    std::vector<Row> rows;
    std::vector<Agreement> agreements;
};

// Markdown: where and with what, and a line a row that is no point of a series; then the series.
std::string table(const Results& results);
OrderedJson json(const Results& results);
// A line for each row and side: step, dtype, x, side, unit, low, median, high, ratio, ratio_low, ratio_high, samples
// (spaces between them). The ratio is theirs / ours as statistics.h has it.
std::string csv(const Results& results);
// A panel a series and unit, a line a side; both axes logarithmic.
Image plot(const Results& results);

}  // namespace maskwright::cli::bench
