// A shard's journal: a file of its own beside the run's, in the folder kShardFolder, so that shards may share the
// folder of the results. Each of its runs begins with a head, which says what was asked of which pictures; then comes a
// journal's line for each picture (journal.h), with what a report says of it. Names are as seen from the run's journal.
// A file has one writer at a time, and nobody writes while shards are merged: processes keep each other away by locks,
// on network disks too where those know locks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/batch/file_lock.h"
#include "core/batch/journal.h"
#include "core/batch/runner.h"
#include "core/batch/shard.h"

namespace maskwright::batch {

inline constexpr std::string_view kShardFolder = "maskwright-shards";

// Of the run whose journal is `journal`.
std::string shardFolder(const std::string& journal);
std::string shardJournalPath(const std::string& journal, const Shard& shard);
// The files of all shards, by name; none where there is no such folder. Errors: ErrorKind::input where it cannot be
// searched.
Result<std::vector<std::string>> shardJournals(const std::string& journal);

struct ShardJournal {
    FileLock folder, own;  // nobody merges; nobody else is this shard
    Journal journal;
};
// For one run of the plan's part; makes the folder. Errors: ErrorKind::output, also where another process is at work on
// the shard or merges.
Result<ShardJournal> openShardJournal(const Plan& plan);
// Keeps shards from working in the folder of `journal`; none where one works. Makes no folder.
std::optional<FileLock> lockShards(const std::string& journal);
// Removes the lock's file and the folder, where nothing else is in it. Held while it is called.
void removeShardFolder(const std::string& journal);
// Those of `files` that another process writes.
std::vector<std::string> busyJournals(const std::vector<std::string>& files);

struct ShardHead {
    Part part;            // but for the numbers
    std::string request;  // requestHash()
    std::string asked;    // requestText()
};

struct ShardLine {
    std::size_t number = 0;          // of the picture in the whole plan, from 0
    std::string path;                // the picture's, as this machine was told it
    std::vector<std::string> files;  // of its results, made or not
    bool current = true;             // of a run with the plan and the request of the last one
    JournalLine line;
    // See Outcome. The output of one that was made is the file's name as in `files`.
    std::vector<Entry> entries;
    std::optional<Error> error;
    std::vector<Message> warnings;

    // Which of `files` holds an entry.
    [[nodiscard]] const std::string& fileOf(const Entry& entry) const {
        return files[files.size() == 1 ? 0 : entry.phrase];
    }
};

std::string headText(const ShardHead& head);
// Of the `outcome` of a plan that is a part.
std::string shardLineText(const Plan& plan, const JournalLine& line, const Outcome& outcome);

struct ShardContents {
    ShardHead head;                // of the last run
    std::vector<ShardLine> lines;  // of all runs, in order
};
// Empty where no head can be read. Lines that are none, as an end in the middle of one leaves them, are passed over.
// Errors: ErrorKind::input where the file cannot be read.
Result<std::optional<ShardContents>> readShardJournal(const std::string& path);

}  // namespace maskwright::batch
