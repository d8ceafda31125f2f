// A run as it is decided before any work: which pictures, which file each result goes to, and what becomes of files
// that are there already. Paths are UTF-8. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/batch/naming.h"
#include "core/batch/shard.h"

namespace maskwright::batch {

// What to do where a file of the wanted name is there already. skip: it stays where the plan's journal says that it was
// made of the same picture by the same request, and a picture whose files are all there is not decoded; where another
// program has written or changed it, it stays too and that is told; else it is made anew. Where there is no journal
// yet, names alone count.
enum class Existing { keepBoth, replace, skip, refuse };

struct Plan {
    std::vector<std::string> inputs;
    std::vector<std::string> names;  // what the journal calls them; none: their files' names
    Paths outputs;                   // for index one a picture, else one a label; no rows: nothing is written
    Existing existing = Existing::replace;
    std::string journal;  // its file; empty: none is kept
    // Where this is a shard's part of a run. Its lines go to a file of the shard's own beside the journal, which must
    // be given (see shard_journal.h).
    std::optional<Part> part = {};
};

// How many of the plan's files are there already.
std::size_t countExisting(const Plan& plan);
// Decides what becomes of those: keepBoth gives the new ones free names. Errors: ErrorKind::output with refuse, where
// there are any.
Result<void> settle(Plan& plan, Existing existing);

// The name of the journal (see journal.h) beside the plan's results where they all lie in one folder, else nothing.
std::string journalPath(const Plan& plan);
// The same for results of `output`: in the folder that they share where their own depend on the picture.
std::string journalPath(const Plan& plan, const std::string& output);

}  // namespace maskwright::batch
