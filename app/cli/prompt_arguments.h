// What prompt takes: values for the loaded part, options and help for the command line. Empty and zero mean the
// default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace maskwright::cli {

struct PromptArguments {
    std::string image, region, style = "crop_blur_highlight352", output, saveTensor;
    bool asReference = false;
    std::optional<std::int64_t> regionLabel;  // none: all labels
    double maxMegapixels = 100;
};

void addPrompt(CLI::App& app, PromptArguments& a);

}  // namespace maskwright::cli
