#include "core/train/run_folders.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/train/log.h"
#include "core/weights/safetensors.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

// What a stage leaves in `work`; the stage support leaves nothing there.
struct StageFile {
    std::string_view stage, file;
};
constexpr std::array<StageFile, 5> kStageFiles = {
    StageFile{"tokenizer", "tokenizer.model"}, StageFile{"text", "text.safetensors"},
    StageFile{"joint", "joint.safetensors"}, StageFile{"names", "names.safetensors"},
    StageFile{"segment", "segment.safetensors"}};
// What else a run writes to `work`.
constexpr std::array<std::string_view, 3> kOtherWorkFiles = {"log.csv", "tokenizer.model.lines",
                                                             "tokenizer.model.errors"};

// What is always of a model.
constexpr std::array<std::string_view, 15> kModelFiles = {
    kModelKey,
    "model.safetensors",
    "model.safetensors.index.json",
    "trunk.safetensors",
    "words.txt",
    "synonyms.txt",
    "preprocessor_config.json",
    "processor_config.json",
    "tokenizer.model",
    "vocab.json",
    "merges.txt",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
};

// What is told to do where a run would write over something in `output`.
Message overwriteOutput(const Permission& permission) {
    if (permission.resume) {
        return "name another output, or give --overwrite beside --resume: saved state is gone on with all the same, "
               "and once there is a model to write, it replaces the model's files there (config.json, weights, "
               "tokenizer, preprocessor) and keeps all others";
    }
    return "name another output, or give --overwrite: once there is a model to write, it replaces the model's files "
           "there (config.json, weights, tokenizer, preprocessor) and keeps all others";
}

// model-00001-of-00002.safetensors
bool isPart(std::string_view name) {
    return name.starts_with("model-") && name.find("-of-") != std::string_view::npos && name.ends_with(".safetensors");
}

// A file beside the list: one that leads elsewhere is never taken away.
bool isPlainPart(std::string_view name) {
    return name.ends_with(".safetensors") && name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}
constexpr JsonLimits kListLimits{.bytes = 32u << 20, .depth = 16, .elements = 1'000'000};  // as weights reads it

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

fs::path whole(const std::string& path) {
    std::error_code code;
    const fs::path canonical = fs::weakly_canonical(path, code);
    const fs::path found = code ? fs::absolute(path, code) : canonical;
    return found.has_filename() ? found : found.parent_path();  // a trailing slash
}

// The files that the run reads, beside the model before.
std::vector<fs::path> inputsOf(const Options& o) {
    std::vector<fs::path> inputs = {o.file,
                                    o.backbone,
                                    o.detector,
                                    o.keepOut,
                                    fs::path(o.photos) / (o.split + ".json"),
                                    fs::path(o.photos) / (o.validation + ".json"),
                                    fs::path(o.photos) / "coco80.json"};
    if (!o.text.empty()) {
        inputs.push_back(fs::path(o.text) / "phrases.tsv");
        inputs.push_back(fs::path(o.text) / "phrase_targets.safetensors");
    }
    return inputs;
}

Result<void> keepInput(const Options& o, const fs::path& written, const Message& setting) {
    for (const fs::path& input : inputsOf(o)) {
        if (isThere(written) && samePlace(written.string(), input.string())) {
            return Error{ErrorKind::output,
                         message("%1 would be written over, and training reads it", quoted(written.string())),
                         message("choose another folder for %1", setting)};
        }
    }
    return {};
}

// No --overwrite is meant for these.
Result<void> keepInputs(const Options& o) {
    for (const std::string& name : modelFiles(o.output)) {
        MASKWRIGHT_TRY(keepInput(o, fs::path(o.output) / name, verbatim("output")));
    }
    for (const StageFile& one : kStageFiles) {
        if (o.runs(one.stage)) {
            MASKWRIGHT_TRY(keepInput(o, fs::path(o.work) / one.file, verbatim("work")));
        }
    }
    for (const std::string_view name : kOtherWorkFiles) {
        MASKWRIGHT_TRY(keepInput(o, fs::path(o.work) / name, verbatim("work")));
    }
    return {};
}

// Whether the saved state is of a run that writes to this output.
bool isOwnOutput(const Options& o) {
    const fs::path checkpoint = fs::path(o.work) / "segment.safetensors";
    if (!isThere(checkpoint)) {
        return false;
    }
    const auto file = weights::SafetensorsFile::open(checkpoint.string());
    if (!file) {
        return false;
    }
    const auto found = file->metadata().find("output");
    return found != file->metadata().end() && found->second == outputFromWork(o);
}

