// The picture files that a COCO file lists: where they are, how large, and how EXIF turns them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/formats/coco_oddities.h"

namespace maskwright::data {

class PictureFinder {
  public:
    PictureFinder(std::string folder, std::string imageFolder)
        : folder_(std::move(folder)), imageFolder_(std::move(imageFolder)) {}

    // Keeps a file that is called so from entries with its name in other letters.
    void keep(const std::string& name) { kept_.insert(name); }

    // Where the file of this name is, relative to the picture folder: under its name, or, with slashes for backslashes,
    // under what is left of it when folders (or an address's host) are taken from its front, there or in the data set's
    // own folder; then in other letters (upper and lower case, Unicode's forms) where one file alone is called so; last
    // without an address's query and with "%20" and the like decoded. No name leads out of the data set, and of two
    // names that come to one file in these ways only the first does. Nothing where there
    // is none.
    std::optional<std::string> find(const std::string& name);

  private:
    std::optional<std::string> guess(const std::string& name);
    std::optional<std::string> guess(const std::string& name, bool exactly);
    // The one file of its folder whose name is alike.
    std::optional<std::filesystem::path> alike(const std::filesystem::path& path);
    std::string folder_, imageFolder_;
    std::set<std::string> guessed_;  // found under another name
    std::set<std::string> kept_;
    std::map<std::string, std::map<std::string, std::vector<std::string>>> names_;  // a folder's, by alikeKey()
};

// What an entry says of its picture's size; 0: nothing.
struct StatedSize {
    std::int64_t width = 0, height = 0;
};

// A picture with its size and turn. `stored` (pixels) is what its polygons and runs are of; `photo` has the upright
// size.
struct SizedPhoto {
    Photo photo;
    int storedWidth = 0, storedHeight = 0;
    int orientation = 1;  // 1: masks are of the upright picture already
};

// Compares the entry's size with the file's. Nothing for a picture that cannot be used, which `oddities` then holds.
// Errors: those of `oddities`.
Result<std::optional<SizedPhoto>> measure(Photo photo, const std::string& path, const StatedSize& stated,
                                          bool exifAsStored, const std::string& where, Oddities& oddities);

// The mask of a stored picture on the upright one (EXIF 2.32, tag 0x0112, orientation 1..8).
Runs turned(const Runs& runs, int orientation);

}  // namespace maskwright::data
