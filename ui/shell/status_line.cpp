#include "ui/shell/status_line.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <cmath>

namespace maskwright::ui {
namespace {

QString milliseconds(double value) {
    return StatusLine::tr("%1 ms").arg(QLocale().toString(qlonglong(std::llround(value))));
}

}  // namespace

StatusLine::StatusLine(QWidget* parent)
    : QFrame(parent),
      left_(new QLabel),
      pointer_(new QLabel),
      picture_(new QLabel),
      engine_(new QLabel),
      time_(new QLabel) {
    setObjectName("status");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 2, 8, 2);
    row->setSpacing(18);
    row->addWidget(left_, 1);
    for (QLabel* label : {pointer_, picture_, engine_, time_}) {
        label->setObjectName("muted");
        row->addWidget(label);
    }
    left_->setMinimumWidth(60);
    refresh();
}

void StatusLine::addTool(QWidget* tool) { layout()->addWidget(tool); }

void StatusLine::setStage(bool busy, PreviewStage stage) {
    busy_ = busy;
    stage_ = stage;
    refresh();
}

void StatusLine::setWork(const QString& text) {
    work_ = text;
    refresh();
}

void StatusLine::setPicture(int width, int height) {
    width_ = width;
    height_ = height;
    refresh();
}

void StatusLine::setPointer(const QString& text) { pointer_->setText(text); }

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
    for (const QLabel* label : {left_, picture_, engine_, time_}) {
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
    if (!work_.isEmpty()) {
        doing = work_;
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
    picture_->setText(width_ > 0 ? tr("%1 × %2").arg(width_).arg(height_) : QString());
    if (model_.name.empty()) {
        engine_->clear();
    } else {
        const QString name = QString::fromStdString(model_.name);
        const QString device = QString::fromStdString(model_.device).toUpper();
        engine_->setText(model_.dtype == "float32"
                             ? tr("%1 on %2").arg(name, device)
                             : tr("%1 on %2, %3").arg(name, device, QString::fromStdString(model_.dtype)));
        engine_->setToolTip(
            tr("%1\n%Ln parameters, %2 threads, LibTorch %3, %4", nullptr, int(model_.parameters))
                .arg(QString::fromStdString(model_.folder))
                .arg(model_.threads)
                .arg(QString::fromStdString(model_.torchVersion), QString::fromStdString(model_.products)));
    }
    time_->setVisible(timed_);
    if (timed_) {
        time_->setText(milliseconds(timing_.encode + timing_.text + timing_.decode + timing_.refine));
        time_->setToolTip(tr("Picture: %1\nPhrase: %2\nMask: %3\nEdges: %4")
                              .arg(milliseconds(timing_.encode), milliseconds(timing_.text),
                                   milliseconds(timing_.decode), milliseconds(timing_.refine)));
    }
}

}  // namespace maskwright::ui
