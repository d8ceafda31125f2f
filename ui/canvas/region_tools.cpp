#include "ui/canvas/region_tools.h"

#include <algorithm>

#include "ui/canvas/tools/brush_tool.h"
#include "ui/canvas/tools/lasso_tool.h"
#include "ui/canvas/tools/pick_tool.h"
#include "ui/canvas/tools/polygon_tool.h"
#include "ui/canvas/tools/rectangle_tool.h"

namespace maskwright::ui {
namespace {

constexpr double kUsualBrush = 1 / 40.0;  // radius, as a share of the picture's longer side
constexpr double kSmallestBrush = 0.5;    // picture pixels

}  // namespace

RegionTools::RegionTools(QObject* parent) : QObject(parent), share_(kUsualBrush) {
    tools_[std::size_t(ToolKind::rectangle)] = std::make_unique<RectangleTool>(*this);
    tools_[std::size_t(ToolKind::lasso)] = std::make_unique<LassoTool>(*this);
    tools_[std::size_t(ToolKind::marker)] = std::make_unique<BrushTool>(*this);
    tools_[std::size_t(ToolKind::polygon)] = std::make_unique<PolygonTool>(*this);
    tools_[std::size_t(ToolKind::pick)] = std::make_unique<PickTool>(*this);
}

RegionTools::~RegionTools() = default;

CanvasTool* RegionTools::tool(ToolKind kind) const { return tools_[std::size_t(kind)].get(); }

void RegionTools::setPicture(int width, int height) {
    for (const auto& tool : tools_) {
        if (tool) {
            tool->giveUp();
        }
    }
    width_ = width;
    height_ = height;
    setBrushShare(share_);
}

void RegionTools::setFound(std::shared_ptr<const HeatPyramid> map, double threshold) {
    found_ = std::move(map);
    threshold_ = threshold;
}

void RegionTools::setCurrent(std::shared_ptr<const Mask> region) {
    if (region == current_) {
        return;
    }
    current_ = std::move(region);
    for (const auto& tool : tools_) {
        if (tool) {
            tool->currentChanged();
        }
    }
}

void RegionTools::setBrushRadius(double pixels) {
    const int longer = std::max({width_, height_, 1});
    setBrushShare(std::clamp(pixels, kSmallestBrush, std::max(longer / 2.0, 1.0)) / longer);
}

void RegionTools::setBrushShare(double share) {
    share_ = share;
    const int longer = std::max({width_, height_, 1});
    radius_ = std::clamp(longer * share, kSmallestBrush, std::max(longer / 2.0, 1.0));
    Q_EMIT brushRadiusChanged(radius_);
}

}  // namespace maskwright::ui
