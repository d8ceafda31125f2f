// Pictures with a name each and no masks: `folder`/kinds.json, a list of objects with `file`, `name` and, optional,
// `synset` (WordNet 3.0, "n02084071") and `split`; the files are in `folder`/images, or in `folder` itself.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"

namespace maskwright::data {

struct NamedPicture {
    std::string file, path;  // as the list has it; where it is read
    std::string name, synset;
};

struct NamedPictures {
    std::string file;                    // the list, for messages
    std::vector<NamedPicture> pictures;  // of the split, in the list's order
    std::vector<std::string> names;      // all names of the list, whatever their split, each once
    std::vector<std::string> synsets;    // of the names; empty where the list has none
};

// The pictures of `split`, and those with none. Errors, ErrorKind::input: the file is no such list (the entry is
// named), or no picture is of the split.
Result<NamedPictures> readNamedPictures(const std::string& folder, const std::string& split);

// The picture, upright. Errors: the reader's.
Result<Image> readPicture(const NamedPicture& picture);

}  // namespace maskwright::data
