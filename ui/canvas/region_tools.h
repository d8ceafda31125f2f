// The hands that mark an object on the canvas: rectangle, lasso, brush, polygon, and a click on what was found, one
// file each in tools/. A tool draws and tells the finished mask; what becomes of it is decided in ui/model/marks.h.
// This object owns the tools, holds what all of them look at, and speaks for them. GUI thread.
#pragma once

#include <QObject>
#include <array>
#include <memory>

#include "core/image/image.h"
#include "ui/canvas/canvas_tool.h"
#include "ui/model/marking.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

class RegionTool;

// All tools of the canvas, in the order of the rail: what moves the picture, what corrects a mask (correct_tools.h),
// and from `rectangle` on what marks an example.
enum class ToolKind { pan, brush, eraser, object, rectangle, lasso, marker, polygon, pick };
inline constexpr int kToolKinds = 9;

class RegionTools : public QObject {
    Q_OBJECT

  public:
    explicit RegionTools(QObject* parent = nullptr);
    ~RegionTools() override;

    // The tool for the canvas; null for those that mark nothing.
    [[nodiscard]] CanvasTool* tool(ToolKind kind) const;

    // What the tools work on: the picture being marked (another one ends what is half drawn), what was found in it, and
    // the region in hand, which the brush goes on with (null: it starts afresh).
    void setPicture(int width, int height);
    void setFound(std::shared_ptr<const HeatPyramid> map, double threshold);
    void setCurrent(std::shared_ptr<const Mask> region);
    void setBrushRadius(double pixels);  // of the picture; in one of another size as large a part of it
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] const std::shared_ptr<const HeatPyramid>& found() const { return found_; }
    [[nodiscard]] double threshold() const { return threshold_; }
    [[nodiscard]] const std::shared_ptr<const Mask>& current() const { return current_; }
    [[nodiscard]] double brushRadius() const { return radius_; }
    // The radius the person wants, as a share of the picture's longer side.
    [[nodiscard]] double brushShare() const { return share_; }
    void setBrushShare(double share);

  Q_SIGNALS:
    void marked(const maskwright::Mask& region, maskwright::ui::MarkMode mode);
    // While the hand moves: the mask as it would be now.
    void marking(const maskwright::ui::Drawing& drawing);
    // The click met nothing that was found.
    void missed();
    // The hand let go without having marked a pixel: `click` where it did not move, else it was outside the picture.
    void nothing(bool click);
    // What was half drawn is dropped.
    void gaveUp();
    void brushRadiusChanged(double radius);

  private:
    int width_ = 0, height_ = 0;
    std::shared_ptr<const HeatPyramid> found_;
    double threshold_ = 0.5;
    std::shared_ptr<const Mask> current_;
    double radius_ = 20, share_;
    std::array<std::unique_ptr<RegionTool>, kToolKinds> tools_;
};

}  // namespace maskwright::ui
