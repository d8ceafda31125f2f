// The command line as data, read off its parser, and what is written from it while the program is built: a manual page
// for each subcommand, completion for three shells. So none of them can say what the program does not.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace maskwright::cli::docs {

struct Option {
    std::vector<std::string> names;    // "-o", "--output"; empty of a positional argument
    std::string argument;              // what stands for its value: "TEXT", or the positional's name; empty of a flag
    std::vector<std::string> choices;  // where its value is one of a few
    std::string initial;               // its default; empty: none, or none that can be said
    std::string help;
    bool required = false, repeated = false;
};

struct Command {
    std::string name, help, footer;  // name with those above it: "models fetch"
    std::vector<Option> options;
    std::vector<Command> below;
};

Command read(const CLI::App& app);

// A page in man(7)'s macros, of the program or of a subcommand with those below it.
std::string manualPage(const Command& program, const Command& command, const std::string& version);

std::string bashCompletion(const Command& program);
std::string zshCompletion(const Command& program);
std::string fishCompletion(const Command& program);

}  // namespace maskwright::cli::docs
