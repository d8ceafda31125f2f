#include "ui/shell/folder_controller.h"

#include <unistd.h>

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/file.h"
#include "ui/folder/folder_view.h"
#include "ui/folder/masks_report.h"
#include "ui/model/error_text.h"
#include "ui/model/settings.h"
#include "ui/widgets/question.h"

namespace maskwright::ui {
namespace {

// An errno, of the system's own: a disk may be read-only where the folder's permissions allow everything. 0: files can
// be written there.
int whyNotWritable(const std::string& folder) {
    std::error_code ignored;
    if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored)) {
        return ENOTDIR;
    }
    return ::access(folder.c_str(), W_OK | X_OK) == 0 ? 0 : errno;
}

constexpr int kAgainDelay = 700;  // milliseconds after the last key until the folder is searched anew

QString wantedText(const Search& search) {
    const QString phrase = search.phrase.trimmed();
    if (!phrase.isEmpty()) {
        return phrase;
    }
    const auto first = std::find_if(search.supports.begin(), search.supports.end(),
                                    [](const Support& s) { return s.enabled && !s.negative; });
    return first == search.supports.end() ? QString() : first->name;
}

// All pictures of the folder that is shown, and what its entries show, not what was typed since.
FolderMasksJob jobOf(const Workspace& workspace, const QString& target, output::Kind kind) {
    FolderMasksJob job;
    for (const FolderEntry& entry : workspace.search.entries()) {
        if (entry.picture) {
            job.pictures << entry.path;
        } else if (entry.problem) {
            job.bad.emplace_back(entry.path, *entry.problem);
        }
    }
    job.root = workspace.search.folder();
    job.folder = target;
    job.kind = kind;
    job.search = workspace.search.search();
    job.appearance = workspace.overlay.appearance();
    return job;
}

}  // namespace

FolderController::FolderController(Workspace& workspace, FolderView& view, QWidget& over)
    : Controller(over), workspace_(workspace), view_(view) {
    again_.setSingleShot(true);
    again_.setInterval(kAgainDelay);
    connect(&again_, &QTimer::timeout, this, &FolderController::searchAgain);
    connect(&view_, &FolderView::closed, this, [this] { show(false); });
    connect(&view_, &FolderView::pictureWanted, this, &FolderController::pictureWanted);
    connect(&view_, &FolderView::againWanted, this, [this] { open(workspace_.search.folder()); });
    connect(&view_, &FolderView::saveWanted, this, [this] { saveDialog(output::Kind::mask); });
    connect(&view_, &FolderView::detailsWanted, this, &FolderController::showDetails);
    connect(&workspace_.overlay, &OverlayState::changed, &view_,
            [this] { view_.setOverlay(workspace_.overlay.appearance()); });
    connect(&workspace_.document, &Document::promptChanged, this, [this] {
        if (shown_) {
            again_.start();
        }
    });
    connect(&workspace_.search, &FolderSearch::started, this, &FolderController::stateChanged);
    connect(&workspace_.search, &FolderSearch::listed, this, [this] {
        tellNotices();
        if (const auto masks = std::exchange(goingOn_, std::nullopt)) {
            goOn(*masks);
        }
        Q_EMIT stateChanged();
    });
    connect(&workspace_.search, &FolderSearch::ended, this, [this] {
        const auto& entries = workspace_.search.entries();
        if (std::any_of(entries.begin(), entries.end(), [](const auto& entry) { return !entry.warnings.empty(); })) {
            tellNotices();
        }
        Q_EMIT stateChanged();
    });
    for (auto signal : {&FolderSearch::started, &FolderSearch::listed}) {
        connect(&workspace_.search, signal, this, &FolderController::tellProgress);
    }
    connect(&workspace_.search, &FolderSearch::changed, this, &FolderController::tellProgress);
    connect(&workspace_.search, &FolderSearch::ended, this, &FolderController::tellProgress);
    connect(&workspace_.masks, &FolderMasks::changed, this, &FolderController::tellProgress);
    connect(&workspace_.masks, &FolderMasks::ended, this, &FolderController::report);
    view_.setOverlay(workspace_.overlay.appearance());
}

void FolderController::show(bool shown) {
    if (std::exchange(shown_, shown) != shown) {
        Q_EMIT cleared();  // it was said of the other
    }
    again_.stop();
    Q_EMIT shownChanged(shown);
    Q_EMIT stateChanged();
    // What was typed over a single picture is looked for in the folder too.
    if (shown && !sameQuestion(workspace_.document.search(), workspace_.search.search())) {
        searchAgain();
    }
}

