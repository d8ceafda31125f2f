// The window's part for searching a whole folder.
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>
#include <algorithm>

#include "ui/canvas/canvas.h"
#include "ui/folder_view.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/panels/mask_panel.h"
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
    folderView_ = new FolderView(folder_);
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
    connect(&folderAgain_, &QTimer::timeout, this, [this] {
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

void MainWindow::showFolder(bool shown) {
    pages_->setCurrentWidget(shown ? static_cast<QWidget*>(folderView_) : canvas_);
    folderAgain_.stop();
    updateState();
}

bool MainWindow::folderShown() const { return pages_->currentWidget() == folderView_; }

}  // namespace maskwright::ui
