// Which pictures are worked on and which file each result goes to: decided and checked before any work. Paths are
// UTF-8. Any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/output/kind.h"

namespace maskwright::batch {

struct Inputs {
    std::vector<std::string> files;
    bool fromFolder = false;  // a folder was among what was named
    // Folders that cannot be read or hold no picture (ErrorKind::input), beside others that do.
    std::vector<std::pair<std::string, Error>> badFolders;
};
// Pictures named by `arguments`: files as they are, folders as the pictures in them (not in their subfolders), by name
// in the order of its bytes. Errors: ErrorKind::input when a folder is bad and no picture is left.
Result<Inputs> expandInputs(const std::vector<std::string>& arguments);

// [picture][label]
using Paths = std::vector<std::vector<std::string>>;

struct Naming {
    std::string output;                      // a file, a folder, or a pattern with {stem} and {phrase}
    std::vector<std::string> inputs;         // {stem} is a picture's name without its ending
    std::vector<std::string> labels;         // {phrase} is output::fileNamePart of one
    std::vector<std::string> alsoRead = {};  // files that must not be overwritten either
    std::string ending = ".png";
};
// One path a picture and label. Errors: ErrorKind::usage when two results would go to one file, one would overwrite a
// file that is read, or the name has another ending; ErrorKind::output when a folder is missing (an `output` that ends
// in '/' is made).
Result<Paths> planFiles(const Naming& naming);
// For a single result. `alsoRead` may be empty.
Result<std::string> planFile(const std::string& output, const std::string& input, const std::string& alsoRead,
                             const std::string& ending = ".png");

// What to do where a file of the wanted name is there already. skip: a picture whose files are all there is not even
// read.
enum class Existing { keepBoth, replace, skip, refuse };

struct Plan {
    std::vector<std::string> inputs;
    Paths outputs;  // for index one a picture, else one a label; no rows: nothing is written
    Existing existing = Existing::replace;
    std::string journal;  // its file; empty: none is kept
};

// How many of the plan's files are there already.
std::size_t countExisting(const Plan& plan);
// Decides what becomes of those: keepBoth gives the new ones free names. Errors: ErrorKind::output with refuse, where
// there are any.
Result<void> settle(Plan& plan, Existing existing);

// The name of the journal (see journal.h) beside the plan's results where they all lie in one folder, else nothing.
std::string journalPath(const Plan& plan);

}  // namespace maskwright::batch
