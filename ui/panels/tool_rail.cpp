#include "ui/panels/tool_rail.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>
#include <cmath>

#include "ui/canvas/correct_tools.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/key_tip.h"
#include "ui/widgets/mnemonic.h"
#include "ui/widgets/value_slider.h"

namespace maskwright::ui {
namespace {

constexpr std::array<const char*, kToolKinds> kIcons = {"pan",   "brush",  "eraser",  "object", "rectangle",
                                                        "lasso", "marker", "polygon", "pick"};
// In the menu, in every language.
constexpr std::array<char, kToolKinds> kLetters = {'M', 'B', 'E', 'O', 'R', 'L', 'K', 'P', 'I'};
constexpr int kWidth = 124;  // pixels: names beside the icons, in every language
// The size's slider is logarithmic: doublings of the radius, from half a pixel on.
constexpr double kLow = -1, kHigh = 12, kStep = 0.1;

QString percent(double value) { return QLocale().toString(value * 100, 'f', 0) + QStringLiteral(" %"); }

bool corrects(ToolKind kind) { return kind == ToolKind::brush || kind == ToolKind::eraser; }

}  // namespace

ToolRail::ToolRail(RegionTools& tools, CorrectTools& correct, QWidget* parent)
    : QFrame(parent),
      tools_(tools),
      correct_(correct),
      group_(new QActionGroup(this)),
      correctHeading_(new QLabel),
      markHeading_(new QLabel),
      size_(new ValueSlider(
          kLow, kHigh, kStep,
          [](double doublings) { return tr("%1 px").arg(QLocale().toString(2 * std::exp2(doublings), 'f', 0)); })),
      hardness_(new ValueSlider(0, 1, 0.05, percent)) {
    setObjectName("rail");
    setFixedWidth(kWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(7, 8, 7, 8);
    column->setSpacing(2);
    addTool(ToolKind::pan);
    addHeading(correctHeading_);
    for (const ToolKind kind : {ToolKind::brush, ToolKind::eraser, ToolKind::object}) {
        addTool(kind);
    }
    addHeading(markHeading_);
    for (const ToolKind kind :
         {ToolKind::rectangle, ToolKind::lasso, ToolKind::marker, ToolKind::polygon, ToolKind::pick}) {
        addTool(kind);
    }
    actions_.front()->setChecked(true);
    column->addSpacing(10);
    column->addWidget(size_);
    column->addWidget(hardness_);
    column->addStretch(1);
    size_->setObjectName("brushSize");
    hardness_->setObjectName("brushHardness");
    hardness_->setDefault(1);
    connectBrush();
    retranslate();
    follow();
}

void ToolRail::addTool(ToolKind kind) {
    const auto place = std::size_t(kind);
    auto* action = new QAction(icon(kIcons[place]), {}, this);
    action->setObjectName(QStringLiteral("tool-%1").arg(QLatin1String(kIcons[place])));
    // In a menu, where there is no heading.
    action->setProperty("beginsGroup", kind == ToolKind::brush || kind == ToolKind::rectangle);
    action->setCheckable(true);
    action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(place + 1)));
    group_->addAction(action);
    actions_.push_back(action);
    connect(action, &QAction::changed, this, &ToolRail::retranslateTools);  // its keys
    connect(action, &QAction::triggered, this, [this, kind] {
        follow();
        Q_EMIT chosen(kind);
    });
    auto* button = new QToolButton;
    button->setObjectName("flat");
    button->setDefaultAction(action);
    button->setIconSize({18, 18});
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
}

void ToolRail::addHeading(QLabel* heading) {
    heading->setObjectName("muted");
    heading->setContentsMargins(4, 10, 0, 2);
    heading->setWordWrap(true);
    layout()->addWidget(heading);
}

