// One search over all pictures of a folder, one after the other, without disturbing the preview. A picture that cannot
// be read is an entry with its reason, never a stop. GUI thread; decoding happens on the pool, two pictures ahead.
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "ui/model/document.h"
#include "ui/model/jobs.h"

namespace maskwright::ui {

struct FolderEntry {
    enum class State { waiting, done, failed };
    QString path, name;
    State state = State::waiting;
    double presence = -1;                    // highest probability; -1 while waiting
    QImage thumbnail;                        // null until decoded
    std::shared_ptr<const HeatPyramid> map;  // of about the thumbnail's size
    std::optional<Error> problem;            // where it failed
};

class FolderSearch : public QObject {
    Q_OBJECT

  public:
    FolderSearch(Jobs& jobs, QObject* parent = nullptr);

    // The pictures of `folder` (not of its subfolders), by name.
    void start(const QString& folder, const Search& search);
    void cancel();
    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] const QString& folder() const { return folder_; }
    // What the entries were searched for.
    [[nodiscard]] const Search& search() const { return search_; }
    [[nodiscard]] const std::vector<FolderEntry>& entries() const { return entries_; }
    [[nodiscard]] int finished() const { return finished_; }
    // From the pace so far; below 0: not known yet.
    [[nodiscard]] double secondsLeft() const;

  Q_SIGNALS:
    void started();
    void changed(int index);
    void ended(bool cancelled);

  private:
    struct Decoded {
        std::shared_ptr<const Image> image;
        QImage thumbnail;
    };
    static Result<Decoded> decode(const QString& path);
    void decodeAhead();
    void ask(int index);
    void settle(int index);

    Jobs& jobs_;
    session::EngineOptions engine_;  // as it was at the start: one model for the whole folder
    QString folder_;
    Search search_;
    session::Prompt prompt_;  // the same for all pictures, so that the engine knows the examples again
    std::vector<FolderEntry> entries_;
    std::map<int, std::shared_ptr<const Image>> ready_;  // decoded, not yet searched
    int next_ = 0, decoding_ = 0, finished_ = 0;
    bool running_ = false;
    quint64 run_ = 0;  // separates what an older start still brings
    QElapsedTimer clock_;
};

}  // namespace maskwright::ui
