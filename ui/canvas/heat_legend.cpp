#include "ui/canvas/heat_legend.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>

#include "core/output/overlay.h"
#include "ui/model/overlay_state.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr int kWidth = 210, kBar = 12, kMargin = 10, kGap = 4;

QString percent(double value) { return QLocale().toString(value * 100, 'f', 0) + QStringLiteral(" %"); }

}  // namespace

HeatLegend::HeatLegend(QWidget* parent) : QWidget(parent) {
    setObjectName("heatLegend");
    retranslate();
}

void HeatLegend::setThreshold(double threshold) {
    if (threshold != threshold_) {
        threshold_ = threshold;
        retranslate();
        update();
    }
}

QSize HeatLegend::sizeHint() const { return {kWidth, 2 * (kMargin + fontMetrics().height()) + kBar + 2 * kGap}; }

void HeatLegend::paintEvent(QPaintEvent*) {
    const Colours& c = Theme::colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor back = c.surface;
    back.setAlpha(235);
    painter.setPen(c.border);
    painter.setBrush(back);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const int line = fontMetrics().height();
    const QRect title(kMargin, kMargin, width() - 2 * kMargin, line);
    painter.setPen(c.text);
    painter.drawText(title, int(Qt::AlignLeft) | int(Qt::AlignVCenter), tr("Probability"));
    const QRect bar(kMargin, title.bottom() + 1 + kGap, width() - 2 * kMargin, kBar);
    for (int x = 0; x < bar.width(); ++x) {
        const double p = (x + 0.5) / bar.width();
        painter.fillRect(QRect(bar.x() + x, bar.y(), 1, bar.height()), toQColor(output::heatColour(p)));
    }
    const double at = bar.x() + threshold_ * bar.width();
    painter.setPen(QPen(c.text, 2));
    painter.drawLine(QPointF(at, bar.y() - 3), QPointF(at, bar.bottom() + 4));
    const QRect ends(kMargin, bar.bottom() + 1 + kGap, bar.width(), line);
    painter.setPen(c.muted);
    const QString low = percent(0), high = percent(1), marked = percent(threshold_);
    const int wide = fontMetrics().horizontalAdvance(marked);
    const int left = std::clamp(int(at) - wide / 2, ends.left(), ends.right() - wide);
    // The ends give way to the threshold's own number.
    if (left > ends.left() + fontMetrics().horizontalAdvance(low) + kGap) {
        painter.drawText(ends, int(Qt::AlignLeft) | int(Qt::AlignVCenter), low);
    }
    if (left + wide < ends.right() - fontMetrics().horizontalAdvance(high) - kGap) {
        painter.drawText(ends, int(Qt::AlignRight) | int(Qt::AlignVCenter), high);
    }
    painter.setPen(c.text);
    painter.drawText(QRect(left, ends.y(), wide + 1, line), int(Qt::AlignLeft) | int(Qt::AlignVCenter), marked);
}

void HeatLegend::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void HeatLegend::retranslate() {
    setToolTip(tr("From dark, improbable, to light, certain. The line is the threshold."));
    setAccessibleName(tr("Colours of the probabilities; the threshold is %1").arg(percent(threshold_)));
}

}  // namespace maskwright::ui
