// The picture, large, with what was found laid over it. Wheel zooms to the cursor, middle button or space drags, a
// double click changes between the whole picture and its own size. Tools (canvas_tool.h) get the left button when one
// is chosen. GUI thread; draws only, computes no masks.
#pragma once

#include <QPainterPath>
#include <QWidget>
#include <memory>
#include <optional>

#include "ui/canvas/canvas_tool.h"
#include "ui/canvas/overlay.h"
#include "ui/canvas/together.h"
#include "ui/canvas/view_transform.h"
#include "ui/model/pyramid.h"

namespace maskwright::ui {

// A marked object: 1 inside, 0 outside, drawn as an outline.
struct CanvasMark {
    std::shared_ptr<const HeatPyramid> map;
    QColor colour;
    bool active = false;
    bool operator==(const CanvasMark&) const = default;
};

// A mask below the one that is worked on.
struct CanvasLayer {
    ShownMask mask;
    output::Appearance appearance;
    bool operator==(const CanvasLayer&) const = default;
};

// Something that may be chosen, drawn as a line (outline.h), and washed over where it is pointed at.
struct CanvasOutline {
    std::shared_ptr<const QPainterPath> path;
    bool lit = false;
    bool operator==(const CanvasOutline&) const = default;
};

class Canvas : public QWidget {
    Q_OBJECT

  public:
    explicit Canvas(QWidget* parent = nullptr);

    // Null takes it away. A new picture is fitted.
    void setPicture(std::shared_ptr<const PicturePyramid> picture);
    // Shown instead of everything else until setPicture(): a picture of the size `whole`, small, while it is being
    // read. Null: nothing any more.
    void setPlaceholder(const QImage& small, QSize whole);
    // `changed`: all pixels of the picture in which the mask differs from the one before; only they are drawn anew.
    // Empty: any.
    void setMask(ShownMask mask, const QRect& changed = {});
    void setLayers(std::vector<CanvasLayer> layers);
    void setOverlay(const output::Appearance& appearance);
    void setOverlayVisible(bool visible);
    void setMaskView(MaskView view);
    // Left of this share of what is seen the picture is alone; none: the masks are drawn everywhere.
    void setSplit(std::optional<double> share);
    void setMarks(std::vector<CanvasMark> marks);
    void setOutlines(std::vector<CanvasOutline> outlines);
    [[nodiscard]] bool hasPicture() const { return picture_ && !picture_->levels.empty() && placeholder_.isNull(); }
    [[nodiscard]] const ViewTransform& view() const { return view_; }
    [[nodiscard]] const std::shared_ptr<const PicturePyramid>& picture() const { return picture_; }
    // Whether there is a mask to draw.
    [[nodiscard]] bool drawsMasks() const { return !mask_.empty() || !layers_.empty(); }
    // Where the picture is drawn, in device pixels; what lies outside the canvas is left out.
    [[nodiscard]] QRect seen() const;
    [[nodiscard]] const std::shared_ptr<const HeatPyramid>& map() const { return mask_.map; }
    [[nodiscard]] const ShownMask& mask() const { return mask_; }
    // Borrowed; null for none (dragging moves the picture). What the one before had half drawn is given up.
    void setTool(CanvasTool* tool);

    void fit();
    void zoomTo(double scale);  // screen pixels a picture pixel, 1 = 100 %
    void zoomBy(double factor);
    void centreOn(QPointF picture);

  Q_SIGNALS:
    void viewChanged(double scale);
    void typed(const QString& text);             // a character, meant for the phrase box
    void pointed(QPointF picture, bool inside);  // the cursor's place in the picture
    void clicked(QPointF picture);               // the left button without a tool, and without dragging

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    [[nodiscard]] QSizeF deviceSize() const;
    [[nodiscard]] QPointF device(QPointF widget) const { return widget * devicePixelRatioF(); }
    void setView(const ViewTransform& view, bool fitting);
    // Whether it was an arrow that the tool, or the view, has moved by.
    bool takeArrow(const QKeyEvent& event);
    void updateCursor();
    void updateDevice(const QRectF& pixels);
    void updateTool();
    void paintShadow(QPainter& painter, const QRectF& target, const QRect& visible) const;
    void paintPicture(QPainter& painter, const QRectF& target, const QRect& visible) const;
    void paintMasks(QPainter& painter, const QRect& visible);
    void paintOutlines(QPainter& painter, const QRect& visible) const;

    // An overlay and what it was drawn from.
    struct Drawn {
        ShownMask mask;
        ViewTransform view;
        QRect area;
        output::Appearance appearance;
        QImage image;
        Sampled sampled;  // kept where the appearance moves; else empty
        QRect stale;      // where the mask has changed since, in pixels of the picture
    };
    const QImage& drawnImage(Drawn& drawn, const ShownMask& mask, const QRect& area, output::Appearance appearance);
    void redraw(Drawn& drawn) const;

    std::shared_ptr<const PicturePyramid> picture_;
    QImage placeholder_;
    QSize placeholderOf_;
    ShownMask mask_;
    output::Appearance appearance_;
    bool overlayVisible_ = true;
    MaskView maskView_ = MaskView::tint;
    std::optional<double> split_;
    Together together_;
    ViewTransform view_;
    bool fitting_ = true;  // follows the window's size until the person zooms
    CanvasTool* tool_ = nullptr;
    bool space_ = false, panning_ = false, drawing_ = false;
    bool clickedHere_ = false;               // since it came up
    Qt::MouseButton button_ = Qt::NoButton;  // that draws
    QPointF last_;
    std::optional<QPointF> pressed_;  // where, while it may still be a click

    Heatmap spare_;  // room for a frame's samples
    Drawn drawn_;
    std::vector<CanvasLayer> layers_;
    std::vector<Drawn> drawnLayers_;
    std::vector<CanvasMark> marks_;
    std::vector<Drawn> drawnMarks_;
    std::vector<CanvasOutline> outlines_;
};

}  // namespace maskwright::ui
