#include "app/cli/prompt_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"
#include "app/cli/style_help.h"

namespace maskwright::cli {

void addPrompt(CLI::App& app, PromptArguments& a) {
    app.add_option("IMAGE", a.image, "Picture with the object")->required();
    app.add_option("--region", a.region, std::string("The object: ") + kRegionHelp)->required();
    addRegionLabel(app, "--region-label", a.regionLabel);
    app.add_option("--style", a.style, std::string("How it is shown: ") + kStyleHelp)->capture_default_str();
    app.add_flag("--as-reference", a.asReference,
                 "Picture and mask at their own size, with all the reference's quirks");
    app.add_option("-o,--output", a.output, "PNG for the engineered picture");
    app.add_option("--save-tensor", a.saveTensor, "float32 [3, height, width] in normalised space (.npy)");
    addMegapixels(app, a.maxMegapixels);
    app.footer(
        "Presets:\n"
        "  crop_blur_highlight352 (the paper's best at CLIPSeg's size) crop_blur_highlight crop_blur crop_10 crop\n"
        "  crop_small crop_large overlay highlight highlight2 blur_highlight blur3_highlight blur3_highlight01\n"
        "  blur_highlight_random background_50 background_10 background_0 background_blur background_blur_10\n"
        "  outline rect colorize grayscale shape image_only image_black\n"
        "  separate cls_last_layer cls_all_layers all_layers (inside CLIP's encoder; pixels stay)\n"
        "Keys, over a preset or the default:\n" +
        styleKeysHelp() +
        "Examples:\n"
        "  maskwright-cli prompt cat.jpg --region 40,60,120,110 -o seen.png\n"
        "  maskwright-cli prompt cat.jpg --region cat-mask.png --style crop,blur=6,context=0.3 -o seen.png");
}

}  // namespace maskwright::cli
