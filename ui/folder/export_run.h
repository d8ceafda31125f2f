// Carries an export out: batch::runProject() on a thread of its own, which asks the window's engine through the jobs
// lane. What fails is a line of the report, never a stop. GUI thread; what the run tells arrives as queued calls.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "ui/model/export.h"
#include "ui/model/jobs.h"

namespace maskwright::batch {
struct PictureOutcome;
}

namespace maskwright::ui {

// What a person has to know about one row, or about a whole picture.
struct ExportProblem {
    QString picture;             // its file's name
    QString row;                 // empty: the picture's
    std::optional<Error> error;  // nothing was written
    Message warning;
    bool empty = false;  // no pixel is inside, and a file says so
};

class ExportRun : public QObject {
    Q_OBJECT

  public:
    explicit ExportRun(Jobs& jobs, QObject* parent = nullptr);
    ~ExportRun() override;  // stops, and waits for the file that is being written

    // With the model that is in use now, or without one where no row asks any. While one is running, nothing.
    void start(ExportPlan plan);
    // `ended` follows when the file that is being written is written.
    void cancel();
    [[nodiscard]] bool running() const { return run_ != nullptr; }
    [[nodiscard]] std::size_t pictures() const { return pictures_; }
    [[nodiscard]] std::size_t finished() const { return finished_; }  // of the pictures
    // Files, each once. A file about all pictures counts when it is written, at the end.
    [[nodiscard]] std::size_t written() const;
    // Of annotations; nothing where pictures are written.
    [[nodiscard]] std::optional<output::Format> format() const { return format_; }
    [[nodiscard]] const std::vector<ExportProblem>& problems() const { return problems_; }
    [[nodiscard]] std::size_t failures() const;  // of the problems
    // Masks and objects that were not written, because nothing was found for their rows.
    [[nodiscard]] std::size_t leftOut() const { return leftOut_; }
    // Where the files of the last run are.
    [[nodiscard]] const QString& folder() const { return folder_; }

  Q_SIGNALS:
    void changed();
    // `error`: what ended it early (ErrorKind::cancelled: a person). What was written until then stays.
    void ended(const std::optional<maskwright::Error>& error);

  private:
    struct Run;
    void take(const batch::PictureOutcome& outcome);
    void end(const Result<void>& done);
    Jobs& jobs_;
    std::size_t pictures_ = 0, finished_ = 0, leftOut_ = 0;
    std::vector<std::string> files_;
    std::vector<ExportProblem> problems_;
    QString folder_;
    std::optional<output::Format> format_;
    std::unique_ptr<Run> run_;  // while running
};

}  // namespace maskwright::ui
