// The side panel: what was found, its rows and the examples, a panel each, one below the other. GUI thread.
#pragma once

#include <QFrame>

#include "ui/shell/workspace.h"

namespace maskwright::ui {

class CandidatesPanel;
class CorrectPanel;
class MaskPanel;
class RowsPanel;
class StylePanel;
class SupportsPanel;

class Sidebar : public QFrame {
    Q_OBJECT

  public:
    explicit Sidebar(Workspace& workspace, QWidget* parent = nullptr);

    // Whether what belongs to a single picture is there: not while a folder is shown.
    void setOfPicture(bool shown);

    // From top to bottom.
    CandidatesPanel* candidates;
    RowsPanel* rows;
    MaskPanel* mask;
    CorrectPanel* correct;
    SupportsPanel* supports;
    StylePanel* style;

  private:
    QWidget *above_,
        *below_;  // the mask's panel: what belongs to a single picture; each panel in it decides for itself
};

}  // namespace maskwright::ui
