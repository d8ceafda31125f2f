// A folder's pictures as thumbnails with their masks, best first, ordering themselves while the search runs.
#pragma once

#include <QWidget>

#include "ui/folder/folder_masks.h"
#include "ui/folder/folder_search.h"

class QListView;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QToolButton;

namespace maskwright::ui {

class ElidedLabel;
class FolderDelegate;
class FolderModel;

class FolderView : public QWidget {
    Q_OBJECT

  public:
    FolderView(FolderSearch& search, FolderMasks& masks, QWidget* parent = nullptr);
    // How masks are drawn on the thumbnails; the threshold also tells found from not found.
    void setOverlay(const output::Appearance& appearance);
    // What is looked for, for the heading.
    void setWanted(const QString& text);
    // The names in the order shown.
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QWidget& saveButton() const;

  Q_SIGNALS:
    void pictureWanted(const QString& path);
    void closed();
    void againWanted();
    void saveWanted();
    void detailsWanted();  // how the saving goes, or went

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void buildList();
    void layOut();
    void connectParts();
    void follow();
    void retranslate();
    FolderSearch& search_;
    FolderMasks& masks_;
    FolderModel* model_;
    QSortFilterProxyModel* sorted_;
    FolderDelegate* delegate_;
    QListView* list_;
    QToolButton* back_;
    ElidedLabel *title_, *text_;
    QProgressBar* bar_;
    QPushButton *save_, *details_, *pause_, *action_;
    QString wanted_;
};

}  // namespace maskwright::ui
