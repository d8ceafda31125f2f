#include "ui/shell/status_line.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas.h"
#include "ui/model/memory_use.h"

namespace maskwright::ui {
namespace {

constexpr int kMemoryEvery = 1000;  // milliseconds

QString milliseconds(double value) {
    return StatusLine::tr("%1 ms").arg(QLocale().toString(qlonglong(std::llround(value))));
}

QString bytesText(std::int64_t bytes) {
    return QLocale().formattedDataSize(bytes, bytes < 1'000'000'000 ? 0 : 1, QLocale::DataSizeTraditionalFormat);
}

// A label and its words for those who cannot point at it.
void say(QLabel& label, const QString& text, const QString& toolTip) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
    label.setToolTip(toolTip);
    label.setAccessibleDescription(toolTip);
}

}  // namespace

StatusLine::StatusLine(QWidget* parent)
    : QFrame(parent),
      left_(new QLabel),
      pointer_(new QLabel),
      picture_(new QLabel),
      name_(new QLabel),
      device_(new QLabel),
      precision_(new QLabel),
      time_(new QLabel),
      memory_(new QLabel) {
    setObjectName("status");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 2, 8, 2);
    row->setSpacing(18);
    row->addWidget(left_, 1);
    for (QLabel* label : {pointer_, picture_, name_, device_, precision_, time_, memory_}) {
        label->setObjectName("muted");
        row->addWidget(label);
    }
    left_->setMinimumWidth(60);
    memoryTimer_.setInterval(kMemoryEvery);
    connect(&memoryTimer_, &QTimer::timeout, this, &StatusLine::refreshMemory);
    refresh();
}

void StatusLine::addTool(QWidget* tool) { layout()->addWidget(tool); }

void StatusLine::setStage(bool busy, PreviewStage stage) {
    busy_ = busy;
    stage_ = stage;
    refresh();
}

void StatusLine::setWork(const QObject* by, const QString& text) {
    const auto known = std::find_if(works_.begin(), works_.end(), [by](const auto& one) { return one.first == by; });
    if (text.isEmpty() && known != works_.end()) {
        works_.erase(known);
    } else if (known != works_.end()) {
        known->second = text;
    } else if (!text.isEmpty()) {
        works_.append({by, text});
    }
    refresh();
}

void StatusLine::setPicture(int width, int height) {
    width_ = width;
    height_ = height;
    refresh();
}

void StatusLine::showPointer(const Canvas& canvas, QPointF at, bool inside) {
    QString text;
    if (inside) {
        const int x = int(at.x()), y = int(at.y());
        text = QStringLiteral("%1, %2").arg(x).arg(y);
        const ShownMask& mask = canvas.mask();
        if (x < mask.size().width() && y < mask.size().height()) {
            text += QStringLiteral("  ·  %1 %").arg(QLocale().toString(double(mask.at(x, y)) * 100, 'f', 0));
        }
    }
    pointer_->setText(text);
}

void StatusLine::setModel(const session::ModelInfo& model) {
    model_ = model;
    refresh();
}

void StatusLine::setTiming(const session::Timing& timing) {
    timing_ = timing;
    timed_ = true;
    refresh();
}

void StatusLine::clearTiming() {
    timed_ = false;
    refresh();
}

QString StatusLine::text() const {
    QStringList parts;
    for (const QLabel* label : {left_, picture_, name_, device_, precision_, time_, memory_}) {
        if (!label->text().isEmpty()) {
            parts << label->text();
        }
    }
    return parts.join(QStringLiteral(" | "));
}

void StatusLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        refresh();
    }
    QFrame::changeEvent(event);
}

void StatusLine::refresh() {
    QString doing = tr("Ready");
    if (!works_.isEmpty()) {
        doing = works_.back().second;
    } else if (busy_) {
        switch (stage_) {
            case PreviewStage::startingEngine:
                doing = tr("Starting the engine…");
                break;
            case PreviewStage::loadingModel:
                doing = tr("Loading the model…");
                break;
            case PreviewStage::encoding:
                doing = tr("Looking at the picture…");
                break;
            case PreviewStage::finding:
            case PreviewStage::idle:
                doing = tr("Finding…");
                break;
        }
    }
    left_->setText(doing);
    pointer_->setToolTip(tr("The pixel under the pointer, and how probable it is what you look for"));
    say(*picture_, width_ > 0 ? tr("%1 × %2").arg(width_).arg(height_) : QString(),
        tr("Width and height of the picture in pixels"));
    refreshModel();
    refreshTiming();
    refreshMemory();
}

void StatusLine::refreshModel() {
    const bool open = !model_.name.empty();
    const QString device = QString::fromStdString(model_.device).toUpper();
    say(*name_, QString::fromStdString(model_.name),
        tr("The model in use\n%1\n%Ln parameters", nullptr, int(model_.parameters))
            .arg(QString::fromStdString(model_.folder)));
    say(*device_, open ? device : QString(),
        tr("Where it computes\n%1 threads, LibTorch %2, %3")
            .arg(model_.threads)
            .arg(QString::fromStdString(model_.torchVersion), QString::fromStdString(model_.products)));
    say(*precision_, open ? QString::fromStdString(model_.dtype) : QString(),
        tr("Precision of the large products; everything else is float32"));
}

void StatusLine::refreshTiming() {
    if (!timed_) {
        say(*time_, {}, {});
        return;
    }
    say(*time_, milliseconds(timing_.encode + timing_.text + timing_.decode + timing_.refine),
        tr("Picture: %1\nPhrase: %2\nMask: %3\nEdges: %4")
            .arg(milliseconds(timing_.encode), milliseconds(timing_.text), milliseconds(timing_.decode),
                 milliseconds(timing_.refine)));
}

void StatusLine::refreshMemory() {
    const MemoryUse use = memoryUse();
    if (use.now > 0) {
        say(*memory_, bytesText(use.now),
            tr("Memory the program has in use, all of it\nAt most so far: %1").arg(bytesText(use.most)));
    }
}

void StatusLine::showEvent(QShowEvent* event) {
    refreshMemory();
    memoryTimer_.start();
    QFrame::showEvent(event);
}

void StatusLine::hideEvent(QHideEvent* event) {
    memoryTimer_.stop();
    QFrame::hideEvent(event);
}

}  // namespace maskwright::ui
