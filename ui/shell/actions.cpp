#include "ui/shell/actions.h"

#include <QMenuBar>
#include <algorithm>

#include "ui/model/language.h"
#include "ui/widgets/icons.h"

namespace maskwright::ui {

Actions::Actions(QMenuBar& bar, Document& document, Scheme scheme, const QString& code) : document_(document) {
    for (QMenu** menu : {&file, &edit, &view, &tools, &model, &help}) {
        *menu = bar.addMenu(QString());
    }
    buildFile();
    buildEdit();
    buildView();
    buildAppearance(scheme);
    buildLanguage(code);
    openModel = new QAction(icon("folder"), QString(), this);
    models = new QAction(icon("model"), QString(), this);
    shortcuts = add(help, "", QKeySequence("Ctrl+Shift+K"));
    log = add(help);
    help->addSeparator();
    about = add(help, "info");
    giveNames();
}

QAction* Actions::add(QMenu* to, const char* iconName, const QKeySequence& keys) {
    auto* action = new QAction(this);
    if (*iconName != '\0') {
        action->setIcon(icon(iconName));
    }
    action->setShortcut(keys);
    to->addAction(action);
    return action;
}

QAction* Actions::addToggle(QMenu* to, const char* iconName, const QKeySequence& keys, bool on) {
    QAction* action = add(to, iconName, keys);
    action->setCheckable(true);
    action->setChecked(on);
    return action;
}

void Actions::buildFile() {
    open = add(file, "open", QKeySequence::Open);
    openFolder = add(file, "folder", QKeySequence("Ctrl+Shift+O"));
    recent = file->addMenu(QString());
    file->addSeparator();
    newProject = add(file, "", QKeySequence::New);
    openProject = add(file);
    recentProjects = file->addMenu(QString());
    saveProject = add(file, "", QKeySequence::Save);
    saveProjectAs = add(file, "", QKeySequence("Ctrl+Shift+S"));
    findMissing = add(file);
    file->addSeparator();
    save = add(file, "save", QKeySequence("Ctrl+E"));
    saveAs = file->addMenu(QString());
    for (std::size_t i = 0; i < kSaveKinds.size(); ++i) {
        QAction* action = add(saveAs);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT saveKindChosen(kSaveKinds[i]); });
        saveKinds[i] = action;
    }
    saveAs->addSeparator();
    softEdges = addToggle(saveAs, "", {}, true);
    exportRows = add(file, "", QKeySequence("Ctrl+Shift+E"));
    importRows = add(file);
    file->addSeparator();
    copy = add(file, "", QKeySequence("Ctrl+Shift+C"));
    copyMask = add(file);
    file->addSeparator();
    closePicture = add(file, "", QKeySequence::Close);
    quit = add(file, "", QKeySequence("Ctrl+Q"));
}

void Actions::buildEdit() {
    undo = add(edit, "undo", QKeySequence::Undo);
    redo = add(edit, "redo");
    redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    connect(undo, &QAction::triggered, &document_, &Document::undo);
    connect(redo, &QAction::triggered, &document_, &Document::redo);
    connect(&document_, &Document::historyChanged, this, &Actions::refreshHistory);
    edit->addSeparator();
    paste = add(edit, "", QKeySequence::Paste);
    focusPhrase = add(edit, "search", QKeySequence::Find);
    buildCorrect();
    preferences = add(edit, "sliders", QKeySequence("Ctrl+,"));
}

void Actions::buildCorrect() {
    correct = edit->addMenu(QString());
    for (QAction*& action : corrections) {
        action = add(correct);
    }
    correct->addSeparator();
    removeCorrection = add(correct);
}

void Actions::buildView() {
    nextPicture = add(view, "", QKeySequence(Qt::Key_PageDown));
    previousPicture = add(view, "", QKeySequence(Qt::Key_PageUp));
    view->addSeparator();
    zoomIn = add(view, "plus");
    zoomIn->setShortcuts({QKeySequence::ZoomIn, QKeySequence("Ctrl+=")});
    zoomOut = add(view, "minus", QKeySequence::ZoomOut);
    fit = add(view, "fit", QKeySequence("Ctrl+0"));
    actual = add(view, "actual", QKeySequence("Ctrl+1"));
    view->addSeparator();
    showMask = addToggle(view, "eye", QKeySequence("Ctrl+M"), true);
    buildMaskView();
    navigator = addToggle(view, "", QKeySequence("F8"), true);
    sidebar = addToggle(view, "sliders", QKeySequence("F9"), true);
    fullScreen = addToggle(view, "", QKeySequence(Qt::Key_F11), false);
    view->addSeparator();
}

