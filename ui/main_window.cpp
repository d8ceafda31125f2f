#include "ui/main_window.h"

#include <QCloseEvent>
#include <QDialog>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/canvas/canvas.h"
#include "ui/empty_state.h"
#include "ui/error_text.h"
#include "ui/icons.h"
#include "ui/main_actions.h"
#include "ui/panels/mask_panel.h"
#include "ui/panels/style_panel.h"
#include "ui/status_line.h"
#include "ui/tool_rail.h"
#include "ui/widgets/busy_line.h"
#include "ui/widgets/info_bar.h"
#include "ui/widgets/phrase_box.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

constexpr int kSidebarWidth = 292;
constexpr int kToastTime = 3500;  // milliseconds

QString localFile(const QMimeData* data) {
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            return url.toLocalFile();
        }
    }
    return {};
}

}  // namespace

MainWindow::MainWindow(Inference& inference, const session::EngineOptions& engine, Theme& theme, Language& language)
    : inference_(inference),
      theme_(theme),
      language_(language),
      preview_(document_, inference, engine),
      errands_(preview_, inference),
      folder_(errands_),
      folderMasks_(errands_),
      marks_(document_) {
    build();
    buildActions();
    connectParts();
    retranslate();
    const QSettings settings;
    if (!restoreGeometry(settings.value("window/geometry").toByteArray())) {
        resize(1180, 780);
    }
    mask_->restore();
    updateState();
    phrase_->setFocus();
}

MainWindow::~MainWindow() {
    // The parts go while what they speak to (document, tools) is still there.
    hide();
    canvas_->setTool(nullptr);
    qDeleteAll(findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly));
    delete takeCentralWidget();
}

void MainWindow::start() { preview_.start(); }

void MainWindow::openFile(const QString& path) {
    wantedPhrase_.clear();
    if (QFileInfo(path).isDir()) {
        openFolder(path);
        return;
    }
    loader_.load(path);
}

void MainWindow::openExample(int index) {
    const auto list = examples();
    if (index >= 0 && std::size_t(index) < list.size()) {
        loader_.load(list[std::size_t(index)].file);
        // Someone who has typed already wants that, not our suggestion.
        wantedPhrase_ = document_.search().empty() ? list[std::size_t(index)].phrase : QString();
    }
}

void MainWindow::setPhrase(const QString& phrase) {
    document_.edit(tr("phrase"), "phrase", [&](Search& s) { s.phrase = phrase; });
}

void MainWindow::build() {
    setAcceptDrops(true);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    busy_ = new BusyLine;
    column->addWidget(busy_);
    bar_ = new InfoBar;
    column->addWidget(bar_);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    canvas_ = new Canvas;
    canvas_->setObjectName("canvas");
    canvas_->installEventFilter(this);
    empty_ = new EmptyState(canvas_);
    empty_->setAutoFillBackground(false);
    pill_ = new Pill(canvas_);
    pill_->setObjectName("hint");
    toast_ = new Pill(canvas_);
    toast_->setObjectName("toast");
    buildZoom();
    rail_ = new ToolRail(tools_);
    middle->addWidget(rail_);
    buildFolder();
    middle->addWidget(pages_, 1);

    sidebar_ = new QFrame;
    sidebar_->setObjectName("sidebar");
    sidebar_->setFixedWidth(kSidebarWidth);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QWidget;
    inner->setObjectName("clear");
    panels_ = new QVBoxLayout(inner);
    panels_->setContentsMargins(14, 10, 14, 10);
    panels_->setSpacing(4);
    mask_ = new MaskPanel(document_);
    panels_->addWidget(mask_);
    buildExamples(panels_);
    panels_->addStretch(1);
    scroll->setWidget(inner);
    auto* side = new QVBoxLayout(sidebar_);
    side->setContentsMargins(1, 0, 0, 0);
    side->addWidget(scroll);
    middle->addWidget(sidebar_);

    column->addLayout(middle, 1);
    status_ = new StatusLine;
    column->addWidget(status_);
    setCentralWidget(centre);
}

QWidget* MainWindow::buildHeader() {
    auto* header = new QFrame;
    header->setObjectName("header");
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(12, 8, 12, 9);
    row->setSpacing(10);
    auto makeButton = [](const char* name) {
        auto* button = new QToolButton;
        button->setObjectName(name);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({18, 18});
        button->setMinimumHeight(36);
        return button;
    };
    openButton_ = makeButton("framed");
    openButton_->setIcon(icon("open"));
    phrase_ = new PhraseBox;
    modelButton_ = makeButton("framed");
    modelButton_->setIcon(icon("model"));
    modelButton_->setPopupMode(QToolButton::InstantPopup);
    saveButton_ = makeButton("primary");
    saveButton_->setIcon(icon("save", Qt::white));
    saveButton_->setPopupMode(QToolButton::MenuButtonPopup);
    row->addWidget(openButton_);
    row->addWidget(phrase_, 1);
    row->addWidget(modelButton_);
    row->addWidget(saveButton_);
    return header;
}

