#include "ui/model/picture_loader.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QUuid>
#include <algorithm>
#include <span>

#include "core/base/file.h"
#include "core/image_io/image_io.h"
#include "ui/model/background.h"
#include "ui/model/kept_pictures.h"
#include "ui/model/preferences.h"
#include "ui/model/srgb.h"

namespace maskwright::ui {

namespace {

bool isResource(const QString& path) { return path.startsWith(QLatin1String(":/")); }

struct Read {
    image_io::Picture picture;
    project::PictureFile file;
};

Result<Read> readFile(const QString& path, const image_io::ReadOptions& options) {
    auto picture = image_io::read(path.toStdString(), options);
    if (!picture) {
        return picture.error();
    }
    project::PictureFile file = pictureFileAt(path, picture->image.width, picture->image.height);
    return Read{std::move(*picture), std::move(file)};
}

// That a picture without a file could not be kept is said with it, for it can be worked on all the same.
void setFile(OpenPicture& open, Result<project::PictureFile> kept) {
    if (kept) {
        open.file = std::move(*kept);
    } else {
        open.warnings.push_back(
            message("this picture cannot be kept, and a project will miss it: %1", kept.error().what));
    }
}

// One of the program's own examples.
Result<Read> readResource(const QString& path, const image_io::ReadOptions& options, OpenPicture& open) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::input, message("there is no example %1", quoted(path.toStdString())), ""};
    }
    const QByteArray all = file.readAll();
    const auto bytes = std::as_bytes(std::span(all.constData(), std::size_t(all.size())));
    auto picture = image_io::readBytes(bytes, path.toStdString(), options);
    if (!picture) {
        return picture.error();
    }
    setFile(open, keepBytes(bytes, QFileInfo(path).suffix(), picture->image.width, picture->image.height));
    return Read{std::move(*picture), open.file};
}

struct Reduced {
    QImage small;
    QSize whole;
};

// Null where the whole picture would have to be decoded for it, or is small itself.
Reduced readReduced(const QString& path) {
    if (!isFile(path)) {
        return {};
    }
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (reader.format() != "jpeg" || std::max(size.width(), size.height()) <= 2 * kReducedSide) {
        return {};
    }
    reader.setScaledSize(size.scaled(kReducedSide, kReducedSide, Qt::KeepAspectRatio));
    const QImage small = inSrgb(reader.read());
    // Turned as the camera was held.
    return {small, (small.width() > small.height()) == (size.width() > size.height()) ? size : size.transposed()};
}

Mask alphaOf(const QImage& image) {
    const QImage source = image.convertToFormat(QImage::Format_Alpha8);
    Mask alpha(source.width(), source.height());
    for (int y = 0; y < alpha.height; ++y) {
        std::copy_n(source.constScanLine(y), std::size_t(alpha.width), &alpha.at(0, y));
    }
    return alpha;
}

}  // namespace

template <class Work>
void PictureLoader::run(const QString& name, Work work) {
    const quint64 mine = ++*newest_;
    Q_EMIT started(name);
    inBackground(
        this,
        [mine, newest = newest_, work = std::move(work)]() -> Result<OpenPicture> {
            if (mine != *newest) {
                return OpenPicture{};  // something else was asked for before this one began
            }
            return work();
        },
        [this, mine, name](const Result<OpenPicture>& picture) {
            if (mine != *newest_) {
                return;
            }
            finished_ = mine;
            if (picture) {
                Q_EMIT loaded(*picture);
            } else {
                Q_EMIT failed(name, picture.error());
            }
        });
}

bool isFile(const QString& path) { return isResource(path) || FileReader::open(path.toStdString()).ok(); }

Result<OpenPicture> readOpenPicture(const QString& path, const image_io::ReadOptions& options) {
    OpenPicture open;
    auto read = isResource(path) ? readResource(path, options, open) : readFile(path, options);
    if (!read) {
        return read.error();
    }
    image_io::Picture* picture = &read->picture;
    open.key = path;
    open.path = isResource(path) || isKept(path) ? QString() : path;
    open.name = nameOfPicture(path);
    open.file = std::move(read->file);
    open.image = std::make_shared<const Image>(std::move(picture->image));
    open.pyramid = makePyramid(*open.image);
    if (picture->hadAlpha) {
        open.alpha = std::make_shared<const Mask>(std::move(picture->alpha));
    }
    open.warnings.insert(open.warnings.end(), picture->warnings.begin(), picture->warnings.end());
    return open;
}

void PictureLoader::load(const QString& path) {
    run(path, [path] { return readOpenPicture(path, pictureLimit()); });
    const quint64 mine = *newest_;
    inBackground(
        this, [path] { return readReduced(path); },
        [this, mine](const Result<Reduced>& read) {
            if (mine == *newest_ && finished_ < mine && read && !read->small.isNull()) {
                Q_EMIT reduced(read->small, read->whole);
            }
        });
}

void PictureLoader::take(const QImage& pixels, const QString& name) {
    run(name, [given = pixels, name, key = QUuid::createUuid().toString()]() -> Result<OpenPicture> {
        if (given.isNull()) {
            return Error{ErrorKind::input, "there is no picture in what was pasted", "copy a picture first"};
        }
        const QImage pixels = inSrgb(given);
        OpenPicture open;
        open.key = key;
        open.name = name;
        open.image = std::make_shared<const Image>(toImage(pixels));
        open.pyramid = makePyramid(*open.image);
        if (pixels.hasAlphaChannel()) {
            open.alpha = std::make_shared<const Mask>(alphaOf(pixels));
        }
        setFile(open, keepPixels(pixels));
        if (!open.file.path.empty()) {
            open.key = QString::fromStdString(open.file.path);
        }
        return open;
    });
}

}  // namespace maskwright::ui
