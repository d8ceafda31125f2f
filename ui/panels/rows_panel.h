// The rows: what was kept, each with its colour and how sure the model is of it in the open picture.
#pragma once

#include <QWidget>
#include <map>

#include "ui/model/document.h"
#include "ui/model/row_findings.h"

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace maskwright::ui {

class RowCard;
class Section;

class RowsPanel : public QWidget {
    Q_OBJECT

  public:
    RowsPanel(Document& document, RowFindings& findings, QWidget* parent = nullptr);

  Q_SIGNALS:
    void dragWanted(const QString& id);  // the row is being dragged away
    void nameCut(int limit);             // a name was longer, and lost its end
    void leftOutWanted();                // what the row in hand leaves out is to be changed

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow();
    void retranslate();
    Document& document_;
    RowFindings& findings_;
    Section* section_;
    QLabel* intro_;
    QVBoxLayout* cards_;
    QCheckBox* compete_;
    std::map<QString, RowCard*> byId_;
};

}  // namespace maskwright::ui
