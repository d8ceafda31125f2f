#include "core/train/train.h"

#include <ATen/ATen.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/file.h"
#include "core/clipseg/model.h"
#include "core/nn/device.h"
#include "core/train/stages.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLogHead =
    "stage,step,steps,loss,dense,iou,phantom,per_second,eta_seconds,rate,val_iou,val_overall_iou,val_phantom,val_"
    "threshold";

std::string shortNumber(double value, const char* format) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string csvLine(const LogLine& l) {
    std::string line = l.stage + "," + std::to_string(l.step) + "," + std::to_string(l.steps);
    for (const double value : {l.loss, l.dense, l.iou, l.phantom, l.perSecond, l.etaSeconds, l.rate, l.valIou,
                               l.valOverall, l.valPhantom, l.valThreshold}) {
        line += "," + (value < 0 ? std::string() : shortNumber(value, "%.6g"));
    }
    return line;
}

}  // namespace

std::string Context::workFile(const std::string& name) const { return (fs::path(options.work) / name).string(); }

std::size_t Context::shards() const {
    return device.is_cpu() ? static_cast<std::size_t>(std::max(nn::threads(), 1)) : 1;
}

std::string progressText(const LogLine& l) {
    std::string text = l.stage + " " + std::to_string(l.step) + "/" + std::to_string(l.steps) + "  loss " +
                       shortNumber(l.loss, "%.4f");
    if (l.iou >= 0) {
        text += "  dense " + shortNumber(l.dense, "%.3f") + "  iou " + shortNumber(l.iou, "%.3f") + "  phantom " +
                shortNumber(l.phantom, "%.3f");
    }
    text += "  " + shortNumber(l.perSecond, "%.1f") + (l.stage == "text" ? " phrases/s" : " pictures/s");
    const auto eta = static_cast<std::int64_t>(l.etaSeconds);
    text += "  ETA " + std::to_string(eta / 60) + ":" + (eta % 60 < 10 ? "0" : "") + std::to_string(eta % 60);
    if (l.valIou >= 0) {
        text += "  val: iou " + shortNumber(l.valIou, "%.3f") + " overall " + shortNumber(l.valOverall, "%.3f") +
                " phantom " + shortNumber(l.valPhantom, "%.3f") + " at " + shortNumber(l.valThreshold, "%.2f");
    }
    return text;
}

Result<std::vector<LogLine>> readLog(const std::string& file) {
    auto text = readFile(file, 256u << 20);
    if (!text) {
        return text.error();
    }
    std::istringstream lines(*text);
    std::string line;
    std::vector<LogLine> result;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        if (number == 1 || line.empty()) {
            if (number == 1 && line != kLogHead) {
                return Error{ErrorKind::input, file + " is no training log", "name the log.csv of a training run"};
            }
            continue;
        }
        std::vector<std::string> cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, ',');) {
            cells.push_back(cell);
        }
        cells.resize(std::max<std::size_t>(cells.size(), 14));
        LogLine l;
        l.stage = cells[0];
        double* const fields[] = {&l.loss, &l.dense,  &l.iou,        &l.phantom,    &l.perSecond,   &l.etaSeconds,
                                  &l.rate, &l.valIou, &l.valOverall, &l.valPhantom, &l.valThreshold};
        bool good = cells.size() == 14 && !l.stage.empty();
        const auto number_ = [&](const std::string& cell) {
            char* end = nullptr;
            const double value = std::strtod(cell.c_str(), &end);
            good = good && !cell.empty() && *end == '\0';
            return value;
        };
        l.step = static_cast<std::int64_t>(number_(cells[1]));
        l.steps = static_cast<std::int64_t>(number_(cells[2]));
        for (std::size_t i = 0; i < std::size(fields); ++i) {
            *fields[i] = cells[i + 3].empty() ? -1 : number_(cells[i + 3]);
        }
        if (!good) {
            return Error{ErrorKind::input,
                         file + ": line " + std::to_string(number) + " is not what a training run writes",
                         "remove the line"};
        }
        result.push_back(l);
    }
    return result;
}

