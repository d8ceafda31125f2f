// What bench takes: values for the loaded part, options and help for the command line. Empty and zero mean the default.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/cli/model_arguments.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct BenchArguments {
    ModelArguments model;
    std::string image;  // empty with --against or --growth: the benchmark draws one
    std::vector<std::string> phrases;
    std::int64_t size = 0;
    int runs = 5;
    bool json = false, refine = true;
    std::string against;      // a Python with torch and transformers; empty: nobody
    std::string peerModel;    // its model folder; empty: the same as ours
    double timeout = 600;     // seconds it may take for one answer
    bool growth = false;      // how time and memory grow
    int pictures = 1000;      // the most of them with growth
    std::string csv, plot;    // files for the numbers and their drawing
    bool dtypeGiven = false;  // --dtype was named: that precision alone is measured
};

void addBench(CLI::App& app, BenchArguments& a);

}  // namespace maskwright::cli
