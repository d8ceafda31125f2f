#include "app/cli/bench_arguments.h"

#include <CLI/CLI.hpp>

#include "app/cli/options.h"

namespace maskwright::cli {

void addBench(CLI::App& app, BenchArguments& a) {
    app.add_option("IMAGE", a.image,
                   "Picture to measure with; with --against or --growth it may be left out: one is drawn");
    addList(app, "--phrase", a.phrases, "Phrases to decode together; default: cat");
    app.add_option("--runs", a.runs, "Runs, or with --against turns of both sides; the median is reported")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    app.add_flag("!--no-refine", a.refine, "Plain bilinear masks");
    app.add_flag("--json", a.json, "As one JSON object");
    app.add_option(
        "--against", a.against,
        "A Python with torch and transformers, and OpenVINO if it shall be measured too: both sides take turns, "
        "on the CPU, with as many threads, in float32 and (where the processor multiplies it) bfloat16, or in "
        "what --dtype says");
    app.add_option("--peer-model", a.peerModel, "The model folder that Python loads; default: that of --model");
    app.add_option("--timeout", a.timeout, "Seconds that Python may take for one answer")
        ->check(CLI::Range(0.1, 1e6))
        ->capture_default_str();
    app.add_flag("--growth", a.growth,
                 "How time grows with phrases, the network's size, megapixels and pictures, and memory with pictures");
    app.add_option("--pictures", a.pictures, "With --growth: the most pictures of a run")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    app.add_option("--csv", a.csv, "File for every number measured with --against or --growth");
    app.add_option("--plot", a.plot, "PNG to draw --growth in");
    addSize(app, a.size);
    a.model.memory = 0;  // a picture that is kept would not be measured
    addModel(app, a.model);
    app.parse_complete_callback([&app, &a] { a.dtypeGiven = app.count("--dtype") > 0; });
    app.footer(
        "Example:\n"
        "  maskwright-cli bench photo.jpg --phrase cat --phrase dog --runs 10\n"
        "  maskwright-cli bench --against venv/bin/python --model clipseg-rd64-refined --runs 9 --csv numbers.csv\n"
        "  maskwright-cli bench --growth --pictures 200 --plot growth.png");
}

}  // namespace maskwright::cli
