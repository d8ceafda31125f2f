// Where the picture lies in the view: device pixel = picture pixel * scale + offset. A value with pure functions; both
// sizes are in device pixels, so that one screen pixel is one number on every display.
#pragma once

#include <QPointF>
#include <QSizeF>

namespace maskwright::ui {

struct ViewTransform {
    double scale = 1;
    QPointF offset;

    [[nodiscard]] QPointF toView(QPointF picture) const { return picture * scale + offset; }
    [[nodiscard]] QPointF toPicture(QPointF view) const { return (view - offset) / scale; }
    bool operator==(const ViewTransform&) const = default;
};

// Screen pixels a picture pixel: from a picture that fills a thumbnail to a pixel that fills a fingertip.
inline constexpr double kMinScale = 0.01;
inline constexpr double kMaxScale = 64;

// The whole picture in the middle of the view with `margin` device pixels around it; a picture smaller than the view is
// enlarged at most `maxScale` times.
ViewTransform fitted(QSizeF view, QSizeF picture, double margin, double maxScale = 8);
// `factor` times larger with the picture's point under `cursor` staying where it is.
ViewTransform zoomedAt(const ViewTransform& transform, QPointF cursor, double factor);
// The picture at `scale`, keeping the point in the middle of the view.
ViewTransform zoomedTo(const ViewTransform& transform, QSizeF view, double scale);
// Moved back where the picture would leave the view: centred along a side it does not fill, never further out than half
// the view along one it does.
ViewTransform kept(const ViewTransform& transform, QSizeF view, QSizeF picture);

}  // namespace maskwright::ui
