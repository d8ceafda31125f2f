#include "app/cli/convert_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addConvert(CLI::App& app, ConvertArguments& a) {
    app.add_option(
           "FILE", a.decoder,
           "The original repository's decoder weights (.pth), plain tensors only; one of OpenAI's CLIP files (.pt), "
           "whose tensors are read and none of its code; Segment Anything's (sam_vit_b_01ec64.pth, mobile_sam.pt); or "
           "a FreeSOLO checkpoint (.pth)")
        ->required();
    app.add_option("--clip", a.clip,
                   "For a decoder: folder of the CLIP model it was trained with (Hugging Face layout)");
    app.add_option(
        "--vocabulary", a.vocabulary,
        "For OpenAI's CLIP: folder that vocab.json and merges.txt are copied from; any CLIP folder has them");
    app.add_option("-o,--output", a.output, "Model folder to write; it must not exist yet")->required();
    app.add_option("--extract-layers", a.extractLayers,
                   "0-based blocks the decoder reads, e.g. 3,6,9 (the released weights') or 3,7,9 (the paper's text)")
        ->delimiter(',');
    app.add_option("--decoder-heads", a.decoderHeads, "The original's n_heads")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    app.add_option("--conditional-layer", a.conditionalLayer, "The original's cond_layer")
        ->check(CLI::Range(0, 31))
        ->capture_default_str();
    app.footer(
        "Examples:\n  maskwright-cli convert rd64-uni-refined.pth --clip clip-vit-base-patch16 -o "
        "clipseg-rd64-refined\n"
        "  maskwright-cli convert RN50.pt --vocabulary clip-vit-base-patch16 -o clip-rn50\n"
        "  maskwright-cli convert mobile_sam.pt -o mobile-sam");
}

}  // namespace maskwright::cli
