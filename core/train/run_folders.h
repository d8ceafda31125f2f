// What a training run writes over, looked at before anything is computed: a model, the saved state of another run or
// somebody's files are never lost unasked.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/made_folders.h"
#include "core/train/options.h"

namespace maskwright::train {

// Every file that says what a model folder is. Those that a run does not write it takes away where it replaces a
// model: they would be read as its own.
inline constexpr std::array<std::string_view, 14> kModelFiles = {
    "config.json",
    "model.safetensors",
    "model.safetensors.index.json",
    "trunk.safetensors",
    "preprocessor_config.json",
    "processor_config.json",
    "tokenizer.model",
    "words.txt",
    "vocab.json",
    "merges.txt",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
};

// Whether both are one folder or file, however they are written: links, "..", a trailing slash, another case where
// names have none. False where one of them is not there and the other is.
bool samePlace(const std::string& a, const std::string& b);

struct Permission {
    bool resume = false;     // goes on with the state in `work`, and with the output that this state says is its own
    bool overwrite = false;  // replaces a model in `output`, and the state of the run's own stages in `work`
};

// Refuses, saying what to do: an output that is a file, the folder the model comes from, a model, or a folder with
// anything else in it; saved state of a stage to run, without `resume`; a file that the run reads where it would write.
// Makes both folders with `made`, and finds out whether they can be written to. Errors: input for a setting, output.
Result<void> openFolders(const Options& options, const Permission& permission, MadeFolders& made);

// Removes the saved state of the stages to run: a run that begins anew must not be resumed from another's.
void removeState(const Options& options);

// `output` as seen from `work`, which a checkpoint keeps: a resumed run may replace what it has written itself.
std::string outputFromWork(const Options& options);

}  // namespace maskwright::train
