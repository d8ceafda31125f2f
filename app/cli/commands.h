// The command line's requests as plain values. The small program parses them; the part that is loaded afterwards, with
// LibTorch and everything else heavy, runs them.
#pragma once

#include <stop_token>
#include <variant>

#include "app/cli/bench_arguments.h"
#include "app/cli/convert_arguments.h"
#include "app/cli/inspect_arguments.h"
#include "app/cli/models_arguments.h"
#include "app/cli/prompt_arguments.h"
#include "app/cli/proposals_arguments.h"
#include "app/cli/refer_arguments.h"
#include "app/cli/run_arguments.h"
#include "app/cli/segment_arguments.h"
#include "app/cli/styles_arguments.h"
#include "app/cli/train_arguments.h"
#include "core/base/result.h"

namespace maskwright::cli {

using Command = std::variant<SegmentArguments, InfoArguments, TokenizeArguments, NounPhraseArguments, EmbedArguments,
                             PromptArguments, ProposalsArguments, ReferArguments, StylesArguments, ConvertArguments,
                             BenchArguments, TrainArguments, EvaluateArguments, ModelsArguments, RunArguments>;

// Prints `error` as one line on stderr and gives its exit code.
int report(const Error& error);

}  // namespace maskwright::cli

// The loaded part's only door: runs the command and gives the exit code.
extern "C" int maskwrightRunCommand(const maskwright::cli::Command& command, const std::stop_token& stop);
