#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>

#include "app/cli/docs/pages.h"

namespace maskwright::cli::docs {

namespace {

// "TEXT:{a,b}" is one of a and b; "INT:INT in [0 - 9]" is an INT.
void readType(const std::string& type, Option& option) {
    const std::size_t colon = type.find(':');
    option.argument = type.substr(0, colon);
    const std::size_t open = type.find('{'), close = type.find('}');
    if (open == std::string::npos || close == std::string::npos) {
        return;
    }
    std::string word;
    for (const char c : type.substr(open + 1, close - open - 1) + ",") {
        if (c == ',') {
            option.choices.push_back(word);
            word.clear();
        } else {
            word += c;
        }
    }
}

Option read(const CLI::Option& from) {
    Option option;
    for (const std::string& name : from.get_snames()) {
        option.names.push_back("-" + name);
    }
    for (const std::string& name : from.get_lnames()) {
        option.names.push_back("--" + name);
    }
    if (option.names.empty()) {
        option.argument = from.get_name(true);
    } else if (from.get_items_expected_max() > 0) {
        readType(from.get_type_name(), option);
    }
    option.initial = from.get_default_str();
    option.help = from.get_description();
    option.required = from.get_required();
    option.repeated = from.get_items_expected_max() > 1;
    return option;
}

}  // namespace

Command read(const CLI::App& app) {
    Command command;
    for (const CLI::App* one = &app; one->get_parent() != nullptr; one = one->get_parent()) {
        command.name = one->get_name() + (command.name.empty() ? "" : " ") + command.name;
    }
    command.help = app.get_description();
    command.footer = app.get_footer();
    for (const CLI::Option* option : app.get_options()) {
        command.options.push_back(read(*option));
    }
    for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
        Command made = read(*below);
        if (below->get_name().empty()) {  // a group of options, of which one is to be given
            std::copy_if(made.options.begin(), made.options.end(), std::back_inserter(command.options),
                         [](const Option& option) {
                             return option.names != std::vector<std::string>{"-h", "--help"};
                         });
        } else {
            command.below.push_back(std::move(made));
        }
    }
    return command;
}

}  // namespace maskwright::cli::docs
