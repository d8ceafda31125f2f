// The pictures that are open side by side: a list in which one goes back and forth. Holds paths and small pictures;
// only what came without a file (pasted, dropped) is held whole, because it could not be read again. GUI thread;
// thumbnails are decoded on the pool when somebody wants to see them.
#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

#include "ui/model/document.h"

namespace maskwright::ui {

class Pictures : public QObject {
    Q_OBJECT

  public:
    struct Entry {
        QString key;                              // OpenPicture's
        QString name;                             // for people
        std::shared_ptr<const OpenPicture> kept;  // null for what lies in a file
    };
    static constexpr int kThumbnailSide = 128;  // pixels, at most

    explicit Pictures(QObject* parent = nullptr);
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    // The open one's place; -1: none.
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] int find(const QString& key) const;  // -1: not there
    // Those that are not there yet go to the end.
    void add(const QStringList& files);
    // It is the open one now; goes to the end where it is not there.
    void open(const OpenPicture& picture);
    void remove(int index);
    void clear();
    // The file of `key` is another now, in the same place of the list.
    void rename(const QString& key, const QString& file);
    // Null while it is being decoded (thumbnailReady follows) and for what is no picture.
    [[nodiscard]] QImage thumbnail(int index);

  Q_SIGNALS:
    void listChanged();
    void currentChanged();
    void thumbnailReady(int index);

  private:
    void decodeNext();
    std::vector<Entry> entries_;
    int current_ = -1;
    QCache<QString, QImage> thumbnails_;  // null pictures are what cannot be read
    QStringList wanted_;                  // keys; the latest wish last, and first served
    int decoding_ = 0;
};

// A picture in a file, at most `side` pixels wide and high; null where it cannot be read. Blocks; any thread.
QImage readThumbnail(const QString& path, int side);

}  // namespace maskwright::ui
