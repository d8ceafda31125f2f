// A project with its past: what was done can be undone and done again. Bounded by memory, not by a number of steps. One
// thread at a time.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "core/project/edit.h"

namespace maskwright::project {

class History {
  public:
    // 64 MiB hold some 3,000 strokes over a 24-megapixel mask with 20 KB of runs.
    static constexpr std::size_t kMostBytes = 64u << 20;

    // The project is clean at the beginning. Of the steps that hold more than `mostBytes` together the oldest are
    // forgotten; the last one always stays.
    explicit History(Project project = {}, std::size_t mostBytes = kMostBytes);

    [[nodiscard]] const Project& project() const { return project_; }
    // An id that nothing has and had since this history began.
    Id freshId() { return ++lastId_; }

    // Does `edit`; what was undone before cannot be done again. `name`: for the menu; empty: nameOf(edit). Consecutive
    // edits with the same non-empty `merge`, each of which overrides() the one before (or the last part of it, where
    // that is a Together), become one step, until endMerge(). An edit that changes nothing is no step, and a step that
    // comes to nothing by merging goes. Errors: apply()'s; nothing has changed then.
    Result<void> edit(const Edit& edit, const Message& name = {}, const std::string& merge = {});
    void endMerge() { merge_.clear(); }
    // Does `edit` without making it a step: undo() leaves it as it is. For what no step knows of and none stands on,
    // such as a picture with new ids at the end. Not clean from then on. Errors: apply()'s; nothing has changed then.
    Result<void> aside(const Edit& edit);

    [[nodiscard]] bool canUndo() const { return done_ > 0; }
    [[nodiscard]] bool canRedo() const { return done_ < steps_.size(); }
    // What undo() takes back and redo() does again; empty where there is nothing.
    [[nodiscard]] Message undoName() const;
    [[nodiscard]] Message redoName() const;
    // -> the edit that was done, for a journal; none where there is nothing.
    std::optional<Edit> undo();
    std::optional<Edit> redo();

    // Whether the project is what it was when setClean() was called last. A clean state that can be reached no more
    // (its steps were forgotten or replaced) never comes back.
    [[nodiscard]] bool clean() const { return clean_ == done_; }
    void setClean();
    // Never clean from now on, until setClean(): for a project that came from a journal.
    void setDirty() { clean_.reset(); }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t steps() const { return steps_.size(); }

  private:
    struct Step {
        Message name;
        Edit edit, inverse;
        std::size_t bytes = 0;
    };
    bool mergeInto(const Edit& edit, const std::string& merge);
    void forgetRedo();
    void forgetOldest();
    Project project_;
    std::deque<Step> steps_;
    std::size_t done_ = 0;                  // of the steps; the rest was undone
    std::optional<std::size_t> clean_ = 0;  // done_ at the clean state; none: out of reach
    std::size_t mostBytes_ = 0, bytes_ = 0;
    std::string merge_;  // of the last step, while it may still take edits in
    Id lastId_ = 0;
};

}  // namespace maskwright::project
