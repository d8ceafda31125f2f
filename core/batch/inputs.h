// Which pictures a run is about: files as they are named, folders with all that lies below them. Blocks; any thread.
// Paths are UTF-8.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/output/names.h"

namespace maskwright::batch {

struct Inputs {
    std::vector<std::string> files;
    std::vector<std::string> roots;  // of each file: the folder that was named and holds it; empty: it was named itself
    bool fromFolder = false;         // a folder was among what was named
    // Folders that cannot be read or hold no picture, and links that lead nowhere (ErrorKind::input), beside what can
    // be read.
    std::vector<std::pair<std::string, Error>> bad;
    // Links to folders that are searched anyway, for one because they go round: what the path is, and why it was passed
    // over.
    std::vector<std::pair<std::string, Error>> skipped;
    // What else was passed over and a person should know of: a line a kind, with what to do. No failures.
    std::vector<Error> notices;
};

// Whether folders are searched with their subfolders.
enum class Depth { all, one };

// Pictures named by `arguments`: files as they are; folders as the files in them that end as a picture does, by path in
// the order of its bytes, whatever they turn out to be when they are read. Links are followed, each folder is searched
// once. Passed over are: hidden files and folders, what systems keep in folders of their own ("__MACOSX", "@eaDir",
// ...), and results of this program (output::isOurs()), unless a folder holds nothing else. Errors: ErrorKind::input
// when something is bad and no picture is left.
Result<Inputs> expandInputs(const std::vector<std::string>& arguments, Depth depth = Depth::all);

// What tells the files' results apart. The folder that they share is the deepest that all of what was named lies in; a
// file in it itself has its name as `folder`.
std::vector<output::NameParts> nameParts(const Inputs& inputs);
// The files as seen from the folder that they share: what a journal calls them.
std::vector<std::string> namesBelow(const Inputs& inputs);

}  // namespace maskwright::batch
