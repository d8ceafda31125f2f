#include "ui/model/annotation_import.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <numeric>
#include <set>

#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "ui/model/document.h"

namespace maskwright::ui {

namespace fs = std::filesystem;

namespace {

Result<project::PictureFile> pictureFile(const ImportTarget& target) {
    if (!target.file.path.empty()) {
        return target.file;
    }
    const auto picture = image_io::read(target.path);
    if (!picture) {
        return picture.error();
    }
    const auto hash = sha256File(target.path);
    if (!hash) {
        return hash.error();
    }
    std::error_code ignored;
    return project::PictureFile{target.path, *hash, fs::file_size(target.path, ignored), picture->image.width,
                                picture->image.height};
}

// Reads files one after the other; what they say of one picture comes together.
class Importer {
  public:
    Importer(const std::vector<ImportTarget>& targets, std::optional<std::size_t> open)
        : targets_(targets), open_(open) {}

    Result<void> take(const std::string& path) {
        const auto file = output::AnnotationFile::open(path);
        if (!file) {
            return file.error();
        }
        std::vector<std::size_t> meant;
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            const std::string& name = targets_[i].name;
            if (file->isAbout(targets_[i].path) || (!name.empty() && file->isAbout(name))) {
                meant.push_back(i);
            }
        }
        if (meant.empty() && file->pictures().size() == 1 && open_) {
            meant.push_back(*open_);
        }
        if (file->pictures().size() > meant.size()) {
            skip(message("%1: pictures that are not open were passed over: %2", path,
                         file->pictures().size() - meant.size()));
        }
        const std::size_t objects = objects_, skipped = result_.skipped.size();
        for (const std::size_t target : meant) {
            MASKWRIGHT_TRY(take(*file, target));
        }
        if (objects_ == objects && result_.skipped.size() == skipped && !meant.empty()) {
            skip(message("%1 has no object in the pictures that are open", path));
        } else if (meant.empty() && file->pictures().empty()) {
            skip(message("%1 names no picture", path));
        }
        return {};
    }
    ImportedAnnotations result() {
        std::erase_if(result_.pictures, [](const ImportedPicture& picture) { return picture.objects.empty(); });
        return std::move(result_);
    }
    void skip(const Message& what) {
        if (std::find(result_.skipped.begin(), result_.skipped.end(), what) == result_.skipped.end()) {
            result_.skipped.push_back(what);
        }
    }

  private:
    Result<void> take(const output::AnnotationFile& file, std::size_t target) {
        auto known = pictureFile(targets_[target]);
        if (!known) {
            return known.error();
        }
        auto read = file.read({targets_[target].path, known->width, known->height});
        if (!read) {
            return read.error();
        }
        for (const Message& warning : read->warnings) {
            skip(warning);
        }
        ImportedPicture& picture = of(std::move(*known));
        const std::size_t all = read->objects.size();
        std::erase_if(read->objects, [](const output::AnnotatedObject& object) { return object.runs.area() == 0; });
        if (const std::size_t kept = read->objects.size(); kept < all) {
            skip(message("objects without a pixel in %1 were passed over: %2",
                         quoted(fs::path(targets_[target].path).filename().string()), all - kept));
        }
        objects_ += read->objects.size();
        std::move(read->objects.begin(), read->objects.end(), std::back_inserter(picture.objects));
        return {};
    }
    ImportedPicture& of(project::PictureFile file) {
        for (ImportedPicture& picture : result_.pictures) {
            if (picture.file.path == file.path) {
                return picture;
            }
        }
        return result_.pictures.emplace_back(ImportedPicture{std::move(file), {}});
    }
    const std::vector<ImportTarget>& targets_;
    std::optional<std::size_t> open_;
    std::size_t objects_ = 0;  // of all pictures
    ImportedAnnotations result_;
};

// The first that none has: those of the window, then as many as are wanted.
output::Colour freeColour(std::set<output::Colour>& used) {
    for (std::size_t i = 0;; ++i) {
        const output::Colour colour =
            i < kOverlayColours.size() ? kOverlayColours[i] : output::distinctColour(i - kOverlayColours.size());
        if (used.insert(colour).second) {
            return colour;
        }
    }
}

}  // namespace

std::size_t ImportedAnnotations::objects() const {
    return std::accumulate(
        pictures.begin(), pictures.end(), std::size_t(0),
        [](std::size_t sum, const ImportedPicture& picture) { return sum + picture.objects.size(); });
}

Result<ImportedAnnotations> importFrom(const std::vector<std::string>& files, const std::vector<ImportTarget>& targets,
                                       std::optional<std::size_t> open) {
    Importer importer(targets, open);
    std::optional<Error> first;
    for (const std::string& file : files) {
        if (const auto done = importer.take(file); !done) {
            importer.skip(done.error().what);
            first = first ? first : std::optional(done.error());
        }
    }
    ImportedAnnotations imported = importer.result();
    if (imported.pictures.empty() && first) {
        return *first;
    }
    return imported;
}

project::Edit importEdit(const project::Project& project, const ImportedAnnotations& imported) {
    project::Id next = project.highestId();
    project::Together edits;
    for (const ImportedPicture& picture : imported.pictures) {
        const auto known =
            std::find_if(project.pictures.begin(), project.pictures.end(),
                         [&](const project::PicturePtr& one) { return one->file.path == picture.file.path; });
        std::set<output::Colour> used;
        project::Picture fresh{known == project.pictures.end() ? ++next : (*known)->id, picture.file, {}};
        std::size_t at = 0;
        if (known != project.pictures.end()) {
            at = (*known)->rows.size();
            for (const project::RowPtr& row : (*known)->rows) {
                used.insert(row->colour);
            }
        }
        for (const output::AnnotatedObject& object : picture.objects) {
            project::Row row;
            row.id = ++next;
            row.name = object.label;
            row.object = std::make_shared<const Runs>(object.runs);
            row.colour = freeColour(used);
            auto made = std::make_shared<const project::Row>(std::move(row));
            if (known == project.pictures.end()) {
                fresh.rows.push_back(std::move(made));
            } else {
                edits.edits.emplace_back(project::AddRow{fresh.id, at++, std::move(made)});
            }
        }
        if (known == project.pictures.end()) {
            edits.edits.emplace_back(project::AddPicture{project.pictures.size(),
                                                         std::make_shared<const project::Picture>(std::move(fresh))});
        }
    }
    return edits;
}

}  // namespace maskwright::ui
