#include "ui/shell/export_controller.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <algorithm>
#include <utility>

#include "ui/model/error_text.h"
#include "ui/model/export_source.h"
#include "ui/model/settings.h"
#include "ui/widgets/question.h"

namespace maskwright::ui {
namespace {

constexpr int kStays = 5000;           // milliseconds a message stays
constexpr std::size_t kMostNames = 8;  // of files, in a question

QString lineOf(const ExportProblem& problem) {
    const QString text = problem.error   ? errorLine(*problem.error)
                         : problem.empty ? ExportController::tr("empty: no pixel reaches the threshold")
                                         : messageText(problem.warning);
    const QString what =
        problem.row.isEmpty() ? problem.picture : QStringLiteral("%1, %2").arg(problem.picture, problem.row);
    return what + QStringLiteral(": ") + text;  // not filled in: names may hold a %1
}

}  // namespace

ExportController::ExportController(Workspace& workspace, QWidget& over)
    : Controller(over), workspace_(workspace), run_(workspace.jobs) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &ExportController::follow);
    connect(&run_, &ExportRun::changed, this, &ExportController::tellProgress);
    connect(&run_, &ExportRun::ended, this, &ExportController::report);
    const auto later = [this] {
        if (dialog_ && dialog_->isVisible() && !run_.running()) {
            soon_.start();
        }
    };
    connect(&workspace_.document, &Document::rowsChanged, this, later);
    connect(&workspace_.document, &Document::pictureChanged, this, later);
    connect(&workspace_.document, &Document::searchChanged, this, later);
    connect(&workspace_.rows, &RowFindings::changed, this, later);
    connect(&workspace_.preview, &Preview::findingChanged, this, later);
}

ExportController::~ExportController() = default;

void ExportController::make() {
    dialog_ = std::make_unique<ExportDialog>(&over_);
    connect(dialog_.get(), &ExportDialog::exportWanted, this, &ExportController::wanted);
    connect(dialog_.get(), &ExportDialog::stopWanted, &run_, &ExportRun::cancel);
    const QSettings kept;
    ExportChoice choice;
    choice.rows = ExportRows(std::clamp(kept.value(settings::kExportRows, int(choice.rows)).toInt(), 0, 2));
    choice.allPictures = kept.value(settings::kExportAllPictures, false).toBool();
    choice.keepEmpty = kept.value(settings::kExportEmpty, false).toBool();
    dialog_->setChoice(choice);
}

void ExportController::prepare() {
    const bool fresh = !dialog_;
    if (fresh) {
        make();
    }
    ExportChoice kept;
    takeSettings(kept, workspace_.document.project().settings);
    if (!run_.running() && (fresh || !(kept == kept_))) {
        ExportChoice choice = dialog_->choice();
        takeSettings(choice, workspace_.document.project().settings);
        dialog_->setChoice(choice);
        kept_ = std::move(kept);
    }
}

// Unless the person has named another.
void ExportController::proposeFolder() {
    ExportChoice choice = dialog_->choice();
    if (choice.folder == proposed_) {
        proposed_ = settings::startFolder(settings::kExportFolder, workspace_.document.picture().path);
        choice.folder = proposed_;
        dialog_->setChoice(choice);
    }
}

void ExportController::show() {
    prepare();
    if (run_.running()) {
        dialog_->showProgress(run_.finished(), run_.pictures());
    } else {
        proposeFolder();
        follow();
        dialog_->showChoices();
    }
    dialog_->show();
    dialog_->raise();
    dialog_->activateWindow();
}

void ExportController::showRows(output::Kind kind) {
    prepare();
    if (!run_.running()) {
        ExportChoice choice = dialog_->choice();
        choice.what = {kind};
        choice.rows = ExportRows::visible;
        choice.allPictures = false;
        dialog_->setChoice(choice);
    }
    show();
}

void ExportController::follow() {
    ExportSource source = exportSource(workspace_.document, workspace_.pictures);
    PreviewScene shown = scene(source);
    dialog_->setSource(std::move(source), std::move(shown));
}

PreviewScene ExportController::scene(const ExportSource& source) const {
    const Document& document = workspace_.document;
    PreviewScene scene{document.picture().pyramid, {}};
    const project::Picture* open = source.project.picture(source.picture);
    for (std::size_t i = 0; open != nullptr && i < open->rows.size(); ++i) {
        const project::Row& row = *open->rows[i];
        PreviewRow shown{row.id, row.label(), row.colour, document.threshold(), {}};
        if (i < document.rows().size()) {
            const Row& own = document.rows()[i];
            shown.threshold = document.thresholdOf(own);
            shown.mask = workspace_.rows.shownOf(own);
            const RowFinding* found = workspace_.rows.of(own.id);
            shown.nothing = !own.object && own.correction.empty() && found != nullptr && !found->error &&
                            sameQuestion(found->asked, own.search) && found->presence <= shown.threshold;
        } else {
            shown.mask = workspace_.rows.shownNow();  // what is typed
            const auto& found = workspace_.preview.finding();
            shown.nothing = shown.mask.correction.empty() && found && !found->answer.presence.empty() &&
                            double(found->answer.presence.front()) <= shown.threshold;
        }
        scene.rows.push_back(std::move(shown));
    }
    return scene;
}

