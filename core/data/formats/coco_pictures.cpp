#include "core/data/formats/coco_pictures.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "core/data/formats/coco_names.h"
#include "core/image_io/stored_size.h"
#include "core/image_io/turn.h"

namespace maskwright::data {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxPixels = 100'000'000;

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool leadsOut(const fs::path& path) {
    return path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end();
}

}  // namespace

std::optional<std::string> PictureFinder::find(const std::string& name) {
    if (!leadsOut(name) && isFile(fs::path(imageFolder_) / name)) {
        return name;
    }
    auto found = guess(name);
    if (!found) {
        const std::string plain = decodedName(name);
        found = plain == name ? std::nullopt : guess(plain);
    }
    return found && guessed_.insert(*found).second ? std::move(found) : std::nullopt;
}

std::optional<fs::path> PictureFinder::alike(const fs::path& path) {
    const std::string folder = path.parent_path().string();
    const auto [at, fresh] = names_.try_emplace(folder);
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed); fresh && !failed && it != fs::directory_iterator();
         it.increment(failed)) {
        const std::string name = it->path().filename().string();
        at->second[alikeKey(name)].push_back(name);
    }
    const auto found = at->second.find(alikeKey(path.filename().string()));
    return found != at->second.end() && found->second.size() == 1 && isFile(path.parent_path() / found->second.front())
               ? std::optional(path.parent_path() / found->second.front())
               : std::nullopt;
}

std::optional<std::string> PictureFinder::guess(const std::string& name) {
    for (const bool exactly : {true, false}) {
        if (auto found = guess(name, exactly)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<std::string> PictureFinder::guess(const std::string& name, bool exactly) {
    const std::vector<std::string> parts = partsOf(name);
    for (std::size_t from = 0; from < parts.size(); ++from) {
        fs::path rest;
        for (std::size_t i = from; i < parts.size(); ++i) {
            rest /= parts[i];
        }
        for (const std::string& folder : {imageFolder_, folder_}) {
            const fs::path path = fs::path(folder) / rest;
            const auto found = !exactly ? alike(path) : isFile(path) ? std::optional(path) : std::nullopt;
            const std::string way = found ? found->lexically_relative(imageFolder_).string() : "";
            if (found && (exactly || !kept_.contains(way))) {
                return way;
            }
        }
    }
    return std::nullopt;
}

Result<std::optional<SizedPhoto>> measure(Photo photo, const std::string& path, const StatedSize& stated,
                                          bool exifAsStored, const std::string& where, Oddities& oddities) {
    const std::optional<SizedPhoto> unusable;
    const auto found = image_io::storedSize(path);
    if (!found) {
        MASKWRIGHT_TRY(oddities.add(Oddity::unreadableFile, where, found.error().what));
        return unusable;
    }
    const int width = found->uprightWidth(), height = found->uprightHeight();
    if (std::int64_t{width} * height > kMaxPixels) {
        MASKWRIGHT_TRY(oddities.add(Oddity::picture, where, message("%1 is larger than 100 megapixels", path)));
        return unusable;
    }
    const auto is = [&](std::int64_t w, std::int64_t h) { return stated.width == w && stated.height == h; };
    if (is(0, 0)) {
        MASKWRIGHT_TRY(oddities.add(Oddity::noSize, where, message("%1 is %2x%3", path, width, height)));
    }
    const bool stored = exifAsStored && (is(0, 0) || is(found->width, found->height));
    if (!stored && !is(0, 0) && !is(width, height)) {
        const Oddity kind = is(found->width, found->height) ? Oddity::exifSize : Oddity::otherSize;
        MASKWRIGHT_TRY(oddities.add(
            kind, where, message("%1 is %2x%3, not %4x%5", path, width, height, stated.width, stated.height)));
        return unusable;
    }
    photo.width = width;
    photo.height = height;
    return std::optional(stored ? SizedPhoto{std::move(photo), found->width, found->height, found->orientation}
                                : SizedPhoto{std::move(photo), width, height, 1});
}

Runs turned(const Runs& runs, int orientation) {
    if (orientation <= 1 || orientation > 8) {
        return runs;
    }
    const Mask stored = toMask(runs);
    const image_io::Turn turn(orientation, stored.width, stored.height);
    Mask mask(turn.width, turn.height);
    image_io::place(
        {stored.pixels.data(), stored.width, stored.width, stored.height, 0}, 1, turn,
        [&](std::ptrdiff_t at, const std::uint8_t* pixel) { mask.pixels[static_cast<std::size_t>(at)] = *pixel; });
    return runsFromMask(mask);
}

}  // namespace maskwright::data
