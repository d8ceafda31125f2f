#include "core/project/history.h"

#include <utility>

namespace maskwright::project {

namespace {

// What a step comes to when `edit` follows it: where that overrides all of it, or the last of its parts, one edit.
std::optional<Edit> merged(const Edit& step, const Edit& edit) {
    if (overrides(edit, step)) {
        return edit;
    }
    const auto* parts = std::get_if<Together>(&step.what);
    if (parts == nullptr || parts->edits.empty() || !overrides(edit, parts->edits.back())) {
        return std::nullopt;
    }
    Together all = *parts;
    all.edits.back() = edit;
    return Edit(std::move(all));
}

}  // namespace

History::History(Project project, std::size_t mostBytes)
    : project_(std::move(project)), mostBytes_(mostBytes), lastId_(project_.highestId()) {}

Result<void> History::edit(const Edit& edit, const Message& name, const std::string& merge) {
    auto applied = apply(project_, edit);
    if (!applied) {
        return applied.error();
    }
    if (applied->project == project_) {
        return {};
    }
    project_ = std::move(applied->project);
    lastId_ = std::max(lastId_, project_.highestId());
    if (mergeInto(edit, merge)) {
        return {};
    }
    forgetRedo();
    Step step{name.empty() ? nameOf(edit) : name, edit, std::move(applied->inverse), 0};
    step.bytes = footprint(step.edit) + footprint(step.inverse);
    bytes_ += step.bytes;
    steps_.push_back(std::move(step));
    done_ = steps_.size();
    merge_ = merge;
    forgetOldest();
    return {};
}

Result<void> History::aside(const Edit& edit) {
    auto applied = apply(project_, edit);
    if (!applied) {
        return applied.error();
    }
    if (!(applied->project == project_)) {
        project_ = std::move(applied->project);
        lastId_ = std::max(lastId_, project_.highestId());
        setDirty();
    }
    return {};
}

bool History::mergeInto(const Edit& edit, const std::string& merge) {
    // A clean state between two edits has to stay within reach.
    if (merge.empty() || merge != merge_ || done_ == 0 || canRedo() || clean()) {
        return false;
    }
    const auto whole = merged(steps_.back().edit, edit);
    if (!whole) {
        return false;
    }
    Step& last = steps_.back();
    bytes_ -= last.bytes;
    if (const auto before = apply(project_, last.inverse); before && before->project == project_) {
        steps_.pop_back();
        done_ = steps_.size();
        endMerge();
        return true;
    }
    last.edit = *whole;
    last.bytes = footprint(last.edit) + footprint(last.inverse);
    bytes_ += last.bytes;
    forgetOldest();
    return true;
}

void History::forgetRedo() {
    if (clean_ && *clean_ > done_) {
        clean_.reset();
    }
    while (canRedo()) {
        bytes_ -= steps_.back().bytes;
        steps_.pop_back();
    }
}

void History::forgetOldest() {
    while (bytes_ > mostBytes_ && steps_.size() > 1) {
        bytes_ -= steps_.front().bytes;
        steps_.pop_front();
        --done_;
        clean_ = clean_ && *clean_ > 0 ? std::optional(*clean_ - 1) : std::nullopt;
    }
}

Message History::undoName() const { return canUndo() ? steps_[done_ - 1].name : Message(); }
Message History::redoName() const { return canRedo() ? steps_[done_].name : Message(); }

std::optional<Edit> History::undo() {
    if (!canUndo()) {
        return std::nullopt;
    }
    auto applied = apply(project_, steps_[done_ - 1].inverse);
    if (!applied) {
        return std::nullopt;  // cannot be: the inverse was made from this very state
    }
    endMerge();
    project_ = std::move(applied->project);
    return steps_[--done_].inverse;
}

std::optional<Edit> History::redo() {
    if (!canRedo()) {
        return std::nullopt;
    }
    auto applied = apply(project_, steps_[done_].edit);
    if (!applied) {
        return std::nullopt;  // cannot be, as in undo()
    }
    endMerge();
    project_ = std::move(applied->project);
    return steps_[done_++].edit;
}

void History::setClean() {
    clean_ = done_;
    endMerge();
}

}  // namespace maskwright::project
