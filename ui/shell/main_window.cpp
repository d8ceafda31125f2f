#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/log.h"
#include "ui/canvas/canvas.h"
#include "ui/folder/folder_view.h"
#include "ui/model/settings.h"
#include "ui/panels/candidates_panel.h"
#include "ui/panels/filmstrip.h"
#include "ui/panels/mask_panel.h"
#include "ui/panels/rows_panel.h"
#include "ui/panels/style_panel.h"
#include "ui/panels/supports_panel.h"
#include "ui/panels/tool_rail.h"
#include "ui/shell/banner.h"
#include "ui/shell/correct_controller.h"
#include "ui/shell/empty_state.h"
#include "ui/shell/examples_controller.h"
#include "ui/shell/export_controller.h"
#include "ui/shell/floating_parts.h"
#include "ui/shell/folder_controller.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/help_controller.h"
#include "ui/shell/import_controller.h"
#include "ui/shell/model_controller.h"
#include "ui/shell/models_controller.h"
#include "ui/shell/negative_chip.h"
#include "ui/shell/open_controller.h"
#include "ui/shell/phrase_controller.h"
#include "ui/shell/project_controller.h"
#include "ui/shell/save_controller.h"
#include "ui/shell/settings_controller.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/status_line.h"
#include "ui/shell/view_controller.h"
#include "ui/shell/which_controller.h"
#include "ui/widgets/accessible_role.h"
#include "ui/widgets/busy_line.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/info_bar.h"
#include "ui/widgets/key_tip.h"
#include "ui/widgets/phrase_box.h"
#include "ui/widgets/screen_size.h"

