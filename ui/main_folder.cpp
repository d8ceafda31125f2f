// The window's part for searching a whole folder.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>
#include <algorithm>
#include <utility>

#include "core/base/file.h"
#include "ui/canvas/canvas.h"
#include "ui/folder_view.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/panels/mask_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/info_bar.h"
#include "ui/widgets/phrase_box.h"

namespace maskwright::ui {
namespace {

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

}  // namespace

void MainWindow::buildFolder() {
    pages_ = new QStackedWidget;
    folderView_ = new FolderView(folder_, folderMasks_);
    folderButton_ = new QToolButton(canvas_);
    folderButton_->setObjectName("framed");
    folderButton_->setIcon(icon("folder"));
    folderButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    folderButton_->hide();
    pages_->addWidget(canvas_);
    pages_->addWidget(folderView_);
    folderAgain_.setSingleShot(true);
    folderAgain_.setInterval(kAgainDelay);
}

void MainWindow::connectFolder() {
    connect(folderButton_, &QToolButton::clicked, this, [this] { showFolder(true); });
    connect(folderView_, &FolderView::closed, this, [this] { showFolder(false); });
    connect(folderView_, &FolderView::pictureWanted, this, &MainWindow::openFile);
    connect(folderView_, &FolderView::againWanted, this, [this] { openFolder(folder_.folder()); });
    connect(mask_, &MaskPanel::styleChanged, this, [this] { folderView_->setOverlay(mask_->style()); });
    connect(&document_, &Document::promptChanged, this, [this] {
        if (folderShown()) {
            folderAgain_.start();
        }
    });
    connect(folderView_, &FolderView::saveWanted, this, [this] { saveFolderDialog(SaveKind::mask); });
    connect(&folder_, &FolderSearch::started, this, &MainWindow::updateState);
    connect(&folderMasks_, &FolderMasks::changed, this, [this] {
        if (folderMasks_.running()) {
            status_->setWork(
                tr("Saving masks: %1 of %2").arg(folderMasks_.finished()).arg(folderMasks_.lines().size()));
        }
    });
    connect(&folderMasks_, &FolderMasks::ended, this, &MainWindow::reportFolderMasks);
    connect(&folderAgain_, &QTimer::timeout, this, [this] {
        if (folderMasks_.running()) {
            folderAgain_.start();  // what is being saved is what is shown
            return;
        }
        if (folderShown() && !document_.search().empty()) {
            openFolder(folder_.folder());
        }
    });
    folderView_->setOverlay(mask_->style());
}

void MainWindow::openFolderDialog() {
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Search a folder"),
        QSettings()
            .value("folders/search", QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
            .toString());
    if (!folder.isEmpty()) {
        QSettings().setValue("folders/search", folder);
        openFolder(folder);
    }
}

void MainWindow::openFolder(const QString& folder) {
    if (document_.search().empty()) {
        bar_->showMessage(InfoBar::Kind::notice, tr("Say first what to find in the folder's pictures."),
                          tr("Type a phrase, or mark an example in a picture; then search the folder."));
        phrase_->setFocus();
        return;
    }
    folderView_->setWanted(wantedText(document_.search()));
    folder_.start(folder, document_.search());
    showFolder(true);
}

void MainWindow::saveFolderDialog(SaveKind kind) {
    if (folder_.entries().empty() || folderMasks_.running()) {
        return;
    }
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Save the masks of all pictures in a folder"),
                                          QSettings().value("folders/masks", folder_.folder()).toString());
    if (!folder.isEmpty()) {
        QSettings().setValue("folders/masks", folder);
        saveFolder(folder, kind);
    }
}

