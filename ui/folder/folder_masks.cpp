#include "ui/folder/folder_masks.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <numeric>

#include "core/base/csv.h"
#include "core/batch/runner.h"
#include "core/output/names.h"
#include "ui/folder/inference_segmenter.h"
#include "ui/folder/own_thread.h"
#include "ui/model/error_text.h"
#include "ui/model/file_name.h"
#include "ui/model/preferences.h"

namespace maskwright::ui {
namespace {

// The pictures' places in the order in which they are worked on.
std::vector<std::size_t> orderOf(const std::vector<std::string>& pictures) {
    std::vector<std::size_t> order(pictures.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return pictures[a] < pictures[b]; });
    return order;
}

std::vector<std::string> pathsOf(const QStringList& pictures) {
    std::vector<std::string> paths;
    for (const QString& picture : pictures) {
        paths.push_back(pathBytes(picture));
    }
    return paths;
}

batch::Request requestOf(const FolderMasksJob& job) {
    batch::Request request;
    request.kind = job.kind;
    request.appearance = job.appearance;
    request.prompts = {job.search.prompt()};
    request.labels = {job.search.label()};
    request.read = pictureLimit();
    return request;
}

// A name with a line break in it is escaped: one line a picture.
QString cell(const QString& any) { return QString::fromStdString(csvCell(output::printable(pathBytes(any)))); }

}  // namespace

batch::Plan planOf(const FolderMasksJob& job) {
    const std::vector<std::string> pictures = pathsOf(job.pictures);
    batch::Naming naming{job.folder.toStdString(), {}, {""}, {}, output::suggestedSuffix(job.kind)};
    for (const std::size_t place : orderOf(pictures)) {
        naming.inputs.files.push_back(pictures[place]);
        naming.inputs.roots.push_back(job.root.toStdString());
    }
    batch::Plan plan;
    plan.inputs = naming.inputs.files;
    plan.names = batch::namesBelow(naming.inputs);
    plan.outputs = batch::pathsInFolder(naming);
    plan.journal = batch::journalPath(plan);
    return plan;
}

// The thread works on these values alone and tells the rest by queued calls.
struct FolderMasks::Run {
    Run(Jobs& jobs, const FolderMasksJob& job)
        : plan(planOf(job)),
          request(requestOf(job)),
          places(orderOf(pathsOf(job.pictures))),
          segmenter(jobs, jobs.engine()) {}
    batch::Plan plan;
    batch::Request request;
    std::vector<std::size_t> places;  // in the job, of the plan's pictures
    InferenceSegmenter segmenter;
    std::jthread thread;  // last: it ends before what it uses
};

FolderMasks::FolderMasks(Jobs& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

FolderMasks::~FolderMasks() { run_.reset(); }

QString FolderMasks::freeReportPath() const {
    return QString::fromStdString(
        output::freePath(QDir(job_.folder).filePath(QStringLiteral("masks-report.csv")).toStdString(),
                         [](const std::string& name) { return QFileInfo::exists(QString::fromStdString(name)); }));
}

void FolderMasks::start(FolderMasksJob job) {
    waitForEnd();
    job_ = std::move(job);
    lines_.assign(std::size_t(job_.pictures.size()), {});
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        lines_[i].picture = job_.pictures[qsizetype(i)];
    }
    for (const auto& [path, error] : job_.bad) {
        FolderMasksLine& line = lines_.emplace_back();
        line.picture = path;
        line.error = error;
        line.settled = true;
    }
    finished_ = int(job_.bad.size());
    stopping_ = paused_ = false;
    problem_.reset();
    waited_ = 0;
    clock_.start();
    run_ = std::make_unique<Run>(jobs_, job_);
    const Result<void> settled = batch::settle(run_->plan, job_.existing);
    run_->thread = onOwnThread<batch::Outcome>(
        this,
        [&run = *run_, settled](const auto& hear, const auto& stop) {
            return settled ? batch::run(run.plan, run.request, run.segmenter, hear, stop) : settled;
        },
        [this](const auto& outcome) { take(outcome); }, [this](const auto& done) { end(done); });
    Q_EMIT changed();
}

