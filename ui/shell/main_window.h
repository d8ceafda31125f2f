// The window: lays out its parts, connects them with the controllers, and shows what those say.
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <memory>
#include <optional>

#include "ui/model/language.h"
#include "ui/shell/actions.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/theme.h"

class QFrame;
class QStackedWidget;

namespace maskwright::ui {

class BusyLine;
class CandidatesPanel;
class Canvas;
class Controller;
class CorrectController;
class CorrectPanel;
class ExamplesController;
class FloatingParts;
class FolderController;
class ExportController;
class Filmstrip;
class FolderView;
class HeaderBar;
class HelpController;
class ImportController;
class InfoBar;
class MaskPanel;
class ModelController;
class ModelsController;
class ModelStore;
class OpenController;
class ProjectController;
class SaveController;
class SettingsController;
class StatusLine;
class StylePanel;
class SupportsPanel;
class ToolRail;
class ViewController;
class WhichController;

class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    MainWindow(Inference& inference, ModelStore& models, const session::EngineOptions& engine, Theme& theme,
               Language& language);
    ~MainWindow() override;

    // Opens the model; the window is on the screen by then.
    void start();
    // A picture, a folder to search, or a project.
    void openFile(const QString& path);
    // The first is shown, the others are beside it.
    void openFiles(const QStringList& paths);
    // Saves the masks of all pictures of the folder that is shown; asks before it replaces a file.
    void saveFolder(const QString& target, output::Kind kind = output::Kind::mask);
    void setPhrase(const QString& phrase);

    // For tests.
    [[nodiscard]] Document& document() { return work_.document; }
    [[nodiscard]] Preview& preview() { return work_.preview; }
    [[nodiscard]] Marks& marks() { return work_.marks; }
    [[nodiscard]] Jobs& jobs() { return work_.jobs; }
    [[nodiscard]] RowFindings& rowFindings() { return work_.rows; }
    [[nodiscard]] Candidates& candidates() { return work_.candidates; }
    [[nodiscard]] const QString& hint() const { return hint_; }

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void build();
    QFrame* buildSidebar();
    void connectActions();
    void connectViewActions();
    void connectCanvas();
    void connectDocument();
    void connectControllers();
    void listenTo(Controller& controller);
    void save(output::Kind kind);
    void rememberPhrase();
    void sayCut(const QString& text, int limit);  // `text` with a place for the number
    void showFinding();
    void showLayers();
    void showStatusOf(bool picture);
    void showHint();
    [[nodiscard]] QString hintFor(const session::Reply& answer);
    void showPointer(QPointF at, bool inside);
    void showModel();
    void showError(const Error& error, bool ofPreview = false);
    void updateState();
    void updateTitle();
    void retranslate();

    Theme& theme_;
    Language& language_;
    QString hint_;
    QTimer unfinished_;                // until a word that is being typed is said to be unknown
    QString takenAsFinished_;          // the phrase that nobody went on typing
    std::optional<Error> shownError_;  // the bar's latest, for another language
    bool previewFailed_ = false;       // the bar shows the preview's failure

    // What is worked on, what shows it, what can be done, and who does it: each goes before those it leans on.
    Workspace work_;
    std::unique_ptr<QWidget> content_;
    std::unique_ptr<Actions> actions_;
    std::unique_ptr<OpenController> opening_;
    std::unique_ptr<ModelController> models_;
    std::unique_ptr<ModelsController> allModels_;
    std::unique_ptr<SaveController> saving_;
    std::unique_ptr<ExamplesController> examples_;
    std::unique_ptr<CorrectController> correcting_;
    std::unique_ptr<WhichController> which_;
    std::unique_ptr<FolderController> folder_;
    std::unique_ptr<ProjectController> project_;
    std::unique_ptr<SettingsController> settings_;
    std::unique_ptr<HelpController> help_;
    std::unique_ptr<ExportController> exporting_;
    std::unique_ptr<ImportController> importing_;

    // Parts of the content.
    HeaderBar* header_ = nullptr;
    BusyLine* busy_ = nullptr;
    InfoBar* bar_ = nullptr;
    ToolRail* rail_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    Canvas* canvas_ = nullptr;
    FloatingParts* floating_ = nullptr;
    ViewController* views_ = nullptr;
    FolderView* folderView_ = nullptr;
    QFrame* sidebar_ = nullptr;
    CandidatesPanel* candidates_ = nullptr;
    MaskPanel* mask_ = nullptr;
    CorrectPanel* correct_ = nullptr;
    SupportsPanel* supports_ = nullptr;
    StylePanel* style_ = nullptr;
    Filmstrip* filmstrip_ = nullptr;
    StatusLine* status_ = nullptr;
};

}  // namespace maskwright::ui
