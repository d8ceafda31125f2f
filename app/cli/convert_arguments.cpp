#include "app/cli/convert_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addConvert(CLI::App& app, ConvertArguments& a) {
    app.add_option("DECODER", a.decoder, "The original repository's decoder weights (.pth), plain tensors only")
        ->required();
    app.add_option("--clip", a.clip, "Folder of the CLIP model the decoder was trained with (Hugging Face layout)")
        ->required();
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
        "Example:\n  maskwright-cli convert rd64-uni-refined.pth --clip clip-vit-base-patch16 -o clipseg-rd64-refined");
}

}  // namespace maskwright::cli
