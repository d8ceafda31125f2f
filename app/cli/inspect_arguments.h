// What info, tokenize, noun-phrase and embed take: values for the loaded part, options and help for the command line.
// Empty and zero mean the default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/model_arguments.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct InfoArguments {
    ModelArguments model;
    bool json = false;
};

struct TokenizeArguments {
    std::string model = session::kBuiltInModel;
    std::vector<std::string> texts;
};

struct NounPhraseArguments {
    std::vector<std::string> texts;
    bool json = false;
};

struct EmbedArguments {
    ModelArguments model;
    std::optional<std::string> phrase;
    std::string image, region, style = "crop_blur_highlight352", output;
    std::optional<std::int64_t> regionLabel;  // none: all labels
    std::int64_t size = 0;
    double maxMegapixels = 100;
};

void addInfo(CLI::App& app, InfoArguments& a);
void addTokenize(CLI::App& app, TokenizeArguments& a);
void addNounPhrase(CLI::App& app, NounPhraseArguments& a);
void addEmbed(CLI::App& app, EmbedArguments& a);

}  // namespace maskwright::cli
