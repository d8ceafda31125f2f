// How the saving of a folder's masks goes, and what went wrong with which picture: not modal, so that one can look at a
// picture meanwhile. GUI thread.
#pragma once

#include <QDialog>

#include "ui/folder/folder_masks.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace maskwright::ui {

class FolderLine;

class MasksReport : public QDialog {
    Q_OBJECT

  public:
    MasksReport(FolderMasks& masks, QWidget* parent = nullptr);

  Q_SIGNALS:
    void pictureWanted(const QString& path);
    void againWanted();  // what failed is to be tried once more

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void follow();
    void list();
    void retranslate();
    FolderMasks& masks_;
    QLabel* text_;
    QProgressBar* bar_;
    QTreeWidget* problems_;
    QLabel* none_;
    FolderLine* line_;
    QPushButton *again_, *folder_, *pause_, *stop_, *close_;
    std::size_t listed_ = 0;  // lines that have been looked at, in the order in which they were settled
    std::vector<bool> shown_;
};

}  // namespace maskwright::ui
