#include "ui/dialogs/missing_pictures.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/model/settings.h"
#include "ui/widgets/busy_line.h"

namespace maskwright::ui {

MissingPictures::MissingPictures(QWidget* parent)
    : QDialog(parent),
      what_(new QLabel),
      how_(new QLabel),
      list_(new QListWidget),
      busy_(new BusyLine),
      find_(new QPushButton),
      close_(new QPushButton) {
    setObjectName("missingPictures");
    resize(560, 320);
    how_->setWordWrap(true);
    list_->setTextElideMode(Qt::ElideMiddle);
    list_->setSelectionMode(QAbstractItemView::NoSelection);
    find_->setObjectName("find");
    find_->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(find_);
    buttons->addWidget(close_);
    auto* column = new QVBoxLayout(this);
    column->addWidget(what_);
    column->addWidget(list_, 1);
    column->addWidget(how_);
    column->addWidget(busy_);
    column->addLayout(buttons);
    connect(find_, &QPushButton::clicked, this, [this] {
        if (searching_) {
            Q_EMIT stopWanted();
        } else {
            askFolder();
        }
    });
    connect(close_, &QPushButton::clicked, this, &QDialog::close);
    retranslate();
}

void MissingPictures::setMissing(const QStringList& paths) {
    missing_ = paths;
    list_->clear();
    list_->addItems(paths);
    for (int i = 0; i < list_->count(); ++i) {
        list_->item(i)->setToolTip(paths[i]);
    }
    retranslate();
}

void MissingPictures::setSearching(bool searching) {
    searching_ = searching;
    busy_->setBusy(searching);
    retranslate();
}

void MissingPictures::askFolder() {
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Find the pictures in a folder"), settings::startFolder(settings::kPictureFolder, missing_.value(0)));
    if (!folder.isEmpty()) {
        Q_EMIT folderWanted(folder);
    }
}

void MissingPictures::retranslate() {
    setWindowTitle(tr("Missing pictures"));
    list_->setAccessibleName(tr("Missing pictures"));
    what_->setText(missing_.isEmpty() ? tr("All pictures of the project were found.")
                                      : tr("Pictures that are not where they were: %n", nullptr, int(missing_.size())));
    how_->setText(
        tr("A picture is known by what is in it: it is found under any name, in the folder or below it. Until "
           "then its rows stay as they are."));
    find_->setText(searching_ ? tr("Stop") : tr("Find in a folder…"));
    find_->setEnabled(searching_ || !missing_.isEmpty());
    close_->setText(tr("Close"));
}

void MissingPictures::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QDialog::changeEvent(event);
}

}  // namespace maskwright::ui
