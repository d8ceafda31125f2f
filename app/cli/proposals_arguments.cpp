#include "app/cli/proposals_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addProposals(CLI::App& app, ProposalsArguments& a) {
    app.add_option("IMAGE", a.image, "Picture")->required();
    app.add_option("--source", a.source, kSourceHelp)->capture_default_str();
    app.add_option("-o,--output", a.output,
                   ".png: a label picture, the surest is 1, at most 255, the smaller above the larger; .json: COCO's "
                   "format with runs and scores from 0 to 1, where a network's own score above 1 counts as 1")
        ->required();
    app.add_option("--top", a.most, "At most so many, the surest first (default 100; of a file all)")
        ->check(CLI::Range(1, 1000));
    app.add_option("--overlap", a.overlap,
                   "Intersection over union with a surer one, above which one is left out; 1: none is (default 0.7; of "
                   "a file 1)")
        ->check(CLI::Range(0.0, 1.0));
    addPoints(app, a.pointsPerSide, a.smallest);
    app.add_flag("--json", a.json, "The report as one JSON object");
    addReading(app, a.maxMegapixels, a.model);
    app.footer(
        "Examples:\n"
        "  maskwright-cli proposals photo.jpg -o proposals.json\n"
        "  maskwright-cli proposals photo.jpg --source classical --top 50 -o labels.png");
}

void addPoints(CLI::App& app, std::optional<int>& points, std::optional<std::int64_t>& smallest) {
    app.add_option(
           "--points-per-side", points,
           "Of sam:FOLDER, points along each side of its grid: fewer are faster and miss what is small (default "
           "32, as published)")
        ->check(CLI::Range(1, 128));
    app.add_option("--smallest", smallest,
                   "Of sam:FOLDER, pixels: smaller holes and parts of a mask go (default 0: none does, as published)")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(1) << 30));
}

}  // namespace maskwright::cli
