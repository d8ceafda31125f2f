#include "ui/main_actions.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>

#include "ui/canvas/canvas.h"
#include "ui/icons.h"
#include "ui/panels/mask_panel.h"
#include "ui/status_line.h"
#include "ui/widgets/phrase_box.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

constexpr int kRecentPictures = 8;
constexpr int kRecentModels = 5;
constexpr double kZoomStep = 1.25;

QString lastFolder(const char* key) {
    const QString kept = QSettings().value(key).toString();
    if (!kept.isEmpty() && QFileInfo(kept).isDir()) {
        return kept;
    }
    // A dialog that is given a folder that is not there takes its last part for a file's name.
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QFileInfo(pictures).isDir() ? pictures : QDir::homePath();
}

void remember(const char* key, const QString& path, int limit) {
    QSettings settings;
    QStringList list = settings.value(key).toStringList();
    list.removeAll(path);
    list.prepend(path);
    settings.setValue(key, QStringList(list.mid(0, limit)));
}

}  // namespace

void MainWindow::Actions::update(bool picture, bool finding, bool saveable) const {
    for (QAction* action : {closePicture, zoomIn, zoomOut, fit, actual}) {
        action->setEnabled(picture);
    }
    for (QAction* action : {copy, showMask}) {
        action->setEnabled(finding);
    }
    save->setEnabled(saveable);
    saveAs->setEnabled(saveable);
    for (QAction* action : saveKinds) {
        action->setEnabled(saveable);
    }
}

