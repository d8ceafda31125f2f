// The command line itself: what every subcommand takes, its help, and one line for every mistake.
#pragma once

#include <functional>

#include "app/cli/commands.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

// Either a command to run, or an exit code (help and version were printed, or a usage error was).
std::variant<Command, int> parseArguments(int count, const char* const* values);

// Shows the whole of it to `look`, for whatever is made from the help: manual pages, completion.
void showArguments(const std::function<void(CLI::App&)>& look);

}  // namespace maskwright::cli
