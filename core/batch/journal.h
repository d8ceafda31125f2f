// A batch's journal: a file beside the results of a folder, one line of JSON a picture, in order. It is only ever
// appended to, each line at once when its picture is done, and has neither times nor where the folder lies in it: the
// same request on the same pictures writes the same bytes, from whichever program. Its name is not hidden, because
// whoever looks at the results should see what it is, and its ending is no picture's, so no folder listing takes it for
// one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace maskwright::batch {

inline constexpr std::string_view kJournalName = "maskwright-journal.jsonl";
inline constexpr std::uint64_t kLargestJournal = 1u << 30;  // bytes that are read

struct JournalLine {
    std::string input;      // the picture's file name, with the way there from the folder that was named
    std::string inputHash;  // SHA-256 of the file; empty where it could not be read
    std::string request;    // requestHash()
    std::string outcome;    // done, skipped, failed or stopped
    // The files that were written, as seen from the journal's folder; of one that was skipped those that were there
    // before any journal was kept and count as this request's from then on.
    std::vector<std::string> outputs;
    int code = 0;                                // of the error where it failed or was stopped: an ErrorKind
    std::vector<std::string> outputHashes = {};  // SHA-256 of each output; empty where none was written
    bool operator==(const JournalLine&) const = default;
};

// Appends. One thread at a time.
class Journal {
  public:
    // Makes the file where it is missing. A line that an earlier run left cut is ended first. Errors:
    // ErrorKind::output.
    static Result<Journal> open(const std::string& path);
    Journal(Journal&&) noexcept;
    Journal& operator=(Journal&&) noexcept;
    ~Journal();
    // In the file when this returns, whole or (with a full disk) cut. Errors: ErrorKind::output.
    Result<void> add(const JournalLine& line);
    // Of a text that ends its line itself.
    Result<void> add(const std::string& text);

  private:
    Journal(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::string path_;
    int descriptor_ = -1;
};

// What add() writes.
std::string journalText(const JournalLine& line);

struct JournalContents {
    std::vector<JournalLine> lines;
    std::size_t cut = 0;  // lines that are none, as a program that was ended in the middle of one leaves them
};
// Of a shard's journal (shard_journal.h) the same lines; its heads count as none and are not cut.
// Errors: ErrorKind::input when the file cannot be read.
Result<JournalContents> readJournal(const std::string& path);

}  // namespace maskwright::batch
