// Which file each result goes to, decided and checked before any work.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace maskwright::cli {

struct Inputs {
    std::vector<std::string> files;
    // Folders that cannot be read or hold no picture (ErrorKind::input), beside others that do.
    std::vector<std::pair<std::string, Error>> badFolders;
};
// Pictures named by `arguments`: files as they are, folders as the pictures in them, by name. Errors: ErrorKind::input
// when a folder is bad and no picture is left.
Result<Inputs> expandInputs(const std::vector<std::string>& arguments);

// A phrase as part of a file name: letters and digits of any script, '-', '_' and '.' stay, the rest becomes '_'; at
// most 80 bytes.
std::string fileNamePart(const std::string& phrase);

// One path a picture and label, [picture][label]. `output` is a PNG, a folder, or a pattern with {stem} and {phrase}.
// Errors: ErrorKind::usage when two results would go to one file, one would overwrite a picture in `inputs` or
// `alsoRead`, or the name is not a PNG's; ErrorKind::output when a folder is missing (an `output` that ends in '/' is
// made).
Result<std::vector<std::vector<std::string>>> planOutputs(const std::string& output,
                                                          const std::vector<std::string>& inputs,
                                                          const std::vector<std::string>& labels,
                                                          const std::vector<std::string>& alsoRead);

// The paths of arrays, one a picture; the same rules, ending in .npy. `label`: what {phrase} stands for.
Result<std::vector<std::string>> planArrays(const std::string& output, const std::vector<std::string>& inputs,
                                            const std::string& label, const std::vector<std::string>& alsoRead);

}  // namespace maskwright::cli
