// One model in the models dialog: what it is, how far its download is, what went wrong, and buttons for what can be
// done.
#pragma once

#include <QFrame>
#include <map>

#include "ui/model/model_list.h"

class QLabel;
class QHBoxLayout;
class QProgressBar;
class QPushButton;

namespace maskwright::ui {

class ModelRow : public QFrame {
    Q_OBJECT

  public:
    explicit ModelRow(QWidget* parent = nullptr);
    void setEntry(const ModelEntry& entry);
    // Null where it cannot be done now.
    [[nodiscard]] QPushButton* button(ModelAction action) const;
    // Of what can be done now, in the order shown.
    [[nodiscard]] std::vector<QPushButton*> buttons() const;
    [[nodiscard]] QString text() const;   // all that is said, a line each
    [[nodiscard]] QString error() const;  // empty for none

  Q_SIGNALS:
    void wanted(maskwright::ui::ModelAction action);

  private:
    QPushButton* made(ModelAction action);
    void showButtons(const std::vector<ModelAction>& actions, const QString& model);
    QLabel *title_, *badge_, *purpose_, *facts_, *progress_, *error_;
    QProgressBar* bar_;
    QHBoxLayout* buttons_;
    std::map<ModelAction, QPushButton*> made_;
};

}  // namespace maskwright::ui
