#include "ui/widgets/folder_line.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>

#include "ui/widgets/line_edit.h"

namespace maskwright::ui {

FolderLine::FolderLine(QWidget* parent)
    : QWidget(parent), text_(new QLabel), path_(new LineEdit), copy_(new QPushButton) {
    setObjectName("folderLine");
    path_->setObjectName("folderPath");
    path_->setReadOnly(true);
    copy_->setObjectName("copyFolder");
    copy_->setAutoDefault(false);
    text_->setBuddy(path_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(text_);
    row->addWidget(path_, 1);
    row->addWidget(copy_);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(path_->text());
        path_->selectAll();
    });
    hide();
    retranslate();
}

void FolderLine::open(const QString& folder) {
    if (QDesktopServices::openUrl(QUrl::fromLocalFile(folder))) {
        hide();
        return;
    }
    path_->setText(QDir::toNativeSeparators(folder));
    path_->setCursorPosition(0);
    show();
    copy_->setFocus();
}

void FolderLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void FolderLine::retranslate() {
    text_->setText(tr("No file manager was found. The folder:"));
    path_->setAccessibleName(tr("The folder's path"));
    copy_->setText(tr("Copy"));
    copy_->setToolTip(tr("Copy the folder's path"));
}

}  // namespace maskwright::ui
