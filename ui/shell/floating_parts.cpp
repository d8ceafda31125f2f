#include "ui/shell/floating_parts.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <algorithm>

#include "ui/canvas/canvas.h"
#include "ui/shell/actions.h"
#include "ui/shell/empty_state.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/key_tip.h"
#include "ui/widgets/pill.h"

namespace maskwright::ui {
namespace {

constexpr int kEdge = 14;  // pixels between a part and the canvas's edge
constexpr int kHintTop = 16, kToastBottom = 64;

QToolButton* zoomButton(QAction* action) {
    auto* button = new QToolButton;
    button->setObjectName("flat");
    button->setDefaultAction(action);
    button->setIconSize({16, 16});
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::NoFocus);
    addKeys(*button, *action);
    return button;
}

}  // namespace

FloatingParts::FloatingParts(Canvas& canvas)
    : QObject(&canvas),
      canvas_(canvas),
      empty_(new EmptyState(&canvas)),
      lackingText_(new QLabel(&canvas)),
      hint_(new Pill(&canvas)),
      toast_(new Pill(&canvas)),
      zoom_(new QFrame(&canvas)),
      zoomText_(new QToolButton),
      folder_(new QToolButton(&canvas)) {
    empty_->setAutoFillBackground(false);
    lackingText_->setObjectName("muted");
    lackingText_->setAlignment(Qt::AlignCenter);
    lackingText_->setWordWrap(true);
    lackingText_->setTextFormat(Qt::PlainText);
    lackingText_->hide();
    hint_->setObjectName("hint");
    toast_->setObjectName("toast");
    zoom_->setObjectName("zoom");
    zoomText_->setObjectName("flat");
    zoomText_->setMinimumWidth(58);
    zoomText_->setFocusPolicy(Qt::NoFocus);
    folder_->setObjectName("framed");
    folder_->setIcon(icon("folder"));
    folder_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    folder_->hide();
    canvas_.installEventFilter(this);
    connect(hint_, &Pill::resized, this, &FloatingParts::place);
    connect(toast_, &Pill::resized, this, &FloatingParts::place);
    connect(folder_, &QToolButton::clicked, this, &FloatingParts::folderWanted);
    connect(&canvas_, &Canvas::viewChanged, this, [this](double scale) {
        zoomText_->setText(QLocale().toString(scale * 100, 'f', 0) + QStringLiteral(" %"));
    });
    retranslate();
}

void FloatingParts::setActions(const Actions& actions) {
    connect(zoomText_, &QToolButton::clicked, actions.actual, &QAction::trigger);
    addKeys(*zoomText_, *actions.actual);
    auto* row = new QHBoxLayout(zoom_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    row->addWidget(zoomButton(actions.zoomOut));
    row->addWidget(zoomText_);
    row->addWidget(zoomButton(actions.zoomIn));
    row->addWidget(zoomButton(actions.fit));
}

void FloatingParts::setHint(const QString& hint) {
    if (hint.isEmpty()) {
        hint_->clear();
    } else {
        hint_->say(hint);
    }
}

void FloatingParts::say(const QString& message, int milliseconds) { toast_->say(message, milliseconds); }

void FloatingParts::setLacking(const QString& name) {
    lacking_ = name;
    lackingText_->setVisible(!name.isEmpty());
    lackingText_->setText(
        tr("%1 cannot be shown. What was kept in it stays in the project.").arg(QStringLiteral("“%1”").arg(name)));
}

void FloatingParts::setState(bool picture, bool folder, bool folderShown) {
    empty_->setVisible(!picture);
    zoom_->setVisible(picture && !folderShown);
    folder_->setVisible(picture && folder);
}

bool FloatingParts::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        place();
    } else if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    return QObject::eventFilter(watched, event);
}

void FloatingParts::place() {
    empty_->setGeometry(canvas_.rect());
    lackingText_->setGeometry(canvas_.rect().adjusted(kEdge, kEdge, -kEdge, -kEdge));
    const QSize button = folder_->sizeHint();
    folder_->setGeometry(kEdge, kEdge, button.width(), button.height());
    auto centre = [this](Pill* pill, int y) {
        const QSize size = pill->sizeHint();
        const int width = std::min(size.width(), canvas_.width() - 24);
        pill->setGeometry((canvas_.width() - width) / 2, y, width, size.height());
        pill->raise();
    };
    centre(hint_, kHintTop);
    centre(toast_, canvas_.height() - toast_->sizeHint().height() - kToastBottom);
}

void FloatingParts::retranslate() {
    zoomText_->setToolTip(tr("Show at its own size"));
    setLacking(lacking_);
    folder_->setText(tr("Folder"));
    folder_->setToolTip(tr("Back to the folder's pictures"));
}

}  // namespace maskwright::ui