Result<TrainReport> train(const TrainOptions& request, std::stop_token stop) {
    auto options = readOptions(request.config);
    if (!options) {
        return options.error();
    }
    TrainReport report;
    report.output = options->output;
    const auto began = std::chrono::steady_clock::now();
    std::error_code code;
    fs::create_directories(options->work, code);
    fs::create_directories(options->output, code);
    if (!fs::is_directory(options->work) || !fs::is_directory(options->output)) {
        return Error{ErrorKind::output, "the folder " + quoted(options->work) + " cannot be made",
                     "choose another output and work folder"};
    }
    const std::string logFile = (fs::path(options->work) / "log.csv").string();
    const bool fresh = !request.resume || !fs::exists(logFile);
    std::ofstream log(logFile, fresh ? std::ios::trunc : std::ios::app);
    if (fresh) {
        log << kLogHead << '\n';
    }
    try {
        nn::setThreads(static_cast<int>(options->threads));
        clipseg::Config config;
        if (!options->model.is_null()) {
            config = need(clipseg::readConfig(options->model, options->file + ": model"));
        } else if (options->base.empty()) {
            config = clipseg::readModelConfig(options->start);
        } else {
            config = clipseg::readModelConfig(options->base);
            if (options->stages != std::vector<std::string>{"segment"}) {
                return Error{ErrorKind::input, options->file + ": only the stage segment fine-tunes a model",
                             "set stages to [\"segment\"]"};
            }
        }
        if (options->segment.size % config.clip.vision.cell() != 0) {
            return Error{
                ErrorKind::input,
                options->file + ": segment.size is no multiple of " + std::to_string(config.clip.vision.cell()),
                "choose one"};
        }
        Context context{*options, config, request.resume, nn::deviceFromName(options->device), {}, {}, stop};
        context.log = [&](const LogLine& line) {
            log << csvLine(line) << std::endl;
            if (line.stage != "text") {
                report.steps = line.step;
            }
            if (line.valIou >= 0) {
                report.valIou = line.valIou;
                report.valOverall = line.valOverall;
                report.valPhantom = line.valPhantom;
                report.threshold = line.valThreshold;
            }
            if (request.onLog) {
                request.onLog(line);
            }
        };
        context.say = [&](const std::string& line) {
            if (request.say) {
                request.say(line);
            }
        };
        if (options->segment.bfloat16 && context.device.is_cpu() && !nn::fastBfloat16()) {
            options->segment.bfloat16 = false;
            context.say("segment.bfloat16: this processor has no instructions for it; float32 instead");
        }
        for (const std::string& stage : options->stages) {
            if (stage == "tokenizer") {
                if (!(request.resume && fs::exists(context.workFile("tokenizer.model")))) {
                    tokenizerStage(context);
                }
            } else if (stage == "text") {
                textStage(context);
            } else if (stage == "joint") {
                if (!(request.resume && fs::exists(context.workFile("joint.safetensors")))) {
                    jointStage(context);
                }
            } else if (stage == "support") {
                supportStage(context);
            } else {
                segmentStage(context);
            }
        }
    } catch (const TrainError& e) {
        return e.error;
    } catch (const clipseg::ModelError& e) {
        return e.error;
    } catch (const Interrupted&) {
        return Error{ErrorKind::cancelled, "training was stopped and its state saved in " + options->work,
                     "continue with --resume"};
    } catch (const c10::Error& e) {
        return Error{ErrorKind::resource, std::string("the tensor library failed: ") + e.what_without_backtrace(),
                     "see the configuration's sizes and the memory at hand"};
    } catch (const std::exception& e) {
        return Error{ErrorKind::resource, std::string("training failed: ") + e.what(), "see the configuration"};
    }
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return report;
}

}  // namespace maskwright::train
