#include "ui/folder/export_run.h"

#include <QFileInfo>
#include <algorithm>

#include "core/batch/project_runner.h"
#include "ui/folder/inference_segmenter.h"
#include "ui/folder/own_thread.h"

namespace maskwright::ui {
// The thread works on these values alone and tells the rest by queued calls.
struct ExportRun::Run {
    Run(Jobs& jobs, ExportPlan planned) : plan(std::move(planned)), segmenter(jobs, jobs.engine()) {}

    Result<void> carryOut(const batch::HearPicture& hear, const std::stop_token& stop) {
        batch::ProjectModel model;
        if (batch::asks(plan.plan)) {
            const auto info = segmenter.info(stop);
            if (info) {
                model = {&segmenter, info->name, info->defaultThreshold, {}};
            } else if (info.error().kind == ErrorKind::cancelled) {
                return info.error();
            } else {
                model.missing = info.error();
            }
        }
        return batch::runProject(plan.project, plan.plan, plan.request, model, hear, stop);
    }

    ExportPlan plan;
    InferenceSegmenter segmenter;
    std::jthread thread;  // last: it ends before what it uses
};

ExportRun::ExportRun(Jobs& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

ExportRun::~ExportRun() { run_.reset(); }

void ExportRun::start(ExportPlan plan) {
    if (run_) {
        return;
    }
    pictures_ = plan.plan.pictures.size();
    finished_ = leftOut_ = 0;
    files_.clear();
    problems_.clear();
    folder_ = QString::fromStdString(plan.request.output);
    format_ = plan.request.annotations ? std::optional(plan.request.annotations->format) : std::nullopt;
    run_ = std::make_unique<Run>(jobs_, std::move(plan));
    run_->thread = onOwnThread<batch::PictureOutcome>(
        this, [&run = *run_](const auto& hear, const auto& stop) { return run.carryOut(hear, stop); },
        [this](const auto& outcome) { take(outcome); }, [this](const auto& done) { end(done); });
    Q_EMIT changed();
}

void ExportRun::cancel() {
    if (run_) {
        run_->thread.request_stop();
    }
}

std::size_t ExportRun::written() const { return files_.size(); }

std::size_t ExportRun::failures() const {
    return std::size_t(
        std::count_if(problems_.begin(), problems_.end(), [](const ExportProblem& one) { return one.error; }));
}

void ExportRun::take(const batch::PictureOutcome& outcome) {
    const batch::PictureWork& work = run_->plan.plan.pictures[outcome.index];
    const auto own = run_->plan.request.names.find(work.picture->id);
    const QString name =
        QFileInfo(QString::fromStdString(own != run_->plan.request.names.end() ? own->second : work.picture->file.path))
            .fileName();
    for (const Message& warning : outcome.warnings) {
        problems_.push_back({name, {}, {}, warning, false});
    }
    if (outcome.error) {
        problems_.push_back({name, {}, outcome.error, {}, false});
    }
    const output::Kind kind = run_->plan.request.kind;
    const bool always = kind == output::Kind::probability || kind == output::Kind::probability16;
    const bool annotated = run_->plan.request.annotations.has_value();
    if (!outcome.annotations.empty()) {
        files_.push_back(outcome.annotations);
    }
    for (const batch::RowOutcome& row : outcome.rows) {
        const QString label = QString::fromStdString(row.label);
        if (row.error) {
            problems_.push_back({name, label, row.error, {}, false});
        } else if (row.leftOut) {
            ++leftOut_;
        } else if (!outcome.error && row.area == 0 && !always) {
            problems_.push_back({name, label, {}, {}, true});
        }
        if (!annotated && !row.output.empty() &&
            std::find(files_.rbegin(), files_.rend(), row.output) == files_.rend()) {
            files_.push_back(row.output);
        }
    }
    ++finished_;
    Q_EMIT changed();
}

void ExportRun::end(const Result<void>& done) {
    const auto& annotations = run_->plan.request.annotations;
    if (done && annotations && annotations->format != output::Format::labelme) {
        files_.push_back(run_->plan.files.back());  // about all pictures, written at the end
    }
    run_.reset();
    Q_EMIT ended(done ? std::nullopt : std::optional(done.error()));
}

}  // namespace maskwright::ui