void MainWindow::buildActions() {
    act_ = std::make_unique<Actions>();
    Actions& a = *act_;
    auto menu = [this](QMenu*& slot) { slot = menuBar()->addMenu(QString()); };
    menu(a.file);
    menu(a.edit);
    menu(a.view);
    menu(a.model);
    menu(a.help);
    auto add = [this](QMenu* to, const char* iconName, const QKeySequence& keys, auto&& done) {
        auto* action = new QAction(this);
        if (*iconName != '\0') {
            action->setIcon(icon(iconName));
        }
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, std::forward<decltype(done)>(done));
        if (to != nullptr) {
            to->addAction(action);
        } else {
            addAction(action);
        }
        return action;
    };

    a.open = add(a.file, "open", QKeySequence::Open, [this] { openDialog(); });
    a.openFolder = add(a.file, "folder", QKeySequence("Ctrl+Shift+O"), [this] { openFolderDialog(); });
    a.recent = a.file->addMenu(QString());
    connect(a.file, &QMenu::aboutToShow, this, &MainWindow::rebuildRecent);
    a.file->addSeparator();
    a.save = add(a.file, "save", QKeySequence::Save, [this] { save(saveKind_); });
    a.saveAs = a.file->addMenu(QString());
    for (int i = 0; i < kSaveKinds; ++i) {
        a.saveKinds[std::size_t(i)] = add(a.saveAs, "", {}, [this, i] { save(SaveKind(i)); });
    }
    a.copy = add(a.file, "", QKeySequence("Ctrl+Shift+C"), [this] { copyCutout(); });
    a.file->addSeparator();
    a.closePicture = add(a.file, "", QKeySequence::Close, [this] { document_.setPicture({}); });
    a.quit = add(a.file, "", QKeySequence("Ctrl+Q"), [this] { close(); });

    QUndoStack& history = document_.history();
    a.undo = add(a.edit, "undo", QKeySequence::Undo, [this] { document_.history().undo(); });
    a.redo = add(a.edit, "redo", {}, [this] { document_.history().redo(); });
    a.redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    for (auto signal : {&QUndoStack::undoTextChanged, &QUndoStack::redoTextChanged}) {
        connect(&history, signal, this, &MainWindow::refreshHistory);
    }
    connect(&history, &QUndoStack::indexChanged, this, &MainWindow::refreshHistory);
    a.edit->addSeparator();
    a.paste = add(a.edit, "", QKeySequence::Paste, [this] { paste(); });
    a.focusPhrase = add(a.edit, "search", QKeySequence::Find, [this] {
        phrase_->setFocus();
        phrase_->selectAll();
    });

    a.zoomIn = add(a.view, "plus", {}, [this] { canvas_->zoomBy(kZoomStep); });
    a.zoomIn->setShortcuts({QKeySequence::ZoomIn, QKeySequence("Ctrl+=")});
    a.zoomOut = add(a.view, "minus", QKeySequence::ZoomOut, [this] { canvas_->zoomBy(1 / kZoomStep); });
    a.fit = add(a.view, "fit", QKeySequence("Ctrl+0"), [this] { canvas_->fit(); });
    a.actual = add(a.view, "actual", QKeySequence("Ctrl+1"), [this] { canvas_->zoomTo(1); });
    a.view->addSeparator();
    a.showMask = add(a.view, "eye", QKeySequence("Ctrl+M"), [this](bool on) { canvas_->setOverlayVisible(on); });
    a.showMask->setCheckable(true);
    a.showMask->setChecked(true);
    a.sidebar = add(a.view, "sliders", QKeySequence("F9"), [this](bool on) { sidebar_->setVisible(on); });
    a.sidebar->setCheckable(true);
    a.sidebar->setChecked(true);
    a.fullScreen = add(a.view, "", QKeySequence::FullScreen, [this](bool on) { on ? showFullScreen() : showNormal(); });
    a.fullScreen->setCheckable(true);
    a.view->addSeparator();
    a.appearance = a.view->addMenu(QString());
    auto* schemes = new QActionGroup(this);
    for (int i = 0; i < 3; ++i) {
        auto* action = add(a.appearance, "", {}, [this, i] {
            theme_.setScheme(Scheme(i));
            QSettings().setValue("window/scheme", i);
        });
        action->setCheckable(true);
        action->setChecked(int(theme_.scheme()) == i);
        schemes->addAction(action);
        a.schemes[std::size_t(i)] = action;
    }
    a.language = a.view->addMenu(QString());
    auto* languages = new QActionGroup(this);
    for (const QString& code : QStringList{QString()} + Language::available()) {
        auto* action = add(a.language, "", {}, [this, code] {
            language_.use(code);
            QSettings().setValue("window/language", code);
        });
        action->setCheckable(true);
        action->setChecked(language_.code() == code);
        action->setText(code.isEmpty() ? QString() : Language::nameOf(code));
        languages->addAction(action);
        a.languages.push_back(action);
    }

    a.models = new QActionGroup(this);
    a.openModel = new QAction(icon("folder"), QString(), this);
    connect(a.openModel, &QAction::triggered, this, &MainWindow::openModelFolder);
    a.about = add(a.help, "info", {}, [this] { about(); });

    connect(openButton_, &QToolButton::clicked, a.open, &QAction::trigger);
    connect(saveButton_, &QToolButton::clicked, a.save, &QAction::trigger);
    connect(zoomText_, &QToolButton::clicked, a.actual, &QAction::trigger);
    saveButton_->setMenu(a.saveAs);
    modelButton_->setMenu(a.model);
    auto* row = static_cast<QHBoxLayout*>(zoomBox_->layout());
    auto zoomButton = [row](QAction* action) {
        auto* button = new QToolButton;
        button->setObjectName("flat");
        button->setDefaultAction(action);
        button->setIconSize({16, 16});
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setFocusPolicy(Qt::NoFocus);
        row->addWidget(button);
    };
    zoomButton(a.zoomOut);
    zoomText_->setFocusPolicy(Qt::NoFocus);
    row->addWidget(zoomText_);
    zoomButton(a.zoomIn);
    zoomButton(a.fit);
    rebuildModelMenu();
}

