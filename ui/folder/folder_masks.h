// Saves what was found in many pictures, one file a picture, as a single save would: at the picture's own size, edges
// refined, written whole or not at all. A picture that fails is a line in the report, never a stop, and no file is
// replaced unless that was asked for. GUI thread; decoding and writing happen on the pool.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "ui/canvas/mask_writer.h"
#include "ui/model/document.h"
#include "ui/model/jobs.h"

namespace maskwright::ui {

// What to do where a file of the wanted name is there already.
enum class Existing { keepBoth, replace, skip };

struct FolderMasksJob {
    QStringList pictures;
    QString folder;  // where to
    SaveKind kind = SaveKind::mask;
    Existing existing = Existing::keepBoth;
    Search search;
    OverlayStyle style;  // its threshold is the masks'
};

struct FolderMasksLine {
    QString picture, mask;           // paths; the mask's is empty where none was written
    double presence = -1, area = 0;  // highest probability; share of the picture above the threshold
    bool skipped = false;            // the mask was there already and was left alone
    std::optional<Error> error;
    bool settled = false;
};

class FolderMasks : public QObject {
    Q_OBJECT

  public:
    FolderMasks(Jobs& jobs, QObject* parent = nullptr);

    // Where each picture's mask goes, before anything that is there is considered: no two are the same.
    [[nodiscard]] static QStringList targets(const QStringList& pictures, const QString& folder, SaveKind kind);
    // How many of those are there already.
    [[nodiscard]] static int taken(const QStringList& targets);

    // Where the report of this job goes: no report that is there is replaced.
    [[nodiscard]] QString freeReportPath() const;

    void start(FolderMasksJob job);
    void cancel();
    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] const FolderMasksJob& job() const { return job_; }
    [[nodiscard]] const std::vector<FolderMasksLine>& lines() const { return lines_; }
    [[nodiscard]] int finished() const { return finished_; }
    [[nodiscard]] int saved() const;
    [[nodiscard]] int failed() const;
    // From the pace so far; below 0: not known yet.
    [[nodiscard]] double secondsLeft() const;
    // The settled lines as comma-separated values, in the window's language where something failed.
    [[nodiscard]] QString report() const;

  Q_SIGNALS:
    void changed();
    void ended(bool cancelled);

  private:
    void next();
    void ask(int index, const std::shared_ptr<const Image>& image);
    void write(int index, const std::shared_ptr<const Finding>& finding);
    void mark(int index);    // this one is done with
    void settle(int index);  // and the next may begin
    Jobs& jobs_;
    session::EngineOptions engine_;  // as it was at the start: one model for the whole folder
    FolderMasksJob job_;
    session::Prompt prompt_;  // the same for all pictures, so that the engine knows the examples again
    QStringList targets_;
    std::vector<FolderMasksLine> lines_;
    int next_ = 0, finished_ = 0;
    bool running_ = false;
    quint64 run_ = 0;  // separates what an older start still brings
    QElapsedTimer clock_;
};

}  // namespace maskwright::ui
