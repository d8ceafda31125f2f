#include "core/weights/model_folder.h"

#include <system_error>

namespace maskwright::weights {
namespace {

namespace fs = std::filesystem;

// So many of each kind are named; the rest is counted.
constexpr std::size_t kNamed = 4;

bool isFile(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(path, code);
}

class List {
  public:
    void add(const std::string& text) {
        if (count_++ < kNamed) {
            text_ += (count_ > 1 ? ", " : "") + text;
        }
    }
    // "what: a, b, ... and 3 more", after a separator where something went before.
    void appendTo(std::string& out, std::string_view what) const {
        if (count_ == 0) {
            return;
        }
        out += out.empty() ? "" : "; ";
        out += std::string(what) + ": " + text_;
        if (count_ > kNamed) {
            out += " and " + std::to_string(count_ - kNamed) + " more";
        }
    }

  private:
    std::string text_;
    std::size_t count_ = 0;
};

bool isFloating(DType type) {
    return type == DType::f64 || type == DType::f32 || type == DType::f16 || type == DType::bf16;
}

}  // namespace

Result<ModelFiles> locateModel(const fs::path& folder) {
    const std::string name = folder.string();
    const auto fail = [&](const std::string& what, const std::string& advice) {
        return Error{ErrorKind::weights, what, advice};
    };
    std::error_code code;
    const auto status = fs::status(folder, code);
    if (!fs::exists(status)) {
        return fail("there is no model folder " + quoted(name), "check the path or the model's name");
    }
    if (!fs::is_directory(status)) {
        return fail(quoted(name) + " is not a folder", "give the folder that holds config.json and model.safetensors");
    }
    ModelFiles files;
    files.folder = folder;
    if (!isFile(folder / "config.json")) {
        return fail(name + " holds no config.json", "give a model folder in the Hugging Face layout");
    }
    files.config = (folder / "config.json").string();
    if (!isFile(folder / "model.safetensors")) {
        if (isFile(folder / "model.safetensors.index.json")) {
            return fail(name + " holds its weights in several files", "give a model with a single model.safetensors");
        }
        if (isFile(folder / "pytorch_model.bin")) {
            return fail(name + " holds pytorch_model.bin but no model.safetensors",
                        "get the model's model.safetensors, which holds the same tensors without code");
        }
        return fail(name + " holds no model.safetensors", "get that file and put it beside config.json");
    }
    files.weights = (folder / "model.safetensors").string();
    const bool vocab = isFile(folder / "vocab.json");
    const bool merges = isFile(folder / "merges.txt");
    if (vocab && merges) {
        files.vocabulary = Vocabulary::bpeFiles;
    } else if (isFile(folder / "tokenizer.json")) {
        files.vocabulary = Vocabulary::tokenizerJson;
    } else if (isFile(folder / "tokenizer.model")) {
        files.vocabulary = Vocabulary::sentencePiece;
    } else if (vocab || merges) {
        return fail(name + " holds " + (vocab ? "vocab.json but no merges.txt" : "merges.txt but no vocab.json"),
                    "get the other file from the same place, or tokenizer.json");
    } else {
        return fail(name + " holds no vocabulary",
                    "put vocab.json and merges.txt, tokenizer.json or tokenizer.model there");
    }
    if (isFile(folder / "preprocessor_config.json")) {
        files.preprocessor = (folder / "preprocessor_config.json").string();
    }
    return files;
}

bool isPositionIds(std::string_view name) { return name == "position_ids" || name.ends_with(".position_ids"); }

Result<void> checkTensors(std::string_view name, const std::map<std::string, TensorInfo, std::less<>>& found,
                          const ExpectedTensors& expected, const std::function<bool(std::string_view)>& ignorable) {
    List missing, misshapen, notFloating, extra;
    for (const auto& [key, shape] : expected) {
        const auto at = found.find(key);
        if (at == found.end()) {
            missing.add(quoted(key) + " " + shapeText(shape));
        } else if (at->second.shape != shape) {
            misshapen.add(quoted(key) + " is " + shapeText(at->second.shape) + ", expected " + shapeText(shape));
        } else if (!isFloating(at->second.dtype)) {
            notFloating.add(quoted(key) + " is " + std::string(nameOf(at->second.dtype)));
        }
    }
    for (const auto& [key, info] : found) {
        if (!expected.contains(key) && !(ignorable && ignorable(key))) {
            extra.add(quoted(key) + " " + shapeText(info.shape));
        }
    }
    std::string problem;
    missing.appendTo(problem, "missing");
    misshapen.appendTo(problem, "of another shape");
    notFloating.appendTo(problem, "not floating-point");
    extra.appendTo(problem, "not expected");
    if (problem.empty()) {
        return {};
    }
    return Error{ErrorKind::weights, std::string(name) + ": its tensors do not fit the configuration: " + problem,
                 "check that config.json and the weights are of the same model"};
}

Result<void> checkTensors(const SafetensorsFile& file, const ExpectedTensors& expected,
                          const std::function<bool(std::string_view)>& ignorable) {
    return checkTensors(file.name(), file.tensors(), expected, ignorable);
}

}  // namespace maskwright::weights
