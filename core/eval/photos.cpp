#include "core/eval/photos.h"

#include "core/data/formats/coco.h"

namespace maskwright::eval {

Result<Photos> readPhotos(const Measuring& options) {
    // With a list the first so many are the first of it, so all are read.
    const std::int64_t limit = options.list.all() ? options.pictures : 0;
    auto set = data::readCoco(options.data, options.split, {options.strict, options.exifAsStored, limit});
    if (!set) {
        return set.error();
    }
    set->warnings = std::make_shared<data::PhotoWarnings>(options.warn);
    std::vector<std::string> files;
    for (const data::Photo& photo : set->photos) {
        files.push_back(photo.file);
    }
    auto chosen = chosenOf(options, files, set->file);
    if (!chosen) {
        return chosen.error();
    }
    return Photos{std::move(*set), std::move(*chosen)};
}

void warnOfOddities(const Measuring& options, const data::DataSet& set) {
    if (options.warn && !set.oddities.empty()) {
        options.warn(message("%1: %2", set.file, set.oddities));
    }
}

}  // namespace maskwright::eval
