#include "app/cli/bench/steps.h"

#include <sys/wait.h>

#include <cmath>
#include <filesystem>

#include "core/image/resize.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::cli::bench {

namespace {

namespace fs = std::filesystem;

constexpr int kFolderPictures = 8;
constexpr int kManyPhrases = 10;

// A picture and phrases for one turn of both sides.
struct Turn {
    Image picture;
    std::vector<std::string> phrases, files;
    std::string out;
};

// The map of something in the middle, with an edge as unsure as masks have.
Heatmap objectOf(int width, int height) {
    Heatmap map(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double away = std::hypot(4.0 * x / width - 2, 4.0 * y / height - 2);
            map.at(x, y) = static_cast<float>(1 / (1 + std::exp(8 * (away - 1))));
        }
    }
    return map;
}

Step phraseSteps(Setting& setting, Turn& turn, const std::string& name, std::function<Result<double>()> ours) {
    Step step;
    step.row = {name, setting.results.model.dtype};
    step.prepare = [&setting, &turn]() -> Result<void> {
        turn.phrases = {phrase(setting.used++)};
        turn.picture = variant(setting.picture, setting.used);
        return {};
    };
    step.ours = std::move(ours);
    step.request = [&turn] { return Json{{"do", "maps"}, {"phrases", turn.phrases}}; };
    return step;
}

Result<void> measureNetwork(Setting& setting, Ours& ours, Bout& bout) {
    Turn turn;
    Step encode = phraseSteps(setting, turn, "encode", [&] { return ours.encode(turn.picture); });
    encode.request = [] { return Json{{"do", "encode"}}; };
    MASKWRIGHT_TRY(bout.take(encode, setting.arguments.runs));
    MASKWRIGHT_TRY(bout.take(phraseSteps(setting, turn, "first phrase",
                                         [&]() -> Result<double> {
                                             const auto encoded = ours.encode(turn.picture);
                                             const auto asked = encoded ? ours.ask(turn.phrases) : encoded;
                                             return asked ? Result<double>(*encoded + *asked) : asked;
                                         }),
                             setting.arguments.runs));
    return bout.take(phraseSteps(setting, turn, "next phrase", [&] { return ours.ask(turn.phrases); }),
                     setting.arguments.runs);
}

// The other side gets the engineered picture: making it is its user's own work there.
Result<void> measureExample(Setting& setting, Ours& ours, Bout& bout) {
    const auto support = std::make_shared<const Image>(setting.picture);
    std::shared_ptr<const Mask> region;
    const std::string file = setting.scratch.path("support.png");
    const auto engineered = visual_prompt::engineer(*support, markedOval(*support, 0), {});
    if (!engineered) {
        return engineered.error();
    }
    MASKWRIGHT_TRY(image_io::writeImage(file, *engineered));
    MASKWRIGHT_TRY(bout.tell({{"do", "support"}, {"file", file}}));
    Step step;
    step.row = {"marked object", setting.results.model.dtype};
    step.prepare = [&]() -> Result<void> {
        region = std::make_shared<const Mask>(markedOval(*support, setting.used++));
        return {};
    };
    step.ours = [&] { return ours.askByExample(support, region); };
    step.request = [] { return Json{{"do", "supported"}}; };
    return bout.take(step, setting.arguments.runs);
}

Result<void> measureFiles(Setting& setting, Ours& ours, Bout& bout) {
    Turn turn;
    Step step;
    step.row = {"ten phrases from file to masks", setting.results.model.dtype};
    const auto prepare = [&](int files, int count) -> Result<void> {
        turn.out = setting.scratch.emptyFolder("masks");
        turn.phrases = phrases(setting.used, count);
        setting.used += count;
        auto written = writePictures(setting, setting.scratch.emptyFolder("pictures"), files);
        if (!written) {
            return written.error();
        }
        turn.files = std::move(*written);
        return {};
    };
    step.prepare = [&] { return prepare(1, kManyPhrases); };
    step.ours = [&] { return ours.file(turn.files[0], turn.phrases); };
    step.request = [&] { return Json{{"do", "file"}, {"file", turn.files[0]}, {"phrases", turn.phrases}}; };
    MASKWRIGHT_TRY(bout.take(step, setting.arguments.runs));
    step.row.step = "a picture of a folder";
    step.share = kFolderPictures;
    step.prepare = [&] { return prepare(kFolderPictures, 1); };
    step.ours = [&] { return ours.folder(turn.files, turn.phrases[0], turn.out); };
    step.request = [&] {
        return Json{{"do", "folder"}, {"files", turn.files}, {"phrases", turn.phrases}, {"out", turn.out}};
    };
    return bout.take(step, setting.arguments.runs);
}

