// Everything that can be done from a menu or with a key: the window's actions and menus, with their texts and keys.
// What an action does is connected by whoever does it. GUI thread.
#pragma once

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <array>
#include <vector>

#include "ui/model/corrections.h"
#include "ui/model/document.h"
#include "ui/model/overlay_state.h"
#include "ui/shell/mask_writer.h"
#include "ui/widgets/theme.h"

class QMenuBar;

namespace maskwright::ui {

// The names of actions that are made of what there is, such as recent files, begin so: they have no keys.
inline constexpr auto kListed = "listed";

// What there is to act on.
struct ActionState {
    bool picture = false;     // one is shown
    bool finding = false;     // something was found in it
    bool exportable = false;  // there is a picture, or one of the project has rows
    bool saveable = false;    // what was found, here or in a folder, can be saved
};

class Actions : public QObject {
    Q_OBJECT

  public:
    // The menus become `bar`'s; undo and redo follow `document`. `scheme` and `language` are those in use.
    Actions(QMenuBar& bar, Document& document, Scheme scheme, const QString& language);
    void setState(const ActionState& state);
    void retranslate();

    // Which is ticked, and the same as if a person had ticked it.
    [[nodiscard]] Scheme schemeNow() const;
    [[nodiscard]] QString languageNow() const;
    void choose(Scheme scheme) const;
    void choose(const QString& language) const;
    // Puts the canvas's tools into their menu.
    void setTools(const std::vector<QAction*>& tools) const;

    QMenu *file, *edit, *view, *tools, *model, *help, *recent, *saveAs, *maskView, *appearance, *language;
    QMenu *recentProjects, *correct;
    QAction *newProject, *openProject, *saveProject, *saveProjectAs, *findMissing;
    QAction *open, *openFolder, *save, *exportRows, *importRows, *copy, *copyMask, *softEdges, *closePicture, *quit;
    std::array<QAction*, kSaveKinds.size()> saveKinds;
    QAction *undo, *redo, *paste, *focusPhrase;
    std::array<QAction*, kMaskChanges> corrections;  // by a MaskChange's number
    QAction* removeCorrection;
    QAction *nextPicture, *previousPicture, *zoomIn, *zoomOut, *fit, *actual, *showMask, *sidebar, *fullScreen;
    std::array<QAction*, kMaskViews> maskViews;  // by a MaskView's number
    QAction *split, *navigator;
    QAction *openModel, *models, *about;  // the first two are put into their menu with the models
    QAction *preferences, *shortcuts, *log;

  Q_SIGNALS:
    void schemeChosen(maskwright::ui::Scheme scheme);
    void languageChosen(const QString& code);
    void saveKindChosen(maskwright::output::Kind kind);

  private:
    QAction* add(QMenu* to, const char* iconName = "", const QKeySequence& keys = {});
    QAction* addToggle(QMenu* to, const char* iconName, const QKeySequence& keys, bool on);
    void buildFile();
    void buildEdit();
    void buildCorrect();
    void buildView();
    void buildMaskView();
    void buildAppearance(Scheme scheme);
    void buildLanguage(const QString& code);
    void giveNames();
    void retranslateCorrect();
    void retranslateView();
    void retranslateMaskView();
    void refreshHistory();
    Document& document_;
    std::array<QAction*, 3> schemes_{};
    std::vector<QAction*> languages_;  // the system's first
};

}  // namespace maskwright::ui