void MainWindow::retranslateActions() {
    Actions& a = *act_;
    a.file->setTitle(tr("&File"));
    a.edit->setTitle(tr("&Edit"));
    a.view->setTitle(tr("&View"));
    a.model->setTitle(tr("&Model"));
    a.help->setTitle(tr("&Help"));
    a.open->setText(tr("&Open…"));
    a.openFolder->setText(tr("Search a &folder…"));
    folderButton_->setText(tr("Folder"));
    folderButton_->setToolTip(tr("Back to the folder's pictures"));
    a.recent->setTitle(tr("Open &recent"));
    a.save->setText(tr("&Save mask…"));
    a.saveAs->setTitle(tr("Save &as"));
    const std::array<QString, kSaveKinds> kinds{tr("Mask, black and white…"), tr("Probability, shades of grey…"),
                                                tr("Cutout, without background…"),
                                                tr("Picture with the mask over it…")};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        a.saveKinds[i]->setText(kinds[i]);
    }
    saveButton_->setToolTip(tr("Save what was found as a PNG (Ctrl+S)"));
    a.copy->setText(tr("&Copy cutout"));
    a.closePicture->setText(tr("Close picture"));
    a.quit->setText(tr("&Quit"));
    refreshHistory();
    a.paste->setText(tr("&Paste picture"));
    a.focusPhrase->setText(tr("Type a &phrase"));
    a.zoomIn->setText(tr("Zoom &in"));
    a.zoomOut->setText(tr("Zoom &out"));
    a.fit->setText(tr("&Fit to window"));
    a.actual->setText(tr("Own &size (100 %)"));
    a.showMask->setText(tr("Show the &mask"));
    a.sidebar->setText(tr("Side &panel"));
    a.fullScreen->setText(tr("F&ull screen"));
    a.appearance->setTitle(tr("&Appearance"));
    a.schemes[0]->setText(tr("Like the system"));
    a.schemes[1]->setText(tr("Light"));
    a.schemes[2]->setText(tr("Dark"));
    a.language->setTitle(tr("&Language"));
    a.languages.front()->setText(tr("Like the system"));
    a.openModel->setText(tr("Open a model &folder…"));
    a.about->setText(tr("&About Maskwright"));
}

void MainWindow::refreshHistory() {
    const QUndoStack& history = document_.history();
    auto follow = [](QAction* action, bool can, const QString& verb, const QString& what) {
        action->setEnabled(can);
        action->setText(what.isEmpty() ? verb : tr("%1: %2", "Undo: phrase").arg(verb, what));
    };
    follow(act_->undo, history.canUndo(), tr("&Undo"), history.undoText());
    follow(act_->redo, history.canRedo(), tr("&Redo"), history.redoText());
}

void MainWindow::rebuildModelMenu() {
    Actions& a = *act_;
    a.model->clear();
    for (QAction* old : a.models->actions()) {
        a.models->removeAction(old);
        old->deleteLater();
    }
    const QString current = QString::fromStdString(preview_.engine().model);
    auto add = [&](const QString& model, const QString& title) {
        auto* action = a.model->addAction(title);
        action->setCheckable(true);
        action->setChecked(model == current);
        action->setToolTip(model);
        a.models->addAction(action);
        connect(action, &QAction::triggered, this, [this, model] { chooseModel(model); });
    };
    QStringList known = inference_.builtInModels();
    for (const QString& name : known) {
        add(name, name);
    }
    QStringList folders = QSettings().value("models/recent").toStringList();
    if (!known.contains(current) && !folders.contains(current)) {
        folders.prepend(current);
    }
    bool first = true;
    for (const QString& folder : folders) {
        if (folder == current || QFileInfo(folder).isDir()) {
            if (first && !known.isEmpty()) {
                a.model->addSeparator();
            }
            first = false;
            add(folder, QFileInfo(folder).fileName());
        }
    }
    a.model->addSeparator();
    a.model->addAction(a.openModel);
}

void MainWindow::chooseModel(const QString& model) {
    preview_.setModel(model);
    if (QFileInfo(model).isDir()) {
        remember("models/recent", model, kRecentModels);
    }
    QSettings().setValue("models/current", model);
    rebuildModelMenu();
    updateState();
}

void MainWindow::openModelFolder() {
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Open a model folder"), lastFolder("folders/model"));
    if (!folder.isEmpty()) {
        QSettings().setValue("folders/model", QFileInfo(folder).absolutePath());
        chooseModel(folder);
    }
}

void MainWindow::rebuildRecent() {
    QMenu* menu = act_->recent;
    menu->clear();
    for (const QString& path : QSettings().value("pictures/recent").toStringList()) {
        if (QFileInfo::exists(path)) {
            QAction* action = menu->addAction(QFileInfo(path).fileName().replace('&', "&&"));
            action->setToolTip(path);
            connect(action, &QAction::triggered, this, [this, path] { openFile(path); });
        }
    }
    menu->setEnabled(!menu->isEmpty());
}

void MainWindow::rememberRecent(const QString& path) {
    if (!path.isEmpty()) {
        remember("pictures/recent", QFileInfo(path).absoluteFilePath(), kRecentPictures);
    }
}

