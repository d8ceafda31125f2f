#include "app/cli/inspect_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addInfo(CLI::App& app, InfoArguments& a) {
    addModel(app, a.model);
    app.add_flag("--json", a.json, "As one JSON object");
    app.footer("Example:\n  maskwright-cli info --model sight --json");
}

void addTokenize(CLI::App& app, TokenizeArguments& a) {
    app.add_option("--model", a.model, "Built-in model's name, or a model folder")->capture_default_str();
    app.add_option("TEXT", a.texts, "Texts; each gives one line, a JSON list of ids with begin and end marker")
        ->required();
    app.footer("Example:\n  maskwright-cli tokenize \"a black cat\"");
}

void addNounPhrase(CLI::App& app, NounPhraseArguments& a) {
    app.add_option("TEXT", a.texts,
                   "English referring expressions; each gives one line, the expression and its noun phrase with a tab "
                   "between them. Of other languages, and where no word names a thing, it is the whole text")
        ->required();
    app.add_flag("--json", a.json, "A JSON object a line: expression, noun_phrase");
    app.footer("Example:\n  maskwright-cli noun-phrase \"kid on far left wearing stripes\" --json");
}

void addEmbed(CLI::App& app, EmbedArguments& a) {
    auto* group = app.add_option_group("what", "What to embed: one of");
    group->add_option("--phrase", a.phrase, "A phrase");
    group->add_option("--image", a.image, "A picture, stretched to the network's input");
    group->require_option(1);
    app.add_option("--region", a.region, std::string("With --image, embed the marked object: ") + kRegionHelp);
    addRegionLabel(app, "--region-label", a.regionLabel);
    app.add_option("--style", a.style, std::string("With --region, how it is shown: ") + kStyleHelp)
        ->capture_default_str();
    app.add_option("-o,--output", a.output, "File for the condition vector, float32 [projection] (.npy)")->required();
    addSize(app, a.size);
    addReading(app, a.maxMegapixels, a.model);
    app.footer("Example:\n  maskwright-cli embed --phrase \"a cat\" -o cat.npy");
}

}  // namespace maskwright::cli
