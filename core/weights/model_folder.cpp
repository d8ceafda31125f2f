#include "core/weights/model_folder.h"

#include <system_error>
#include <utility>

#include "core/base/file.h"

namespace maskwright::weights {
namespace {

namespace fs = std::filesystem;

// So many of each kind are named; the rest is counted.
constexpr std::size_t kNamed = 4;

bool isFile(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(path, code);
}

// "a, b, ... and 3 more"
class List {
  public:
    void add(const Message& item) {
        if (count_++ < kNamed) {
            text_ = count_ > 1 ? message("%1, %2", text_, item) : item;
        }
    }
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] Message text() const {
        return count_ > kNamed ? message("%1 and %2 more", text_, count_ - kNamed) : text_;
    }

  private:
    Message text_;
    std::size_t count_ = 0;
};

// `sentence` after what was said before it.
void append(Message& said, const Message& sentence) {
    said = said.empty() ? sentence : message("%1; %2", said, sentence);
}

bool isFloating(DType type) {
    return type == DType::f64 || type == DType::f32 || type == DType::f16 || type == DType::bf16;
}

// A file as transformers names it with a variant, and its name without: model.fp16.safetensors, or
// model.safetensors.index.fp16.json for a list of parts. Empty where there is none.
std::pair<std::string, std::string> variantOf(const fs::path& folder) {
    std::error_code code;
    for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
        const std::string name = it->path().filename().string();
        const bool part = name.find("-of-") != std::string::npos;  // of a list
        if (!isFile(it->path()) || part) {
            continue;
        }
        if (name.starts_with("model.") && name.ends_with(".safetensors")) {
            return {name, "model.safetensors"};
        }
        if (name.starts_with("model.safetensors.index.") && name.ends_with(".json")) {
            return {name, "model.safetensors.index.json"};
        }
    }
    return {};
}

// model-00001-of-00002.safetensors
bool holdsParts(const fs::path& folder) {
    std::error_code code;
    for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
        const std::string name = it->path().filename().string();
        if (name.starts_with("model-") && name.find("-of-") != std::string::npos && name.ends_with(".safetensors")) {
            return true;
        }
    }
    return false;
}

// model.safetensors, or the list of its parts: in the order in which transformers looks.
Result<std::string> findWeights(const fs::path& folder) {
    const std::string name = folder.string();
    const auto fail = [](const Message& what, const Message& advice) {
        return Error{ErrorKind::weights, what, advice};
    };
    for (const char* file : {"model.safetensors", "model.safetensors.index.json"}) {
        if (isFile(folder / file)) {
            return (folder / file).string();
        }
    }
    if (const auto [variant, plain] = variantOf(folder); !variant.empty()) {
        return fail(message("%1 holds %2 but no model.safetensors", name, variant),
                    message("rename that file to %1 to use it", plain));
    }
    if (holdsParts(folder)) {
        return fail(message("%1 holds parts of a model, but not the list of them, model.safetensors.index.json", name),
                    "get that file, and all parts that it names, from the same place");
    }
    for (const char* file : {"pytorch_model.bin", "pytorch_model.bin.index.json"}) {
        if (isFile(folder / file)) {
            return fail(message("%1 holds %2 but no model.safetensors", name, file),
                        "get the model's model.safetensors, which holds the same tensors without code, or load the "
                        "folder with transformers and save it again");
        }
    }
    return fail(message("%1 holds no %2", name, verbatim("model.safetensors")),
                "get that file and put it beside config.json");
}

}  // namespace

