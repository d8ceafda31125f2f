#include "app/cli/bench/comparison.h"

#include <filesystem>
#include <iostream>

#include "app/cli/bench/steps.h"
#include "core/base/file.h"
#include "core/batch/naming.h"
#include "core/image/refine.h"

namespace maskwright::cli::bench {

namespace {

namespace fs = std::filesystem;

constexpr int kDrawnWidth = 1024, kDrawnHeight = 768;  // of the picture where none is given
constexpr const char* kTransformers = "transformers";
constexpr const char* kOpenVino = "openvino";

// Where the numbers and the plot go; told before minutes of work.
Result<void> planOutputs(BenchArguments& a) {
    const std::string picture = a.image.empty() ? "growth" : a.image;
    for (const auto& [file, ending] : {std::pair(&a.csv, ".csv"), std::pair(&a.plot, ".png")}) {
        if (file->empty()) {
            continue;
        }
        auto planned = batch::planFile(*file, picture, {a.model.model, a.peerModel, a.against}, ending);
        if (!planned) {
            return planned.error();
        }
        *file = std::move(*planned);
    }
    return {};
}

Result<void> check(const BenchArguments& a) {
    if (!a.against.empty() && a.model.device != "auto" && a.model.device != "cpu") {
        return Error{ErrorKind::usage,
                     message("--against measures on the CPU, not on the device %1", quoted(a.model.device)),
                     "leave one of the two out"};
    }
    return {};
}

std::vector<std::string> dtypes(const BenchArguments& a, const Machine& machine) {
    if (a.dtypeGiven || a.against.empty()) {
        return {a.model.dtype};
    }
    if (!machine.bfloat16) {
        warn(
            "bfloat16 is left out: this processor does not multiply it by itself; --dtype bfloat16 measures it all the "
            "same");
        return {"float32"};
    }
    return {"float32", "bfloat16"};
}

Peer::Options peerOptions(const Setting& setting, const std::string& engine) {
    return {setting.arguments.against, setting.scratch.path(engine + ".txt"), setting.arguments.timeout};
}

std::string peerModel(const Setting& setting) {
    return setting.arguments.peerModel.empty() ? setting.results.model.folder : setting.arguments.peerModel;
}

// In a process of its own: what the conversion leaves in memory is not the engine's. -> whether there is a graph
Result<bool> convertForOpenVino(Setting& setting) {
    auto converter = Peer::start(peerOptions(setting, "convert"), setting.stop);
    if (!converter) {
        return converter.error();
    }
    const auto reply =
        converter->ask({{"do", "convert"}, {"model", peerModel(setting)}, {"scratch", setting.scratch.path()}});
    if (!reply && reply.error().kind == ErrorKind::cancelled) {
        return reply.error();
    }
    const bool done = reply && reply->done();
    if (!done) {
        warn("OpenVINO is left out, the model cannot be converted: " +
             (reply ? quoted(reply->error + reply->unable, 300) : reply.error().line()));
    }
    return done;
}

Result<void> startOpponents(Setting& setting) {
    if (setting.arguments.against.empty()) {
        return {};
    }
    auto first = Peer::start(peerOptions(setting, kTransformers), setting.stop);
    if (!first) {
        return first.error();
    }
    setting.results.versions = first->greeting().versions;
    const auto engines = first->greeting().engines;
    setting.opponents.push_back({kTransformers, std::move(*first)});
    if (std::find(engines.begin(), engines.end(), kOpenVino) != engines.end()) {
        const auto converted = convertForOpenVino(setting);
        if (!converted) {
            return converted.error();
        }
        if (*converted) {
            auto second = Peer::start(peerOptions(setting, kOpenVino), setting.stop);
            if (!second) {
                return second.error();
            }
            setting.opponents.push_back({kOpenVino, std::move(*second)});
        }
    }
    for (const Opponent& opponent : setting.opponents) {
        setting.results.peers.push_back(opponent.engine);
    }
    return {};
}

Result<void> loadOpponents(Setting& setting) {
    for (Opponent& opponent : setting.opponents) {
        const auto reply = opponent.peer.ask({{"do", "load"},
                                              {"engine", opponent.engine},
                                              {"model", peerModel(setting)},
                                              {"dtype", setting.results.model.dtype},
                                              {"threads", setting.results.model.threads},
                                              {"scratch", setting.scratch.path()}});
        if (!reply) {
            return reply.error();
        }
        if (!reply->done()) {
            return Error{
                ErrorKind::weights,
                message("%1 cannot load the model %2: %3", opponent.engine, quoted(peerModel(setting)),
                        quoted(reply->error + reply->unable, 300)),
                "give --model, or for the other side alone --peer-model, a CLIPSeg folder as transformers saves it"};
        }
    }
    return {};
}

// -> IoU of each of our masks with that of its number in `folder`. Errors: input where one cannot be read or has
// another size.
Result<std::vector<double>> iousWith(const std::vector<Mask>& masks, const std::string& folder) {
    std::vector<double> ious;
    for (std::size_t i = 0; i < masks.size(); ++i) {
        const std::string file = folder + "/" + std::to_string(i) + ".png";
        const auto theirs = image_io::readMask(file);
        if (!theirs) {
            return theirs.error();
        }
        if (theirs->width != masks[i].width || theirs->height != masks[i].height) {
            return Error{ErrorKind::input, message("%1 has not the picture's size", quoted(file)), ""};
        }
        ious.push_back(area(masks[i]) == 0 && area(*theirs) == 0 ? 1 : iou(masks[i], *theirs));
    }
    return ious;
}

// Being fast at something else would be nothing: both sides' masks of one picture, one against the other.
Result<void> compareMasks(Setting& setting, Ours& ours, const std::string& file) {
    const auto words = phrases(setting.used, 10);
    setting.used += 10;
    if (const auto made = ours.file(file, words); !made) {
        return made.error();
    }
    for (Opponent& opponent : setting.opponents) {
        const std::string folder = setting.scratch.emptyFolder("masks");
        const auto reply = opponent.peer.ask({{"do", "file"}, {"file", file}, {"phrases", words}, {"out", folder}});
        if (!reply) {
            return reply.error();
        }
        const auto ious = reply->done() ? iousWith(ours.made(), folder)
                                        : Error{ErrorKind::input, verbatim(reply->error + reply->unable), ""};
        if (ious) {
            setting.results.agreements.push_back({opponent.engine, setting.results.model.dtype, *ious});
        } else {
            warn(opponent.engine + " made no masks to compare: " + ious.error().line());
        }
    }
    return {};
}

Result<void> measureWith(Setting& setting, const std::string& dtype, bool growth) {
    ModelArguments model = setting.arguments.model;
    model.dtype = dtype;
    model.device = setting.arguments.against.empty() ? model.device : "cpu";
    auto ours = Ours::open(model, setting.stop);
    if (!ours) {
        return ours.error();
    }
    setting.results.model = ours->info();
    // The other side reads the model's folder from where we found it.
    if (setting.opponents.empty()) {
        MASKWRIGHT_TRY(startOpponents(setting));
    }
    MASKWRIGHT_TRY(loadOpponents(setting));
    const std::string file = setting.scratch.path("picture.png");
    MASKWRIGHT_TRY(image_io::writeImage(file, setting.picture));
    Bout bout(setting.results, setting.opponents);
    MASKWRIGHT_TRY(bout.tell({{"do", "picture"}, {"file", file}}));
    if (!setting.opponents.empty() && setting.arguments.peerModel.empty()) {
        MASKWRIGHT_TRY(compareMasks(setting, *ours, file));
    }
    if (!setting.arguments.against.empty()) {
        MASKWRIGHT_TRY(measureSteps(setting, *ours));
    }
    return growth ? measureGrowth(setting, *ours) : Result<void>();
}

Result<void> measure(const BenchArguments& a, const std::stop_token& stop, Results& results) {
    MASKWRIGHT_TRY(check(a));
    Image picture;
    if (a.image.empty()) {
        picture = drawnPicture(kDrawnWidth, kDrawnHeight);
    } else {
        auto read = image_io::read(a.image);
        if (!read) {
            return read.error();
        }
        warnAll(read->warnings);
        picture = std::move(read->image);
    }
    const auto scratch = Scratch::make();
    if (!scratch) {
        return scratch.error();
    }
    results.machine = thisMachine();
    results.size = std::to_string(picture.width) + "x" + std::to_string(picture.height);
    results.runs = a.runs;
    std::vector<Opponent> opponents;
    Setting setting{a, *scratch, picture, results, opponents, stop};
    bool growth = a.growth;
    for (const std::string& dtype : dtypes(a, results.machine)) {
        MASKWRIGHT_TRY(measureWith(setting, dtype, std::exchange(growth, false)));
    }
    return a.against.empty() ? Result<void>() : measureLargePictures(setting);
}

Result<void> tell(const BenchArguments& a, const Results& results) {
    std::cout << (a.json ? dump(json(results)) + "\n" : table(results)) << std::flush;
    if (!a.csv.empty()) {
        MASKWRIGHT_TRY(writeFileAtomically(a.csv, csv(results)));
    }
    return a.plot.empty() ? Result<void>() : image_io::writeImage(a.plot, plot(results));
}

}  // namespace

int runComparison(const BenchArguments& asked, const std::stop_token& stop) {
    BenchArguments arguments = asked;
    if (const auto planned = planOutputs(arguments); !planned) {
        return report(planned.error());
    }
    Results results;
    const auto done = measure(arguments, stop, results);
    std::erase_if(results.rows, [](const Row& row) { return row.ours.empty(); });
    if (!results.rows.empty()) {
        if (const auto told = tell(arguments, results); !told) {
            return report(told.error());
        }
    }
    return done ? 0 : report(done.error());
}

}  // namespace maskwright::cli::bench
