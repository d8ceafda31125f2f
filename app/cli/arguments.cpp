#include "app/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <iostream>
#include <span>

#include "app/cli/partners.h"

namespace maskwright::cli {

namespace {

std::string oneLine(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) {
            c = ' ';
        }
    }
    return text;
}

// CLI11 would take the next argument as the value.
Result<void> checkValues(std::span<const char* const> arguments) {
    for (const std::string_view value : arguments) {
        if (value.starts_with("--") && value.find('=') + 1 == value.size()) {
            return Error{ErrorKind::usage, message("%1 has no value", quoted(value)), "write it after the ="};
        }
    }
    return {};
}

// What is wrong with the command line, as CLI11 says it.
Error refusal(const CLI::App& app, const CLI::ParseError& error, std::span<const char* const> arguments) {
    if (app.get_subcommands().empty() && !arguments.empty() && *arguments.front() != '-') {
        return {ErrorKind::usage, message("there is no subcommand %1", quoted(arguments.front())),
                "see maskwright-cli --help"};
    }
    std::string name = "maskwright-cli";
    for (const CLI::App* sub : app.get_subcommands()) {
        name += " " + sub->get_name();
        for (const CLI::App* below : sub->get_subcommands()) {
            name += ' ';
            name += below->get_name();
        }
    }
    return {ErrorKind::usage, verbatim(oneLine(error.what())), message("see %1 --help", name)};
}

// Whether the options go together, also those of what is below it.
Result<void> checkOptions(const CLI::App& subcommand) {
    MASKWRIGHT_TRY(checkPartners(subcommand));
    for (const CLI::App* below : subcommand.get_subcommands()) {
        MASKWRIGHT_TRY(checkPartners(*below));
    }
    return {};
}

// Parses, or where there is `look` shows it the whole command line instead.
std::variant<Command, int> parse(int count, const char* const* values, const std::function<void(CLI::App&)>& look) {
    CLI::App app(
        "Maskwright: a phrase or a marked object gives a mask. Results go to standard output and files, errors to "
        "standard error, one line each. Exit codes: 0 done, 2 usage, 3 input, 4 model weights, 5 memory or device, "
        "6 output, 130 stopped.",
        "maskwright-cli");
    app.set_version_flag("--version", std::string("maskwright-cli ") + MASKWRIGHT_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Example:\n  maskwright-cli segment cat.jpg --phrase cat -o cat.png\n`maskwright-cli SUBCOMMAND --help` tells "
        "the rest.");

    SegmentArguments segment;
    InfoArguments info;
    TokenizeArguments tokenize;
    NounPhraseArguments nounPhrase;
    EmbedArguments embed;
    PromptArguments prompt;
    ProposalsArguments proposals;
    ReferArguments refer;
    StylesArguments styles;
    ConvertArguments convert;
    BenchArguments bench;
    TrainArguments train;
    EvaluateArguments evaluate;
    ModelsArguments models;
    RunArguments run;
    const auto add = [&](const char* name, const char* help, auto& arguments, auto fill) {
        CLI::App* sub = app.add_subcommand(name, help);
        fill(*sub, arguments);
        return sub;
    };
    const CLI::App* chosen[] = {
        add("segment", "Masks of pictures by phrases, by marked objects, or both", segment, addSegment),
        add("run", "Masks of the rows of a project's pictures, with their corrections", run, addRun),
        add("info", "What a model is and how it will be computed", info, addInfo),
        add("tokenize", "Token ids of texts", tokenize, addTokenize),
        add("noun-phrase", "The words of an expression that name the thing", nounPhrase, addNounPhrase),
        add("embed", "The condition vector of a phrase or a picture", embed, addEmbed),
        add("prompt", "The engineered picture of a marked object, as the model sees it", prompt, addPrompt),
        add("proposals", "Which things a picture may hold, without asking for any", proposals, addProposals),
        add("refer", "The one of several things that an expression means", refer, addRefer),
        add("styles", "Which way of showing a marked object the model understands best", styles, addStyles),
        add("convert",
            "The original CLIPSeg decoder and a CLIP folder, or one of OpenAI's CLIP files, to a model folder", convert,
            addConvert),
        add("bench", "How long each step takes, and how much memory", bench, addBench),
        add("train", "Train a model, or go on training", train, addTrain),
        add("evaluate", "Measure a model on annotated pictures", evaluate, addEvaluate),
        add("models", "Which models are here; fetch, import and remove them", models, addModels),
    };
    if (look) {
        look(app);
        return 0;
    }
    const std::span<const char* const> arguments(values + 1, static_cast<std::size_t>(std::max(count, 1) - 1));
    if (const auto fits = checkValues(arguments); !fits) {
        return report(fits.error());
    }
    try {
        app.parse(count, values);
    } catch (const CLI::Success& help) {  // --help, --version
        app.exit(help);
        std::cout.flush();
        if (!std::cout) {
            return report({ErrorKind::output, "standard output cannot be written", "look where it goes"});
        }
        return 0;
    } catch (const CLI::ParseError& error) {
        return report(refusal(app, error, arguments));
    }
    const Command commands[] = {segment, run,    info,    tokenize, nounPhrase, embed,    prompt, proposals,
                                refer,   styles, convert, bench,    train,      evaluate, models};
    for (std::size_t i = 0; i < std::size(chosen); ++i) {
        if (chosen[i]->parsed()) {
            const auto fits = checkOptions(*chosen[i]);
            return fits ? std::variant<Command, int>(commands[i]) : report(fits.error());
        }
    }
    return report({ErrorKind::usage, "no subcommand was given", "see maskwright-cli --help"});
}

}  // namespace

std::variant<Command, int> parseArguments(int count, const char* const* values) { return parse(count, values, {}); }

void showArguments(const std::function<void(CLI::App&)>& look) { parse(0, nullptr, look); }

}  // namespace maskwright::cli