void FolderMasks::cancel() {
    if (run_ && !stopping_) {
        stopping_ = true;
        paused_ = false;
        run_->thread.request_stop();
        Q_EMIT changed();
    }
}

void FolderMasks::pause(bool paused) {
    if (!run_ || stopping_ || paused == paused_) {
        return;
    }
    paused_ = paused;
    if (paused) {
        pause_.start();
    } else {
        waited_ += pause_.elapsed();
    }
    run_->segmenter.hold(paused);
    Q_EMIT changed();
}

void FolderMasks::waitForEnd() {
    if (run_) {
        cancel();
        run_->thread.join();
        // What the thread has told is in the queue now, its end last.
        QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
    }
}

int FolderMasks::saved() const {
    return int(std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return !line.mask.isEmpty(); }));
}

int FolderMasks::failed() const {
    return int(std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return line.error.has_value(); }));
}

QString FolderMasks::progressText() const {
    return (paused_ ? tr("Paused: %1 of %2 masks saved") : tr("Saving masks: %1 of %2"))
        .arg(finished_)
        .arg(lines_.size());
}

double FolderMasks::secondsLeft() const {
    const int done = finished_ - int(job_.bad.size());
    if (done == 0 || !running() || paused_) {
        return -1;
    }
    return double(clock_.elapsed() - waited_) / 1000 / done * (int(lines_.size()) - finished_);
}

QString FolderMasks::report() const {
    QString text = QStringLiteral("picture,mask,best match,share of the picture,problem\n");
    for (const FolderMasksLine& line : lines_) {
        if (!line.settled) {
            continue;
        }
        const bool known = line.presence >= 0;
        const QString problem = line.error           ? errorLine(*line.error)
                                : !line.note.empty() ? messageText(line.note)
                                : line.skipped       ? tr("there already, left alone")
                                                     : QString();
        // Assembled, not filled in with arg(): names may hold a %1.
        text += cell(line.picture) + ',' + cell(line.mask) + ',' +
                (known ? QString::number(line.presence, 'f', 4) : QString()) + ',' +
                (known ? QString::number(line.area, 'f', 4) : QString()) + ',' + cell(problem) + '\n';
    }
    return text;
}

void FolderMasks::take(const batch::Outcome& outcome) {
    FolderMasksLine& line = lines_[run_->places[outcome.index]];
    if (outcome.state == batch::State::failed) {
        line.error = outcome.error;
    }
    if (!outcome.warnings.empty()) {
        line.note = outcome.warnings.front();
    }
    // One result a picture: it is in a file, or could not be written.
    const auto& found = outcome.entries.empty() ? outcome.unwritten : outcome.entries;
    if (!found.empty()) {
        const batch::Entry& entry = found.front();
        line.mask = pathText(entry.output);
        line.skipped = entry.skipped;
        line.note = entry.note.empty() ? line.note : entry.note;
        if (entry.pixels > 0) {
            line.presence = double(entry.presence);
            line.area = double(entry.area) / double(entry.pixels);
        }
    }
    line.settled = true;
    ++finished_;
    Q_EMIT changed();
}

void FolderMasks::end(const Result<void>& done) {
    const bool cancelled = !done && done.error().kind == ErrorKind::cancelled;
    if (!done && !cancelled) {
        // What ended the job early is what is wrong with every picture that was left.
        problem_ = done.error();
        for (FolderMasksLine& line : lines_) {
            if (!line.settled) {
                line.error = done.error();
                line.settled = true;
                ++finished_;
                problem_.reset();
            }
        }
    }
    run_.reset();
    paused_ = false;
    Q_EMIT ended(cancelled);
}

}  // namespace maskwright::ui
