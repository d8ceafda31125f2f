#include "core/store/import.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/store/install.h"
#include "core/store/staging.h"
#include "core/weights/convert.h"
#include "core/weights/convert_openai.h"

namespace maskwright::store {

namespace fs = std::filesystem;

namespace {

bool isFile(const fs::path& path) {
    std::error_code none;
    return fs::is_regular_file(path, none);
}

// Weights for other programs, which would be half of a copy.
bool isForOthers(std::string_view name) {
    constexpr std::array<std::string_view, 7> kEndings = {".h5",   ".msgpack", ".onnx",  ".ot",
                                                          ".gguf", ".ckpt",    ".tflite"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

// The error with `from`, where it begins a path in it, as `to`: nobody has heard of the folder that files are copied
// to.
Message renamed(Message text, const std::string& from, const std::string& to) {
    if (text.verbatim) {
        for (std::size_t at = text.pattern.find(from); at != std::string::npos;
             at = text.pattern.find(from, at + to.size())) {
            text.pattern.replace(at, from.size(), to);
        }
    }
    for (Message& argument : text.arguments) {
        argument = renamed(std::move(argument), from, to);
    }
    return text;
}

struct Contents {
    std::vector<fs::path> files;
    std::string toConvert;
    std::uint64_t bytes = 0;
};

Result<Contents> contentsOf(const fs::path& folder) {
    const bool openClip = isFile(folder / "open_clip_config.json") && !isFile(folder / "preprocessor_config.json");
    if (!openClip && !isFile(folder / "config.json")) {
        return Error{ErrorKind::weights, message("%1 holds no %2", folder.string(), verbatim("config.json")),
                     "give a model folder in the Hugging Face layout"};
    }
    const std::string whole = openClip ? "open_clip_model.safetensors" : "model.safetensors";
    const std::string pickle = openClip ? "open_clip_pytorch_model.bin" : "pytorch_model.bin";
    const bool safe = isFile(folder / whole) || isFile(folder / (whole + ".index.json"));
    Contents contents;
    contents.toConvert = !safe && isFile(folder / pickle) ? pickle : std::string();
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        const std::string name = it->path().filename().string();
        const bool others = isForOthers(name) || (name.ends_with(".bin") && name != contents.toConvert) ||
                            (openClip && (name == "config.json" || name == "model.safetensors"));
        if (name.starts_with('.') || others || !isFile(it->path())) {
            continue;
        }
        contents.files.push_back(it->path());
        std::error_code none;
        contents.bytes += fs::file_size(it->path(), none);
    }
    std::sort(contents.files.begin(), contents.files.end());
    return contents;
}

// In the hub's cache a snapshot's folder is called by its commit: models--OWNER--NAME/snapshots/COMMIT.
std::string nameOf(const fs::path& given) {
    std::error_code none;
    fs::path path = fs::absolute(given, none).lexically_normal();
    path = path.has_filename() ? path : path.parent_path();
    const std::string cache = path.parent_path().parent_path().filename().string();
    if (path.parent_path().filename() == "snapshots" && cache.starts_with("models--")) {
        return cache.substr(cache.rfind("--") + 2);
    }
    return (isFile(path) ? path.stem() : path.filename()).string();
}

class Import {
  public:
    Import(const std::string& path, const ImportOptions& options, const ProgressSink& progress,
           const std::stop_token& stop)
        : path_(path), options_(options), progress_(progress), stop_(stop) {}

    Result<Model> run() {
        std::error_code none;
        const bool folder = fs::is_directory(path_, none);
        if (!folder && !isFile(path_)) {
            return Error{ErrorKind::weights, message("there is no model folder or file %1", quoted(path_.string())),
                         "check the path"};
        }
        if (!folder && path_.extension() == ".safetensors") {
            path_ = fs::absolute(path_, none).parent_path();
            return fromFolder();
        }
        return folder ? fromFolder() : fromFile();
    }

  private:
    // The name, free, and the place.
    Result<void> settle() {
        name_ = options_.name.empty() ? nameOf(path_) : options_.name;
        MASKWRIGHT_TRY(checkName(name_));
        auto place = placeOr(options_.place);
        if (!place) {
            return place.error();
        }
        place_ = std::move(*place);
        std::error_code none;
        if (fs::exists(fs::path(place_) / name_, none)) {
            return Error{ErrorKind::usage, message("a model called %1 is there already", quoted(name_)),
                         "choose another name, or remove that one first"};
        }
        return {};
    }
    [[nodiscard]] Json note() const {
        std::error_code none;
        return {{"format", 1}, {"imported_from", fs::absolute(path_, none).string()}};
    }
    Result<Staging> stage(std::uint64_t bytes) {
        MASKWRIGHT_TRY(checkSpace(place_, name_, bytes));
        auto staging = Staging::open(place_, name_);
        if (staging) {
            MASKWRIGHT_TRY(staging->settle("", {}));  // nothing of a download that was begun
        }
        return staging;
    }

    Result<Model> fromFolder() {
        MASKWRIGHT_TRY(settle());
        const auto contents = contentsOf(path_);
        if (!contents) {
            return contents.error();
        }
        std::error_code none;
        const auto pickle = contents->toConvert.empty() ? 0 : fs::file_size(path_ / contents->toConvert, none);
        auto staging = stage(contents->bytes + pickle);
        if (!staging) {
            return staging.error();
        }
        std::uint64_t done = 0;
        for (const fs::path& file : contents->files) {
            if (auto copied = copy(file, staging->whole(file.filename().string()), done, contents->bytes); !copied) {
                staging->discard();
                return copied.error();
            }
        }
        return publish(*staging, contents->toConvert);
    }

    Result<Model> fromFile() {
        MASKWRIGHT_TRY(settle());
        const auto whole = weights::holdsOpenAiClip(path_.string());
        if (!whole) {
            return whole.error();
        }
        if (*whole && options_.vocabulary.empty()) {
            return Error{ErrorKind::usage, message("%1 is a CLIP without its vocabulary", quoted(path_.string())),
                         "give a CLIP folder, which has one, as --vocabulary"};
        }
        if (!*whole) {
            MASKWRIGHT_TRY(weights::checkDecoder(path_.string()));
        }
        if (!*whole && options_.clip.empty()) {
            return Error{ErrorKind::usage, message("%1 is a decoder without its CLIP", quoted(path_.string())),
                         "give the CLIP folder that it was trained with as --clip"};
        }
        std::error_code none;
        auto staging = stage(2 * fs::file_size(path_, none));
        if (!staging) {
            return staging.error();
        }
        const fs::path made = staging->folder() / "made";
        Result<void> converted;
        if (*whole) {
            const auto model =
                weights::convertOpenAiClip(path_.string(), options_.vocabulary, made.string(), {}, stop_);
            converted = model ? Result<void>() : model.error();
        } else {
            const auto model =
                weights::convertOriginalDecoder(path_.string(), options_.clip, made.string(), {}, {}, stop_);
            converted = model ? Result<void>() : model.error();
        }
        if (!converted) {
            staging->discard();
            return converted.error();
        }
        for (fs::directory_iterator it(made, none), end; !none && it != end; it.increment(none)) {
            std::error_code moved;
            fs::rename(it->path(), staging->whole(it->path().filename().string()), moved);
        }
        fs::remove_all(made, none);
        return publish(*staging, "");
    }

    Result<Model> publish(Staging& staging, const std::string& toConvert) {
        auto model = install(staging, name_, toConvert, note(), options_.check, stop_);
        if (!model) {
            const std::string from = staging.folder().string();
            const std::string to = (path_.has_filename() ? path_ : path_.parent_path()).string();
            staging.discard();
            return Error{model.error().kind, renamed(model.error().what, from, to),
                         renamed(model.error().advice, from, to)};
        }
        return model;
    }

    // `done` counts the bytes of all files.
    Result<void> copy(const fs::path& from, const fs::path& to, std::uint64_t& done, std::uint64_t total) {
        const auto reader = FileReader::open(from, ErrorKind::weights);
        if (!reader) {
            return reader.error();
        }
        auto writer = AtomicFile::create(to);
        if (!writer) {
            return writer.error();
        }
        std::vector<std::byte> piece(std::size_t{4} << 20);
        for (std::uint64_t at = 0; at < reader->size();) {
            if (stop_.stop_requested()) {
                return Error{ErrorKind::cancelled, "stopped", ""};
            }
            const auto part = std::span(piece).first(
                static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), reader->size() - at)));
            MASKWRIGHT_TRY(reader->read(at, part));
            MASKWRIGHT_TRY(writer->write(part));
            at += part.size();
            done += part.size();
            if (progress_) {
                progress_(
                    {static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), from.filename().string()});
            }
        }
        return writer->commit();
    }

    fs::path path_;
    const ImportOptions& options_;
    const ProgressSink& progress_;
    const std::stop_token& stop_;
    std::string name_, place_;
};

}  // namespace

Result<Model> importModel(const std::string& path, const ImportOptions& options, const ProgressSink& progress,
                          const std::stop_token& stop) {
    return Import(path, options, progress, stop).run();
}

}  // namespace maskwright::store
