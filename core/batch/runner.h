// Carries a plan out: reads each picture, has the segmenter find what is asked for, writes the results through
// core/output, tells the outcome. The next picture is read and the last result written while the segmenter works. One
// bad picture is an outcome, never a stop.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "core/batch/plan.h"
#include "core/batch/segmenter.h"
#include "core/image/runs.h"

namespace maskwright::batch {

// One picture and phrase.
struct Entry {
    std::size_t phrase = 0;  // its number among the request's labels
    std::string output;      // the file that was written; empty: none was
    bool skipped = false;    // the file was there already and was left alone; what follows is unknown then
    Message note;            // where a file was left alone or replaced that nobody could make anew: which and why
    float presence = 0;
    bool truncated = false;
    std::int64_t area = 0, pixels = 0;  // of the mask and of the picture
    Box box;                            // round the mask; empty for an empty one
    session::Timing timing;
    session::Words words;
    std::shared_ptr<const Runs> runs;  // the mask, where Request::keepRuns asks for it; else null
};

enum class State {
    done,
    skipped,  // all its files were there already (see Existing::skip)
    failed,
    stopped,  // by the stop token, in the middle, with some of its files written
};

struct Outcome {
    std::size_t index = 0;  // in the plan
    State state = State::done;
    // One a phrase, in order. Of a picture that failed or was stopped only those whose files were written (or, where no
    // files are wanted, none).
    std::vector<Entry> entries;
    std::vector<Entry> unwritten;   // of one that failed or was stopped: what was found and is in no file
    std::optional<Error> error;     // failed or stopped
    std::vector<Message> warnings;  // about the picture's file
};

// Called once for every picture that is over, in the plan's order and never two at a time, but on a thread of the
// runner's or on the caller's. Must not throw.
using Hear = std::function<void(const Outcome&)>;

// Blocks until the last picture is over. When `stop` is requested, or the segmenter ends the batch, results whose
// writing has begun are still written and are in the outcomes; what else the picture in hand had is dropped, without an
// outcome if nothing of it was written. The journal, where the plan has one, holds a line for each outcome; where the
// plan is a shard's part its own file does (shard_journal.h), without which nothing is begun.
// Errors: of kind cancelled when it was stopped before the last picture; input when the journal must be read
// (Existing::skip) and cannot be; those that end a batch (see Segmenter); output
// when the journal cannot be written, in which case all pictures were worked on all the same.
Result<void> run(const Plan& plan, const Request& request, Segmenter& segmenter, const Hear& hear,
                 const std::stop_token& stop);

}  // namespace maskwright::batch
