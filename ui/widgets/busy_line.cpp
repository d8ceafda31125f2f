#include "ui/widgets/busy_line.h"

#include <QPainter>
#include <QTimerEvent>
#include <cmath>

#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {
constexpr int kDelay = 150;  // milliseconds before it shows
constexpr int kFrame = 30;   // milliseconds a frame
constexpr double kPeriod = 1400;
}  // namespace

BusyLine::BusyLine(QWidget* parent) : QWidget(parent) {
    setFixedHeight(3);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void BusyLine::setBusy(bool busy) {
    if (busy == busy_) {
        return;
    }
    busy_ = busy;
    if (busy) {
        since_.start();
        timer_.start(kFrame, this);
    } else {
        timer_.stop();
    }
    update();
}

void BusyLine::paintEvent(QPaintEvent*) {
    if (!busy_ || since_.elapsed() < kDelay) {
        return;
    }
    QPainter painter(this);
    const double phase = std::fmod(double(since_.elapsed()), kPeriod) / kPeriod;
    const double head = 1.35 * phase, tail = head - 0.35 * std::sin(phase * M_PI) - 0.05;
    painter.fillRect(QRectF(tail * width(), 0, (head - tail) * width(), height()), Theme::colours().accent);
}

void BusyLine::timerEvent(QTimerEvent* event) {
    if (event->timerId() == timer_.timerId()) {
        update();
    }
}

}  // namespace maskwright::ui
