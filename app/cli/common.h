// What the subcommands share: opening the engine, marked regions, JSON lines, colours. Errors are Results.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "core/image_io/mask.h"
#include "core/session/engine.h"

namespace maskwright::cli {

using OrderedJson = nlohmann::ordered_json;

// Whether somebody watches standard error: progress is for them.
bool isTerminal();

// A line on stderr that does not end the work.
void warn(const std::string& text);

void warnAll(const std::vector<Message>& warnings);

// One line; bytes that are not UTF-8 become U+FFFD.
std::string dump(const OrderedJson& json);

// Opens the model and warns, once, when the linear algebra is the slow one.
Result<std::unique_ptr<session::Engine>> openEngine(const ModelArguments& arguments);

image_io::ReadOptions readOptions(double maxMegapixels, std::array<std::uint8_t, 3> background = {255, 255, 255});

// RRGGBB, with or without '#'. Errors: ErrorKind::usage.
Result<std::array<std::uint8_t, 3>> parseColour(const std::string& text);

struct Marked {
    std::string region;   // "x,y,width,height" (cut at the picture's edges) or the path of a mask of its size
    std::string picture;  // its file, for messages
    std::optional<std::int64_t> label;  // the mask's only label that is wanted; none: all
    bool mayBeEmpty = false;            // a mask with nothing inside is no error
    int orientation = 1;                // EXIF's, by which the picture was turned
};

// The marked object of `picture`. Says the mask's warnings. Errors: usage for a region that is neither, input for one
// with nothing of the picture in it.
Result<Mask> readRegion(const Marked& marked, const Image& picture, const image_io::ReadOptions& options);

// Support regions as given on the command line. `fallbackImage` stands in where no support picture was named.
Result<std::vector<session::SupportRegion>> readSupport(const SupportArguments& support,
                                                        const std::string& fallbackImage,
                                                        const visual_prompt::Style& style,
                                                        const image_io::ReadOptions& options, const char* option);

double milliseconds(double value);  // rounded for reports

int runSegment(const SegmentArguments& arguments, const std::stop_token& stop);
int runMerge(const SegmentArguments& arguments, const std::stop_token& stop);  // segment --merge
int runProjectFile(const RunArguments& arguments, const std::stop_token& stop);
int runInfo(const InfoArguments& arguments);
int runTokenize(const TokenizeArguments& arguments);
int runNounPhrase(const NounPhraseArguments& arguments);
int runEmbed(const EmbedArguments& arguments, const std::stop_token& stop);
int runPrompt(const PromptArguments& arguments);
int runRefer(const ReferArguments& arguments, const std::stop_token& stop);
int runProposals(const ProposalsArguments& arguments, const std::stop_token& stop);
int runStyles(const StylesArguments& arguments, const std::stop_token& stop);
int runConvert(const ConvertArguments& arguments, const std::stop_token& stop);
int runBench(const BenchArguments& arguments, const std::stop_token& stop);
int runTrain(const TrainArguments& arguments, const std::stop_token& stop);
int runEvaluate(const EvaluateArguments& arguments, const std::stop_token& stop);
int runModels(const ModelsArguments& arguments, const std::stop_token& stop);

}  // namespace maskwright::cli