// One cold process from its start to its end, with one mask written.
Result<Finished> runProcess(const Setting& setting, const std::string& engine, const std::string& file) {
    const BenchArguments& a = setting.arguments;
    const std::string dtype = setting.results.model.dtype, threads = std::to_string(setting.results.model.threads);
    const std::string out = setting.scratch.path("once.png"), said = setting.scratch.path("once.txt");
    std::vector<std::string> words;
    if (engine.empty()) {
        std::error_code failed;
        words = {fs::read_symlink("/proc/self/exe", failed).string(),
                 "segment",
                 file,
                 "--phrase",
                 phrase(0),
                 "-o",
                 out,
                 "--no-refine",
                 "--model",
                 setting.results.model.folder,
                 "--device",
                 "cpu",
                 "--dtype",
                 dtype,
                 "--threads",
                 threads};
    } else {
        words = {a.against,
                 "-c",
                 std::string(peerScript()),
                 "once",
                 engine,
                 a.peerModel.empty() ? setting.results.model.folder : a.peerModel,
                 dtype,
                 threads,
                 file,
                 phrase(0),
                 setting.scratch.path(),
                 out};
    }
    settleDown();
    return runToEnd(words, said, a.timeout, setting.stop);
}

// Time and peak memory come from the same processes, so this is no Step.
Result<void> measureStart(Setting& setting) {
    const std::string file = setting.scratch.path("once-picture.png");
    MASKWRIGHT_TRY(image_io::writeImage(file, setting.picture));
    std::vector<std::string> sides = {""};
    for (const Opponent& opponent : setting.opponents) {
        sides.push_back(opponent.engine);
    }
    const std::string dtype = setting.results.model.dtype;
    Row time{"start to first mask", dtype}, memory{"its peak memory", dtype, 0, "MiB"};
    sayStep(time);
    time.theirs.resize(setting.opponents.size());
    memory.theirs = time.theirs;
    std::vector<bool> able(sides.size(), true);
    for (int turn = -1; turn < setting.arguments.runs; ++turn) {
        for (std::size_t i = 0; i < sides.size(); ++i) {
            if (!able[i]) {
                continue;
            }
            const auto finished = runProcess(setting, sides[i], file);
            if (!finished) {
                return finished.error();
            }
            if (!WIFEXITED(finished->status) || WEXITSTATUS(finished->status) != 0) {
                warn((i == 0 ? "maskwright-cli segment" : sides[i]) +
                     " made no mask in a process of its own: " + quoted(finished->lastWords, 300));
                able[i] = false;
                continue;
            }
            if (turn >= 0) {
                (i == 0 ? time.ours : time.theirs[i - 1]).push_back(finished->milliseconds);
                (i == 0 ? memory.ours : memory.theirs[i - 1]).push_back(finished->peak);
            }
        }
    }
    setting.results.rows.push_back(std::move(time));
    setting.results.rows.push_back(std::move(memory));
    return {};
}

}  // namespace

Result<std::vector<std::string>> writePictures(Setting& setting, const std::string& folder, int count) {
    std::vector<std::string> files;
    for (int i = 0; i < count; ++i) {
        files.push_back(folder + "/" + std::to_string(i) + ".png");
        MASKWRIGHT_TRY(image_io::writeImage(files.back(), variant(setting.picture, setting.used++)));
    }
    return files;
}

Result<void> measureSteps(Setting& setting, Ours& ours) {
    Bout bout(setting.results, setting.opponents);
    MASKWRIGHT_TRY(measureNetwork(setting, ours, bout));
    MASKWRIGHT_TRY(measureExample(setting, ours, bout));
    MASKWRIGHT_TRY(measureFiles(setting, ours, bout));
    return measureStart(setting);
}

Result<void> measureLargePictures(Setting& setting) {
    std::vector<Opponent> nobody;
    Bout bout(setting.results, nobody);
    const Image twelve = resizeBilinearAntialiased(setting.picture, 4000, 3000);
    Step step;
    step.row.step = "refining a mask of 12 megapixels";
    step.ours = [&] { return refining(twelve); };
    MASKWRIGHT_TRY(bout.take(step, setting.arguments.runs));
    Heatmap map(6000, 4000);
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x) {
            map.at(x, y) = static_cast<float>((x + 3 * y) % 1000) / 1000;
        }
    }
    int moved = 0;
    step.row.step = "a threshold on 24 megapixels";
    step.ours = [&]() -> Result<double> { return thresholding(map, moved++ % 40); };
    MASKWRIGHT_TRY(bout.take(step, setting.arguments.runs));
    const Heatmap shown = onScreen(objectOf(map.width, map.height));
    step.row.step = "a threshold of 24 megapixels on a full HD screen";
    step.ours = [&]() -> Result<double> { return redrawing(shown, moved++ % 40); };
    return bout.take(step, setting.arguments.runs);
}

}  // namespace maskwright::cli::bench
