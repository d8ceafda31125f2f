// Pictures from files, decoded away from the GUI thread. The newest wish wins: what an older one brings is dropped. GUI
// thread.
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <atomic>
#include <memory>

#include "core/base/result.h"
#include "core/image_io/image_io.h"
#include "ui/model/document.h"

namespace maskwright::ui {

// Whether it is a regular file that can be read, or one of the program's own examples. To be asked before Qt's readers
// get a path: they open a pipe, and wait for good. Any thread.
bool isFile(const QString& path);
// A file, or one of the program's own examples (":/..."), decoded with what the canvas needs. Blocks; any thread.
Result<OpenPicture> readOpenPicture(const QString& path, const image_io::ReadOptions& options = {});
// The longer side of what PictureLoader::reduced() shows, in pixels.
inline constexpr int kReducedSide = 1024;

class PictureLoader : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    void load(const QString& path);
    void take(const QImage& pixels, const QString& name);  // pasted or dropped
    [[nodiscard]] bool busy() const { return finished_ < *newest_; }

  Q_SIGNALS:
    void started(const QString& name);
    // The picture that is being loaded, small, where that takes much less time than the whole one (a JPEG).
    void reduced(const QImage& small, QSize whole);
    void loaded(const maskwright::ui::OpenPicture& picture);
    void failed(const QString& path, const maskwright::Error& error);

  private:
    template <class Work>
    void run(const QString& name, Work work);
    // Shared with the threads that still decode, so that one whose picture is not wanted any more need not begin.
    std::shared_ptr<std::atomic<quint64>> newest_ = std::make_shared<std::atomic<quint64>>(0);
    quint64 finished_ = 0;
};

}  // namespace maskwright::ui
