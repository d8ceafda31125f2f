#include "app/cli/partners.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/blank.h"

namespace maskwright::cli {

namespace {

struct Needs {
    std::string_view command, option;
    std::array<std::string_view, 2> partners;  // one of them; the second may be missing
    std::optional<double> harmless = {};       // the value with which it needs none
    std::string_view when = {};                // only beside this option
};
constexpr Needs kNeeds[] = {
    {"segment", "--support", {"--region"}},
    {"segment", "--negative-support", {"--negative-region"}},
    {"segment", "--style", {"--region", "--negative-region"}},
    {"segment", "--mix", {"--region"}},
    {"segment", "--mix", {"--phrase"}, 1.0, "--region"},
    {"segment", "--negative-weight", {"--negative", "--negative-region"}},
    {"segment", "--compete", {"--negative", "--negative-region"}},
    {"segment", "--wording", {"--phrase"}},
    {"segment", "--shard", {"--output"}},
    {"segment", "--polygons", {"--format"}},
    {"embed", "--region", {"--image"}},
    {"embed", "--style", {"--region"}},
    {"embed", "--size", {"--image"}},
    {"embed", "--max-megapixels", {"--image"}},
    {"evaluate", "--style", {"--support-split"}},
    {"evaluate", "--mix", {"--support-split"}},
    {"evaluate", "--seed", {"--support-split", "--task"}},
    {"evaluate", "--seed", {"--gibberish"}, {}, "--texts"},
    {"evaluate", "--phrase-table", {"--also"}},
    {"evaluate", "--wording", {"--mix"}, {}, "--support-split"},  // the object alone reads no words
    {"bench", "--peer-model", {"--against"}},
    {"bench", "--timeout", {"--against"}},
    {"bench", "--pictures", {"--growth"}},
    {"bench", "--csv", {"--against", "--growth"}},
    {"bench", "--plot", {"--growth"}},
    {"train", "--plot", {"--output"}},
    {"train", "--output", {"--plot"}},
};

struct Excludes {
    std::string_view command, option, other;
    std::optional<double> with = {};  // only where `other` has this value
};
constexpr Excludes kExcludes[] = {
    {"segment", "--refine-radius", "--no-refine"},
    {"evaluate", "--also", "--support-split"},
    {"embed", "--size", "--region"},         // the style says how large an object
                                             // is shown
    {"segment", "--wording", "--mix", 1.0},  // the object alone reads no words
    {"evaluate", "--wording", "--mix", 1.0},
    {"train", "CONFIG", "--plot"},
    {"train", "--resume", "--plot"},
    {"train", "--overwrite", "--plot"},
    {"bench", "--phrase", "--against"},
    {"bench", "--phrase", "--growth"},
    {"bench", "--size", "--against"},
    {"bench", "--size", "--growth"},
    {"bench", "--no-refine", "--against"},
    {"bench", "--no-refine", "--growth"},
};

// What goes with `segment --merge`: what was asked for is in the shards' journals.
constexpr std::string_view kWithMerge[] = {"IMAGE", "--merge", "--output", "--json", "--rank"};

// Which tasks of `evaluate` an option is for; one that is not here is for all.
constexpr std::pair<std::string_view, std::string_view> kOfTask[] = {
    {"--phrase", "names"},
    {"--names", "names"},
    {"--also", "names"},
    {"--phrase-table", "names"},
    {"--support-split", "names"},
    {"--style", "names"},
    {"--mix", "names"},
    {"--at-phantom", "names"},
    {"--showing", "names"},
    {"--record-threshold", "names"},
    {"--wordnet", "kinds"},
    {"--texts", "absent"},
    {"--gibberish", "absent"},
    {"--each", "absent"},
    {"--strict", "names absent"},
    {"--exif-as-stored", "names absent"},
    {"--expressions", "refer"},
    {"--split-by", "refer"},
    {"--images", "refer"},
    {"--proposals", "refer"},
    {"--ablations", "refer"},
    {"--v", "refer"},
    {"--r", "refer"},
    {"--k", "refer"},
    {"--masking", "refer"},
    {"--prior", "refer"},
    {"--threshold", "names kinds absent"},
    {"--size", "names kinds absent"},
    {"--tiles", "names kinds absent"},
    {"--wording", "names kinds absent"},
    {"--refine", "names kinds absent"},
    {"--seed", "names kinds absent"},
};

// Options whose empty value means something.
constexpr std::pair<std::string_view, std::string_view> kMayBeEmpty[] = {{"embed", "--phrase"}};

const CLI::Option* given(const CLI::App& app, std::string_view name) {
    const CLI::Option* option = app.get_option_no_throw(std::string(name));
    return option != nullptr && option->count() > 0 ? option : nullptr;
}

// Whether the option was given this number, however it is written.
bool hasValue(const CLI::Option& option, std::optional<double> number) {
    double value = 0;
    return number && CLI::detail::lexical_cast(option.results().back(), value) && value == *number;
}

Error usage(Message what, Message advice) { return {ErrorKind::usage, std::move(what), std::move(advice)}; }

Result<void> checkEmpty(const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
        const std::string name = option->get_name();
        const bool may = std::any_of(std::begin(kMayBeEmpty), std::end(kMayBeEmpty), [&](const auto& one) {
            return one.first == app.get_name() && one.second == name;
        });
        // A flag has no value of its own; what is no picture or configuration is said where it is opened.
        if (may || option->get_positional() || option->get_expected_max() == 0 || option->count() == 0) {
            continue;
        }
        if (const auto& values = option->results(); std::any_of(values.begin(), values.end(), isBlank)) {
            return usage(message("%1 is empty", name), message("give %1 a value, or leave it out", name));
        }
    }
    return {};
}

Result<void> checkNeeds(const CLI::App& app) {
    for (const Needs& rule : kNeeds) {
        const CLI::Option* option = rule.command == app.get_name() ? given(app, rule.option) : nullptr;
        if (option == nullptr || hasValue(*option, rule.harmless) ||
            (!rule.when.empty() && given(app, rule.when) == nullptr)) {
            continue;
        }
        const auto [first, second] = rule.partners;
        if (given(app, first) == nullptr && (second.empty() || given(app, second) == nullptr)) {
            return usage(second.empty() ? message("%1 does nothing without %2", rule.option, first)
                                        : message("%1 does nothing without %2 or %3", rule.option, first, second),
                         message("give %1 too, or leave %2 out", first, rule.option));
        }
    }
    return {};
}

Result<void> checkTask(const CLI::App& app) {
    if (app.get_name() != "evaluate") {
        return {};
    }
    const CLI::Option* option = given(app, "--task");
    const std::string task = option == nullptr ? "names" : option->results().back();
    for (const auto& [name, tasks] : kOfTask) {
        if (given(app, name) != nullptr && tasks.find(task) == std::string_view::npos) {
            return usage(message("%1 does nothing with --task %2", name, task), "leave one of the two out");
        }
    }
    if (task == "absent" && given(app, "--texts") == nullptr && given(app, "--gibberish") == nullptr) {
        return usage("--task absent has nothing to ask for", "give --texts FILE or --gibberish N");
    }
    return {};
}

Result<void> checkMethod(const CLI::App& app) {
    constexpr std::string_view kOfRegions[] = {
        "--noun-phrase", "--proposals", "--points-per-side", "--smallest", "--top",          "--v",
        "--r",           "--k",         "--masking",         "--prior",    "--as-reference", "--save-features"};
    if (app.get_name() != "refer") {
        return {};
    }
    const CLI::Option* prior = given(app, "--prior");
    if (prior != nullptr && prior->results().back() == "on" && given(app, "--as-reference") != nullptr) {
        return usage(message("%1 does nothing with %2", "--prior on", "--as-reference"), "leave one of the two out");
    }
    const CLI::Option* method = given(app, "--method");
    if (method == nullptr || method->results().back() != "clipseg") {
        return {};
    }
    for (const std::string_view name : kOfRegions) {
        if (given(app, name) != nullptr) {
            return usage(message("%1 does nothing with %2", name, "--method clipseg"), "leave one of the two out");
        }
    }
    return {};
}

Result<void> checkMerge(const CLI::App& app) {
    if (app.get_name() != "segment" || given(app, "--merge") == nullptr) {
        return {};
    }
    for (const CLI::Option* option : app.get_options()) {
        const std::string name = option->get_name();
        if (option->count() > 0 &&
            std::find(std::begin(kWithMerge), std::end(kWithMerge), name) == std::end(kWithMerge)) {
            return usage(message("%1 does nothing with %2", name, "--merge"), "leave one of the two out");
        }
    }
    return {};
}

}  // namespace

Result<void> checkPartners(const CLI::App& subcommand) {
    MASKWRIGHT_TRY(checkEmpty(subcommand));
    MASKWRIGHT_TRY(checkTask(subcommand));
    MASKWRIGHT_TRY(checkMethod(subcommand));
    MASKWRIGHT_TRY(checkMerge(subcommand));
    MASKWRIGHT_TRY(checkNeeds(subcommand));
    for (const Excludes& rule : kExcludes) {
        const CLI::Option* other = rule.command == subcommand.get_name() ? given(subcommand, rule.other) : nullptr;
        if (other != nullptr && given(subcommand, rule.option) != nullptr &&
            (!rule.with || hasValue(*other, rule.with))) {
            const std::string value = rule.with ? " " + other->results().back() : "";
            return usage(message("%1 does nothing with %2", rule.option, std::string(rule.other) + value),
                         "leave one of the two out");
        }
    }
    return {};
}

}  // namespace maskwright::cli
