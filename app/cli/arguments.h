// The command line itself: what every subcommand takes, its help, and one line for every mistake.
#pragma once

#include "app/cli/commands.h"

namespace maskwright::cli {

// Either a command to run, or an exit code (help and version were printed, or a usage error was).
std::variant<Command, int> parseArguments(int count, const char* const* values);

}  // namespace maskwright::cli