void MainWindow::openDialog() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a picture"), lastFolder("folders/picture"),
        tr("Pictures") + QStringLiteral(" (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif);;") + tr("All files") +
            QStringLiteral(" (*)"));
    if (!path.isEmpty()) {
        QSettings().setValue("folders/picture", QFileInfo(path).absolutePath());
        openFile(path);
    }
}

void MainWindow::save(SaveKind kind) {
    if (folderShown()) {
        saveFolderDialog(kind);
        return;
    }
    const auto& finding = preview_.finding();
    if (!finding || finding->answer.maps.empty()) {
        return;
    }
    // Taken now: what is on the screen is what is saved, whatever happens behind the dialog.
    SaveJob job;
    job.kind = kind;
    job.image = finding->answer.image;
    job.map = finding->answer.maps.front();
    job.style = mask_->style();
    job.phrase = preview_.foundFor().phrase;
    job.model = QString::fromStdString(preview_.model().name);
    const OpenPicture& picture = document_.picture();
    const QString kept = QSettings().value("folders/save").toString();
    const QString folder = !kept.isEmpty() ? kept : picture.path.isEmpty() ? lastFolder("folders/picture") : QString();
    const QFileInfo suggested(suggestedPath(picture.path, picture.name, kind, folder));
    QFileDialog dialog(this, tr("Save as PNG"), suggested.path(), tr("PNG pictures") + QStringLiteral(" (*.png)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    // The dialog's own: it asks before it replaces the file that is meant, not the name without its ending.
    dialog.setDefaultSuffix(QStringLiteral("png"));
    dialog.selectFile(suggested.fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
        return;
    }
    QString path = dialog.selectedFiles().front();
    if (QFileInfo(path).suffix().compare(QLatin1String("png"), Qt::CaseInsensitive) != 0) {
        path += QStringLiteral(".png");
        if (QFileInfo::exists(path)) {
            showError({ErrorKind::output, path.toStdString() + " is there already", "choose another name"});
            return;
        }
    }
    saveKind_ = kind;
    QSettings().setValue("folders/save", QFileInfo(path).absolutePath());
    job.path = path;
    status_->setWork(tr("Saving %1…").arg(QFileInfo(path).fileName()));
    writer_.write(std::move(job));
}

void MainWindow::copyCutout() {
    const auto& finding = preview_.finding();
    if (!finding || finding->answer.maps.empty()) {
        return;
    }
    const Heatmap alpha = softMask(*finding->answer.maps.front(), document_.threshold());
    QImage cutout = toQImage(*finding->answer.image).convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < cutout.height(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(cutout.scanLine(y));
        for (int x = 0; x < cutout.width(); ++x) {
            row[x] = (row[x] & 0x00ffffffu) | (QRgb(alpha.at(x, y) * 255 + 0.5f) << 24);
        }
    }
    QGuiApplication::clipboard()->setImage(cutout);
    toast_->say(tr("Cutout copied"), 2500);
}

void MainWindow::paste() {
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    if (mime == nullptr) {
        return;
    }
    wantedPhrase_.clear();
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile()) {
            openFile(url.toLocalFile());
            return;
        }
    }
    if (mime->hasImage()) {
        loader_.take(qvariant_cast<QImage>(mime->imageData()), tr("Pasted picture"));
    } else {
        toast_->say(tr("There is no picture on the clipboard"), 2500);
    }
}

void MainWindow::about() {
    QMessageBox box(this);
    box.setWindowTitle(tr("About Maskwright"));
    box.setIconPixmap(windowIcon().pixmap(72, 72));
    box.setText(QStringLiteral("<h3>Maskwright %1</h3>").arg(QStringLiteral(MASKWRIGHT_VERSION)) +
                tr("Say what you are looking for, or show it, and it lights up in the picture.<br>Everything runs on "
                   "this computer."));
    box.setInformativeText(tr("Free software under the GNU General Public License, version 3 or later."));
    auto* close = box.addButton(tr("Close"), QMessageBox::AcceptRole);
    box.setDefaultButton(close);
    box.exec();
}

void MainWindow::rememberWindow() { QSettings().setValue("window/geometry", saveGeometry()); }

}  // namespace maskwright::ui