Result<ModelFiles> locateModel(const fs::path& folder) {
    const std::string name = folder.string();
    const auto fail = [&](const Message& what, const Message& advice) {
        return Error{ErrorKind::weights, what, advice};
    };
    std::error_code code;
    const auto status = fs::status(folder, code);
    if (!fs::exists(status)) {
        return fail(message("there is no model folder %1", quoted(name)), "check the path or the model's name");
    }
    if (!fs::is_directory(status)) {
        return fail(message("%1 is not a folder", quoted(name)),
                    "give the folder that holds config.json and model.safetensors");
    }
    ModelFiles files;
    files.folder = folder;
    if (!isFile(folder / "config.json")) {
        return fail(message("%1 holds no %2", name, verbatim("config.json")),
                    "give a model folder in the Hugging Face layout");
    }
    files.config = (folder / "config.json").string();
    auto weights = findWeights(folder);
    if (!weights) {
        return weights.error();
    }
    files.weights = std::move(*weights);
    if (isFile(folder / "trunk.safetensors")) {
        files.trunk = (folder / "trunk.safetensors").string();
    }
    const bool vocab = isFile(folder / "vocab.json");
    const bool merges = isFile(folder / "merges.txt");
    if (vocab && merges) {
        files.vocabulary = Vocabulary::bpeFiles;
    } else if (isFile(folder / "tokenizer.json")) {
        files.vocabulary = Vocabulary::tokenizerJson;
    } else if (isFile(folder / "tokenizer.model")) {
        files.vocabulary = Vocabulary::sentencePiece;
    } else if (vocab || merges) {
        return fail(vocab ? message("%1 holds vocab.json but no merges.txt", name)
                          : message("%1 holds merges.txt but no vocab.json", name),
                    "get the other file from the same place, or tokenizer.json");
    } else {
        return fail(message("%1 holds no vocabulary", name),
                    "put vocab.json and merges.txt, tokenizer.json or tokenizer.model there");
    }
    if (isFile(folder / "preprocessor_config.json")) {
        files.preprocessor = (folder / "preprocessor_config.json").string();
    }
    if (isFile(folder / "processor_config.json")) {
        files.processor = (folder / "processor_config.json").string();
    }
    return files;
}

Result<void> copyTokenizer(const fs::path& folder, const std::function<std::string(std::string_view)>& to) {
    constexpr std::uint64_t kMostBytes = 64u << 20;
    for (const char* name : {"vocab.json", "merges.txt", "tokenizer.json", "tokenizer.model", "tokenizer_config.json",
                             "special_tokens_map.json", "added_tokens.json"}) {
        if (!isFile(folder / name)) {
            continue;
        }
        const auto content = readFile(folder / name, kMostBytes, ErrorKind::weights);
        if (!content) {
            return content.error();
        }
        MASKWRIGHT_TRY(writeFileAtomically(to(name), *content));
    }
    return {};
}

Result<SafetensorsFile> openWeights(const ModelFiles& files) {
    auto file = SafetensorsFile::open(files.weights);
    if (file && !files.trunk.empty()) {
        MASKWRIGHT_TRY(file->add(files.trunk));
    }
    return file;
}

bool isPositionIds(std::string_view name) { return name == "position_ids" || name.ends_with(".position_ids"); }

Result<void> checkTensors(std::string_view name, const std::map<std::string, TensorInfo, std::less<>>& found,
                          const ExpectedTensors& expected, const std::function<bool(std::string_view)>& ignorable) {
    List missing, misshapen, notFloating, extra;
    for (const auto& [key, shape] : expected) {
        const auto at = found.find(key);
        if (at == found.end()) {
            missing.add(verbatim(quoted(key) + " " + shapeText(shape)));
        } else if (at->second.shape != shape) {
            misshapen.add(message("%1 is %2, expected %3", quoted(key), shapeText(at->second.shape), shapeText(shape)));
        } else if (!isFloating(at->second.dtype)) {
            notFloating.add(message("%1 is %2", quoted(key), nameOf(at->second.dtype)));
        }
    }
    for (const auto& [key, info] : found) {
        if (!expected.contains(key) && !(ignorable && ignorable(key))) {
            extra.add(verbatim(quoted(key) + " " + shapeText(info.shape)));
        }
    }
    Message problem;
    if (!missing.empty()) {
        append(problem, message("missing: %1", missing.text()));
    }
    if (!misshapen.empty()) {
        append(problem, message("of another shape: %1", misshapen.text()));
    }
    if (!notFloating.empty()) {
        append(problem, message("not floating-point: %1", notFloating.text()));
    }
    if (!extra.empty()) {
        append(problem, message("not expected: %1", extra.text()));
    }
    if (problem.empty()) {
        return {};
    }
    return Error{ErrorKind::weights, message("%1: its tensors do not fit the configuration: %2", name, problem),
                 "check that config.json and the weights are of the same model"};
}

Result<void> checkTensors(const SafetensorsFile& file, const ExpectedTensors& expected,
                          const std::function<bool(std::string_view)>& ignorable) {
    return checkTensors(file.name(), file.tensors(), expected, ignorable);
}

}  // namespace maskwright::weights