void FolderController::openDialog() {
    const QString folder = QFileDialog::getExistingDirectory(
        &over_, tr("Open a folder"),
        settings::startFolder(settings::kSearchFolder, workspace_.document.picture().path));
    if (!folder.isEmpty()) {
        QSettings().setValue(settings::kSearchFolder, folder);
        open(folder);
    }
}

void FolderController::open(const QString& folder) {
    workspace_.document.leaveRow();
    const Search& search = workspace_.document.search();
    view_.setWanted(wantedText(search));
    workspace_.search.start(folder, search);
    show(true);
    if (search.empty()) {
        Q_EMIT phraseWanted();  // typing searches it
    }
}

void FolderController::searchAgain() {
    if (workspace_.masks.running()) {
        again_.start();  // what is being saved is what is shown
    } else if (shown_ && !workspace_.document.search().empty()) {
        open(workspace_.search.folder());
    }
}

void FolderController::saveDialog(output::Kind kind) {
    if (!saveable()) {
        return;
    }
    // Begins in the folder that was opened, whichever of its subfolders the surest picture lies in.
    const QString picture = QFileInfo(workspace_.search.entries().front().path).fileName();
    const QString folder = QFileDialog::getExistingDirectory(
        &over_, tr("Save the masks of all pictures in a folder"),
        settings::startFolder(settings::kMasksFolder, QDir(workspace_.search.folder()).filePath(picture)));
    if (!folder.isEmpty()) {
        QSettings().setValue(settings::kMasksFolder, folder);
        save(folder, kind);
    }
}

void FolderController::save(const QString& target, output::Kind kind) {
    if (const int code = whyNotWritable(target.toStdString()); code != 0) {
        Q_EMIT failed({ErrorKind::output, message("cannot write %1: %2", target.toStdString(), systemReason(code)),
                       "choose a folder you may write to"});
        return;
    }
    FolderMasksJob job = jobOf(workspace_, target, kind);
    const int taken = int(batch::countExisting(planOf(job)));
    if (taken == 0) {
        start(std::move(job));
    } else {
        askExisting(std::move(job), taken);
    }
}

void FolderController::askExisting(FolderMasksJob job, int taken) {
    const Question question{
        "existing",
        tr("Save masks"),
        tr("Files of these names in the folder already: %n", nullptr, taken),
        tr("“Replace only changed” leaves what this search has made of the same picture, and masks edited since."),
        {},
        {tr("Keep both"), tr("Replace"), tr("Replace only changed"), tr("Cancel")}};
    ask(over_, question, [this, job = std::move(job)](int button) mutable {
        constexpr std::array kMeant{batch::Existing::keepBoth, batch::Existing::replace, batch::Existing::skip};
        if (std::size_t(button) < kMeant.size()) {
            job.existing = kMeant[std::size_t(button)];
            start(std::move(job));
        }
    });
}

void FolderController::start(FolderMasksJob job) {
    // A search still under way would only be slower for it, and its thumbnails wait for it.
    workspace_.search.cancel();
    Q_EMIT cleared();
    if (const auto masks = unfinishedOf(job)) {
        remember(*masks);
    } else {
        forgetUnfinished();
    }
    workspace_.masks.start(std::move(job));
    Q_EMIT stateChanged();
}

void FolderController::tellProgress() {
    const FolderMasks& masks = workspace_.masks;
    const FolderSearch& search = workspace_.search;
    QString text;
    if (masks.running()) {
        text = masks.progressText();
    } else if (search.listing()) {
        text = tr("Looking for pictures…");
    } else if (search.running() && search.search().empty()) {
        text = tr("Reading pictures: %1 of %2").arg(search.finished()).arg(search.entries().size());
    } else if (search.running()) {
        text = tr("Searching pictures: %1 of %2").arg(search.finished()).arg(search.entries().size());
    }
    Q_EMIT working(text);
}

void FolderController::tellNotices() {
    QStringList what, advice;
    for (const Error& notice : workspace_.search.notices()) {
        const ErrorText text = errorText(notice);
        what << text.what;
        advice << text.advice;
    }
    int warned = 0;
    for (const FolderEntry& entry : workspace_.search.entries()) {
        if (!entry.warnings.empty() && warned++ == 0) {
            what << messageText(entry.warnings.front());
        }
    }
    if (warned > 1) {
        advice << tr("Pictures with a warning: %n. Hold the pointer over one to read it.", nullptr, warned);
    }
    advice.removeAll(QString());
    advice.removeDuplicates();
    if (!what.isEmpty()) {
        Q_EMIT noticed(what.join(QStringLiteral(" · ")), advice.join(QStringLiteral(" · ")));
    } else if (toldNotices_) {
        Q_EMIT succeeded();  // said of an earlier search, not of what was saved
    }
    toldNotices_ = !what.isEmpty();
    Q_EMIT stateChanged();
}

