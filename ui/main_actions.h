// The window's actions and menus; private to main_window.cpp and main_actions.cpp.
#pragma once

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <array>
#include <vector>

#include "ui/main_window.h"

namespace maskwright::ui {

struct MainWindow::Actions {
    QMenu *file, *edit, *view, *model, *help, *recent, *saveAs, *appearance, *language;
    QAction *open, *openFolder, *save, *copy, *closePicture, *quit;
    std::array<QAction*, kSaveKinds> saveKinds;
    QAction *undo, *redo, *paste, *focusPhrase;
    QAction *zoomIn, *zoomOut, *fit, *actual, *showMask, *sidebar, *fullScreen;
    std::array<QAction*, 3> schemes;
    std::vector<QAction*> languages;  // the system's first
    QAction *openModel, *about;
    QActionGroup* models = nullptr;

    void update(bool picture, bool finding, bool saveable) const;
};

}  // namespace maskwright::ui
