// `bench --against` and `bench --growth`: measures and tells.
#pragma once

#include <stop_token>

#include "app/cli/bench_arguments.h"

namespace maskwright::cli::bench {

// -> exit code. What was measured before something went wrong is told all the same.
int runComparison(const BenchArguments& arguments, const std::stop_token& stop);

}  // namespace maskwright::cli::bench
