// Saves what was found in many pictures, one file a picture, as a single save would: a batch (core/batch) on a thread
// of its own. A picture that fails is a line in the report, never a stop, and no file is replaced unless that was asked
// for. GUI thread; what the batch tells arrives as queued calls.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/batch/plan.h"
#include "core/output/appearance.h"
#include "ui/model/document.h"
#include "ui/model/jobs.h"

namespace maskwright::batch {
struct Outcome;
}

namespace maskwright::ui {

struct FolderMasksJob {
    QStringList pictures;
    QString root;                                // the folder that was searched; empty: none was
    std::vector<std::pair<QString, Error>> bad;  // what in it could not be read and is no picture: lines of the report
    QString folder;                              // where to
    output::Kind kind = output::Kind::mask;
    batch::Existing existing = batch::Existing::keepBoth;
    Search search;
    output::Appearance appearance;  // its threshold is the masks'
};

// Which file each picture's mask goes to, before anything that is there is considered: no two are the same. The
// pictures are in the order of their names' bytes, as the command line has a folder's, so that both write the same
// journal.
batch::Plan planOf(const FolderMasksJob& job);

struct FolderMasksLine {
    QString picture, mask;  // paths; the mask's is empty where none was written
    double presence = -1,
           area = 0;       // highest probability, below 0: not known; share of the picture above the threshold
    bool skipped = false;  // the mask was there already and was left alone
    // Of a mask that nobody could make anew: that it was left alone or replaced; else the first warning about the
    // picture's file.
    Message note;
    std::optional<Error> error;
    bool settled = false;
};

class FolderMasks : public QObject {
    Q_OBJECT

  public:
    FolderMasks(Jobs& jobs, QObject* parent = nullptr);
    ~FolderMasks() override;  // stops, and waits for the file that is being written

    // Where the report of this job goes: no report that is there is replaced.
    [[nodiscard]] QString freeReportPath() const;

    // With the model that is in use now. An older job is stopped, waited for and `ended` first.
    void start(FolderMasksJob job);
    // Asks to stop. `ended` follows when the file that is being written is written.
    void cancel();
    [[nodiscard]] bool running() const { return run_ != nullptr; }
    // The next picture waits until it is to go on. Nothing where nothing runs.
    void pause(bool paused);
    [[nodiscard]] bool paused() const { return paused_; }
    // Whether the job was asked to stop.
    [[nodiscard]] bool stopping() const { return stopping_; }
    [[nodiscard]] const FolderMasksJob& job() const { return job_; }
    // One a picture, in the job's order; then what else could not be read.
    [[nodiscard]] const std::vector<FolderMasksLine>& lines() const { return lines_; }
    [[nodiscard]] int finished() const { return finished_; }
    [[nodiscard]] int saved() const;
    [[nodiscard]] int failed() const;
    // What went wrong with the job as a whole and is no line's: its journal.
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
    // "Saving masks: 3 of 9", or that it is paused.
    [[nodiscard]] QString progressText() const;
    // From the pace so far; below 0: not known yet.
    [[nodiscard]] double secondsLeft() const;
    // The settled lines as comma-separated values, in the window's language where something failed.
    [[nodiscard]] QString report() const;

  Q_SIGNALS:
    void changed();
    void ended(bool cancelled);

  private:
    struct Run;
    void take(const batch::Outcome& outcome);
    void end(const Result<void>& done);
    void waitForEnd();
    Jobs& jobs_;
    FolderMasksJob job_;
    std::vector<FolderMasksLine> lines_;
    int finished_ = 0;
    bool stopping_ = false, paused_ = false;
    std::optional<Error> problem_;
    QElapsedTimer clock_;
    qint64 waited_ = 0;  // milliseconds on the clock in which it was paused
    QElapsedTimer pause_;
    std::unique_ptr<Run> run_;  // while running
};

}  // namespace maskwright::ui
