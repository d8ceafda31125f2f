// The window: lays out its parts, connects them with the controllers, and shows what those say.
#pragma once

#include <QMainWindow>
#include <memory>
#include <optional>

#include "ui/model/language.h"
#include "ui/shell/actions.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wheel_guard.h"

class QStackedWidget;

namespace maskwright::ui {

class BusyLine;
class Canvas;
class Controller;
class CorrectController;
class ExamplesController;
class FloatingParts;
class FolderController;
class ExportController;
class Filmstrip;
class FolderView;
class HeaderBar;
class HelpController;
class ImportController;
class Banner;
class ModelController;
class ModelsController;
class ModelStore;
class OpenController;
class PhraseController;
class ProjectController;
class SaveController;
class SettingsController;
class Sidebar;
class StatusLine;
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
    [[nodiscard]] const QString& hint() const;

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void build();
    void connectActions();
    void connectViewActions();
    void connectCanvas();
    void connectDocument();
    void connectControllers();
    void listenTo(Controller& controller);
    void save(output::Kind kind);
    void showFinding();
    void showLayers();
    void showStatusOf(bool picture);
    void showModel();
    void updateState();
    void updateTitle();
    void retranslate();

    Theme& theme_;
    Language& language_;
    WheelGuard wheelGuard_;

    // What is worked on, what shows it, what can be done, and who does it: each goes before those it leans on.
    Workspace work_;
    std::unique_ptr<QWidget> content_;
    std::unique_ptr<Actions> actions_;
    std::unique_ptr<PhraseController> phrase_;
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
    Banner* banner_ = nullptr;
    ToolRail* rail_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    Canvas* canvas_ = nullptr;
    FloatingParts* floating_ = nullptr;
    ViewController* views_ = nullptr;
    FolderView* folderView_ = nullptr;
    Sidebar* sidebar_ = nullptr;
    Filmstrip* filmstrip_ = nullptr;
    StatusLine* status_ = nullptr;
};

}  // namespace maskwright::ui
