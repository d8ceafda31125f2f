// Finding by example: what the tools mark becomes examples, the examples are drawn on the canvas, and the panels get
// the strip of mixtures, imported masks and the comparison of styles.
#pragma once

#include <map>
#include <memory>

#include "ui/shell/controller.h"
#include "ui/shell/mask_import.h"
#include "ui/shell/mixture_strip.h"
#include "ui/shell/workspace.h"

namespace maskwright::ui {

class Canvas;
class StylePanel;
class SupportsPanel;
class ToolRail;

class ExamplesController : public Controller {
    Q_OBJECT

  public:
    ExamplesController(Workspace& workspace, Canvas& canvas, ToolRail& rail, SupportsPanel& supports, StylePanel& style,
                       QWidget& over);

  private:
    void connectTools(ToolRail& rail);
    void connectPanels(SupportsPanel& supports, StylePanel& style);
    void connectDocument();
    void followFinding();
    void showMarks();
    void compareStyles();
    Workspace& workspace_;
    Canvas& canvas_;
    SupportsPanel& supports_;
    MixtureStrip strip_;
    MaskImport import_;
    // Regions of the open picture, ready to draw.
    std::map<std::shared_ptr<const Region>, std::shared_ptr<const HeatPyramid>> regionMaps_;
};

}  // namespace maskwright::ui
