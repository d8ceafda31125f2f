// bench: medians of each step over several runs, and the process's peak memory.
#include <iostream>

#include "app/cli/bench/comparison.h"
#include "app/cli/bench/machine.h"
#include "app/cli/bench/ours.h"
#include "app/cli/bench/statistics.h"
#include "app/cli/common.h"
#include "core/base/stopwatch.h"
#include "core/image/refine.h"

namespace maskwright::cli {

namespace {

double median(const std::vector<double>& values) { return bench::spread(values).median; }

// Milliseconds of each step, one a run.
struct Samples {
    std::vector<double> encode, text, decode, refine, redraw;
};

Result<Samples> measure(session::Method& method, const Image& image, const std::vector<std::string>& phrases,
                        const BenchArguments& arguments, const std::stop_token& stop) {
    Samples samples;
    // One run more than asked for: the first pays for caches and thread teams.
    for (int run = -1; run < arguments.runs; ++run) {
        const auto encoded = method.encode(image, {arguments.size, false}, stop);
        if (!encoded) {
            return encoded.error();
        }
        std::vector<session::Prompt> prompts(phrases.size());
        for (std::size_t i = 0; i < phrases.size(); ++i) {
            // Spaces are not read, and make each run's phrase a new one to the cache.
            prompts[i].phrase = phrases[i] + std::string(static_cast<std::size_t>(run + 1), ' ');
        }
        const auto answer = method.predict(*encoded, prompts, stop);
        if (!answer) {
            return answer.error();
        }
        const Stopwatch refining;
        Heatmap last;
        for (const Heatmap& map : answer->maps) {
            last = toPictureSize(map, image, arguments.refine);
            if (last.empty()) {
                return Error{ErrorKind::input, "the picture has no pixels", ""};
            }
        }
        const double refined = refining.milliseconds();
        if (run >= 0) {
            samples.redraw.push_back(bench::redrawing(bench::onScreen(last), run % 40));
            samples.encode.push_back(encoded->milliseconds);
            samples.text.push_back(answer->timing.text);
            samples.decode.push_back(answer->timing.decode);
            samples.refine.push_back(refined);
        }
    }
    return samples;
}

}  // namespace

int runBench(const BenchArguments& arguments, const std::stop_token& stop) {
    if (!arguments.against.empty() || arguments.growth) {
        return bench::runComparison(arguments, stop);
    }
    if (arguments.image.empty()) {
        return report({ErrorKind::usage, "there is no picture to measure with", "give one, or --against or --growth"});
    }
    const auto read = image_io::read(arguments.image);
    if (!read) {
        return report(read.error());
    }
    warnAll(read->warnings);
    const Image& image = read->image;
    const Stopwatch loading;
    const auto engine = openEngine(arguments.model);
    if (!engine) {
        return report(engine.error());
    }
    const double load = loading.milliseconds();
    const std::vector<std::string> phrases =
        arguments.phrases.empty() ? std::vector<std::string>{"cat"} : arguments.phrases;
    const auto samples = measure((*engine)->method(), image, phrases, arguments, stop);
    if (!samples) {
        return report(samples.error());
    }
    const session::ModelInfo& info = (*engine)->info();
    const OrderedJson json = {{"model", info.name},
                              {"device", info.device},
                              {"dtype", info.dtype},
                              {"threads", info.threads},
                              {"products", info.products},
                              {"instructions", info.instructions},
                              {"blas", info.blas},
                              {"libtorch", info.torchVersion},
                              {"size", arguments.size != 0 ? arguments.size : info.capabilities.inputSize},
                              {"picture", {image.width, image.height}},
                              {"phrases", phrases.size()},
                              {"runs", arguments.runs},
                              {"milliseconds",
                               {{"load", milliseconds(load)},
                                {"encode", milliseconds(median(samples->encode))},
                                {"text", milliseconds(median(samples->text))},
                                {"decode", milliseconds(median(samples->decode))},
                                {"refine", milliseconds(median(samples->refine))},
                                {"redraw", milliseconds(median(samples->redraw))}}},
                              {"peak_megabytes", milliseconds(bench::memoryOf(0).peak)}};
    if (arguments.json) {
        std::cout << dump(json) << "\n";
        return 0;
    }
    std::cout << info.name << " on " << info.device << ", " << info.dtype << ", " << info.threads << " threads, "
              << info.blas << ", LibTorch " << info.torchVersion << "\n"
              << image.width << "x" << image.height << " at " << json["size"] << ", " << phrases.size()
              << " phrases, medians of " << arguments.runs << " runs in milliseconds:\n";
    for (const auto& [step, value] : json["milliseconds"].items()) {
        std::cout << "  " << step << std::string(8 - step.size(), ' ') << value << "\n";
    }
    std::cout << "peak memory " << json["peak_megabytes"] << " MiB\n";
    return 0;
}

}  // namespace maskwright::cli
