#include "ui/model/picture_loader.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QUuid>
#include <algorithm>
#include <span>

#include "core/image_io/image_io.h"
#include "ui/model/background.h"

namespace maskwright::ui {

namespace {

bool isResource(const QString& path) { return path.startsWith(QLatin1String(":/")); }

Result<image_io::Picture> readPicture(const QString& path, const image_io::ReadOptions& options) {
    if (!isResource(path)) {
        return image_io::read(path.toStdString(), options);
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::input, message("there is no example %1", quoted(path.toStdString())), ""};
    }
    const QByteArray bytes = file.readAll();
    return image_io::readBytes(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))),
                               path.toStdString(), options);
}

struct Reduced {
    QImage small;
    QSize whole;
};

// Null where the whole picture would have to be decoded for it, or is small itself.
Reduced readReduced(const QString& path) {
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (reader.format() != "jpeg" || std::max(size.width(), size.height()) <= 2 * kReducedSide) {
        return {};
    }
    reader.setScaledSize(size.scaled(kReducedSide, kReducedSide, Qt::KeepAspectRatio));
    const QImage small = reader.read();
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

Result<OpenPicture> readOpenPicture(const QString& path, const image_io::ReadOptions& options) {
    auto picture = readPicture(path, options);
    if (!picture) {
        return picture.error();
    }
    OpenPicture open;
    open.key = path;
    open.path = isResource(path) ? QString() : path;
    open.name = QFileInfo(path).fileName();
    open.image = std::make_shared<const Image>(std::move(picture->image));
    open.pyramid = makePyramid(*open.image);
    if (picture->hadAlpha) {
        open.alpha = std::make_shared<const Mask>(std::move(picture->alpha));
    }
    open.warnings = std::move(picture->warnings);
    return open;
}

void PictureLoader::load(const QString& path) {
    run(path, [path] { return readOpenPicture(path); });
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
    run(name, [pixels, name, key = QUuid::createUuid().toString()]() -> Result<OpenPicture> {
        if (pixels.isNull()) {
            return Error{ErrorKind::input, "there is no picture in what was pasted", "copy a picture first"};
        }
        OpenPicture open;
        open.key = key;
        open.name = name;
        open.image = std::make_shared<const Image>(toImage(pixels));
        open.pyramid = makePyramid(*open.image);
        if (pixels.hasAlphaChannel()) {
            open.alpha = std::make_shared<const Mask>(alphaOf(pixels));
        }
        return open;
    });
}

}  // namespace maskwright::ui
