// The command line's requests as plain values. The small program parses them; the part that is loaded afterwards, with
// LibTorch and everything else heavy, runs them.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace maskwright::cli {

// What most subcommands share. Empty and zero mean the default.
struct ModelArguments {
    std::string model = "mini", device = "auto", dtype = "float32";
    int threads = 0;
};

enum class Kind { mask, probability, probability16, overlay, cutout, index };

struct SupportArguments {
    std::vector<std::string> images, regions;  // as many of each, or one picture for several regions
};

struct SegmentArguments {
    ModelArguments model;
    std::vector<std::string> images;  // files and folders
    std::vector<std::string> phrases;
    std::string wording = "{}";  // what the encoder reads for a phrase
    std::string output, saveLogits;
    Kind kind = Kind::mask;
    std::optional<double> threshold;  // none: the model's own
    bool refine = true, json = false, rank = false, keepAspect = false, compete = false;
    std::int64_t size = 0;
    double maxMegapixels = 100;
    std::string background = "ffffff";
    SupportArguments support, negativeSupport;
    std::string style = "crop_blur_highlight352", negative;
    double mix = 0.5, negativeWeight = 1;
};

struct InfoArguments {
    ModelArguments model;
    bool json = false;
};

struct TokenizeArguments {
    std::string model = "mini";
    std::vector<std::string> texts;
};

struct EmbedArguments {
    ModelArguments model;
    std::optional<std::string> phrase;
    std::string image, region, style = "crop_blur_highlight352", output;
    std::int64_t size = 0;
    double maxMegapixels = 100;
};

struct PromptArguments {
    std::string image, region, style = "crop_blur_highlight352", output, saveTensor;
    bool asReference = false;
    double maxMegapixels = 100;
};

struct StylesArguments {
    ModelArguments model;
    std::string image, region, phrase, output;
    std::vector<std::string> rivals;
    std::int64_t size = 0;
    bool json = false;
    double maxMegapixels = 100;
};

struct ConvertArguments {
    std::string decoder, clip, output;
    std::vector<std::int64_t> extractLayers;  // empty: the released weights'
    std::int64_t decoderHeads = 4, conditionalLayer = 0;
};

struct BenchArguments {
    ModelArguments model;
    std::string image;
    std::vector<std::string> phrases;
    std::int64_t size = 0;
    int runs = 5;
    bool json = false, refine = true;
};

struct TrainArguments {
    std::string config, plot, output;
    bool resume = false;
};

struct EvaluateArguments {
    ModelArguments model;
    std::string data, split = "val", output, wording = "{}";
    std::vector<std::string> phrases;
    std::vector<double> thresholds;
    std::string supportSplit, style = "crop_blur_highlight352";
    double mix = 1;
    std::int64_t size = 0, limit = 0, seed = 1;
    bool refine = false, json = false, recordThreshold = false;
};

using Command = std::variant<SegmentArguments, InfoArguments, TokenizeArguments, EmbedArguments, PromptArguments,
                             StylesArguments, ConvertArguments, BenchArguments, TrainArguments, EvaluateArguments>;

// Prints `error` as one line on stderr and gives its exit code.
int report(const Error& error);

}  // namespace maskwright::cli

// The loaded part's only door: runs the command and gives the exit code.
extern "C" int maskwrightRunCommand(const maskwright::cli::Command& command, const std::stop_token& stop);
