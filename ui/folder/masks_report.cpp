#include "ui/folder/masks_report.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/error_text.h"
#include "ui/widgets/folder_line.h"

namespace maskwright::ui {

MasksReport::MasksReport(FolderMasks& masks, QWidget* parent)
    : QDialog(parent),
      masks_(masks),
      text_(new QLabel),
      bar_(new QProgressBar),
      problems_(new QTreeWidget),
      none_(new QLabel),
      line_(new FolderLine),
      again_(new QPushButton),
      folder_(new QPushButton),
      pause_(new QPushButton),
      stop_(new QPushButton),
      close_(new QPushButton) {
    setObjectName("masksReport");
    problems_->setObjectName("problems");
    again_->setObjectName("again");
    pause_->setObjectName("pause");
    layOut();
    connect(problems_, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { Q_EMIT pictureWanted(item->data(0, Qt::UserRole).toString()); });
    connect(again_, &QPushButton::clicked, this, &MasksReport::againWanted);
    connect(folder_, &QPushButton::clicked, this, [this] { line_->open(masks_.job().folder); });
    connect(pause_, &QPushButton::clicked, this, [this] { masks_.pause(!masks_.paused()); });
    connect(stop_, &QPushButton::clicked, &masks_, &FolderMasks::cancel);
    connect(close_, &QPushButton::clicked, this, &QDialog::close);
    connect(&masks_, &FolderMasks::changed, this, &MasksReport::follow);
    connect(&masks_, &FolderMasks::ended, this, &MasksReport::follow);
    retranslate();
    resize(640, 380);
}

void MasksReport::layOut() {
    problems_->setColumnCount(2);
    problems_->setRootIsDecorated(false);
    problems_->setWordWrap(true);  // a reason is read whole
    problems_->header()->setStretchLastSection(true);
    problems_->setColumnWidth(0, 200);
    connect(problems_->header(), &QHeaderView::sectionResized, problems_, &QTreeWidget::doItemsLayout);
    text_->setWordWrap(true);
    none_->setObjectName("muted");
    none_->setAlignment(Qt::AlignCenter);
    bar_->setTextVisible(false);
    close_->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(again_);
    buttons->addWidget(folder_);
    buttons->addStretch(1);
    for (QPushButton* button : {pause_, stop_, close_}) {
        buttons->addWidget(button);
    }
    auto* column = new QVBoxLayout(this);
    column->addWidget(text_);
    column->addWidget(bar_);
    column->addWidget(problems_, 1);
    column->addWidget(none_, 1);
    column->addWidget(line_);
    column->addLayout(buttons);
}

// One row a picture with a problem or a note; what is listed already stays where it is.
void MasksReport::list() {
    const auto& lines = masks_.lines();
    shown_.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const FolderMasksLine& line = lines[i];
        if (shown_[i] || !line.settled || (!line.error && line.note.empty())) {
            continue;
        }
        shown_[i] = true;
        const QString what = line.error ? errorLine(*line.error) : messageText(line.note);
        auto* item = new QTreeWidgetItem(problems_, {QFileInfo(line.picture).fileName(), what});
        item->setData(0, Qt::UserRole, line.picture);
        item->setToolTip(0, line.picture);
        item->setToolTip(1, what);
    }
}

void MasksReport::follow() {
    const std::size_t settled = std::size_t(masks_.finished());
    if (settled < listed_ || shown_.size() != masks_.lines().size()) {  // another job
        problems_->clear();
        shown_.clear();
    }
    listed_ = settled;
    list();
    const bool running = masks_.running();
    QString text = masks_.running() ? masks_.progressText()
                                    : tr("Masks saved in %1: %n", nullptr, masks_.saved()).arg(masks_.job().folder);
    if (masks_.failed() > 0) {
        text += QStringLiteral(" · ") + tr("failed: %n", nullptr, masks_.failed());
    }
    if (masks_.problem()) {
        text += '\n' + errorLine(*masks_.problem());
    }
    text_->setText(text);
    bar_->setVisible(running);
    bar_->setRange(0, std::max(int(masks_.lines().size()), 1));
    bar_->setValue(masks_.finished());
    const bool any = problems_->topLevelItemCount() > 0;
    problems_->setVisible(any);
    none_->setVisible(!any);
    again_->setVisible(!running && masks_.failed() > 0);
    pause_->setVisible(running);
    pause_->setText(masks_.paused() ? tr("Go on") : tr("Pause"));
    stop_->setVisible(running);
    pause_->setEnabled(!masks_.stopping());
    stop_->setEnabled(!masks_.stopping());
}

void MasksReport::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QDialog::changeEvent(event);
}

void MasksReport::retranslate() {
    setWindowTitle(tr("Saving masks"));
    problems_->setHeaderLabels({tr("Picture"), tr("What went wrong")});
    problems_->setAccessibleName(tr("Pictures with a problem"));
    none_->setText(tr("Nothing has gone wrong."));
    again_->setText(tr("Try again what failed"));
    folder_->setText(tr("Open the folder"));
    stop_->setText(tr("Stop"));
    close_->setText(tr("Close"));
    problems_->clear();
    shown_.clear();
    follow();
}

}  // namespace maskwright::ui
