// What earlier runs left where the results of this one go, as their journal tells: a run that goes on with one before
// it spares what was made of the same picture by the same request. Paths are UTF-8. One thread at a time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/batch/journal.h"

namespace maskwright::batch {

// What is at a result's path.
enum class Standing {
    missing,
    done,         // made of this picture by this request; without a journal whatever is there
    changed,      // made of another picture or by another request
    unexplained,  // this program's, and no line of the journal says of what
    foreign,      // not as this program wrote it: nobody could make it anew
};

class Earlier {
  public:
    // By the journal of that path and those of shards beside it (shard_journal.h); an empty path, no file there, or no
    // line that can be read: none was kept, and names alone count. Errors: ErrorKind::input where one cannot be read.
    static Result<Earlier> read(const std::string& journal);
    [[nodiscard]] bool hasJournal() const { return hasJournal_; }

    // Of a result's path for a picture whose file has the SHA-256 `inputHash` (empty: not known, and equal to none) and
    // a requestHash().
    [[nodiscard]] Standing standing(const std::string& output, const std::string& inputHash,
                                    const std::string& request) const;
    // Whether a line names it among the files of its picture.
    [[nodiscard]] bool names(const std::string& output) const;

  private:
    // What the last line of a journal that names a result says of it.
    struct Made {
        std::string inputHash, request, hash;  // `hash` is the result's own; empty: not told
        bool operator==(const Made&) const = default;
    };
    Result<void> add(const std::string& journal);
    // Where journals differ, what the one says whose result is there; null where none names it.
    [[nodiscard]] const Made* find(const std::string& output) const;
    std::string journal_;
    bool hasJournal_ = false;
    std::map<std::string, std::vector<Made>> made_;  // by the name in the journals
};

// Whether anything is at a result's path; false where that cannot be told.
bool isThere(const std::string& path);
// What the journal calls a result.
std::string nameBesideJournal(const std::string& output, const std::string& journal);

}  // namespace maskwright::batch
