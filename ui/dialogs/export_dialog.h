// The one way out: what is exported, of which rows and pictures, where to and under which names, with the result in
// small and the names it will have. Then how far it is, and what became of it. It stays open beside the window and
// follows it. GUI thread; it writes nothing itself.
#pragma once

#include <QDialog>
#include <QStringList>
#include <QTimer>
#include <optional>

#include "ui/dialogs/export_preview.h"
#include "ui/model/export.h"

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace maskwright::ui {

class ChoiceBox;
class FolderLine;
class Segments;
class ValueSlider;

// What became of one.
struct ExportReport {
    QString summary;
    QStringList lines;  // what a person has to know of, one a line
    QString folder;
};

class ExportDialog : public QDialog {
    Q_OBJECT

  public:
    explicit ExportDialog(QWidget* parent = nullptr);
    void setSource(ExportSource source, PreviewScene scene);
    void setChoice(const ExportChoice& choice);
    [[nodiscard]] const ExportChoice& choice() const { return choice_; }
    // As of now; looks at the disk.
    [[nodiscard]] Result<ExportPlan> plan() const { return planExport(choice_, source_); }

    void showChoices();
    void showProgress(std::size_t finished, std::size_t pictures);
    void showReport(const ExportReport& report);

  Q_SIGNALS:
    void exportWanted();
    void stopWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* buildChoices();
    QWidget* buildForm();
    QWidget* buildProgress();
    QWidget* buildReport();
    void connectChoices();
    void change(const std::function<void(ExportChoice&)>& change);
    void chooseFolder();
    void showChoice();
    void showParts();
    void showPlan();
    void listFiles(const ExportPlan& plan);
    void showPreview();
    // Of a picture's work the `k`-th file: it is known that it will not be written, because nothing is in it.
    [[nodiscard]] bool leftOut(const ExportPlan& plan, const batch::PictureWork& work, std::size_t k) const;
    void retranslate();
    ExportSource source_;
    PreviewScene scene_;
    ExportChoice choice_;
    std::optional<ExportPlan> plan_;  // the latest that fits
    ExportReport report_;
    QTimer soon_;  // many keys are one plan
    QStackedWidget* pages_;
    QFormLayout* form_ = nullptr;
    QVBoxLayout* names_ = nullptr;  // of form_: the row of the names
    ChoiceBox* what_;
    Segments *rows_, *pictures_;
    QLineEdit *folder_, *pattern_;
    QPushButton *choose_, *export_, *close_, *stop_, *hide_, *open_, *again_, *done_;
    QLabel *whatText_, *rowsText_, *picturesText_, *folderText_, *patternText_, *places_, *filesText_, *state_;
    ValueSlider* opacity_;
    QCheckBox *soft_, *empty_;
    QListWidget *files_, *lines_;
    ExportPreview* preview_;
    QLabel *progressText_, *summary_;
    QProgressBar* bar_;
    FolderLine* line_;
    std::size_t finished_ = 0, count_ = 0;
};

}  // namespace maskwright::ui
