// What convert takes: values for the loaded part, options and help for the command line. Empty and zero mean the
// default.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace maskwright::cli {

struct ConvertArguments {
    std::string decoder, clip, vocabulary, output;
    std::vector<std::int64_t> extractLayers;  // empty: the released weights'
    std::int64_t decoderHeads = 4, conditionalLayer = 0;
};

void addConvert(CLI::App& app, ConvertArguments& a);

}  // namespace maskwright::cli
