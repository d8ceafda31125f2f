// One row as a line: its colour, its name, how sure the model is, whether it is shown, and the way to remove it. A
// click makes it the current one, a double click renames it.
#pragma once

#include <QFrame>
#include <optional>

#include "ui/model/document.h"
#include "ui/model/row_findings.h"

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace maskwright::ui {

class ElidedLabel;
class LeftOutChip;

class RowCard : public QFrame {
    Q_OBJECT

  public:
    RowCard(const QString& id, Document& document, const RowFindings& findings, QWidget* parent = nullptr);
    void follow();
    void rename();
    // What “No pixel in two rows” is called, and what it does.
    static QString competeName();
    static QString competeTip();

  Q_SIGNALS:
    void leftOutWanted();  // to change it; the row is in hand then
    void dragWanted(const QString& id);
    void nameCut(int limit);  // see RowsPanel

  protected:
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void retranslate();
    void endRename(bool take);
    void addCompeting(QMenu& menu);
    void showPresence(const Row& row);
    QString id_;
    std::optional<QPoint> pressed_;  // where, until the button is let go or the row is dragged
    Document& document_;
    const RowFindings& findings_;
    ElidedLabel* name_;
    QLabel* presence_;
    LeftOutChip* without_;
    QLineEdit* edit_;
    QToolButton *eye_, *remove_;
};

}  // namespace maskwright::ui
