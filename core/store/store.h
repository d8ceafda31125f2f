// What models there are, and where: every folder with a config.json in the places that built-in models are kept in.
// Says nothing about what is inside one; session opens them. No state of its own: any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace maskwright::store {

// A model that is there.
struct Model {
    std::string name;    // its folder's
    std::string folder;  // UTF-8 path
    bool operator==(const Model&) const = default;
};

// Where built-in models are looked for, the first place first: the folders of MASKWRIGHT_MODELS (colons between them),
// beside the program, the installed share folder, the source tree.
std::vector<std::string> places();

// The built-in models that are there, by name. Of two with one name only the one in the earlier place counts.
std::vector<Model> builtInModels();

// "mini" is a built-in model's name, in whatever case, or a folder where none has it; anything with a slash is taken as a folder. Errors:
// usage for an empty name; weights, naming the models that are there.
Result<Model> find(const std::string& nameOrFolder);

}  // namespace maskwright::store
