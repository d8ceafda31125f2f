// What models there are, and where: every model folder in the places that built-in models are kept in, and in the
// user's own, which fetch() and importModel() fill. Says nothing about what is inside one; session opens them. No state
// of its own: any thread, any process.
#pragma once

#include <cstdint>
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

// Where the user's own models are: maskwright/models under XDG_DATA_HOME, else under ~/.local/share. Empty where
// neither says an absolute path. Need not be there.
std::string userPlace();

// Where one of the user's models came from, as far as the folder says.
struct Origin {
    std::string repository, commit;  // on the hub; empty of one that was imported
    std::string licence;             // SPDX; empty where nobody said
    std::string importedFrom;        // a path
};
struct UserModel {
    Model model;
    Origin origin;
    std::uint64_t bytes = 0;  // of its files
};
// By name. One that a built-in model's name hides is there, too: it can still be removed.
std::vector<UserModel> userModels();

// Whether the model folder holds a CLIP and no CLIPSeg: transformers' CLIPModel by config.json's "model_type", or
// open_clip's, which has no config.json. Such a model answers "which one" alone. Errors: weights for an unreadable
// config.json.
Result<bool> isClipAlone(const std::string& folder);

// "mini" is the name, in whatever case, of a built-in model or else of one of the user's, or a folder where none has
// it; anything with a slash is taken as a folder. Errors: usage for an empty name; weights, naming the models that are
// there, or how to get a published one.
Result<Model> find(const std::string& nameOrFolder);

// Whether a model of the user's may be called so: letters, digits, '.', '-', '_' and what is beyond ASCII, at most 100
// bytes, no built-in model's name. Errors: usage.
Result<void> checkName(const std::string& name);

// Deletes one of the user's models, by its exact name, and what is there of an unfinished download of it. Errors: usage
// where it is not there or built in, output where it cannot be deleted.
Result<void> removeModel(const std::string& name);

}  // namespace maskwright::store
