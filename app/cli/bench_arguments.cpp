#include "app/cli/bench_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addBench(CLI::App& app, BenchArguments& a) {
    app.add_option("IMAGE", a.image, "Picture to measure with")->required();
    addList(app, "--phrase", a.phrases, "Phrases to decode together; default: cat");
    app.add_option("--runs", a.runs, "Runs; the median is reported")->check(CLI::Range(1, 1000))->capture_default_str();
    app.add_flag("!--no-refine", a.refine, "Plain bilinear masks");
    app.add_flag("--json", a.json, "As one JSON object");
    addSize(app, a.size);
    addModel(app, a.model);
    app.footer("Example:\n  maskwright-cli bench photo.jpg --phrase cat --phrase dog --runs 10");
}

}  // namespace maskwright::cli
