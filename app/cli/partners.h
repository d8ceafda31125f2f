// Options that say nothing by themselves: what each needs beside it, in one table for all subcommands. One that would
// be passed over is a mistake of the command line's, and refused before anything is loaded.
#pragma once

#include "core/base/result.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

// For a subcommand that was parsed. Errors: ErrorKind::usage for an option without its partner, with one it
// contradicts, or with nothing but blanks for its value.
Result<void> checkPartners(const CLI::App& subcommand);

}  // namespace maskwright::cli