void FolderController::showDetails() {
    auto* report = over_.findChild<MasksReport*>();
    if (report == nullptr) {
        report = new MasksReport(workspace_.masks, &over_);
        connect(report, &MasksReport::pictureWanted, this, &FolderController::pictureWanted);
        connect(report, &MasksReport::againWanted, this, [this] {
            FolderMasksJob job = workspace_.masks.job();
            job.existing = batch::Existing::skip;  // what is done stays
            start(std::move(job));
        });
    }
    report->show();
    report->raise();
}

void FolderController::offerUnfinished() {
    const auto masks = unfinished();
    if (!masks) {
        forgetUnfinished();
        return;
    }
    const Question question{
        "unfinished",
        tr("Save masks"),
        tr("Saving the masks of “%1” in %2 did not come to its end.").arg(masks->phrase, QDir(masks->root).dirName()),
        tr("What is saved already stays as it is."),
        {},
        {tr("Go on"), tr("Leave it")}};
    ask(over_, question, [this, masks = *masks](int button) {
        if (button != 0) {
            forgetUnfinished();
            return;
        }
        workspace_.document.edit(tr("phrase"), {}, [&](Search& search) {
            search.phrase = masks.phrase;
            search.negativePhrase = masks.negativePhrase;
            search.negativeWeight = masks.negativeWeight;
            search.compete = masks.compete;
        });
        goingOn_ = masks;
        open(masks.root);
    });
}

void FolderController::goOn(const UnfinishedMasks& masks) {
    FolderMasksJob job = jobOf(workspace_, masks.folder, masks.kind);
    job.appearance.threshold = masks.threshold;
    job.existing = batch::Existing::skip;
    start(std::move(job));
}

void FolderController::report(bool cancelled) {
    const FolderMasks& masks = workspace_.masks;
    toldNotices_ = false;
    // Whoever stops in order to close is asked at the next start.
    if (!cancelled || !closeWhenSaved_) {
        forgetUnfinished();
    }
    tellProgress();
    Q_EMIT stateChanged();
    const int saved = masks.saved(), failures = masks.failed();
    const QString path = masks.freeReportPath();
    const auto written = writeFileAtomically(path.toStdString(), masks.report().toStdString());
    if (!written) {
        // The report would have said it: the pictures' cards do.
        Error error = written.error();
        if (failures > 0) {
            error.what = message("%1; pictures whose mask was not saved: %2", error.what, failures);
        }
        Q_EMIT failed(error);
        return;
    }
    QString what = tr("Masks saved in %1: %n", nullptr, saved).arg(QDir(masks.job().folder).dirName());
    if (failures > 0) {
        what += QStringLiteral(", ") + tr("failed: %n", nullptr, failures);
    }
    if (cancelled) {
        what += QStringLiteral(", ") + tr("then stopped");
    }
    Q_EMIT noticed(what, tr("One line for each picture is in %1.").arg(QFileInfo(path).fileName()));
    if (masks.problem()) {
        Q_EMIT failed(*masks.problem());
    }
    // What failed is not closed away.
    if (std::exchange(closeWhenSaved_, false) && (masks.stopping() || (failures == 0 && !masks.problem()))) {
        Q_EMIT closeWanted();
    }
}

bool FolderController::mayClose() {
    if (!workspace_.masks.running()) {
        return true;
    }
    if (over_.findChild<QMessageBox*>("closing") != nullptr) {
        return false;
    }
    const FolderMasks& masks = workspace_.masks;
    askBeforeClosing("closing", tr("Save masks"),
                     tr("Masks are still being saved: %1 of %2.").arg(masks.finished()).arg(masks.lines().size()),
                     [this](bool stop) {
                         if (!workspace_.masks.running()) {
                             Q_EMIT closeWanted();  // done meanwhile
                             return;
                         }
                         closeWhenSaved_ = true;
                         if (stop) {
                             workspace_.masks.cancel();  // reports what is done when it ends, and closes
                         }
                     });
    return false;
}

}  // namespace maskwright::ui