void ToolRail::connectBrush() {
    connect(size_, &ValueSlider::moved, this, [this](double doublings) {
        const double radius = std::exp2(doublings);
        corrects(current()) ? correct_.setRadius(radius) : tools_.setBrushRadius(radius);
    });
    connect(size_, &ValueSlider::reset, this, &ToolRail::follow);
    connect(hardness_, &ValueSlider::moved, &correct_, &CorrectTools::setHardness);
    connect(hardness_, &ValueSlider::reset, this, [this] { correct_.setHardness(1); });
    connect(&tools_, &RegionTools::brushRadiusChanged, this, &ToolRail::follow);
    connect(&correct_, &CorrectTools::brushChanged, this, &ToolRail::follow);
    connect(&correct_, &CorrectTools::swapped, this,
            [this] { choose(current() == ToolKind::brush ? ToolKind::eraser : ToolKind::brush); });
}

void ToolRail::follow() {
    const bool correcting = corrects(current());
    size_->setVisible(correcting || current() == ToolKind::marker);
    hardness_->setVisible(correcting);
    size_->setValue(std::log2(std::max(correcting ? correct_.brush().radius : tools_.brushRadius(), 0.5)));
    hardness_->setValue(correct_.brush().hardness);
}

ToolKind ToolRail::current() const {
    for (int i = 0; i < kToolKinds; ++i) {
        if (actions_[std::size_t(i)]->isChecked()) {
            return ToolKind(i);
        }
    }
    return ToolKind::pan;
}

void ToolRail::choose(ToolKind kind) { actions_[std::size_t(kind)]->trigger(); }

void ToolRail::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        follow();
    } else if (event->type() == QEvent::EnabledChange) {
        group_->setEnabled(isEnabled());  // they are in a menu too
    }
    QFrame::changeEvent(event);
}

void ToolRail::retranslate() {
    correctHeading_->setText(tr("Correct"));
    markHeading_->setText(tr("Mark an example"));
    size_->setTitle(tr("Size"), tr("Of the brush, in pixels of the picture"));
    hardness_->setTitle(tr("Hardness"),
                        tr("Up to where the brush is sure. In its soft rim it keeps to the edge that the "
                           "model sees."));
    retranslateTools();
}

void ToolRail::retranslateTools() {
    const std::array<QString, kToolKinds> names{tr("Move"),  tr("Brush"),  tr("Eraser"),  tr("Object"), tr("Rectangle"),
                                                tr("Lasso"), tr("Marker"), tr("Polygon"), tr("Pick")};
    const QString brushKeys = tr("[ and ] change the size, with Shift the hardness; X changes brush and eraser");
    const std::array<QString, kToolKinds> hints{
        tr("Drag to move the picture, wheel to zoom"),
        tr("Paint into the mask; Alt or the right button erases") + QStringLiteral("<br>") + brushKeys,
        tr("Paint out of the mask; Alt or the right button paints") + QStringLiteral("<br>") + brushKeys,
        tr("Click on an object, in the mask if there is one: it becomes a row of its own"),
        tr("Drag a box around an object"),
        tr("Draw around an object"),
        tr("Paint over an object; Alt takes away, [ and ] change the size"),
        tr("Click corner after corner; a double click closes"),
        tr("Click on something that was found"),
    };
    for (std::size_t i = 0; i < actions_.size(); ++i) {
        actions_[i]->setText(withMnemonic(names[i], kLetters[i]));
        actions_[i]->setIconText(names[i]);  // of the button: its keys are the action's
        const QString name = withKeys(QStringLiteral("<b>%1</b>").arg(names[i]), *actions_[i]);
        QString hint = QStringLiteral("%1<br>%2").arg(name, hints[i]);
        const auto kind = ToolKind(i);
        if (kind >= ToolKind::rectangle && kind != ToolKind::marker) {
            hint += QStringLiteral("<br>") + tr("Shift adds to the example in hand, Alt takes away");
        }
        actions_[i]->setToolTip(hint);
    }
}

}  // namespace maskwright::ui
