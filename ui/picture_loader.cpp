#include "ui/picture_loader.h"

#include <QFile>
#include <QFileInfo>
#include <QMetaObject>
#include <QThreadPool>
#include <mutex>
#include <span>

#include "core/image_io/image_io.h"

namespace maskwright::ui {

namespace {

bool isResource(const QString& path) { return path.startsWith(QLatin1String(":/")); }

Result<image_io::Picture> readPicture(const QString& path) {
    if (!isResource(path)) {
        return image_io::read(path.toStdString());
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::input, "there is no example " + quoted(path.toStdString()), ""};
    }
    const QByteArray bytes = file.readAll();
    return image_io::readBytes(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))),
                               path.toStdString());
}

}  // namespace

struct PictureLoader::Shared {
    std::mutex mutex;
    PictureLoader* owner = nullptr;  // null once it is gone
    quint64 newest = 0, finished = 0;
};

PictureLoader::PictureLoader(QObject* parent) : QObject(parent), shared_(std::make_shared<Shared>()) {
    shared_->owner = this;
}

PictureLoader::~PictureLoader() {
    const std::lock_guard lock(shared_->mutex);
    shared_->owner = nullptr;
}

bool PictureLoader::busy() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->finished < shared_->newest;
}

template <class Work>
void PictureLoader::run(const QString& name, Work work) {
    quint64 mine = 0;
    {
        const std::lock_guard lock(shared_->mutex);
        mine = ++shared_->newest;
    }
    Q_EMIT started(name);
    QThreadPool::globalInstance()->start([shared = shared_, mine, name, work = std::move(work)] {
        {
            const std::lock_guard lock(shared->mutex);
            if (mine != shared->newest) {
                return;  // something else was asked for before this one began
            }
        }
        auto result = work();
        const std::lock_guard lock(shared->mutex);
        if (shared->owner == nullptr) {
            return;
        }
        QMetaObject::invokeMethod(
            shared->owner,
            [shared, mine, name, result = std::move(result)] {
                PictureLoader* owner = nullptr;
                {
                    const std::lock_guard inner(shared->mutex);
                    if (mine != shared->newest) {
                        return;
                    }
                    shared->finished = mine;
                    owner = shared->owner;
                }
                if (result) {
                    Q_EMIT owner->loaded(*result);
                } else {
                    Q_EMIT owner->failed(name, result.error());
                }
            },
            Qt::QueuedConnection);
    });
}

void PictureLoader::load(const QString& path) {
    run(path, [path]() -> Result<OpenPicture> {
        auto picture = readPicture(path);
        if (!picture) {
            return picture.error();
        }
        OpenPicture open;
        open.path = isResource(path) ? QString() : path;
        open.name = QFileInfo(path).fileName();
        open.image = std::make_shared<const Image>(std::move(picture->image));
        open.pyramid = makePyramid(*open.image);
        return open;
    });
}

void PictureLoader::take(const QImage& pixels, const QString& name) {
    run(name, [pixels, name]() -> Result<OpenPicture> {
        if (pixels.isNull()) {
            return Error{ErrorKind::input, "there is no picture in what was pasted", "copy a picture first"};
        }
        OpenPicture open;
        open.name = name;
        open.image = std::make_shared<const Image>(toImage(pixels));
        open.pyramid = makePyramid(*open.image);
        return open;
    });
}

}  // namespace maskwright::ui
