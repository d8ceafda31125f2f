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
    std::string image;
    std::vector<std::string> phrases;
    std::int64_t size = 0;
    int runs = 5;
    bool json = false, refine = true;
};

void addBench(CLI::App& app, BenchArguments& a);

}  // namespace maskwright::cli
