#include "app/cli/refer_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"
#include "app/cli/proposals_arguments.h"

namespace maskwright::cli {

void addRefer(CLI::App& app, ReferArguments& a) {
    app.add_option("IMAGE", a.images, "Pictures")->required();
    app.add_option("--expression", a.expression, "Which one is meant, such as \"the second giraffe from the right\"")
        ->required();
    app.add_option("--noun-phrase", a.nounPhrase, "What the thing is (default: read off the expression)");
    app.add_option("--proposals", a.proposals, kSourceHelp)->capture_default_str();
    app.add_option("--top", a.top, "At most so many proposals, the surest first; 0: the source's own number")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    app.add_option("--v", a.v, "Share of the whole picture's features; the rest is the cut-out region's")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--r", a.r, "Share of the whole expression; the rest is the noun phrase's")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--k", a.k, "In how many of the last blocks the rest of the picture is silenced")
        ->check(CLI::Range(1, 128))
        ->capture_default_str();
    app.add_option("--masking", a.masking, "How it is silenced")
        ->check(CLI::IsMember({"tokens", "one-block", "attention", "region"}))
        ->capture_default_str();
    app.add_option("--prior", a.prior, "Read left, second, biggest and the like off the regions themselves")
        ->check(CLI::IsMember({"on", "off"}))
        ->capture_default_str();
    app.add_flag("--as-reference", a.asReference,
                 "As the published program: a file's proposals in its order, none left out, no prior");
    app.add_option("-o,--output", a.output, "File or folder for the best region");
    app.add_option("--kind", a.kind, "mask, overlay or cutout")
        ->check(CLI::IsMember({"mask", "overlay", "cutout"}))
        ->capture_default_str();
    app.add_option("--save-features", a.saveFeatures,
                   "File for global, local, sentence, noun_phrase and score, float32 (.safetensors); one picture");
    app.add_flag("--json", a.json, "An object a picture: every candidate's box, area, objectness and scores");
    addMegapixels(app, a.maxMegapixels);
    addModel(app, a.model);
    app.footer(
        "Examples:\n"
        "  maskwright-cli refer street.jpg --expression \"the car on the left\" -o car.png\n"
        "  maskwright-cli refer photo.jpg --expression \"tall man\" --model clip-vit-base-patch16/ --json");
}

}  // namespace maskwright::cli
