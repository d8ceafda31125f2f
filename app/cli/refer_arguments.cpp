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
    app.add_option("--method", a.method,
                   "global-local: the likest of the proposals. clipseg: what `segment` finds. both, and how far they "
                   "agree: three panels from left to right, CLIPSeg's mask, Global-Local's, and what is in both")
        ->check(CLI::IsMember({"global-local", "clipseg", "both"}))
        ->capture_default_str();
    app.add_option("--proposals", a.proposals, kSourceHelp)->capture_default_str();
    addPoints(app, a.pointsPerSide, a.smallest);
    app.add_option("--top", a.top, "At most so many proposals, the surest first; 0: the source's own number")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    addMixing(app, a.mixing);
    app.add_flag("--as-reference", a.asReference,
                 "As the published program: a file's proposals in its order, none left out, no prior, and the "
                 "expression in lower case, its tokens apart");
    app.add_option("-o,--output", a.output, "File or folder for the best region");
    app.add_option("--kind", a.kind, "mask, overlay or cutout")
        ->check(CLI::IsMember({"mask", "overlay", "cutout"}))
        ->capture_default_str();
    app.add_option("--save-features", a.saveFeatures,
                   "File for global, local, sentence, noun_phrase and score, float32 (.safetensors); one picture");
    app.add_flag("--json", a.json, "An object a picture: every candidate's box, area, objectness and scores");
    addReading(app, a.maxMegapixels, a.model);
    app.footer(
        "Examples:\n"
        "  maskwright-cli refer street.jpg --expression \"the car on the left\" -o car.png\n"
        "  maskwright-cli refer photo.jpg --expression \"tall man\" --model clip-vit-base-patch16/ --json\n"
        "  maskwright-cli refer street.jpg --expression \"the bus behind\" --method both --kind overlay -o both.png");
}

}  // namespace maskwright::cli