void MainWindow::buildZoom() {
    zoomBox_ = new QFrame(canvas_);
    zoomBox_->setObjectName("card");
    auto* row = new QHBoxLayout(zoomBox_);
    row->setContentsMargins(4, 3, 4, 3);
    row->setSpacing(1);
    zoomText_ = new QToolButton;
    zoomText_->setObjectName("flat");
    zoomText_->setMinimumWidth(58);
}

void MainWindow::connectParts() {
    connect(phrase_, &PhraseBox::typed, this, &MainWindow::setPhrase);
    connect(phrase_, &QLineEdit::editingFinished, this, [this] { document_.endMerge(); });
    connect(&document_, &Document::searchChanged, this, [this] { phrase_->setPhrase(document_.search().phrase); });
    connect(canvas_, &Canvas::typed, this, [this](const QString& text) {
        phrase_->setFocus();
        phrase_->insert(text);
        setPhrase(phrase_->text());
    });
    connect(canvas_, &Canvas::viewChanged, this, [this](double scale) {
        zoomText_->setText(QLocale().toString(scale * 100, 'f', 0) + QStringLiteral(" %"));
    });
    connect(canvas_, &Canvas::pointed, this, [this](QPointF at, bool inside) {
        QString text;
        if (inside) {
            text = QStringLiteral("%1, %2").arg(int(at.x())).arg(int(at.y()));
            if (const auto& map = canvas_->map();
                map && map->full && int(at.x()) < map->full->width && int(at.y()) < map->full->height) {
                text +=
                    QStringLiteral("  ·  %1").arg(QLocale().toString(map->full->at(int(at.x()), int(at.y())), 'f', 2));
            }
        }
        status_->setPointer(text);
    });
    connect(mask_, &MaskPanel::styleChanged, this, [this] {
        canvas_->setOverlay(mask_->style());
        showHint();
    });
    connectExamples();
    connectFolder();
    connect(empty_, &EmptyState::openWanted, this, &MainWindow::openDialog);
    connect(empty_, &EmptyState::exampleWanted, this, &MainWindow::openExample);
    connect(pill_, &Pill::resized, this, &MainWindow::placeFloating);
    connect(toast_, &Pill::resized, this, &MainWindow::placeFloating);

    connect(&loader_, &PictureLoader::started, this,
            [this](const QString& name) { status_->setWork(tr("Reading %1…").arg(QFileInfo(name).fileName())); });
    connect(&loader_, &PictureLoader::loaded, this, [this](const OpenPicture& picture) {
        status_->setWork({});
        bar_->dismiss();
        showFolder(false);
        document_.setPicture(picture);
        rememberRecent(picture.path);
        if (!wantedPhrase_.isEmpty()) {
            setPhrase(wantedPhrase_);
            document_.endMerge();
            phrase_->selectAll();
        }
        phrase_->setFocus();
    });
    connect(&loader_, &PictureLoader::failed, this, [this](const QString&, const Error& error) {
        status_->setWork({});
        showError(error);
    });
    connect(&document_, &Document::pictureChanged, this, [this] {
        canvas_->setPicture(document_.picture().pyramid);
        const auto& image = document_.picture().image;
        status_->setPicture(image ? image->width : 0, image ? image->height : 0);
        updateState();
    });
    connect(&preview_, &Preview::findingChanged, this, &MainWindow::showFinding);
    connect(&preview_, &Preview::stateChanged, this, &MainWindow::updateState);
    connect(&preview_, &Preview::modelOpened, this, [this] {
        status_->setModel(preview_.model());
        style_->setModel(int(preview_.model().cell), preview_.model().hasTokens());
        if (preview_.model().slowBlas) {
            bar_->showMessage(InfoBar::Kind::notice, tr("The computer's slow linear algebra library is in use."),
                              tr("Install OpenBLAS (libopenblas0-pthread) to make everything many times faster."));
        }
        rebuildModelMenu();
    });
    connect(&preview_, &Preview::failed, this, [this](const Error& error) { showError(error, true); });
    connect(&preview_, &Preview::recovered, this, [this] {
        if (std::exchange(previewFailed_, false)) {
            bar_->dismiss();
        }
    });
    connect(&inference_, &Inference::modelsKnown, this, &MainWindow::rebuildModelMenu);
    connect(&writer_, &MaskWriter::written, this, [this](const QString& path) {
        status_->setWork({});
        toast_->say(tr("Saved %1").arg(QFileInfo(path).fileName()), kToastTime);
    });
    connect(&writer_, &MaskWriter::failed, this, [this](const Error& error) {
        status_->setWork({});
        showError(error);
    });
}

