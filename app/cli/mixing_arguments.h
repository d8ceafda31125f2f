// How Global-Local compares regions with expressions: what refer and evaluate share.
#pragma once

#include <cstdint>
#include <string>

namespace maskwright::cli {

struct MixingArguments {
    double v = -1, r = 0.5;  // v below 0: session::usualV() of the model
    std::int64_t k = 3;
    std::string masking = "tokens", prior = "on";
};

}  // namespace maskwright::cli
