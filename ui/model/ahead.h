// While nothing else is asked for, the picture after the open one is read and encoded, so that going on to it takes no
// waiting. Holds one decoded picture. GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>

#include "ui/model/document.h"
#include "ui/model/jobs.h"
#include "ui/model/pictures.h"
#include "ui/model/preview.h"

namespace maskwright::ui {

class Ahead : public QObject {
    Q_OBJECT

  public:
    // Larger ones wait until somebody goes to them: 25 megapixels take 210 MB decoded, with what is drawn of them.
    static constexpr std::int64_t kMostPixels = 25'000'000;

    Ahead(const Document& document, Pictures& pictures, const Preview& preview, Jobs& jobs, QObject* parent = nullptr);
    // The picture of `key` where it has been read and its file is as it was then; null otherwise.
    [[nodiscard]] std::shared_ptr<const OpenPicture> take(const QString& key);
    // For tests: whether it is read.
    [[nodiscard]] bool ready() const { return picture_ != nullptr; }

  private:
    // By which a file is known to be the same without reading it.
    struct Stamp {
        qint64 bytes = -1, changed = 0;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stampOf(const QString& path);
    [[nodiscard]] QString nextKey() const;
    void follow();
    void read();
    void encode();
    void forget();
    const Document& document_;
    Pictures& pictures_;
    const Preview& preview_;
    Jobs& jobs_;
    QTimer idle_;
    QString key_;  // what is read, is being read or could not be
    Stamp stamp_;
    std::shared_ptr<const OpenPicture> picture_;
    bool encoded_ = false;  // or asked for
};

}  // namespace maskwright::ui
