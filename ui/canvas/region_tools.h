// The hands that mark an object on the canvas: rectangle, lasso, brush, polygon, and a click on what was found. A tool
// draws and tells its owner the finished mask; what becomes of it is the owner's business (ui/model/marks.h).
#pragma once

#include <QObject>
#include <QPolygonF>
#include <memory>
#include <optional>

#include "core/image/image.h"
#include "ui/canvas/canvas.h"
#include "ui/model/mark_mode.h"

namespace maskwright::ui {

enum class ToolKind { pan, rectangle, lasso, brush, polygon, pick };
inline constexpr int kToolKinds = 6;

class RegionTools : public QObject {
    Q_OBJECT

  public:
    explicit RegionTools(QObject* parent = nullptr);
    ~RegionTools() override;

    // The tool for the canvas; null for pan.
    [[nodiscard]] CanvasTool* tool(ToolKind kind) const;
    // The picture being marked; gives up what was half drawn.
    void setPicture(int width, int height);
    void setFound(std::shared_ptr<const HeatPyramid> map, double threshold);
    // The mask the brush goes on with; null starts afresh.
    void setCurrent(std::shared_ptr<const Mask> region);
    void setBrushRadius(double pixels);  // of the picture
    [[nodiscard]] double brushRadius() const { return radius_; }

  Q_SIGNALS:
    void marked(const maskwright::Mask& region, maskwright::ui::MarkMode mode);
    // While the hand moves: the mask as it would be now.
    void marking(const maskwright::Mask& region);
    // The click met nothing that was found.
    void missed();
    // The hand let go without having marked a pixel: `click` where it did not move, else it was outside the picture.
    void nothing(bool click);
    // What was half drawn is dropped.
    void gaveUp();
    void brushRadiusChanged(double radius);

  private:
    class Base;
    class Rectangle;
    class Freehand;
    class Brush;
    class Polygon;
    class Pick;
    int width_ = 0, height_ = 0;
    std::shared_ptr<const HeatPyramid> found_;
    double threshold_ = 0.5;
    std::shared_ptr<const Mask> current_;
    double radius_ = 20;
    std::vector<std::unique_ptr<Base>> tools_;
};

}  // namespace maskwright::ui
