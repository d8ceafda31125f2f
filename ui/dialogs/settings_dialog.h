// Edit > Settings: what Preferences holds, language, appearance, and where file dialogs begin. The dialog only asks;
// what is done with an answer is its owner's. A wrong value keeps it open and is said in words beneath.
#pragma once

#include <QDialog>

#include "ui/model/preferences.h"
#include "ui/widgets/theme.h"

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace maskwright::ui {

struct Settings {
    Preferences preferences;
    Scheme scheme = Scheme::system;
    QString language;                   // a Language's code
    QString pictureFolder, saveFolder;  // where the dialogs begin
    bool operator==(const Settings&) const = default;
};

class SettingsDialog : public QDialog {
    Q_OBJECT

  public:
    // `usual`: what "Restore defaults" puts in. `running`: what the engine runs with; where it is not what `now` says,
    // the command line did it, and the dialog says so.
    SettingsDialog(const Settings& now, const Settings& usual, const session::EngineOptions& running,
                   QWidget* parent = nullptr);
    // What is filled in. Errors: of check(), memoryFromText(), or a folder that is not there.
    [[nodiscard]] Result<Settings> settings() const;

  Q_SIGNALS:
    void chosen(const maskwright::ui::Settings& settings);  // OK, and all of it is right

  private:
    void build();
    void nameFields();  // what they are called, take and say
    void layRows();
    QDialogButtonBox* makeButtons();
    void fill(const Settings& settings);
    void fillNotes(const session::EngineOptions& running, const Preferences& now);
    QWidget* folderRow(QLineEdit& edit, const QString& title);
    void take();
    void showProblem(const Result<Settings>& filled);
    void followProblem();
    Settings usual_;
    QFormLayout* form_;
    QComboBox *device_, *dtype_, *language_, *scheme_;
    QSpinBox *threads_, *megapixels_;
    QLineEdit *memory_, *pictureFolder_, *saveFolder_;
    QLabel *note_, *problem_;
};

}  // namespace maskwright::ui
