#include "core/data/dataset.h"

#include <algorithm>
#include <filesystem>

#include "core/image_io/image_io.h"

namespace maskwright::data {

std::string DataSet::pathOf(const Photo& photo) const {
    return (std::filesystem::path(imageFolder) / photo.file).string();
}

bool DataSet::covers(std::size_t a, std::size_t b) const {
    return a == b || std::binary_search(categories[b].ancestors.begin(), categories[b].ancestors.end(), a);
}

bool DataSet::holds(const Photo& photo, std::size_t category) const {
    return std::any_of(photo.annotations.begin(), photo.annotations.end(),
                       [&](std::size_t a) { return covers(category, annotations[a].category); });
}

bool DataSet::unsure(const Photo& photo, std::size_t category) const {
    return std::any_of(photo.unmarked.begin(), photo.unmarked.end(),
                       [&](std::size_t other) { return covers(category, other) || covers(other, category); });
}

std::optional<std::size_t> categoryCalled(const DataSet& set, const std::string& name) {
    std::vector<std::size_t> order = set.closed;
    for (std::size_t c = 0; c < set.categories.size(); ++c) {
        order.push_back(c);
    }
    const auto isCalled = [&](bool first) {
        return std::find_if(order.begin(), order.end(), [&](std::size_t c) {
            const std::vector<std::string>& all = set.categories[c].names;
            return first ? !all.empty() && all.front() == name : std::find(all.begin(), all.end(), name) != all.end();
        });
    };
    const auto found = isCalled(false);
    if (found == order.end()) {
        return {};
    }
    const bool closed = static_cast<std::size_t>(found - order.begin()) < set.closed.size();
    const auto own = isCalled(true);
    return !closed && own != order.end() ? *own : *found;
}

void PhotoWarnings::tell(const std::string& path, const std::vector<Message>& warnings) {
    if (warnings.empty() || !hear_) {
        return;
    }
    const std::lock_guard lock(mutex_);
    if (told_.insert(path).second) {
        for (const Message& warning : warnings) {
            hear_(warning);
        }
    }
}

Error unusable(const DataSet& set, Message what, Message advice) {
    Message whole = message("%1: %2", set.file, std::move(what));
    return {ErrorKind::input,
            set.oddities.empty() ? std::move(whole) : message("%1 (%2)", std::move(whole), set.oddities),
            std::move(advice)};
}

Result<Image> readPhoto(const DataSet& set, const Photo& photo) {
    auto picture = image_io::read(set.pathOf(photo));
    if (!picture) {
        return picture.error();
    }
    if (picture->image.width != photo.width || picture->image.height != photo.height) {
        return Error{ErrorKind::input,
                     message("%1 is %2x%3, %4 says %5x%6", set.pathOf(photo), picture->image.width,
                             picture->image.height, set.file, photo.width, photo.height),
                     "correct the file"};
    }
    if (set.warnings) {
        set.warnings->tell(set.pathOf(photo), picture->warnings);
    }
    return std::move(picture->image);
}

Mask maskOf(const DataSet& set, const Photo& photo, std::size_t wanted) {
    Mask mask(photo.width, photo.height);
    for (const std::size_t index : photo.annotations) {
        if (set.covers(wanted, set.annotations[index].category)) {
            drawInto(set.annotations[index].runs, mask);
        }
    }
    return mask;
}

}  // namespace maskwright::data
