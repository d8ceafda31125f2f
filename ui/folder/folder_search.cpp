#include "ui/folder/folder_search.h"

#include <QCollator>
#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/image_io/image_io.h"
#include "core/output/names.h"
#include "ui/folder/thumbnail.h"
#include "ui/model/background.h"
#include "ui/model/file_name.h"
#include "ui/model/preferences.h"

namespace maskwright::ui {

namespace fs = std::filesystem;

namespace {

constexpr int kAhead = 2;  // decoded pictures waiting for the engine

}  // namespace

FolderSearch::FolderSearch(Jobs& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

void FolderSearch::start(const QString& folder, const Search& search) {
    cancel();
    ++run_;
    folder_ = folder;
    search_ = search;
    prompt_ = search.prompt();
    engine_ = jobs_.engine();
    before_ = std::exchange(entries_, {});
    notices_.clear();
    next_ = decoding_ = finished_ = 0;
    ready_.clear();
    running_ = listing_ = true;
    clock_.start();
    Q_EMIT started();
    inBackground(
        this, [path = folder.toStdString()] { return batch::expandInputs({path}); },
        [this, run = run_](const Result<batch::Inputs>& found) {
            if (run == run_) {
                take(found);
            }
        });
}

void FolderSearch::take(const Result<batch::Inputs>& found) {
    listing_ = false;
    if (found) {
        const std::vector<std::string> names = batch::namesBelow(*found);
        for (std::size_t i = 0; i < found->files.size(); ++i) {
            FolderEntry entry;
            entry.path = pathText(found->files[i]);
            entry.name = QString::fromStdString(output::printable(names[i]));
            entries_.push_back(std::move(entry));
        }
        QCollator order;
        order.setNumericMode(true);
        std::sort(entries_.begin(), entries_.end(),
                  [&](const FolderEntry& a, const FolderEntry& b) { return order(a.name, b.name); });
        notices_ = found->notices;
        for (const auto& [path, reason] : found->skipped) {
            notices_.push_back(reason);
        }
        keepMost();
        for (const auto& [path, error] : found->bad) {
            FolderEntry entry;
            entry.path = pathText(path);
            entry.name = QString::fromStdString(output::printable(fs::path(path).filename().string()));
            entry.picture = false;
            entry.state = FolderEntry::State::failed;
            entry.problem = error;
            entries_.push_back(std::move(entry));
            ++finished_;
        }
    } else {
        notices_.push_back(found.error());
    }
    takeThumbnails();
    running_ = finished_ < int(entries_.size());
    clock_.start();
    Q_EMIT listed();
    if (running_) {
        decodeAhead();
    } else {
        Q_EMIT ended(false);
    }
}

void FolderSearch::keepMost() {
    if (entries_.size() > kMostPictures) {
        notices_.push_back({ErrorKind::input,
                            message("the folder holds %1 pictures, of which the first %2 are searched", entries_.size(),
                                    kMostPictures),
                            "search its subfolders one by one"});
        entries_.resize(kMostPictures);
    }
}

// The last search's thumbnails are there at once.
void FolderSearch::takeThumbnails() {
    std::map<QString, const FolderEntry*> old;
    for (const FolderEntry& entry : before_) {
        old.emplace(entry.path, &entry);
    }
    for (FolderEntry& entry : entries_) {
        if (const auto known = old.find(entry.path); known != old.end()) {
            entry.thumbnail = known->second->thumbnail;
        }
    }
    before_.clear();
}

void FolderSearch::cancel() {
    if (running_) {
        running_ = listing_ = false;
        ++run_;
        ready_.clear();
        jobs_.drop(this);
        Q_EMIT ended(true);
    }
}

double FolderSearch::secondsLeft() const {
    if (finished_ == 0 || !running_) {
        return -1;
    }
    return double(clock_.elapsed()) / 1000 / finished_ * (int(entries_.size()) - finished_);
}

Result<FolderSearch::Decoded> FolderSearch::decode(const QString& path) {
    auto picture = image_io::read(pathBytes(path), pictureLimit());
    if (!picture) {
        return picture.error();
    }
    Decoded result;
    result.image = std::make_shared<const Image>(std::move(picture->image));
    result.warnings = std::move(picture->warnings);
    const auto pyramid = makePyramid(*result.image);
    result.thumbnail = packPicture(pyramid->levels.back());
    return result;
}

void FolderSearch::decodeAhead() {
    while (running_ && next_ < int(entries_.size()) && entries_[std::size_t(next_)].picture &&
           decoding_ + int(ready_.size()) < kAhead) {
        const int index = next_++;
        ++decoding_;
        inBackground(
            this, [path = entries_[std::size_t(index)].path] { return decode(path); },
            [this, index, run = run_](const Result<Decoded>& decoded) {
                if (run != run_) {
                    return;
                }
                --decoding_;
                FolderEntry& entry = entries_[std::size_t(index)];
                if (!decoded) {
                    entry.thumbnail = {};
                    entry.state = FolderEntry::State::failed;
                    entry.problem = decoded.error();
                    settle(index);
                    return;
                }
                entry.thumbnail = decoded->thumbnail;
                entry.warnings = decoded->warnings;
                if (search_.empty()) {
                    entry.state = FolderEntry::State::seen;
                    settle(index);
                    return;
                }
                ready_[index] = decoded->image;
                Q_EMIT changed(index);
                ask(index);
            });
    }
}

void FolderSearch::ask(int index) {
    session::Request request;
    request.engine = engine_;
    request.image = ready_[index];
    request.refine = false;
    request.prompts = {prompt_};
    jobs_.run(this, std::move(request), [this, index, run = run_](const std::shared_ptr<const Finding>& finding) {
        if (run != run_) {
            return;
        }
        ready_.erase(index);
        FolderEntry& entry = entries_[std::size_t(index)];
        const session::Reply& answer = finding->answer;
        if (answer.error || finding->maps.empty() || answer.presence.empty()) {
            entry.state = FolderEntry::State::failed;
            entry.problem = answer.error.value_or(Error{ErrorKind::resource, "the engine gave no mask", ""});
        } else {
            entry.state = FolderEntry::State::done;
            entry.presence = double(answer.presence.front());
            entry.map = packMap(*smallest(*finding->maps.front())->full);
        }
        settle(index);
    });
}

bool FolderSearch::complete() const {
    return !running_ && !search_.empty() &&
           std::any_of(entries_.begin(), entries_.end(), [](const FolderEntry& entry) { return entry.picture; });
}

void FolderSearch::settle(int index) {
    ++finished_;
    Q_EMIT changed(index);
    if (finished_ == int(entries_.size())) {
        running_ = false;
        Q_EMIT ended(false);
    } else {
        decodeAhead();
    }
}

}  // namespace maskwright::ui
