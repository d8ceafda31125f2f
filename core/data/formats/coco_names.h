// Names of pictures as COCO's files have them, beside the paths of the files that there are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace maskwright::data {

// The names between slashes and backslashes, without those that say nothing.
std::vector<std::string> partsOf(std::string_view name);

// A name without an address's query and with "%20" and the like decoded.
std::string decodedName(const std::string& name);

// What is equal for names that differ in upper and lower case or in Unicode's composed and decomposed forms alone: a
// name that was written on another system may.
std::string alikeKey(std::string_view name);

// How much of a name is the end of a path.
struct Agreement {
    std::size_t parts = 0;  // names of files and folders, from the last on; 0: it is another file's name
    bool whole = false;     // all that the name has
    bool exactly = false;   // in its own letters
};
Agreement agreement(const std::string& name, const std::string& path);

// Which entries of a list of images are the picture at `path`: those with the longest name that is its end, else those
// that agree with the most of it, in its own letters before others. Several where one name is listed more than once,
// none where no name fits. Errors: ErrorKind::input where different names fit alike; `file` opens the message.
Result<std::vector<std::size_t>> entriesOf(const Json& images, const std::string& path, const std::string& file);

}  // namespace maskwright::data
