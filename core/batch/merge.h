// What one run would have left, out of what its shards left: the results in one folder, one journal, and the outcomes
// for a report. The shards may have written into that folder or into one each. Needs neither the pictures nor the
// model. Paths are UTF-8. Blocks; one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/batch/shard_journal.h"

namespace maskwright::batch {

// The shards of one run, read and found whole. Nothing is written before write().
class Merge {
  public:
    // `folders`: those of the shards' results; one that is named twice counts once. `out`: where all is to be together,
    // one of them or another. While this lives no shard can begin in them. Errors: ErrorKind::input where a folder has
    // no shards; a shard is missing, not finished or in two folders; two had different plans or requests; a result is
    // gone; a journal cannot be read or names files outside its folder; ErrorKind::output where a shard is at work, or
    // another program's file has a result's name in `out`.
    static Result<Merge> read(const std::vector<std::string>& folders, const std::string& out);

    // All pictures of the run, with their results in `out`, as a plan of one run has them.
    [[nodiscard]] const Plan& plan() const { return plan_; }
    // Of the request what a report needs: kind, labels and threshold.
    [[nodiscard]] const Request& request() const { return request_; }
    // One a picture, in the plan's order. What several tries made is told as if one had.
    [[nodiscard]] const std::vector<Outcome>& outcomes() const { return outcomes_; }
    // What the first shard found beside the pictures.
    [[nodiscard]] const Part& found() const { return found_; }

    // Copies the results that are not in `out` yet, each whole or not at all, then adds their lines to its journal;
    // lines with which it ends already are not added again, so that a merge that was stopped can be repeated. Errors:
    // ErrorKind::cancelled when it is stopped; output.
    [[nodiscard]] Result<void> write(const std::stop_token& stop) const;
    // Removes the shards' journals from `out`: there is nothing left to merge. Other folders stay as they are.
    void finish();

  private:
    struct Source {
        std::string folder, journal;  // the run's journal, which need not be there
        bool isOut = false;
        std::vector<std::string> files;     // the shards' journals
        std::vector<ShardContents> shards;  // those that can be read, also of other counts
        std::optional<FileLock> lock;
        std::map<std::string, std::vector<const ShardLine*>> told;  // all lines about one picture and request
    };
    Merge() = default;
    Result<void> addSource(const std::string& folder, bool isOut);
    Result<void> chooseCount();
    Result<void> checkShards();
    Result<void> addPictures();
    Result<void> addPicture(const Source& source, const ShardLine& last);
    // What is to stand at the end of the journal.
    [[nodiscard]] Result<std::string> newLines() const;

    std::string out_;
    std::vector<Source> sources_;
    std::size_t count_ = 0;  // of the shards
    Plan plan_;
    Request request_;
    std::vector<Outcome> outcomes_;
    std::vector<JournalLine> lines_;
    std::vector<std::pair<std::string, std::string>> copies_;  // from, to
    Part found_;
};

}  // namespace maskwright::batch
