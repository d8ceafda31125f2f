#include "ui/shell/which_controller.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <algorithm>
#include <utility>

#include "core/image_io/endings.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/outline.h"
#include "ui/dialogs/side_by_side.h"
#include "ui/model/error_text.h"
#include "ui/model/settings.h"
#include "ui/panels/candidates_panel.h"

namespace maskwright::ui {

namespace {

// So many are drawn, or the lines hide the picture; all of them light up where they are pointed at.
constexpr std::size_t kFaint = 12;

}  // namespace

WhichController::WhichController(Workspace& workspace, Canvas& canvas, CandidatesPanel& panel, QMenu& menu,
                                 QWidget& over)
    : Controller(over),
      workspace_(workspace),
      canvas_(canvas),
      which_(new QAction(this)),
      next_(new QAction(this)),
      previous_(new QAction(this)) {
    which_->setObjectName("whichOne");
    next_->setObjectName("nextCandidate");
    previous_->setObjectName("previousCandidate");
    which_->setCheckable(true);
    which_->setShortcut(QKeySequence("F4"));
    next_->setShortcut(QKeySequence("F3"));
    previous_->setShortcut(QKeySequence("Shift+F3"));
    menu.addSeparator();
    menu.addActions({which_, next_, previous_});
    Candidates& candidates = workspace_.candidates;
    connect(which_, &QAction::triggered, &candidates, &Candidates::setOn);
    connect(next_, &QAction::triggered, &candidates, [&candidates] { candidates.step(1); });
    connect(previous_, &QAction::triggered, &candidates, [&candidates] { candidates.step(-1); });
    connect(&candidates, &Candidates::switched, this, [this, &panel](bool on) {
        panel.setVisible(on);
        which_->setChecked(on);
        showOutlines();
        updateActions();
        Q_EMIT stateChanged();
    });
    connect(&candidates, &Candidates::replaced, this, &WhichController::makeOutlines);
    connect(&candidates, &Candidates::ranked, this, [this] {
        if (std::exchange(failed_, false)) {  // a notice stays
            Q_EMIT succeeded();
        }
        showOutlines();
        updateActions();
    });
    connect(&candidates, &Candidates::litChanged, this, &WhichController::showOutlines);
    connect(&candidates, &Candidates::chosenChanged, this, [this] {
        showOutlines();
        Q_EMIT stateChanged();
    });
    connect(&candidates, &Candidates::busyChanged, this, [this] {
        const bool asked = !workspace_.document.search().phrase.trimmed().isEmpty();
        Q_EMIT working(!workspace_.candidates.busy() ? QString()
                       : asked                       ? tr("Comparing what the picture holds with the phrase…")
                                                     : tr("Looking for what the picture holds…"));
        Q_EMIT stateChanged();
    });
    connect(&candidates, &Candidates::failed, this, [this](const Error& error) {
        failed_ = true;
        Q_EMIT failed(error);
    });
    connect(&candidates, &Candidates::moved, this,
            [this](const Message& message) { Q_EMIT noticed(messageText(message), {}); });
    connect(&panel, &CandidatesPanel::exampleWanted, this, &WhichController::useAsExample);
    connect(&panel, &CandidatesPanel::pathWanted, this, &WhichController::askPath);
    connect(&panel, &CandidatesPanel::rowWanted, &workspace_.corrections,
            [this] { workspace_.corrections.takeCandidate(workspace_.candidates.chosen()); });
    connect(&panel, &CandidatesPanel::sideBySideWanted, this, &WhichController::showSideBySide);
    panel.setVisible(candidates.on());
    connectCanvas();
    retranslate();
    updateActions();
}

void WhichController::connectCanvas() {
    connect(&canvas_, &Canvas::pointed, this, [this](QPointF at, bool inside) {
        Candidates& candidates = workspace_.candidates;
        const std::vector<int> under = candidates.on() && inside ? candidates.at(at) : std::vector<int>{};
        candidates.light(under.empty() ? -1 : under.front());
    });
    connect(&canvas_, &Canvas::clicked, this, [this](QPointF at) {
        if (workspace_.candidates.on()) {
            take(at);
        }
    });
}

void WhichController::makeOutlines() {
    outlines_.clear();
    if (const auto& answer = workspace_.candidates.answer()) {
        for (const proposals::Proposal& one : answer->candidates) {
            outlines_.push_back(std::make_shared<const QPainterPath>(outlineOf(one.runs, one.box)));
        }
    }
    showOutlines();
    updateActions();
}

// Faint lines for the likeliest but the chosen one, which is the mask; the one pointed at last, over the others.
void WhichController::showOutlines() {
    const Candidates& candidates = workspace_.candidates;
    const std::vector<std::size_t>& order = candidates.ranking().order;
    std::vector<CanvasOutline> shown;
    for (std::size_t place = 0; candidates.on() && place < std::min(order.size(), kFaint); ++place) {
        const auto i = order[place];
        if (i < outlines_.size() && int(i) != candidates.lit() && int(i) != candidates.chosen()) {
            shown.push_back({outlines_[i], false});
        }
    }
    const int lit = candidates.lit();
    if (candidates.on() && lit >= 0 && lit < int(outlines_.size())) {
        shown.push_back({outlines_[std::size_t(lit)], true});
    }
    canvas_.setOutlines(std::move(shown));
}

// The smallest that is there; clicked again, the next larger one.
void WhichController::take(QPointF point) {
    Candidates& candidates = workspace_.candidates;
    const std::vector<int> under = candidates.at(point);
    if (under.empty()) {
        return;
    }
    const auto now = std::find(under.begin(), under.end(), candidates.chosen());
    candidates.choose(now == under.end() || now + 1 == under.end() ? under.front() : *(now + 1));
}

void WhichController::useAsExample() {
    Candidates& candidates = workspace_.candidates;
    if (candidates.chosen() >= 0) {
        const Support example = candidates.exampleOf(candidates.chosen());
        candidates.setOn(false);
        workspace_.marks.add(example);
    }
}

// A source that lies in a file or a folder.
void WhichController::askPath(session::WhichSource::Kind kind, bool folder) {
    using Kind = session::WhichSource::Kind;
    const char* key = kind == Kind::file ? settings::kCandidateFolder : settings::kModelFolder;
    const QString where = settings::lastFolder(key);
    const QString title = kind == Kind::sam    ? tr("Open the folder of a Segment Anything model")
                          : kind == Kind::solo ? tr("Open the folder of a SOLO model")
                          : folder             ? tr("Open a folder with the masks of this picture")
                                               : tr("Open masks of this picture");
    const QString patterns = QStringLiteral(" (%1 *.json)").arg(QString::fromStdString(image_io::dialogPatterns(true)));
    const QString path =
        folder ? QFileDialog::getExistingDirectory(&over_, title, where)
               : QFileDialog::getOpenFileName(&over_, title, where, tr("Label pictures and COCO") + patterns);
    if (!path.isEmpty()) {
        QSettings().setValue(key, QFileInfo(path).absolutePath());
        workspace_.candidates.setSource(kind, path);
    }
}

void WhichController::showSideBySide() {
    if (!sideBySide_) {
        sideBySide_ = new SideBySide(workspace_.document, workspace_.preview, workspace_.candidates, &over_);
    }
    sideBySide_->show();
    sideBySide_->raise();
}

void WhichController::updateActions() {
    const bool some = workspace_.candidates.on() && workspace_.candidates.count() > 0;
    next_->setEnabled(some);
    previous_->setEnabled(some);
}

void WhichController::retranslate() {
    which_->setText(tr("&Which one"));
    next_->setText(tr("&Next candidate"));
    previous_->setText(tr("Pre&vious candidate"));
}

}  // namespace maskwright::ui
