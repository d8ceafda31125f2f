#include "ui/model/ahead.h"

#include <QDateTime>
#include <QFileInfo>

#include "ui/model/background.h"
#include "ui/model/picture_loader.h"

namespace maskwright::ui {
namespace {

constexpr int kPause = 400;  // milliseconds without a question

}  // namespace

Ahead::Ahead(const Document& document, Pictures& pictures, const Preview& preview, Jobs& jobs, QObject* parent)
    : QObject(parent), document_(document), pictures_(pictures), preview_(preview), jobs_(jobs) {
    idle_.setSingleShot(true);
    idle_.setInterval(kPause);
    connect(&idle_, &QTimer::timeout, this, &Ahead::read);
    connect(&document_, &Document::pictureChanged, this, &Ahead::follow);
    connect(&document_, &Document::promptChanged, this, &Ahead::follow);
    connect(&pictures_, &Pictures::listChanged, this, &Ahead::follow);
    connect(&preview_, &Preview::stateChanged, this, &Ahead::follow);
    connect(&preview_, &Preview::modelOpened, this, [this] {
        encoded_ = false;
        follow();
    });
}

Ahead::Stamp Ahead::stampOf(const QString& path) {
    const QFileInfo file(path);
    return file.exists() ? Stamp{file.size(), file.lastModified().toMSecsSinceEpoch()} : Stamp{};
}

QString Ahead::nextKey() const {
    const auto& entries = pictures_.entries();
    const std::size_t next = std::size_t(pictures_.current() + 1);
    // One that is held whole is open at once.
    return pictures_.current() < 0 || next >= entries.size() || entries[next].kept ? QString() : entries[next].key;
}

std::shared_ptr<const OpenPicture> Ahead::take(const QString& key) {
    if (key != key_ || !picture_ || stampOf(key) != stamp_) {
        return nullptr;
    }
    auto picture = std::move(picture_);
    forget();
    return picture;
}

void Ahead::forget() {
    jobs_.drop(this);
    key_.clear();
    picture_.reset();
    encoded_ = false;
}

void Ahead::follow() {
    if (!key_.isEmpty() && key_ != nextKey()) {
        forget();
    }
    idle_.stop();
    if (document_.hasPicture() && !preview_.state().busy() && !nextKey().isEmpty() && !encoded_) {
        idle_.start();
    }
}

void Ahead::read() {
    if (!key_.isEmpty()) {
        encode();
        return;
    }
    key_ = nextKey();
    stamp_ = stampOf(key_);
    inBackground(
        this,
        [path = key_]() -> Result<std::shared_ptr<const OpenPicture>> {
            image_io::ReadOptions options;
            options.maxPixels = kMostPixels;
            auto open = readOpenPicture(path, options);
            if (!open) {
                return open.error();
            }
            return std::make_shared<const OpenPicture>(std::move(*open));
        },
        [this, path = key_](const Result<std::shared_ptr<const OpenPicture>>& read) {
            // One that cannot be read is said when somebody goes to it.
            if (path == key_ && read && *read) {
                picture_ = *read;
                encode();
            }
        });
}

void Ahead::encode() {
    // Without memory for features nothing of it would be left.
    if (!picture_ || encoded_ || preview_.state().busy() || jobs_.engine().memory == 0) {
        return;
    }
    encoded_ = true;
    session::Request request;
    request.engine = jobs_.engine();
    request.image = picture_->image;
    jobs_.run(this, std::move(request), [](const std::shared_ptr<const Finding>&) {});
}

}  // namespace maskwright::ui
