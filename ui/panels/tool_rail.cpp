#include "ui/panels/tool_rail.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>
#include <cmath>

#include "ui/widgets/icons.h"

namespace maskwright::ui {
namespace {

constexpr std::array<const char*, kToolKinds> kIcons = {"pan", "rectangle", "lasso", "brush", "polygon", "pick"};
// The brush's slider is logarithmic, in tenths of a doubling.
constexpr double kPerDoubling = 10;

}  // namespace

ToolRail::ToolRail(RegionTools& tools, QWidget* parent)
    : QFrame(parent), tools_(tools), group_(new QActionGroup(this)), brush_(new QSlider(Qt::Vertical)) {
    setObjectName("rail");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 8, 6, 8);
    column->setSpacing(4);
    for (int i = 0; i < kToolKinds; ++i) {
        auto* action = new QAction(icon(kIcons[std::size_t(i)]), {}, this);
        action->setObjectName(QStringLiteral("tool-%1").arg(QLatin1String(kIcons[std::size_t(i)])));
        action->setCheckable(true);
        action->setChecked(i == 0);
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)));
        group_->addAction(action);
        actions_.push_back(action);
        connect(action, &QAction::triggered, this, [this, i] {
            brush_->setVisible(ToolKind(i) == ToolKind::brush);
            Q_EMIT chosen(ToolKind(i));
        });
        auto* button = new QToolButton;
        button->setObjectName("flat");
        button->setDefaultAction(action);
        button->setIconSize({20, 20});
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setFocusPolicy(Qt::NoFocus);
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    brush_->setRange(0, 120);
    brush_->setFixedHeight(140);
    brush_->setVisible(false);
    column->addSpacing(6);
    column->addWidget(brush_, 0, Qt::AlignHCenter);
    column->addStretch(1);
    connect(brush_, &QSlider::valueChanged, this,
            [this](int value) { tools_.setBrushRadius(std::exp2(value / kPerDoubling)); });
    connect(&tools_, &RegionTools::brushRadiusChanged, this, [this](double radius) {
        const QSignalBlocker quiet(brush_);
        brush_->setValue(int(std::lround(std::log2(std::max(radius, 1.0)) * kPerDoubling)));
    });
    retranslate();
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
    } else if (event->type() == QEvent::EnabledChange) {
        group_->setEnabled(isEnabled());  // they are in a menu too
    }
    QFrame::changeEvent(event);
}

void ToolRail::retranslate() {
    const std::array<QString, kToolKinds> names{
        tr("Move the picture"), tr("Rectangle"), tr("Lasso"), tr("Brush"), tr("Polygon"), tr("Pick what was found")};
    const std::array<QString, kToolKinds> hints{
        tr("Drag to move, wheel to zoom"),
        tr("Drag a box around an object"),
        tr("Draw around an object"),
        tr("Paint over an object; Alt takes away, [ and ] change the size"),
        tr("Click corner after corner; a double click closes"),
        tr("Click on something that was found"),
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        actions_[i]->setText(names[i]);
        QString hint = QStringLiteral("<b>%1</b> (Alt+%2)<br>%3").arg(names[i]).arg(i + 1).arg(hints[i]);
        if (i != 0 && ToolKind(i) != ToolKind::brush) {
            hint += QStringLiteral("<br>") + tr("Shift adds to the example in hand, Alt takes away");
        }
        actions_[i]->setToolTip(hint);
    }
    brush_->setToolTip(tr("Size of the brush"));
    brush_->setAccessibleName(tr("Size of the brush"));
}

}  // namespace maskwright::ui