void MainWindow::saveFolder(const QString& target, SaveKind kind) {
    const QFileInfo info(target);
    if (!info.isDir() || !info.isWritable()) {
        showError({ErrorKind::output,
                   "cannot write " + target.toStdString() + ": " +
                       (info.isDir() ? "Permission denied" : "No such file or directory"),
                   "choose a folder you may write to"});
        return;
    }
    FolderMasksJob job;
    for (const FolderEntry& entry : folder_.entries()) {
        job.pictures << entry.path;
    }
    job.folder = target;
    job.kind = kind;
    // What the entries show, not what was typed since.
    job.search = folder_.search();
    job.style = mask_->style();
    const int taken = FolderMasks::taken(FolderMasks::targets(job.pictures, target, kind));
    if (taken == 0) {
        startFolderMasks(std::move(job));
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Save masks"),
                                tr("Files of these names in the folder already: %n", nullptr, taken),
                                QMessageBox::NoButton, this);
    box->setObjectName("existing");
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* both = box->addButton(tr("Keep both"), QMessageBox::AcceptRole);
    auto* replace = box->addButton(tr("Replace"), QMessageBox::DestructiveRole);
    auto* skip = box->addButton(tr("Skip those"), QMessageBox::ActionRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(both);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, both, replace, skip, job = std::move(job)](QAbstractButton* button) mutable {
                if (button == both || button == replace || button == skip) {
                    job.existing = button == both      ? Existing::keepBoth
                                   : button == replace ? Existing::replace
                                                       : Existing::skip;
                    startFolderMasks(std::move(job));
                }
            });
    box->open();
}

void MainWindow::startFolderMasks(FolderMasksJob job) {
    // A search still under way would only be slower for it, and its thumbnails wait for it.
    folder_.cancel();
    bar_->dismiss();
    folderMasks_.start(std::move(job));
    updateState();
}

void MainWindow::askBeforeClosing() {
    if (findChild<QMessageBox*>("closing") != nullptr) {
        return;
    }
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Save masks"),
        tr("Masks are still being saved: %1 of %2.").arg(folderMasks_.finished()).arg(folderMasks_.lines().size()),
        QMessageBox::NoButton, this);
    box->setObjectName("closing");
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* wait = box->addButton(tr("Close when done"), QMessageBox::AcceptRole);
    auto* now = box->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(wait);
    connect(box, &QMessageBox::buttonClicked, this, [this, wait, now](QAbstractButton* button) {
        if (button != wait && button != now) {
            return;
        }
        if (!folderMasks_.running()) {
            close();  // done meanwhile
            return;
        }
        closeWhenSaved_ = true;
        if (button == now) {
            folderMasks_.cancel();  // reports what is done, and closes
        }
    });
    box->open();
}

void MainWindow::reportFolderMasks(bool cancelled) {
    status_->setWork({});
    updateState();
    const int saved = folderMasks_.saved(), failed = folderMasks_.failed();
    const QDir folder(folderMasks_.job().folder);
    const QString reportPath = folderMasks_.freeReportPath();
    const auto written = writeFileAtomically(reportPath.toStdString(), folderMasks_.report().toStdString());
    if (!written) {
        showError(written.error());
        return;
    }
    QString what = tr("Masks saved in %1: %n", nullptr, saved).arg(folder.dirName());
    if (failed > 0) {
        what += QStringLiteral(", ") + tr("failed: %n", nullptr, failed);
    }
    if (cancelled) {
        what += QStringLiteral(", ") + tr("then stopped");
    }
    bar_->showMessage(InfoBar::Kind::notice, what,
                      tr("One line for each picture is in %1.").arg(QFileInfo(reportPath).fileName()));
    // What failed is not closed away.
    if (std::exchange(closeWhenSaved_, false) && (cancelled || failed == 0)) {
        close();
    }
}

void MainWindow::showFolder(bool shown) {
    pages_->setCurrentWidget(shown ? static_cast<QWidget*>(folderView_) : canvas_);
    folderAgain_.stop();
    updateState();
}

bool MainWindow::folderShown() const { return pages_->currentWidget() == folderView_; }

}  // namespace maskwright::ui