void Actions::buildMaskView() {
    maskView = view->addMenu(QString());
    auto* group = new QActionGroup(this);
    const std::array<MaskView, kMaskViews> shown{MaskView::tint, MaskView::outline, MaskView::spotlight,
                                                 MaskView::mask, MaskView::cutout,  MaskView::heat};
    for (std::size_t i = 0; i < shown.size(); ++i) {
        QAction* action = addToggle(maskView, "", QKeySequence(QStringLiteral("Ctrl+Alt+%1").arg(i + 1)), i == 0);
        group->addAction(action);
        maskViews[std::size_t(shown[i])] = action;
    }
    maskView->addSeparator();
    split = addToggle(maskView, "", QKeySequence("Ctrl+B"), false);
}

void Actions::buildAppearance(Scheme scheme) {
    appearance = view->addMenu(QString());
    auto* group = new QActionGroup(this);
    for (int i = 0; i < int(schemes_.size()); ++i) {
        QAction* action = addToggle(appearance, "", {}, int(scheme) == i);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT schemeChosen(Scheme(i)); });
        group->addAction(action);
        schemes_[std::size_t(i)] = action;
    }
}

void Actions::buildLanguage(const QString& inUse) {
    language = view->addMenu(QString());
    auto* group = new QActionGroup(this);
    for (const QString& code : QStringList{QString()} + Language::available()) {
        QAction* action = addToggle(language, "", {}, inUse == code);
        action->setText(code.isEmpty() ? QString() : Language::nameOf(code));
        action->setData(code);
        connect(action, &QAction::triggered, this, [this, code] { Q_EMIT languageChosen(code); });
        group->addAction(action);
        languages_.push_back(action);
    }
}

Scheme Actions::schemeNow() const {
    const auto ticked =
        std::find_if(schemes_.begin(), schemes_.end(), [](const QAction* action) { return action->isChecked(); });
    return ticked == schemes_.end() ? Scheme::system : Scheme(ticked - schemes_.begin());
}

QString Actions::languageNow() const {
    const auto ticked =
        std::find_if(languages_.begin(), languages_.end(), [](const QAction* action) { return action->isChecked(); });
    return ticked == languages_.end() ? QString() : (*ticked)->data().toString();
}

void Actions::choose(Scheme scheme) const { schemes_[std::size_t(scheme)]->trigger(); }

void Actions::choose(const QString& code) const {
    for (QAction* action : languages_) {
        if (action->data().toString() == code) {
            action->trigger();
        }
    }
}

void Actions::setState(const ActionState& state) {
    for (QAction* action : {closePicture, zoomIn, zoomOut, fit, actual}) {
        action->setEnabled(state.picture);
    }
    // Beside a folder's pictures there is nothing that they would act on.
    for (QAction* action : {split, maskViews[std::size_t(MaskView::mask)], maskViews[std::size_t(MaskView::cutout)]}) {
        action->setEnabled(state.picture);
    }
    exportRows->setEnabled(state.exportable);
    importRows->setEnabled(state.picture);
    for (QAction* action : {copy, copyMask}) {
        action->setEnabled(state.finding);
    }
    showMask->setEnabled(state.finding || (state.picture && state.saveable));
    save->setEnabled(state.saveable);
    saveAs->setEnabled(state.saveable);
    for (QAction* action : saveKinds) {
        action->setEnabled(state.saveable);
    }
}

