#include "core/train/train.h"

#include <ATen/ATen.h>

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>

#include "core/clipseg/model.h"
#include "core/nn/device.h"
#include "core/train/base_preprocessing.h"
#include "core/train/leave_device.h"
#include "core/train/run_folders.h"
#include "core/train/stages.h"
#include "core/train/training_data.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

// The model to train, as the configuration or the folder it names has it.
clipseg::Config modelConfig(const Options& options) {
    if (!options.model.is_null()) {
        return need(clipseg::readConfig(options.model, options.file + ": model"));
    }
    if (options.base.empty()) {
        return clipseg::readModelConfig(options.start);
    }
    if (options.stages != std::vector<std::string>{"segment"}) {
        throw TrainError({ErrorKind::input, message("%1: only the stage segment fine-tunes a model", options.file),
                          "set stages to [\"segment\"]"});
    }
    return clipseg::readModelConfig(options.base);
}

void runStage(const std::string& stage, const Context& context) {
    const auto isDone = [&](const char* result) {
        std::error_code unseen;
        return context.resume && fs::exists(context.workFile(result), unseen);
    };
    if (stage == "tokenizer") {
        if (!isDone("tokenizer.model")) {
            tokenizerStage(context);
        }
    } else if (stage == "text") {
        textStage(context);
    } else if (stage == "joint") {
        if (!isDone("joint.safetensors")) {
            jointStage(context);
        }
    } else if (stage == "names") {
        if (!isDone("names.safetensors")) {
            namesStage(context);
        }
    } else if (stage == "words") {
        wordsStage(context);
    } else if (stage == "support") {
        supportStage(context);
    } else if (stage == "presence") {
        presenceStage(context);
    } else {
        segmentStage(context);
    }
}

void note(const LogLine& line, TrainReport& report) {
    if (line.stage != "text") {
        report.steps = line.step;
    }
    if (line.valIou >= 0) {
        report.valIou = line.valIou;
        report.valOverall = line.valOverall;
        report.valPhantom = line.valPhantom;
        report.threshold = line.valThreshold;
    }
}

// Before each stage, since one may have left its device: what training on a processor is short of. Says a thing once.
void settleOnProcessor(const Context& context, Options& options, bool& said) {
    if (!context.device.is_cpu()) {
        return;
    }
    if (const nn::Blas blas = nn::blas(); blas.slow && !std::exchange(said, true)) {
        context.say("training multiplies by a slow BLAS (" + blas.name +
                    (blas.kernel.empty() ? "" : ", kernel " + blas.kernel) + "); " +
                    (blas.kernel.empty() ? "install libopenblas0-pthread" : "a newer OpenBLAS knows this processor"));
    }
    if (options.segment.bfloat16 && !nn::fastBfloat16()) {
        options.segment.bfloat16 = false;
        context.say("segment.bfloat16: this processor has no instructions for it; float32 instead");
    }
}

// Throws what the stages throw.
void runStages(Options& options, const TrainOptions& request, const std::stop_token& stop, TrainReport& report) {
    MadeFolders made;
    need(openFolders(options, {request.resume, request.overwrite}, made));
    nn::setThreads(static_cast<int>(options.threads), nn::Products::blas);
    const auto device = nn::deviceFromName(options.device);
    if (!device) {
        throw TrainError(
            {ErrorKind::resource, message("training failed: %1", device.error().what), "see the configuration"});
    }
    Context context{options, modelConfig(options), request.resume, *device, {}, {}, stop, {}, {}, &made};
    need(checkBasePreprocessing(options, context.config.clip.vision));
    const std::int64_t cell = context.config.clip.vision.cell();
    for (const auto& [name, size] : {std::pair("size", options.segment.size),
                                     {"first_size", options.segment.firstSize},
                                     {"smallest_size", options.segment.smallestSize}}) {
        if (size % cell != 0) {
            throw TrainError({ErrorKind::input,
                              message("%1: segment.%2 is no multiple of %3", options.file, name, cell), "choose one"});
        }
    }
    context.config.keepAspect = context.config.keepAspect || options.segment.keepAspect;
    std::optional<LogFile> log;  // a run that fails before its first line leaves none
    context.log = [&](const LogLine& line) {
        if (!log) {
            // What is there is of this run, or of stages that this one goes on from.
            log = need(LogFile::open(context.workFile("log.csv"), !request.overwrite || request.resume));
        }
        need(log->write(line));
        note(line, report);
        if (request.onLog) {
            request.onLog(line);
        }
    };
    std::mutex saying;  // what a picture's file lacks is said by the threads that read ahead
    context.say = [&](const std::string& line) {
        if (request.say) {
            const std::lock_guard lock(saying);
            request.say(line);
        }
    };
    readTrainingData(context);
    if (request.overwrite && !request.resume) {
        removeState(options);
    }
    bool said = false;
    for (const std::string& stage : options.stages) {
        whereItFits(context, [&] {
            settleOnProcessor(context, options, said);
            runStage(stage, context);
        });
    }
}

}  // namespace

std::string Context::workFile(const std::string& name) const { return (fs::path(options.work) / name).string(); }

std::size_t Context::shards() const {
    return device.is_cpu() ? static_cast<std::size_t>(std::max(nn::threads(), 1)) : 1;
}

Result<TrainReport> train(const TrainOptions& request, std::stop_token stop) {
    const auto began = std::chrono::steady_clock::now();
    auto options = readOptions(request.config);
    if (!options) {
        return options.error();
    }
    TrainReport report;
    report.output = options->output;
    try {
        runStages(*options, request, stop, report);
    } catch (const TrainError& e) {
        return e.error;
    } catch (const clipseg::ModelError& e) {
        return e.error;
    } catch (const Interrupted&) {
        return Error{ErrorKind::cancelled, message("training was stopped and its state saved in %1", options->work),
                     "continue with --resume"};
    } catch (const c10::Error& e) {
        return Error{ErrorKind::resource, message("the tensor library failed: %1", e.what_without_backtrace()),
                     "see the configuration's sizes and the memory at hand"};
    } catch (const std::exception& e) {
        return Error{ErrorKind::resource, message("training failed: %1", e.what()), "see the configuration"};
    }
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return report;
}

}  // namespace maskwright::train