// Of `folder`'s entries the first that is neither the work folder nor on the way to it, nor in it where both are one.
std::string foreignEntry(const Options& o) {
    const fs::path work = whole(o.work), output = whole(o.output);
    const auto isOwn = [&](const std::string& name) {
        if (isTemporaryName(name)) {
            return true;
        }
        if (work == output) {
            return name == "features" ||
                   std::find(kOtherWorkFiles.begin(), kOtherWorkFiles.end(), name) != kOtherWorkFiles.end() ||
                   std::any_of(kStageFiles.begin(), kStageFiles.end(),
                               [&](const StageFile& one) { return one.file == name; });
        }
        const fs::path inside = work.lexically_relative(output);
        return !inside.empty() && *inside.begin() == name;
    };
    std::error_code code;
    for (fs::directory_iterator at(o.output, code), end; !code && at != end; at.increment(code)) {
        if (const std::string name = at->path().filename().string(); !isOwn(name)) {
            return name;
        }
    }
    return {};
}

Result<void> checkOutput(const Options& o, const Permission& permission) {
    std::error_code ignored;
    if (permission.overwrite || !fs::is_directory(o.output, ignored) || (permission.resume && isOwnOutput(o))) {
        return {};
    }
    if (!o.modelBefore().empty() && samePlace(o.output, o.modelBefore())) {
        return Error{ErrorKind::output,
                     message("%1: output is the folder of %2, whose model would be replaced", o.file,
                             o.base.empty() ? "start" : "base"),
                     overwriteOutput(permission)};
    }
    if (isThere(fs::path(o.output) / "config.json") || isThere(fs::path(o.output) / "model.safetensors")) {
        return Error{ErrorKind::output, message("there is a model in %1 already", quoted(o.output)),
                     overwriteOutput(permission)};
    }
    if (const std::string name = foreignEntry(o); !name.empty()) {
        return Error{ErrorKind::output, message("%1 is not empty: it holds %2", quoted(o.output), quoted(name)),
                     overwriteOutput(permission)};
    }
    return {};
}

Result<void> checkState(const Options& o, const Permission& permission) {
    MASKWRIGHT_TRY(LogFile::check((fs::path(o.work) / "log.csv").string()));
    if (permission.resume || permission.overwrite) {
        return {};
    }
    for (const StageFile& one : kStageFiles) {
        if (const fs::path file = fs::path(o.work) / one.file; o.runs(one.stage) && isThere(file)) {
            return Error{ErrorKind::output, message("a run was saved here before: %1", quoted(file.string())),
                         "go on with --resume, name another work folder, or give --overwrite, which begins anew and "
                         "replaces the saved state of these stages and the log"};
        }
    }
    return {};
}

// Whether a file can be put into `folder`; none is left there.
Result<void> probe(const std::string& folder) {
    const auto file = AtomicFile::create(fs::path(folder) / ".maskwright-probe");
    return file ? Result<void>() : Result<void>(file.error());
}

}  // namespace

std::vector<std::string> modelFiles(const std::string& folder) {
    std::vector<std::string> names(kModelFiles.begin(), kModelFiles.end());
    const auto add = [&](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    };
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        if (const std::string name = at->path().filename().string(); isPart(name)) {
            add(name);
        }
    }
    const auto list = readJsonFile(fs::path(folder) / "model.safetensors.index.json", ErrorKind::weights, kListLimits);
    if (list && list->is_object() && list->contains("weight_map") && (*list)["weight_map"].is_object()) {
        for (const Json& file : (*list)["weight_map"]) {
            if (file.is_string() && isPlainPart(file.get_ref<const std::string&>())) {
                add(file.get<std::string>());
            }
        }
    }
    return names;
}

bool samePlace(const std::string& a, const std::string& b) {
    std::error_code code;
    if (fs::exists(a, code) && fs::exists(b, code)) {
        return fs::equivalent(a, b, code);
    }
    return !a.empty() && !b.empty() && whole(a) == whole(b);
}

Result<void> openFolders(const Options& options, const Permission& permission, MadeFolders& made) {
    MASKWRIGHT_TRY(keepInputs(options));
    MASKWRIGHT_TRY(checkState(options, permission));
    MASKWRIGHT_TRY(checkOutput(options, permission));
    for (const std::string& folder : {options.work, options.output}) {
        MASKWRIGHT_TRY(made.make(folder));
        MASKWRIGHT_TRY(probe(folder));
    }
    return {};
}

void removeState(const Options& options) {
    for (const StageFile& one : kStageFiles) {
        std::error_code ignored;
        if (options.runs(one.stage)) {
            fs::remove(fs::path(options.work) / one.file, ignored);
        }
    }
}

std::string outputFromWork(const Options& options) {
    return whole(options.output).lexically_relative(whole(options.work)).generic_string();
}

}  // namespace maskwright::train