void Actions::retranslate() {
    file->setTitle(tr("&File"));
    edit->setTitle(tr("&Edit"));
    view->setTitle(tr("&View"));
    tools->setTitle(tr("&Tools"));
    model->setTitle(tr("&Model"));
    help->setTitle(tr("&Help"));
    open->setText(tr("&Open…"));
    openFolder->setText(tr("Open a &folder…"));
    recent->setTitle(tr("O&pen recent"));
    newProject->setText(tr("&New project"));
    openProject->setText(tr("Open p&roject…"));
    recentProjects->setTitle(tr("Recen&t projects"));
    saveProject->setText(tr("S&ave project"));
    saveProjectAs->setText(tr("Save pro&ject as…"));
    findMissing->setText(tr("Find m&issing pictures…"));
    save->setText(tr("&Save mask…"));
    saveAs->setTitle(tr("Sa&ve as"));
    const std::array<QString, kSaveKinds.size()> kinds{
        tr("&Mask, black and white…"), tr("&Probability, shades of grey…"), tr("&Cutout, without background…"),
        tr("Picture &with the mask over it…")};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        saveKinds[i]->setText(kinds[i]);
    }
    softEdges->setText(tr("Cutouts with &soft edges"));
    softEdges->setToolTip(tr("Pixels at the border are kept in part; off: whole pixels only"));
    exportRows->setText(tr("&Export…"));
    importRows->setText(tr("I&mport annotations…"));
    copy->setText(tr("&Copy cutout"));
    copyMask->setText(tr("Copy mas&k"));
    closePicture->setText(tr("C&lose picture"));
    quit->setText(tr("&Quit"));
    refreshHistory();
    paste->setText(tr("&Paste picture"));
    focusPhrase->setText(tr("&Type a phrase"));
    retranslateCorrect();
    retranslateView();
    openModel->setText(tr("Open a model &folder…"));
    models->setText(tr("&Models…"));
    preferences->setText(tr("&Settings…"));
    shortcuts->setText(tr("&Keyboard shortcuts…"));
    log->setText(tr("&Log…"));
    about->setText(tr("&About Maskwright"));
}

void Actions::retranslateCorrect() {
    correct->setTitle(tr("&Correct the mask"));
    const std::pair<MaskChange, QString> names[] = {
        {MaskChange::fillHoles, tr("Fill &holes")},   {MaskChange::largestPart, tr("Keep the &largest part")},
        {MaskChange::dropSpecks, tr("&Drop specks")}, {MaskChange::grow, tr("&Grow")},
        {MaskChange::shrink, tr("&Shrink")},          {MaskChange::smooth, tr("S&mooth the edge")},
        {MaskChange::invert, tr("&Invert")}};
    for (const auto& [change, name] : names) {
        corrections[std::size_t(change)]->setText(name);
    }
    removeCorrection->setText(tr("&Remove the correction"));
}

void Actions::retranslateView() {
    nextPicture->setText(tr("&Next picture"));
    previousPicture->setText(tr("&Previous picture"));
    zoomIn->setText(tr("Zoom &in"));
    zoomOut->setText(tr("Zoom &out"));
    fit->setText(tr("&Fit to window"));
    actual->setText(tr("Own &size (100 %)"));
    showMask->setText(tr("Show the &mask"));
    retranslateMaskView();
    sidebar->setText(tr("Side pan&el"));
    fullScreen->setText(tr("F&ull screen"));
    appearance->setTitle(tr("&Appearance"));
    schemes_[0]->setText(tr("Like the &system"));
    schemes_[1]->setText(tr("&Light"));
    schemes_[2]->setText(tr("&Dark"));
    language->setTitle(tr("&Language"));
    languages_.front()->setText(tr("Like the &system"));
}

void Actions::retranslateMaskView() {
    maskView->setTitle(tr("Mask &view"));
    const std::pair<MaskView, QString> names[] = {
        {MaskView::tint, tr("&Tint")}, {MaskView::outline, tr("&Outline")}, {MaskView::spotlight, tr("&Spotlight")},
        {MaskView::mask, tr("&Mask")}, {MaskView::cutout, tr("&Cutout")},   {MaskView::heat, tr("&Heat")}};
    for (const auto& [which, name] : names) {
        maskViews[std::size_t(which)]->setText(name);
    }
    split->setText(tr("&Before and after"));
    navigator->setText(tr("Navi&gator"));
}

void Actions::refreshHistory() {
    auto follow = [](QAction* action, bool can, const QString& verb, const QString& what) {
        action->setEnabled(can);
        action->setText(what.isEmpty() ? verb : tr("%1: %2", "Undo: phrase").arg(verb, what));
    };
    follow(undo, document_.canUndo(), tr("&Undo"), document_.undoName());
    follow(redo, document_.canRedo(), tr("&Redo"), document_.redoName());
}

}  // namespace maskwright::ui