void ExportController::wanted() {
    auto plan = dialog_->plan();
    if (!plan) {
        Q_EMIT failed(plan.error());
    } else if (plan->replaced.empty()) {
        begin(std::move(*plan));
    } else {
        askReplace(std::move(*plan));
    }
}

void ExportController::askReplace(ExportPlan plan) {
    QStringList names;
    for (const std::string& file : plan.replaced) {
        names << QFileInfo(QString::fromStdString(file)).fileName();
    }
    QString shown = names.mid(0, int(kMostNames)).join('\n');
    const bool more = std::size_t(names.size()) > kMostNames;
    if (more) {
        shown += '\n' + tr("… and %n more", nullptr, int(std::size_t(names.size()) - kMostNames));
    }
    const Question question{"existing",
                            tr("Export"),
                            tr("Files that are there already: %n", nullptr, int(names.size())),
                            shown,
                            more ? names.join('\n') : QString(),
                            {tr("Replace"), tr("Cancel")},
                            1};
    ask(*dialog_, question, [this, plan = std::move(plan)](int button) {
        if (button == 0) {
            begin(plan);
        }
    });
}

void ExportController::begin(ExportPlan plan) {
    if (plan.request.annotations) {
        // What has come since nobody was asked about.
        plan.request.annotations->overwrite = !plan.replaced.empty();
    }
    keepExported(plan);
    remember(plan);
    Q_EMIT cleared();
    run_.start(std::move(plan));
    Q_EMIT stateChanged();
}

// Rows that are only lent to the open picture are its own once there is a file of them.
void ExportController::keepExported(const ExportPlan& plan) {
    Document& document = workspace_.document;
    const project::Project shown = document.projectShown();
    for (const batch::PictureWork& work : plan.plan.pictures) {
        // What is typed is exported without being one of them.
        if (work.picture->id == document.pictureId() &&
            std::any_of(work.rows.begin(), work.rows.end(),
                        [&](const auto& row) { return shown.row(work.picture->id, row->id) != nullptr; })) {
            document.keepLent();
        }
    }
}

void ExportController::remember(const ExportPlan& plan) {
    const ExportChoice& choice = dialog_->choice();
    QSettings kept;
    kept.setValue(settings::kExportRows, int(choice.rows));
    kept.setValue(settings::kExportAllPictures, choice.allPictures);
    kept.setValue(settings::kExportEmpty, choice.keepEmpty);
    kept.setValue(settings::kExportFolder, choice.folder);
    takeSettings(kept_ = {}, plan.project.settings);
    if (!(plan.project.settings == workspace_.document.project().settings)) {
        const auto done =
            workspace_.document.editProject(project::SetSettings{plan.project.settings}, tr("export settings"));
        if (!done) {
            Q_EMIT failed(done.error());
        }
    }
}

void ExportController::tellProgress() {
    if (run_.running()) {
        dialog_->showProgress(run_.finished(), run_.pictures());
        Q_EMIT working(tr("Exporting: %1 of %2").arg(run_.finished()).arg(run_.pictures()));
    }
}

void ExportController::report(const std::optional<Error>& error) {
    Q_EMIT working({});
    ExportReport report;
    report.folder = run_.folder();
    const bool stopped = error && error->kind == ErrorKind::cancelled;
    report.summary = tr("Files written: %n", nullptr, int(run_.written()));
    if (run_.leftOut() > 0) {
        report.summary +=
            QStringLiteral(", ") + tr("left out, because nothing was found: %n", nullptr, int(run_.leftOut()));
    }
    if (run_.failures() > 0) {
        report.summary += QStringLiteral(", ") + tr("failed: %n", nullptr, int(run_.failures()));
    }
    if (run_.written() > 0 && run_.format() == output::Format::yolo) {
        report.summary += QStringLiteral(". ") +
                          tr("For training, put the pictures into images/ beside labels/, under the names there");
    }
    if (stopped) {
        report.summary += QStringLiteral(", ") + tr("then stopped");
    } else if (error) {
        report.lines << errorLine(*error);
    }
    for (const ExportProblem& problem : run_.problems()) {
        report.lines << lineOf(problem);
    }
    dialog_->showReport(report);
    if (!dialog_->isVisible()) {
        if (report.lines.isEmpty()) {
            Q_EMIT said(report.summary, kStays);
        } else {
            Q_EMIT noticed(report.summary, report.lines.front());
        }
    }
    Q_EMIT stateChanged();
    if (std::exchange(closeWhenEnded_, false)) {
        Q_EMIT closeWanted();
    }
}

bool ExportController::mayClose() {
    if (!run_.running() || over_.findChild<QMessageBox*>("exporting") != nullptr) {
        return !run_.running();
    }
    askBeforeClosing("exporting", tr("Export"),
                     tr("An export is running: %1 of %2.").arg(run_.finished()).arg(run_.pictures()),
                     [this](bool stop) {
                         if (!run_.running()) {
                             Q_EMIT closeWanted();  // done meanwhile
                             return;
                         }
                         closeWhenEnded_ = true;
                         if (stop) {
                             run_.cancel();
                         }
                     });
    return false;
}

}  // namespace maskwright::ui
