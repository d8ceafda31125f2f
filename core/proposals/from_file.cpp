#include "core/proposals/from_file.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/stopwatch.h"
#include "core/data/formats/coco_names.h"
#include "core/data/formats/coco_values.h"
#include "core/image_io/endings.h"
#include "core/image_io/mask.h"

namespace maskwright::proposals {

class ReadJson {
  public:
    struct File {
        std::optional<Json> json;
        data::Oddities oddities;  // of the text
    };
    // Valid until another file is asked for.
    Result<const File*> of(const std::string& path) {
        if (!file_.json || path_ != path) {
            file_ = {{}, data::Oddities(path, false)};
            auto read = data::readCocoFile(path, file_.oddities);
            if (!read) {
                return read.error();
            }
            file_.json = std::move(*read);
            path_ = path;
        }
        return &file_;
    }

  private:
    std::string path_;
    File file_{{}, data::Oddities({}, false)};
};

std::shared_ptr<ReadJson> readOnce() { return std::make_shared<ReadJson>(); }

namespace {

namespace fs = std::filesystem;

Error otherSize(const std::string& file, int width, int height, const Image& picture) {
    return {ErrorKind::input,
            message("%1 is of %2x%3 pixels, the picture of %4x%5", quoted(file), width, height, picture.width,
                    picture.height),
            "give masks of the picture's own size"};
}

Runs runsOf(const Plane<image_io::Label>& labels, image_io::Label label) {
    Mask mask(labels.width, labels.height);
    std::transform(labels.pixels.begin(), labels.pixels.end(), mask.pixels.begin(),
                   [&](image_io::Label value) { return value == label ? 255 : 0; });
    return runsFromMask(mask);
}

// The ids of the picture that is meant; none: whatever it is.
using Ids = std::vector<std::int64_t>;

// One entry of a list of annotations: its picture's id as it is written.
bool isOf(const Json& entry, const Ids& images) {
    const auto id = data::idOf(data::member(entry, "image_id"));
    return images.empty() || (id && std::find(images.begin(), images.end(), id->value) != images.end());
}

float scoreOf(const Json& entry, const std::string& where, data::Oddities& oddities) {
    const Json* score = data::member(entry, "score");
    if (score == nullptr) {
        return 1;
    }
    const double value = score->is_number() ? score->get<double>() : -1;
    if (!(value >= 0 && value <= 1)) {
        // Nothing is strict here, so there is no error.
        static_cast<void>(oddities.add(data::Oddity::score, where, message("the score is %1", data::shown(*score))));
    }
    return score->is_number() ? static_cast<float>(std::clamp(value, 0.0, 1.0)) : 1.0F;
}

class FromFile final : public Source {
  public:
    explicit FromFile(FileOptions options) : options_(std::move(options)) {}

    [[nodiscard]] About about() const override {
        return {"file", message("the masks in %1", options_.path), "no weights: the masks are your own"};
    }