void MainWindow::placeFloating() {
    empty_->setGeometry(canvas_->rect());
    const QSize zoom = zoomBox_->sizeHint();
    zoomBox_->setGeometry(canvas_->width() - zoom.width() - 14, canvas_->height() - zoom.height() - 14, zoom.width(),
                          zoom.height());
    const QSize button = folderButton_->sizeHint();
    folderButton_->setGeometry(14, 14, button.width(), button.height());
    auto place = [this](Pill* pill, int y) {
        const QSize size = pill->sizeHint();
        const int width = std::min(size.width(), canvas_->width() - 24);
        pill->setGeometry((canvas_->width() - width) / 2, y, width, size.height());
        pill->raise();
    };
    place(pill_, 16);
    place(toast_, canvas_->height() - toast_->sizeHint().height() - 64);
}

void MainWindow::showFinding() {
    const auto& finding = preview_.finding();
    canvas_->setMap(finding && !finding->maps.empty() ? finding->maps.front() : nullptr);
    mask_->setPresence(finding && !finding->answer.presence.empty() ? double(finding->answer.presence.front()) : -1);
    if (finding) {
        status_->setTiming(finding->answer.timing);
    } else {
        status_->clearTiming();
    }
    showHint();
    updateState();
}

void MainWindow::showHint() {
    hint_.clear();
    const auto& finding = preview_.finding();
    if (finding && !finding->answer.presence.empty()) {
        const QString phrase = preview_.foundFor().phrase.trimmed();
        if (double(finding->answer.presence.front()) <= document_.threshold()) {
            hint_ = phrase.isEmpty() ? tr("Nothing like the example here") : tr("No “%1” here").arg(phrase);
        } else if (!finding->answer.truncated.empty() && finding->answer.truncated.front()) {
            hint_ = tr("The phrase is too long; its end was not read");
        }
    }
    if (hint_.isEmpty()) {
        pill_->clear();
    } else {
        pill_->say(hint_);
    }
}

void MainWindow::showError(const Error& error, bool ofPreview) {
    previewFailed_ = ofPreview;
    shownError_ = error;
    const ErrorText text = errorText(error);
    bar_->showMessage(InfoBar::Kind::error, text.what, text.advice);
}

void MainWindow::updateState() {
    const PreviewState& state = preview_.state();
    busy_->setBusy(state.busy() || loader_.busy());
    status_->setStage(state.busy(), state.stage);
    const bool picture = document_.hasPicture();
    empty_->setVisible(!picture);
    zoomBox_->setVisible(picture);
    rail_->setEnabled(picture && !folderShown());
    folderButton_->setVisible(picture && !folder_.entries().empty());
    // With a folder on display, saving is for all of it.
    const bool folder = folderShown(), folderReady = !folder_.entries().empty() && !folderMasks_.running();
    const bool saveable = folder ? folderReady : preview_.finding() != nullptr;
    act_->update(picture && !folder, !folder && preview_.finding() != nullptr, saveable);
    saveButton_->setEnabled(saveable);
    const session::ModelInfo& model = preview_.model();
    modelButton_->setText(QString::fromStdString(
        model.name.empty() ? QFileInfo(QString::fromStdString(preview_.engine().model)).fileName().toStdString()
                           : model.name));
    updateTitle();
}

void MainWindow::updateTitle() {
    const QString name = document_.picture().name;
    setWindowTitle(document_.hasPicture() ? tr("%1 - Maskwright").arg(name) : QStringLiteral("Maskwright"));
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::retranslate() {
    openButton_->setText(tr("Open"));
    openButton_->setToolTip(tr("Open a picture (Ctrl+O)"));
    saveButton_->setText(tr("Save"));
    modelButton_->setToolTip(tr("The model that looks for things"));
    zoomText_->setToolTip(tr("Show at its own size (Ctrl+1)"));
    retranslateActions();
    showHint();
    if (bar_->isVisible() && bar_->kind() == InfoBar::Kind::error && shownError_) {
        showError(*shownError_, previewFailed_);
    }
    updateTitle();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (folderMasks_.running()) {
        askBeforeClosing();
        event->ignore();
        return;
    }
    rememberWindow();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasImage() || !localFile(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QString path = localFile(event->mimeData());
    if (!path.isEmpty()) {
        openFile(path);
    } else if (event->mimeData()->hasImage()) {
        wantedPhrase_.clear();
        loader_.take(qvariant_cast<QImage>(event->mimeData()->imageData()), tr("Dropped picture"));
    }
    event->acceptProposedAction();
    activateWindow();
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        if (bar_->isVisible()) {
            bar_->dismiss();
        } else if (folderShown() && document_.hasPicture()) {
            showFolder(false);
        } else if (rail_->current() != ToolKind::pan) {
            rail_->choose(ToolKind::pan);
        } else if (!phrase_->hasFocus()) {
            phrase_->setFocus();
            phrase_->selectAll();
        } else {
            phrase_->clear();
        }
        return;
    }
    QMainWindow::keyPressEvent(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == canvas_ && (event->type() == QEvent::Resize || event->type() == QEvent::Show)) {
        placeFloating();
    }
    return QMainWindow::eventFilter(watched, event);
}

}  // namespace maskwright::ui
