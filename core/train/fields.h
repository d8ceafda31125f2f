// The settings of a training run as tables: one row a member of the structs of options.h. Reading, what is said about
// unknown names and the table of README.md all come from here; a member's default is the one its struct gives it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/train/options.h"

namespace maskwright::train {

template <class S>
struct Field {
    std::string_view name;  // in the configuration
    std::variant<std::int64_t S::*, double S::*, bool S::*, std::string S::*, std::vector<std::string> S::*, Json S::*>
        member;
    double low = 0, high = 0;  // of a number, both included
    std::string_view meaning;
    bool path = false;                   // relative to the configuration's folder
    bool required = false;               // an error where it is missing
    std::string_view shownDefault = {};  // where it is not the struct's own
};

// The table of Options (without its sections) or of one of its sections.
template <class S>
std::span<const Field<S>> fieldsOf();

// The members of Options that are sections: calls visit(name, pointer to the member) for each.
template <class Visit>
void forEachSection(const Visit& visit) {
    visit("tokenizer", &Options::tokenizer);
    visit("text", &Options::textStage);
    visit("joint", &Options::joint);
    visit("names", &Options::names);
    visit("segment", &Options::segment);
    visit("support", &Options::support);
    visit("presence", &Options::presence);
}

// The table of all settings in Markdown, as README.md has it.
std::string settingsTable();

// The one of `known` that `word` is most likely a slip of; empty where none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace maskwright::train