    Result<Found> propose(const Image& picture, std::stop_token stop) override {
        const Stopwatch watch;
        if (picture.empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        auto found = read(picture, stop);
        if (!found) {
            return found.error();
        }
        found->before = found->proposals.size();
        if (!options_.inFileOrder) {
            found->proposals = ranked(std::move(found->proposals), options_.limits);
        }
        found->milliseconds = watch.milliseconds();
        return found;
    }

  private:
    [[nodiscard]] Result<Found> read(const Image& picture, const std::stop_token& stop) const {
        std::error_code failed;
        const fs::path path = options_.path;
        if (fs::is_directory(path, failed)) {
            return fromFolder(picture, stop);
        }
        return image_io::endingOf(options_.path) == ".json" ? fromJson(picture) : fromLabels(picture, stop);
    }

    [[nodiscard]] Result<Found> fromLabels(const Image& picture, const std::stop_token& stop) const {
        auto file = image_io::readMaskFile(options_.path, options_.read);
        if (!file) {
            return file.error();
        }
        if (file->labels.width != picture.width || file->labels.height != picture.height) {
            return otherSize(options_.path, file->labels.width, file->labels.height, picture);
        }
        if (file->areas.size() > kMostProposals) {
            return Error{
                ErrorKind::input,
                message("%1 has %2 labels, more than %3", quoted(options_.path), file->areas.size(), kMostProposals),
                "a label picture has a whole number for each mask, not colours or shades"};
        }
        Found found;
        found.warnings = std::move(file->warnings);
        if (!file->unlabelled.empty()) {
            found.warnings.push_back(message("%1 is one proposal: %2", quoted(options_.path), file->unlabelled));
        }
        if (file->areas.empty()) {
            found.warnings.push_back(message("%1 has nothing inside", quoted(options_.path)));
        }
        for (const auto& [label, area] : file->areas) {
            MASKWRIGHT_TRY(goOn(stop));
            found.proposals.push_back(proposalOf(runsOf(file->labels, label), 1));
        }
        return found;
    }

    [[nodiscard]] Result<Found> fromFolder(const Image& picture, const std::stop_token& stop) const {
        std::vector<std::string> files;
        std::error_code failed;
        for (fs::directory_iterator it(options_.path, failed), end; !failed && it != end; it.increment(failed)) {
            if (it->is_regular_file(failed) && image_io::hasPictureEnding(it->path().string())) {
                files.push_back(it->path().string());
            }
        }
        if (failed) {
            return Error{ErrorKind::input,
                         message("%1 cannot be read: %2", quoted(options_.path), systemReason(failed.value())), ""};
        }
        if (files.empty()) {
            return nothing(message("%1 holds no picture files", quoted(options_.path)));
        }
        if (files.size() > kMostProposals) {
            return Error{
                ErrorKind::input,
                message("%1 holds %2 picture files, more than %3", quoted(options_.path), files.size(), kMostProposals),
                "give a folder with the masks of one picture"};
        }
        std::sort(files.begin(), files.end());
        Found found;
        for (const std::string& file : files) {
            MASKWRIGHT_TRY(goOn(stop));
            auto mask = image_io::readMaskFile(file, options_.read);
            if (!mask) {
                return mask.error();
            }
            found.warnings.insert(found.warnings.end(), mask->warnings.begin(), mask->warnings.end());
            if (mask->labels.width != picture.width || mask->labels.height != picture.height) {
                return otherSize(file, mask->labels.width, mask->labels.height, picture);
            }
            const auto region = image_io::chooseRegion(*mask, file);
            if (!region) {
                found.warnings.push_back(message("%1 has nothing inside", quoted(file)));
                continue;
            }
            found.proposals.push_back(proposalOf(runsFromMask(*region), 1));
        }
        return found.proposals.empty()
                   ? nothing(message("%1 holds no mask with anything inside", quoted(options_.path)))
                   : Result<Found>(std::move(found));
    }

    [[nodiscard]] Result<Found> fromJson(const Image& picture) const {
        const std::shared_ptr<ReadJson> once = options_.once ? options_.once : readOnce();
        const auto read = once->of(options_.path);
        if (!read) {
            return read.error();
        }
        const Json* json = &*(*read)->json;
        const Json* entries = json->is_array()    ? json
                              : json->is_object() ? data::member(*json, "annotations")
                                                  : nullptr;
        if (entries == nullptr || !entries->is_array()) {
            return Error{ErrorKind::input, message("%1 has no list of annotations", quoted(options_.path)),
                         "give a file in COCO's format, or a list of its annotations"};
        }
        const auto image = json->is_array() ? imageOfList(*entries) : imageOf(*json, picture);
        if (!image) {
            return image.error();
        }
        Found found;
        data::Oddities oddities = (*read)->oddities;
        std::size_t asked = 0;  // entries of this picture
        for (std::size_t i = 0; i < entries->size(); ++i) {
            const Json& entry = (*entries)[i];
            const std::string where = data::entryName("annotations", i, entry);
            if (!entry.is_object()) {
                ++asked;
                MASKWRIGHT_TRY(oddities.add(data::Oddity::annotation, where, "it is not an object"));
                continue;
            }
            if (!isOf(entry, *image)) {
                continue;
            }
            ++asked;
            auto runs =
                data::maskOf(data::member(entry, "segmentation"), picture.width, picture.height, where, oddities);
            if (!runs) {
                return runs.error();
            }
            if (*runs && (*runs)->area() == 0) {
                MASKWRIGHT_TRY(oddities.add(data::Oddity::emptyMask, where, "its mask covers the centre of no pixel"));
            } else if (*runs) {
                found.proposals.push_back(proposalOf(std::move(**runs), scoreOf(entry, where, oddities)));
            }
            if (found.proposals.size() > kMostProposals) {
                return Error{
                    ErrorKind::input,
                    message("%1 has more than %2 masks for one picture", quoted(options_.path), kMostProposals),
                    "leave the less sure ones out"};
            }
        }
        if (const Message odd = oddities.summary(); !odd.empty()) {
            found.warnings.push_back(message("%1: %2", quoted(options_.path), odd));
        }
        if (found.proposals.empty() && asked > 0) {
            return nothing(found.warnings.back());
        }
        if (found.proposals.empty()) {
            found.warnings.push_back(
                message("%1 has no masks for %2", quoted(options_.path), quoted(options_.picture)));
        }
        return found;
    }

    // `json` is COCO's whole file.
    [[nodiscard]] Result<Ids> imageOf(const Json& json, const Image& picture) const {
        const Json* images = data::member(json, "images");
        if (images == nullptr || !images->is_array() || images->empty()) {
            return Ids();
        }
        auto chosen = data::entriesOf(*images, options_.picture, options_.path);
        if (!chosen) {
            return chosen.error();
        }
        if (chosen->empty() && images->size() == 1 && images->front().is_object()) {
            chosen->push_back(0);
        }
        if (chosen->empty()) {
            return Error{ErrorKind::input,
                         message("%1 lists no picture %2", quoted(options_.path),
                                 quoted(fs::path(options_.picture).filename().string())),
                         "give the file that was made for this picture"};
        }
        Ids ids;
        for (const std::size_t number : *chosen) {
            const Json& one = (*images)[number];
            const auto id = data::idOf(data::member(one, "id"));
            if (!id) {
                return Error{ErrorKind::input, message("%1: %2", quoted(options_.path), data::noId(one, "id")), ""};
            }
            const auto width = data::wholeOf(data::member(one, "width"));
            const auto height = data::wholeOf(data::member(one, "height"));
            if (width && height && (width->value != picture.width || height->value != picture.height)) {
                return Error{ErrorKind::input,
                             message("%1 says that the picture is of %2x%3 pixels; it is of %4x%5",
                                     quoted(options_.path), width->value, height->value, picture.width, picture.height),
                             "give the file that was made for this picture"};
            }
            ids.push_back(id->value);
        }
        return ids;
    }

    // A list of detections: all for one picture, or the one that the picture's file is named by.
    [[nodiscard]] Result<Ids> imageOfList(const Json& entries) const {
        std::optional<std::int64_t> first;
        bool several = false;
        for (const Json& entry : entries) {
            const auto id = entry.is_object() ? data::idOf(data::member(entry, "image_id")) : std::nullopt;
            several = several || (id && first && id->value != *first);
            first = id && !first ? id->value : first;
        }
        if (!several) {
            return Ids();
        }
        const std::string stem = fs::path(options_.picture).stem().string();
        const Json name = stem;
        const auto id = data::idOf(&name);
        if (!id) {
            return Error{ErrorKind::input,
                         message("%1 has masks of several pictures, and the name %2 tells none of them",
                                 quoted(options_.path), quoted(stem)),
                         "give a file with a list of images as well"};
        }
        return Ids{id->value};
    }

    [[nodiscard]] static Error nothing(Message what) {
        return {ErrorKind::input, std::move(what), "give a file with the masks of this picture"};
    }

    [[nodiscard]] static Result<void> goOn(const std::stop_token& stop) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "reading the proposals was stopped", ""};
        }
        return {};
    }

    FileOptions options_;
};

}  // namespace

std::unique_ptr<Source> fromFile(FileOptions options) { return std::make_unique<FromFile>(std::move(options)); }

}  // namespace maskwright::proposals
