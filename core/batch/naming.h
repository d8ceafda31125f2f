// Which file each result goes to: what -o means. Paths are UTF-8. Any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/batch/inputs.h"

namespace maskwright::batch {

// [picture][label]
using Paths = std::vector<std::vector<std::string>>;

struct Naming {
    std::string output;  // a file, a folder, or a pattern (see output::filledPattern)
    Inputs inputs;
    std::vector<std::string> labels;  // {phrase} is output::fileNamePart of one
    // Files that must not be overwritten either; a folder stands for all files below it, an empty name for none.
    std::vector<std::string> alsoRead = {};
    std::string ending = ".png";  // of names in a folder: all that comes after the picture's and the phrase's
    // The run goes on with one before it: in a folder the names that its journal has stay, even where another program
    // has changed the file since.
    bool goesOn = false;
};
// One path a picture and label. In a folder the names are output::distinctNames(), of which none is that of a file that
// is read, or of a PNG that is there and not this program's. Errors: ErrorKind::usage when by a pattern two results
// would go to one file or one would overwrite a file that is read, the name has another ending, or the pattern has a
// place that is none; ErrorKind::output when a folder is missing (an `output` that ends in '/' is made, and so are the
// folders of a pattern).
Result<Paths> planFiles(const Naming& naming);
// The paths in the folder `output`, none of which is a file that is read or `foreign`.
Paths pathsInFolder(
    const Naming& naming, const std::function<bool(const std::string&)>& foreign = [](const auto&) { return false; });
// Whether `path` may be written: it is no file of `read` (see Naming::alsoRead). Errors: usage.
Result<void> checkNotRead(const std::string& path, std::vector<std::string> read);
// For a single result, whatever its kind: every option that writes a file asks here.
Result<std::string> planFile(const std::string& output, const std::string& input,
                             std::vector<std::string> alsoRead = {}, const std::string& ending = ".png");

// The folder of a pattern down to the first that depends on the picture, with its '/'; empty for the one we are in.
std::string fixedFolder(const std::string& pattern);
// Whether `output` is a pattern with {folder} among its folders.
bool dependsOnPicture(const std::string& output);

}  // namespace maskwright::batch
