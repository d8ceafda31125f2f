#include "ui/shell/examples_controller.h"

#include <algorithm>

#include "ui/canvas/canvas.h"
#include "ui/dialogs/compare_styles.h"
#include "ui/model/mark_colours.h"
#include "ui/panels/style_panel.h"
#include "ui/panels/supports_panel.h"
#include "ui/panels/tool_rail.h"

namespace maskwright::ui {
namespace {

constexpr int kSaid = 3000;  // milliseconds a message stays

std::shared_ptr<const HeatPyramid> drawable(const Mask& region) {
    auto map = std::make_shared<Heatmap>(region.width, region.height);
    std::transform(region.pixels.begin(), region.pixels.end(), map->pixels.begin(),
                   [](std::uint8_t v) { return v != 0 ? 1.0f : 0.0f; });
    return makePyramid(std::move(map));
}

}  // namespace

ExamplesController::ExamplesController(Workspace& workspace, Canvas& canvas, ToolRail& rail, SupportsPanel& supports,
                                       StylePanel& style, QWidget& over)
    : Controller(over),
      workspace_(workspace),
      canvas_(canvas),
      supports_(supports),
      strip_(workspace.document, workspace.preview, workspace.jobs, workspace.overlay),
      import_(workspace.document, over) {
    connectTools(rail);
    connectPanels(supports, style);
    connectDocument();
}

void ExamplesController::connectTools(ToolRail& rail) {
    RegionTools& tools = workspace_.tools;
    Marks& marks = workspace_.marks;
    connect(&rail, &ToolRail::chosen, this, [this](ToolKind kind) {
        if (kind != ToolKind::pan && workspace_.tools.tool(kind) == nullptr) {
            return;  // it marks nothing
        }
        canvas_.setTool(workspace_.tools.tool(kind));
        if (kind != ToolKind::pan) {
            canvas_.setFocus();
        }
    });
    connect(&tools, &RegionTools::marked, this, [this](const Mask& region, MarkMode mode) {
        if (mode == MarkMode::take && !workspace_.marks.activeRegionHere()) {
            Q_EMIT said(tr("Choose first the example to take away from"), kSaid);
        }
        workspace_.marks.finish(region, mode);
    });
    connect(&tools, &RegionTools::nothing, this, [this](bool click) {
        workspace_.marks.giveUp();
        Q_EMIT said(click ? tr("A click marks nothing: keep the button down and draw")
                          : tr("That lies outside the picture: nothing was marked"),
                    kSaid);
    });
    connect(&tools, &RegionTools::gaveUp, &marks, &Marks::giveUp);
    connect(&tools, &RegionTools::marking, &marks, &Marks::draw);
    connect(&tools, &RegionTools::brushRadiusChanged, &canvas_, qOverload<>(&QWidget::update));
    connect(&tools, &RegionTools::missed, this, [this] {
        Q_EMIT said(workspace_.preview.finding() ? tr("Nothing was found at this place")
                                                 : tr("Type a phrase first, then pick what was found"),
                    kSaid);
    });
}

void ExamplesController::connectPanels(SupportsPanel& supports, StylePanel& style) {
    Marks& marks = workspace_.marks;
    connect(&marks, &Marks::shownChanged, &style, [&style, &marks] { style.setVisible(marks.anyShown()); });
    connect(&style, &StylePanel::compareWanted, this, &ExamplesController::compareStyles);
    connect(&supports, &SupportsPanel::importWanted, &import_, &MaskImport::ask);
    connect(&strip_, &MixtureStrip::drawn, &supports, &SupportsPanel::setStrip);
    connect(&import_, &MaskImport::imported, &marks, &Marks::add);
    connect(&import_, &MaskImport::failed, this, &ExamplesController::failed);
    connect(&import_, &MaskImport::noticed, this, &ExamplesController::noticed);
    connect(&import_, &MaskImport::succeeded, this, &ExamplesController::succeeded);
    connect(&workspace_.library, &SupportLibrary::failed, this, &ExamplesController::failed);
    connect(&workspace_.library, &SupportLibrary::loaded, this, [this](const Support& support) {
        Q_EMIT succeeded();
        const auto& all = workspace_.document.search().supports;
        const bool there = std::any_of(all.begin(), all.end(), [&](const Support& s) { return s.id == support.id; });
        there ? workspace_.marks.setActive(support.id) : workspace_.marks.add(support);
    });
}

void ExamplesController::connectDocument() {
    Document& document = workspace_.document;
    connect(&document, &Document::pictureChanged, this, [this] {
        const auto& image = workspace_.document.picture().image;
        regionMaps_.clear();
        workspace_.tools.setPicture(image ? image->width : 0, image ? image->height : 0);
        showMarks();
    });
    connect(&document, &Document::searchChanged, this, &ExamplesController::showMarks);
    connect(&workspace_.marks, &Marks::activeChanged, this, &ExamplesController::showMarks);
    connect(&workspace_.overlay, &OverlayState::changed, this, &ExamplesController::showMarks);  // the mask's colour
    connect(&workspace_.preview, &Preview::findingChanged, this, &ExamplesController::followFinding);
    connect(&document, &Document::thresholdChanged, this, &ExamplesController::followFinding);
}

void ExamplesController::followFinding() {
    const auto& finding = workspace_.preview.finding();
    workspace_.tools.setFound(finding && !finding->maps.empty() ? finding->maps.front() : nullptr,
                              workspace_.document.threshold());
}

void ExamplesController::showMarks() {
    const Document& document = workspace_.document;
    const Marks& marks = workspace_.marks;
    workspace_.tools.setCurrent(marks.activeRegionHere());
    std::vector<CanvasMark> shown;
    std::map<std::shared_ptr<const Region>, std::shared_ptr<const HeatPyramid>> kept;
    std::size_t number = 0;
    std::map<QString, QColor> colours;
    for (const Support& support : document.search().supports) {
        const output::Colour colour = markColour(number++, support.negative, workspace_.overlay.colourNow());
        if (support.image != document.picture().image || !support.enabled) {
            continue;
        }
        colours[support.id] = toQColor(colour);
        auto& map = kept[support.region];
        const auto old = regionMaps_.find(support.region);
        map = old != regionMaps_.end() ? old->second : drawable(*support.region->mask());
        shown.push_back({map, toQColor(colour), support.id == marks.active()});
    }
    regionMaps_ = std::move(kept);
    canvas_.setMarks(std::move(shown));
    supports_.setMarkColours(colours);
}

void ExamplesController::compareStyles() {
    const Marks::Shown object = workspace_.marks.shown();
    if (!object.image || !object.region) {
        return;
    }
    // An example's own name ("Example 1") says nothing of the object.
    const QString name = workspace_.document.search().phrase.trimmed();
    auto* dialog =
        new CompareStyles(workspace_.document, workspace_.jobs, object, name, workspace_.overlay.appearance(), &over_);
    dialog->show();
}

}  // namespace maskwright::ui
