#include "app/cli/styles_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addStyles(CLI::App& app, StylesArguments& a) {
    app.add_option("IMAGE", a.image, "Picture with the object")->required();
    app.add_option("--region", a.region, std::string("The object: ") + kRegionHelp)->required();
    addRegionLabel(app, "--region-label", a.regionLabel);
    app.add_option("--phrase", a.phrase, "The object's name")->required();
    addList(app, "--rival", a.rivals,
            "What else is in the picture, which the name is to be told from; default: forty everyday names");
    app.add_option("-o,--output", a.output, "PNG for the chart: what the model sees, its mask, the gain");
    app.add_flag("--json", a.json, "The table as one JSON object");
    addSize(app, a.size);
    addReading(app, a.maxMegapixels, a.model);
    app.footer("Example:\n  maskwright-cli styles cat.jpg --region cat-mask.png --phrase cat -o chart.png");
}

}  // namespace maskwright::cli
