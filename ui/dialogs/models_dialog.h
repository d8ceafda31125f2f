// All models: those that are here and those that can be downloaded, with what can be done with each. Not modal;
// downloads go on when it is closed. GUI thread.
#pragma once

#include <QDialog>
#include <functional>
#include <map>

#include "ui/dialogs/model_row.h"
#include "ui/model/model_list.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace maskwright::ui {

class FolderLine;

class ModelsDialog : public QDialog {
    Q_OBJECT

  public:
    explicit ModelsDialog(ModelList& models, QWidget* parent = nullptr);
    // Null where the list has no such model.
    [[nodiscard]] ModelRow* row(const QString& id) const;
    // Into view, with the focus on its first button.
    void point(const QString& id);
    // Asks for the model that goes with a file which lacks a part of its own.
    void import(const QString& path);

    // How it asks; a test answers itself. The second: of several models one, empty for none of them.
    std::function<bool(const QString& question, const QString& button)> confirm;
    std::function<QString(const QString& question, const QStringList& models)> choose;

  Q_SIGNALS:
    void useWanted(const QString& id);
    void whichWanted(const QString& id);  // empty: the model in use answers "which one" again

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void build();
    void retranslate();
    void follow();
    void orderTabs();
    static void focusOn(const ModelRow& row);
    void act(const QString& id, ModelAction action);
    void getRepository();
    void importFolder();
    void importFile();
    void showHub();
    bool askYesNo(const QString& question, const QString& button);
    QString askModel(const QString& question, const QStringList& models);
    ModelList& models_;
    QScrollArea* scroll_;
    QVBoxLayout* rows_;
    QLabel *intro_, *here_, *toGet_, *repositoryName_, *mirrorName_, *hub_;
    QLineEdit *mirror_, *repository_;
    FolderLine* line_;
    QPushButton *get_, *folder_, *file_, *close_;
    std::map<QString, ModelRow*> byId_;
};

}  // namespace maskwright::ui
