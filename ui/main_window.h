// The window: lays out its parts and connects them; decides nothing that Document, Preview or the panels can decide.
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "ui/canvas/region_tools.h"
#include "ui/document.h"
#include "ui/errands.h"
#include "ui/folder_masks.h"
#include "ui/folder_search.h"
#include "ui/inference.h"
#include "ui/language.h"
#include "ui/marks.h"
#include "ui/mask_writer.h"
#include "ui/picture_loader.h"
#include "ui/preview.h"
#include "ui/support_library.h"
#include "ui/theme.h"

class QFrame;
class QScrollArea;
class QStackedWidget;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace maskwright::ui {

class BusyLine;
class Canvas;
class EmptyState;
class FolderView;
class InfoBar;
class MaskPanel;
class PhraseBox;
class Pill;
class StatusLine;
class StylePanel;
class SupportsPanel;
class ToolRail;

class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    MainWindow(Inference& inference, const session::EngineOptions& engine, Theme& theme, Language& language);
    ~MainWindow() override;

    // Opens the model; the window is on the screen by then.
    void start();
    void openFile(const QString& path);
    void openExample(int index);
    // Searches all pictures of a folder for what is wanted, and shows them best first.
    void openFolder(const QString& folder);
    // Saves the masks of all pictures of the folder that is shown; asks before it replaces a file.
    void saveFolder(const QString& target, SaveKind kind = SaveKind::mask);
    void setPhrase(const QString& phrase);

    // For tests and for the program around the window.
    [[nodiscard]] Document& document() { return document_; }
    [[nodiscard]] Preview& preview() { return preview_; }
    [[nodiscard]] Errands& errands() { return errands_; }
    [[nodiscard]] const QString& hint() const { return hint_; }

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    // main_window.cpp
    void build();
    QWidget* buildHeader();
    void buildZoom();
    void connectParts();
    void placeFloating();
    void showFinding();
    void showHint();
    void showError(const Error& error, bool ofPreview = false);
    void updateState();
    void updateTitle();
    void retranslate();
    // main_examples.cpp
    void buildExamples(QVBoxLayout* panels);
    void connectExamples();
    void showMarks();
    void askStrip();
    void drawStrip();
    void importMask();
    void takeMask(const QString& maskPath, const QString& picturePath);
    // main_folder.cpp
    void buildFolder();
    void connectFolder();
    void openFolderDialog();
    void saveFolderDialog(SaveKind kind);
    void startFolderMasks(FolderMasksJob job);
    void reportFolderMasks(bool cancelled);
    void askBeforeClosing();
    void showFolder(bool shown);
    [[nodiscard]] bool folderShown() const;
    // main_actions.cpp
    void buildActions();
    void retranslateActions();
    void refreshHistory();
    void rebuildModelMenu();
    void rebuildRecent();
    void rememberRecent(const QString& path);
    void openDialog();
    void openModelFolder();
    void chooseModel(const QString& model);
    void save(SaveKind kind);
    void copyCutout();
    void paste();
    void about();
    void rememberWindow();

    Document document_;
    Inference& inference_;
    Theme& theme_;
    Language& language_;
    Preview preview_;
    PictureLoader loader_;
    MaskWriter writer_;
    Errands errands_;
    FolderSearch folder_;
    FolderMasks folderMasks_;
    bool closeWhenSaved_ = false;
    QTimer folderAgain_;  // after the last key
    RegionTools tools_;
    Marks marks_;
    SupportLibrary library_;
    // The five masks between phrase and example: small, with what they were made for.
    struct Strip {
        std::shared_ptr<const Image> image;
        Search search;
        std::vector<std::shared_ptr<const HeatPyramid>> maps;
    } strip_;
    QObject stripOwner_;
    // Regions of the open picture, ready to draw.
    std::map<std::shared_ptr<const Mask>, std::shared_ptr<const HeatPyramid>> regionMaps_;
    SaveKind saveKind_ = SaveKind::mask;
    std::optional<Error> shownError_;  // the bar's latest, for another language
    bool previewFailed_ = false;       // the bar shows the preview's failure
    QString hint_;
    QString wantedPhrase_;  // typed in when the example that is being read has come

    PhraseBox* phrase_ = nullptr;
    BusyLine* busy_ = nullptr;
    InfoBar* bar_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    Canvas* canvas_ = nullptr;
    FolderView* folderView_ = nullptr;
    QToolButton* folderButton_ = nullptr;
    EmptyState* empty_ = nullptr;
    MaskPanel* mask_ = nullptr;
    ToolRail* rail_ = nullptr;
    SupportsPanel* supports_ = nullptr;
    StylePanel* style_ = nullptr;
    QFrame* sidebar_ = nullptr;
    QVBoxLayout* panels_ = nullptr;
    StatusLine* status_ = nullptr;
    Pill* pill_ = nullptr;
    Pill* toast_ = nullptr;
    QFrame* zoomBox_ = nullptr;
    QToolButton *openButton_ = nullptr, *saveButton_ = nullptr, *modelButton_ = nullptr, *zoomText_ = nullptr;

    struct Actions;
    std::unique_ptr<Actions> act_;
};

}  // namespace maskwright::ui
