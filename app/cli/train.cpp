// train: the program's own training from the command line, and its log as a chart.
#include "core/train/train.h"

#include <cstdio>
#include <iostream>

#include "app/cli/common.h"
#include "core/batch/plan.h"
#include "core/train/plot.h"

namespace maskwright::cli {

namespace {

int plotLog(const TrainArguments& arguments) {
    if (arguments.output.empty()) {
        return report({ErrorKind::usage, "the plot has no output", "give -o FILE.png"});
    }
    const auto file = batch::planFile(arguments.output, arguments.plot);
    if (!file) {
        return report(file.error());
    }
    const auto lines = train::readLog(arguments.plot);
    if (!lines) {
        return report(lines.error());
    }
    const Image chart = train::plotLog(*lines);
    if (chart.empty()) {
        return report(
            {ErrorKind::input, message("%1 has nothing to plot", quoted(arguments.plot)), "give a run's log.csv"});
    }
    if (const auto written = image_io::writeImage(*file, chart); !written) {
        return report(written.error());
    }
    return 0;
}

std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

}  // namespace

int runTrain(const TrainArguments& arguments, const std::stop_token& stop) {
    if (!arguments.plot.empty()) {
        return plotLog(arguments);
    }
    if (arguments.config.empty()) {
        return report({ErrorKind::usage, "there is no configuration to train from", "see maskwright-cli train --help"});
    }
    train::TrainOptions options;
    options.config = arguments.config;
    options.resume = arguments.resume;
    options.overwrite = arguments.overwrite;
    options.onLog = [](const train::LogLine& line) { std::cerr << train::progressText(line) + "\n"; };
    options.say = [](const std::string& text) { std::cerr << text + "\n"; };
    const auto done = train::train(options, stop);
    if (!done) {
        return report(done.error());
    }
    std::cout << done->output << ": " << done->steps << " steps in " << rounded(done->seconds / 60) << " minutes";
    if (done->valIou >= 0) {
        std::cout << "; validation: mean IoU " << rounded(done->valIou) << ", overall IoU " << rounded(done->valOverall)
                  << (done->valPhantom >= 0 ? ", phantom rate " + rounded(done->valPhantom) : "") << " at threshold "
                  << rounded(done->threshold);
    }
    std::cout << "\n";
    return 0;
}

}  // namespace maskwright::cli
