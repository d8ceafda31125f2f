#include "ui/model/pictures.h"

#include <QImageReader>
#include <algorithm>

#include "core/image_io/image_io.h"
#include "ui/model/background.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/picture_loader.h"
#include "ui/model/preferences.h"
#include "ui/model/srgb.h"

namespace maskwright::ui {
namespace {

constexpr int kKept = 600;        // thumbnails in memory, some 30 MB
constexpr int kAtOnce = 2;        // decoded at a time
constexpr int kMostWanted = 200;  // what was scrolled by long ago is not decoded

}  // namespace

QImage readThumbnail(const QString& path, int side) {
    if (!isFile(path)) {
        return {};
    }
    const QSize box(side, side);
    // Qt's readers scale a JPEG while they decode it, ten times as fast as the whole picture. Its TIFFs are not
    // image_io's.
    QImageReader reader(path);
    reader.setAutoTransform(true);
    if (const QSize size = reader.size(); size.isValid() && reader.format() != "tiff") {
        reader.setScaledSize(size.width() > side || size.height() > side ? size.scaled(box, Qt::KeepAspectRatio)
                                                                         : size);
        if (const QImage image = reader.read(); !image.isNull()) {
            return inSrgb(image);
        }
    }
    const auto picture = image_io::read(path.toStdString(), pictureLimit());
    if (!picture) {
        return {};
    }
    const QImage image = toQImage(picture->image);
    return image.width() > side || image.height() > side
               ? image.scaled(box, Qt::KeepAspectRatio, Qt::SmoothTransformation)
               : image;
}

Pictures::Pictures(QObject* parent) : QObject(parent), thumbnails_(kKept) {}

int Pictures::find(const QString& key) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; });
    return found == entries_.end() ? -1 : int(found - entries_.begin());
}

void Pictures::add(const QStringList& files) {
    QSet<QString> there;
    for (const Entry& entry : entries_) {
        there.insert(entry.key);
    }
    const std::size_t before = entries_.size();
    for (const QString& file : files) {
        if (!there.contains(file)) {
            there.insert(file);
            entries_.push_back({file, nameOfPicture(file), nullptr});
        }
    }
    if (entries_.size() != before) {
        Q_EMIT listChanged();
    }
}

void Pictures::open(const OpenPicture& picture) {
    int index = find(picture.key);
    if (index < 0) {
        index = int(entries_.size());
        entries_.push_back({picture.key, picture.name,
                            picture.path.isEmpty() ? std::make_shared<const OpenPicture>(picture) : nullptr});
        Q_EMIT listChanged();
    }
    if (current_ != index) {
        current_ = index;
        Q_EMIT currentChanged();
    }
}

void Pictures::remove(int index) {
    if (index < 0 || index >= int(entries_.size())) {
        return;
    }
    entries_.erase(entries_.begin() + index);
    if (current_ == index) {
        current_ = -1;
    } else if (current_ > index) {
        --current_;
    }
    Q_EMIT listChanged();
    Q_EMIT currentChanged();
}

void Pictures::clear() {
    entries_.clear();
    wanted_.clear();
    current_ = -1;
    Q_EMIT listChanged();
    Q_EMIT currentChanged();
}

void Pictures::rename(const QString& key, const QString& file) {
    const int index = find(key);
    if (index >= 0 && find(file) < 0) {
        entries_[std::size_t(index)] = {file, nameOfPicture(file), nullptr};
        Q_EMIT listChanged();
    }
}

QImage Pictures::thumbnail(int index) {
    const Entry& entry = entries_.at(std::size_t(index));
    if (const QImage* known = thumbnails_.object(entry.key)) {
        return *known;
    }
    if (!wanted_.contains(entry.key)) {
        wanted_ << entry.key;
        if (wanted_.size() > kMostWanted) {
            wanted_.removeFirst();
        }
        decodeNext();
    }
    return {};
}

void Pictures::decodeNext() {
    while (decoding_ < kAtOnce && !wanted_.isEmpty()) {
        const QString key = wanted_.takeLast();
        const int index = find(key);
        if (index < 0) {
            continue;
        }
        ++decoding_;
        const auto kept = entries_[std::size_t(index)].kept;
        inBackground(
            this,
            [key, kept] {
                return kept && kept->pyramid && !kept->pyramid->levels.empty()
                           ? kept->pyramid->levels.back().scaled(kThumbnailSide, kThumbnailSide, Qt::KeepAspectRatio,
                                                                 Qt::SmoothTransformation)
                           : readThumbnail(key, kThumbnailSide);
            },
            [this, key](const Result<QImage>& image) {
                --decoding_;
                thumbnails_.insert(key, new QImage(image ? *image : QImage()));
                if (const int place = find(key); place >= 0) {
                    Q_EMIT thumbnailReady(place);
                }
                decodeNext();
            });
    }
}

}  // namespace maskwright::ui
