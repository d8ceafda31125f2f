// One search over all pictures of a folder, one after the other, without disturbing the preview; with nothing to find,
// its pictures alone. A picture that cannot be read is an entry with its reason, never a stop. GUI thread; the pictures
// are looked for on the pool, and decoded there, two ahead.
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/batch/inputs.h"
#include "ui/model/document.h"
#include "ui/model/jobs.h"

namespace maskwright::ui {

struct FolderEntry {
    enum class State { waiting, seen, done, failed };  // seen: decoded, with nothing to find
    QString path;
    QString name;         // as seen from the folder, fit for one line
    bool picture = true;  // false: what is no picture and could not be read, such as a folder; always failed
    State state = State::waiting;
    double presence = -1;           // highest probability; -1 before it is searched
    QByteArray thumbnail;           // packPicture(); empty until decoded
    QByteArray map;                 // packMap(), of about the thumbnail's size
    std::optional<Error> problem;   // where it failed
    std::vector<Message> warnings;  // about its file
};

class FolderSearch : public QObject {
    Q_OBJECT

  public:
    static constexpr std::size_t kMostPictures = 20000;  // their thumbnails stay in memory

    FolderSearch(Jobs& jobs, QObject* parent = nullptr);

    // The pictures of `folder` and of its subfolders (batch::expandInputs), by name; at most kMostPictures. `started`
    // follows at once, `listed` when they are known.
    void start(const QString& folder, const Search& search);
    void cancel();
    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] const QString& folder() const { return folder_; }
    // What the entries were searched for.
    [[nodiscard]] const Search& search() const { return search_; }
    [[nodiscard]] const std::vector<FolderEntry>& entries() const { return entries_; }
    [[nodiscard]] int finished() const { return finished_; }
    // Whether all was searched for something, and there is a picture: its masks can be saved.
    [[nodiscard]] bool complete() const;
    // Whether the folder's pictures are still being looked for.
    [[nodiscard]] bool listing() const { return listing_; }
    // What was passed over in the folder, or why it has no entries.
    [[nodiscard]] const std::vector<Error>& notices() const { return notices_; }
    // From the pace so far; below 0: not known yet.
    [[nodiscard]] double secondsLeft() const;

  Q_SIGNALS:
    void started();
    void listed();
    void changed(int index);
    void ended(bool cancelled);

  private:
    struct Decoded {
        std::shared_ptr<const Image> image;
        QByteArray thumbnail;
        std::vector<Message> warnings;
    };
    static Result<Decoded> decode(const QString& path);
    void take(const Result<batch::Inputs>& found);
    void keepMost();
    void takeThumbnails();
    void decodeAhead();
    void ask(int index);
    void settle(int index);

    Jobs& jobs_;
    session::EngineOptions engine_;  // as it was at the start: one model for the whole folder
    QString folder_;
    Search search_;
    session::Prompt prompt_;  // the same for all pictures, so that the engine knows the examples again
    std::vector<FolderEntry> entries_, before_;  // these, and those of the search before until these are known
    std::vector<Error> notices_;
    std::map<int, std::shared_ptr<const Image>> ready_;  // decoded, not yet searched
    int next_ = 0, decoding_ = 0, finished_ = 0;
    bool running_ = false, listing_ = false;
    quint64 run_ = 0;  // separates what an older start still brings
    QElapsedTimer clock_;
};

}  // namespace maskwright::ui
