#include "ui/folder/folder_search.h"

#include <QCollator>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/image_io/endings.h"
#include "core/image_io/image_io.h"
#include "ui/model/background.h"

namespace maskwright::ui {
namespace {

constexpr int kAhead = 2;            // decoded pictures waiting for the engine
constexpr int kThumbnail = 220;      // longer side
constexpr int kMostPictures = 5000;  // their thumbnails stay in memory

}  // namespace

FolderSearch::FolderSearch(Jobs& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

void FolderSearch::start(const QString& folder, const Search& search) {
    cancel();
    ++run_;
    folder_ = folder;
    search_ = search;
    prompt_ = search.prompt();
    engine_ = jobs_.engine();
    const std::vector<FolderEntry> before = std::exchange(entries_, {});
    QStringList names = QDir(folder).entryList(QDir::Files | QDir::Readable);
    names.erase(std::remove_if(names.begin(), names.end(),
                               [](const QString& n) { return !image_io::hasPictureEnding(n.toStdString()); }),
                names.end());
    QCollator order;
    order.setNumericMode(true);
    std::sort(names.begin(), names.end(), order);
    for (const QString& name : names.mid(0, kMostPictures)) {
        FolderEntry entry;
        entry.path = QDir(folder).filePath(name);
        entry.name = name;
        // The last search's thumbnail is there at once.
        const auto old =
            std::find_if(before.begin(), before.end(), [&](const FolderEntry& e) { return e.path == entry.path; });
        if (old != before.end()) {
            entry.thumbnail = old->thumbnail;
        }
        entries_.push_back(std::move(entry));
    }
    next_ = decoding_ = finished_ = 0;
    ready_.clear();
    running_ = !entries_.empty();
    clock_.start();
    Q_EMIT started();
    if (running_) {
        decodeAhead();
    } else {
        Q_EMIT ended(false);
    }
}

void FolderSearch::cancel() {
    if (running_) {
        running_ = false;
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
    auto picture = image_io::read(path.toStdString());
    if (!picture) {
        return picture.error();
    }
    Decoded result;
    result.image = std::make_shared<const Image>(std::move(picture->image));
    const auto pyramid = makePyramid(*result.image);
    const QImage& small = pyramid->levels.back();
    result.thumbnail = small.width() > kThumbnail || small.height() > kThumbnail
                           ? small.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                           : small;
    return result;
}

void FolderSearch::decodeAhead() {
    while (running_ && next_ < int(entries_.size()) && decoding_ + int(ready_.size()) < kAhead) {
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
            entry.map = smallest(*finding->maps.front());
        }
        settle(index);
    });
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
