#include "ui/model/images.h"

#include <algorithm>
#include <span>

#include "core/base/sha256.h"
#include "core/image_io/image_io.h"
#include "ui/model/background.h"
#include "ui/model/kept_pictures.h"

namespace maskwright::ui {

void Images::add(const project::PictureFile& file, const std::shared_ptr<const Image>& image) {
    entries_[file.sha256] = {file, image, false, false};
}

std::optional<project::PictureFile> Images::fileOf(const std::shared_ptr<const Image>& image) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const auto& entry) { return image && entry.second.image.lock() == image; });
    return found == entries_.end() ? std::nullopt : std::optional(found->second.file);
}

Images::Found Images::find(const project::PictureFile& file) {
    Entry& entry = entries_[file.sha256];
    if (auto image = entry.image.lock()) {
        hold(image);
        return {std::move(image), false};
    }
    if (entry.file.path != file.path) {
        entry = {file, {}, false, false};  // it was moved
    }
    if (!entry.reading && !entry.missing) {
        entry.reading = true;
        read(file);
    }
    return {nullptr, entry.missing};
}

void Images::hold(const std::shared_ptr<const Image>& image) {
    held_.remove(image);
    held_.push_front(image);
    std::uint64_t bytes = 0;
    for (const auto& one : held_) {
        bytes += one->pixels.size();
    }
    while (bytes > kMostBytes && held_.size() > 1) {
        bytes -= held_.back()->pixels.size();
        held_.pop_back();
    }
}

void Images::read(const project::PictureFile& file) {
    inBackground(
        this,
        [file]() -> Result<Read> {
            auto picture = image_io::read(file.path);
            if (!picture) {
                return picture.error();
            }
            const auto now =
                pictureFileAt(QString::fromStdString(file.path), picture->image.width, picture->image.height);
            return Read{std::make_shared<const Image>(std::move(picture->image)), now};
        },
        [this, file](const Result<Read>& read) {
            Entry& entry = entries_[file.sha256];
            if (!entry.reading || entry.file.path != file.path) {
                return;  // it was opened meanwhile, or is looked for elsewhere
            }
            entry.reading = false;
            entry.missing = !read || read->image->width != file.width || read->image->height != file.height;
            if (!entry.missing) {
                entry.image = read->image;
                hold(read->image);
            }
            Q_EMIT arrived();
            if (read && !read->file.sha256.empty() && read->file.sha256 != file.sha256) {
                Q_EMIT replaced(file, read->file);
            }
        });
}

project::PictureFile fileOfPixels(const Image& image, const std::string& name) {
    Sha256 hash;
    hash.update(std::as_bytes(std::span(image.pixels)));
    return {name, hash.finish(), image.pixels.size(), image.width, image.height};
}

}  // namespace maskwright::ui