namespace maskwright::ui {
MainWindow::MainWindow(Inference& inference, ModelStore& models, const session::EngineOptions& engine, Theme& theme,
                       Language& language)
    : theme_(theme), language_(language), work_(inference, models, engine) {
    setAcceptDrops(true);
    build();
    setCentralWidget(content_.get());
    actions_ = std::make_unique<Actions>(*menuBar(), work_.document, theme_.scheme(), language_.code());
    actions_->setTools(rail_->actions());
    header_->setActions(*actions_);
    floating_->setActions(*actions_);
    addKeys(folderView_->saveButton(), *actions_->save);
    views_ = new ViewController(work_, *canvas_, *actions_);
    QWidget& over = *content_;
    phrase_ = std::make_unique<PhraseController>(work_, *canvas_, header_->phrase(), over);
    opening_ = std::make_unique<OpenController>(work_.document, work_.pictures, work_.ahead, over);
    models_ = std::make_unique<ModelController>(work_.preview, work_.jobs, work_.models, *actions_->model,
                                                QList{actions_->openModel, actions_->models}, over);
    allModels_ = std::make_unique<ModelsController>(work_.models, *models_, work_.candidates, *actions_->models, over);
    saving_ = std::make_unique<SaveController>(work_.document, work_.preview, work_.rows, work_.candidates,
                                               work_.overlay, over);
    examples_ =
        std::make_unique<ExamplesController>(work_, *canvas_, *rail_, *sidebar_->supports, *sidebar_->style, over);
    correcting_ = std::make_unique<CorrectController>(work_, *actions_, *canvas_, *rail_, *sidebar_->correct, over);
    which_ = std::make_unique<WhichController>(work_, *canvas_, *sidebar_->candidates, *actions_->edit, over);
    header_->setWhichAction(which_->action());
    folder_ = std::make_unique<FolderController>(work_, *folderView_, over);
    exporting_ = std::make_unique<ExportController>(work_, over);
    importing_ = std::make_unique<ImportController>(work_, over);
    project_ = std::make_unique<ProjectController>(work_, *actions_, *opening_, *models_, over);
    settings_ = std::make_unique<SettingsController>(work_.preview, work_.jobs, *actions_, over);
    help_ = std::make_unique<HelpController>(*actions_, *menuBar(), work_.preview, over);
    connectActions();
    connectViewActions();
    connectCanvas();
    connectDocument();
    connectControllers();
    retranslate();
    if (!restoreGeometry(QSettings().value(settings::kGeometry).toByteArray())) {
        resizeOnScreen(*this, {1180, 780});
    }
    updateState();
    header_->focusPhrase(false);
}

MainWindow::~MainWindow() = default;

void MainWindow::start() {
    work_.preview.start();
    project_->start();
    folder_->offerUnfinished();
}

void MainWindow::openFile(const QString& path) { opening_->open(path); }

void MainWindow::openFiles(const QStringList& paths) { opening_->openAll(paths); }

void MainWindow::saveFolder(const QString& target, output::Kind kind) { folder_->save(target, kind); }

void MainWindow::setPhrase(const QString& phrase) { work_.document.setPhrase(phrase); }

const QString& MainWindow::hint() const { return phrase_->hint(); }

void MainWindow::build() {
    content_ = std::make_unique<QWidget>();
    auto* column = new QVBoxLayout(content_.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    header_ = new HeaderBar;
    busy_ = new BusyLine;
    auto* bar = new InfoBar;
    banner_ = new Banner(*bar);
    banner_->setParent(bar);
    column->addWidget(header_);
    column->addWidget(busy_);
    column->addWidget(bar);

    canvas_ = new Canvas;
    canvas_->setObjectName("canvas");
    canvas_->setOverlay(work_.overlay.appearance());
    floating_ = new FloatingParts(*canvas_);
    folderView_ = new FolderView(work_.search, work_.masks);
    pages_ = new QStackedWidget;
    pages_->addWidget(canvas_);
    pages_->addWidget(folderView_);
    rail_ = new ToolRail(work_.tools, work_.correctTools);
    sidebar_ = new Sidebar(work_);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(rail_);
    middle->addWidget(pages_, 1);
    middle->addWidget(sidebar_);
    column->addLayout(middle, 1);
    filmstrip_ = new Filmstrip(work_.pictures);
    column->addWidget(filmstrip_);
    status_ = new StatusLine;
    status_->addTool(&floating_->zoom());
    auto* leftOut = new NegativeChip(work_.document);
    header_->addBesidePhrase(leftOut);
    const auto change = [this] {
        sidebar_->show();
        actions_->sidebar->setChecked(true);
        sidebar_->supports->editLeftOut();
    };
    connect(leftOut, &LeftOutChip::editWanted, this, change);
    connect(sidebar_->rows, &RowsPanel::leftOutWanted, this, change);
    new FocusFrame(*canvas_);
    setAccessibleRole(*canvas_, QAccessible::Graphic);
    column->addWidget(status_);
}

void MainWindow::connectActions() {
    const Actions& a = *actions_;
    connect(a.open, &QAction::triggered, opening_.get(), &OpenController::openDialog);
    connect(a.openFolder, &QAction::triggered, folder_.get(), &FolderController::openDialog);
    connect(a.file, &QMenu::aboutToShow, opening_.get(), [this] { opening_->fillRecent(*actions_->recent); });
    connect(a.save, &QAction::triggered, this, [this] { save(output::Kind::mask); });
    connect(&a, &Actions::saveKindChosen, this, &MainWindow::save);
    connect(a.exportRows, &QAction::triggered, exporting_.get(), &ExportController::show);
    connect(a.importRows, &QAction::triggered, importing_.get(), &ImportController::openDialog);
    connect(a.copy, &QAction::triggered, saving_.get(), [this] { saving_->copy(output::Kind::cutout); });
    connect(a.copyMask, &QAction::triggered, saving_.get(), [this] { saving_->copy(output::Kind::mask); });
    connect(a.closePicture, &QAction::triggered, this, [this] { work_.document.setPicture({}); });
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.paste, &QAction::triggered, opening_.get(), &OpenController::paste);
    connect(a.focusPhrase, &QAction::triggered, this, [this] { header_->focusPhrase(true); });
}

void MainWindow::connectViewActions() {
    const Actions& a = *actions_;
    connect(a.sidebar, &QAction::triggered, sidebar_, &QWidget::setVisible);
    connect(a.fullScreen, &QAction::triggered, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
    connect(&a, &Actions::schemeChosen, this, [this](Scheme scheme) {
        theme_.setScheme(scheme);
        QSettings().setValue(settings::kScheme, int(scheme));
    });
    connect(&a, &Actions::languageChosen, this, [this](const QString& code) {
        language_.use(code);
        QSettings().setValue(settings::kLanguage, code);
    });
}

void MainWindow::connectCanvas() {
    connect(canvas_, &Canvas::pointed, status_,
            [this](QPointF at, bool inside) { status_->showPointer(*canvas_, at, inside); });
    connect(&work_.overlay, &OverlayState::changed, this, [this] {
        canvas_->setOverlay(work_.overlay.appearance());
        showLayers();
        phrase_->follow();
    });
    connect(&floating_->empty(), &EmptyState::openWanted, opening_.get(), &OpenController::openDialog);
    connect(&floating_->empty(), &EmptyState::sampleWanted, opening_.get(), &OpenController::openSample);
    connect(floating_, &FloatingParts::folderWanted, this, [this] { folder_->show(true); });
}

void MainWindow::connectDocument() {
    Document& document = work_.document;
    connect(&work_.rows, &RowFindings::changed, this, [this] {
        showLayers();
        showFinding();
    });
    connect(&document, &Document::rowsChanged, this, &MainWindow::showFinding);
    connect(&document, &Document::pictureChanged, this, [this] {
        canvas_->setPicture(work_.document.picture().pyramid);
        updateState();
    });
    connect(header_, &HeaderBar::whichChosen, &work_.candidates, &Candidates::setOn);
    connect(&work_.candidates, &Candidates::switched, this, &MainWindow::showFinding);
    connect(&work_.candidates, &Candidates::chosenChanged, this, &MainWindow::showFinding);
    connect(&work_.preview, &Preview::findingChanged, this, &MainWindow::showFinding);
    connect(&work_.preview, &Preview::stateChanged, this, &MainWindow::updateState);
    connect(&work_.preview, &Preview::modelOpened, this, &MainWindow::showModel);
    connect(&work_.preview, &Preview::failed, this,
            [this](const Error& error) { banner_->fail(work_.preview, error); });
    connect(&work_.document, &Document::refused, this,
            [this](const Error& error) { banner_->fail(work_.document, error); });
    connect(&work_.document, &Document::edited, this, [this] { banner_->over(work_.document); });
    connect(&work_.preview, &Preview::recovered, this, [this] { banner_->over(work_.preview); });
}

void MainWindow::connectControllers() {
    for (Controller* controller : std::initializer_list<Controller*>{
             phrase_.get(), opening_.get(), models_.get(), allModels_.get(), saving_.get(), examples_.get(),
             correcting_.get(), which_.get(), folder_.get(), exporting_.get(), importing_.get(), project_.get(),
             settings_.get(), help_.get()}) {
        listenTo(*controller);
    }
    connect(phrase_.get(), &PhraseController::hinted, floating_, &FloatingParts::setHint);
    connect(opening_.get(), &OpenController::folderWanted, folder_.get(), &FolderController::open);
    connect(opening_.get(), &OpenController::reduced, canvas_, &Canvas::setPlaceholder);
    connect(opening_.get(), &OpenController::opening, this, [this] { folder_->show(false); });
    connect(opening_.get(), &OpenController::opened, this, [this](bool suggested) { header_->focusPhrase(suggested); });
    connect(folder_.get(), &FolderController::pictureWanted, opening_.get(), [this](const QString& path) {
        QStringList files;
        for (const FolderEntry& entry : work_.search.entries()) {
            if (entry.picture) {
                files << entry.path;
            }
        }
        work_.pictures.add(files);
        opening_->open(path);
    });
    status_->addTool(&allModels_->downloads());
    floating_->empty().offerModels(work_.models);
    connect(&floating_->empty(), &EmptyState::modelsWanted, allModels_.get(), &ModelsController::openDialog);
    connect(filmstrip_, &Filmstrip::wanted, opening_.get(), &OpenController::open);
    connect(filmstrip_, &Filmstrip::removeWanted, &work_.pictures, &Pictures::remove);
    connect(&work_.document, &Document::pictureWanted, opening_.get(), &OpenController::goBackTo);
    connect(sidebar_->rows, &RowsPanel::nameCut, this, [this](int limit) {
        phrase_->sayCut(tr("A name has at most %1 characters; the rest was left out"), limit);
    });
    connect(sidebar_->candidates, &CandidatesPanel::thingCut, this, [this](int limit) {
        phrase_->sayCut(tr("What is meant has at most %1 characters; the rest was left out"), limit);
    });
    connect(actions_->nextPicture, &QAction::triggered, opening_.get(), [this] { opening_->goOn(1); });
    connect(actions_->previousPicture, &QAction::triggered, opening_.get(), [this] { opening_->goOn(-1); });
    connect(folder_.get(), &FolderController::phraseWanted, this, [this] { header_->focusPhrase(false); });
    connect(folder_.get(), &FolderController::closeWanted, this, &QWidget::close);
    connect(project_.get(), &ProjectController::closeWanted, this, &QWidget::close);
    connect(folder_.get(), &FolderController::shownChanged, project_.get(), &ProjectController::setFolderShown);
    connect(exporting_.get(), &ExportController::closeWanted, this, &QWidget::close);
    connect(sidebar_->rows, &RowsPanel::dragWanted, saving_.get(), &SaveController::drag);
    connect(folder_.get(), &FolderController::shownChanged, this, [this](bool shown) {
        pages_->setCurrentWidget(shown ? static_cast<QWidget*>(folderView_) : canvas_);
        sidebar_->setOfPicture(!shown);
        filmstrip_->setOfPicture(!shown);
        showFinding();
    });
}

void MainWindow::listenTo(Controller& controller) {
    connect(&controller, &Controller::working, status_,
            [this, &controller](const QString& what) { status_->setWork(&controller, what); });
    connect(&controller, &Controller::said, floating_, &FloatingParts::say);
    banner_->listenTo(controller);
    connect(&controller, &Controller::stateChanged, this, &MainWindow::updateState);
}

// With a folder on display, saving is for all of it.
void MainWindow::save(output::Kind kind) {
    if (folder_->shown()) {
        folder_->saveDialog(kind);
    } else if (saving_->several()) {
        exporting_->showRows(kind);
    } else {
        phrase_->remember();
        saving_->save(kind);
    }
}

void MainWindow::showFinding() {
    const auto& finding = work_.preview.finding();
    const bool which = work_.candidates.on();
    canvas_->setMask(which ? ShownMask{work_.candidates.map()} : work_.rows.shownNow());
    const bool folder = folder_->shown();  // nothing of a single picture's then
    const bool present = !folder && !which && finding && !finding->answer.presence.empty();
    sidebar_->mask->setPresence(present ? double(finding->answer.presence.front()) : -1);
    sidebar_->mask->setHistogram(folder || which ? nullptr : work_.thresholds.histogram());
    views_->follow();
    phrase_->follow();
    updateState();
}

// The rows' masks, below the one that is worked on.
void MainWindow::showLayers() {
    std::vector<CanvasLayer> layers;
    for (const Row& row : work_.document.rows()) {
        ShownMask shown = work_.rows.shownOf(row);
        if (row.visible && row.id != work_.document.currentRow() && !shown.empty()) {
            layers.push_back({std::move(shown), work_.overlay.appearanceOf(row)});
        }
    }
    canvas_->setLayers(std::move(layers));
    views_->follow();
}

// The size of the picture and the time of what was found; of a folder's pictures neither.
void MainWindow::showStatusOf(bool picture) {
    const auto& image = work_.document.picture().image;
    status_->setPicture(picture && image ? image->width : 0, picture && image ? image->height : 0);
    const auto& finding = work_.preview.finding();
    if (picture && finding) {
        status_->setTiming(finding->answer.timing);
    } else {
        status_->clearTiming();
    }
}

void MainWindow::showModel() {
    const session::ModelInfo& model = work_.preview.model();
    status_->setModel(model);
    log::info("model " + model.name + " on " + model.device + ", " + model.dtype);
    sidebar_->style->setModel(int(model.capabilities.cell), model.capabilities.hidesTokens());
}

void MainWindow::updateState() {
    const PreviewState& state = work_.preview.state();
    busy_->setBusy(state.busy() || opening_->busy() || work_.candidates.busy() || work_.objects.busy());
    status_->setStage(state.busy(), state.stage);
    const bool picture = work_.document.hasPicture(), folder = folder_->shown();
    const bool which = work_.candidates.on();
    const bool finding = which ? work_.candidates.chosen() >= 0 : saving_->job(output::Kind::mask).has_value();
    showStatusOf(picture && !folder);
    const bool saveable = folder ? folder_->saveable() : finding || saving_->several();
    floating_->setState(picture, folder_->any(), folder);
    const bool lacking = opening_->lacking();
    floating_->empty().setVisible(!picture && !lacking);
    floating_->setLacking(lacking ? work_.pictures.entries()[std::size_t(work_.pictures.current())].name : QString());
    rail_->setEnabled(picture && !folder);
    const auto& pictures = work_.document.project().pictures;
    const bool rows = std::any_of(pictures.begin(), pictures.end(), [](const auto& one) { return !one->rows.empty(); });
    actions_->setState({picture && !folder, !folder && finding, picture || rows, saveable});
    header_->setSaveable(saveable);
    header_->setWhich(which, !folder);
    header_->setModel(models_->name());
    updateTitle();
}

void MainWindow::updateTitle() {
    const QString shown = folder_->shown() ? QDir(work_.search.folder()).dirName() : work_.document.picture().name;
    const QString name = project_->titled(shown);
    setWindowTitle(name.isEmpty() ? QStringLiteral("Maskwright") : tr("%1 - Maskwright").arg(name));
    setWindowModified(project_->unsaved());
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::retranslate() {
    setLocale(QLocale());  // also of fields with numbers, and of dialogs that are yet to be made
    actions_->retranslate();
    canvas_->setAccessibleName(tr("Picture"));
    which_->retranslate();
    allModels_->retranslate();
    phrase_->follow();
    banner_->retranslate();
    updateTitle();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!folder_->mayClose() || !exporting_->mayClose() || !project_->mayClose()) {
        event->ignore();
        return;
    }
    QSettings().setValue(settings::kGeometry, saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    // What comes from a row of this window is there already.
    if (event->source() == nullptr && OpenController::canTake(*event->mimeData())) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    if (!importing_->take(*event->mimeData())) {
        opening_->take(*event->mimeData());
    }
    event->acceptProposedAction();
    activateWindow();
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && work_.marks.activeSupport() != nullptr) {
        work_.marks.remove(work_.marks.active());
    } else if (event->key() != Qt::Key_Escape) {
        QMainWindow::keyPressEvent(event);
    } else if (banner_->shown()) {
        banner_->dismiss();
    } else if (folder_->shown() && work_.document.hasPicture()) {
        folder_->show(false);
    } else if (rail_->current() != ToolKind::pan) {
        rail_->choose(ToolKind::pan);
    } else if (!header_->phrase().hasFocus()) {
        header_->focusPhrase(true);
    } else if (!work_.document.currentRow().isEmpty()) {
        work_.document.selectRow({});  // what was kept stays as it is
    } else {
        header_->phrase().clear();
    }
}

}  // namespace maskwright::ui
