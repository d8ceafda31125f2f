#include "ui/canvas/region_tools.h"

#include <QCursor>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/canvas/region_shapes.h"
#include "ui/model/region.h"

namespace maskwright::ui {
namespace {

constexpr double kClick = 3;        // device pixels: a shorter drag is a click
constexpr double kCloseReach = 10;  // device pixels around a polygon's first corner that close it
constexpr double kLassoStep = 1.5;  // device pixels between a lasso's points
const QColor kInk(255, 255, 255), kHalo(20, 20, 30, 170), kWash(90, 150, 255, 60);

MarkMode modeOf(Qt::KeyboardModifiers keys) {
    return keys & Qt::AltModifier ? MarkMode::take : keys & Qt::ShiftModifier ? MarkMode::add : MarkMode::fresh;
}

// White on a dark halo: seen on every photograph.
void drawLine(QPainter& painter, const QPainterPath& path, bool wash) {
    painter.setBrush(wash ? QBrush(kWash) : QBrush(Qt::NoBrush));
    painter.setPen(QPen(kHalo, 3.4));
    painter.drawPath(path);
    painter.setBrush(Qt::NoBrush);
    QPen pen(kInk, 1.5);
    pen.setDashPattern({5, 3});
    painter.setPen(pen);
    painter.drawPath(path);
}

QPainterPath pathOf(const QPolygonF& points, const ViewTransform& view, bool closed) {
    QPainterPath path;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const QPointF at = view.toView(points[i]);
        i == 0 ? path.moveTo(at) : path.lineTo(at);
    }
    if (closed) {
        path.closeSubpath();
    }
    return path;
}

}  // namespace

class RegionTools::Base : public CanvasTool {
  public:
    explicit Base(RegionTools& owner) : owner_(owner) {}
    [[nodiscard]] QCursor cursor() const override { return Qt::CrossCursor; }
    virtual void giveUp() {}

  protected:
    void finish(const Mask& mask, MarkMode mode) {
        // Where more than this tool's own shape is changed, a blank mask may be what is left of it.
        if (!isBlank(mask) || mode == MarkMode::take) {
            Q_EMIT owner_.marked(mask, mode);
        } else {
            Q_EMIT owner_.nothing(false);
        }
    }
    RegionTools& owner_;
    double scale_ = 1;  // of the last frame: what a screen pixel is in the picture
};

class RegionTools::Rectangle : public Base {
  public:
    using Base::Base;
    void press(QPointF at, Qt::KeyboardModifiers) override { from_ = to_ = at; }
    void drag(QPointF at, Qt::KeyboardModifiers) override {
        if (!from_) {
            return;
        }
        to_ = at;
        if (!isClick()) {
            Q_EMIT owner_.marking(rectangleMask(owner_.width_, owner_.height_, *from_, to_));
        }
    }
    void release(QPointF at, Qt::KeyboardModifiers keys) override {
        if (!from_) {
            return;
        }
        to_ = at;
        const bool click = isClick();
        const QPointF from = *from_;
        from_.reset();
        if (click) {
            Q_EMIT owner_.nothing(true);
        } else {
            finish(rectangleMask(owner_.width_, owner_.height_, from, to_), modeOf(keys));
        }
    }
    bool key(int key) override {
        const bool used = key == Qt::Key_Escape && from_;
        if (used) {
            giveUp();
            Q_EMIT owner_.gaveUp();
        }
        return used;
    }
    void giveUp() override { from_.reset(); }
    void paint(QPainter& painter, const ViewTransform& view) override {
        scale_ = view.scale;
        if (from_) {
            QPainterPath path;
            path.addRect(QRectF(view.toView(*from_), view.toView(to_)).normalized());
            drawLine(painter, path, true);
        }
    }

  private:
    [[nodiscard]] bool isClick() const {
        const QPointF d = (to_ - *from_) * scale_;
        return std::hypot(d.x(), d.y()) < kClick;
    }
    std::optional<QPointF> from_;
    QPointF to_;
};

class RegionTools::Freehand : public Base {
  public:
    using Base::Base;
    void press(QPointF at, Qt::KeyboardModifiers) override { points_ = {at}; }
    void drag(QPointF at, Qt::KeyboardModifiers) override {
        const QPointF d = points_.isEmpty() ? QPointF() : (at - points_.back()) * scale_;
        if (!points_.isEmpty() && std::hypot(d.x(), d.y()) >= kLassoStep) {
            points_ << at;
            if (points_.size() > 2) {
                Q_EMIT owner_.marking(polygonMask(owner_.width_, owner_.height_, points_));
            }
        }
    }
    void release(QPointF, Qt::KeyboardModifiers keys) override {
        const QPolygonF points = std::exchange(points_, {});
        if (points.size() > 2) {
            finish(polygonMask(owner_.width_, owner_.height_, points), modeOf(keys));
        } else if (!points.isEmpty()) {
            Q_EMIT owner_.nothing(true);
        }
    }
    bool key(int key) override {
        const bool used = key == Qt::Key_Escape && !points_.isEmpty();
        if (used) {
            giveUp();
            Q_EMIT owner_.gaveUp();
        }
        return used;
    }
    void giveUp() override { points_.clear(); }
    void paint(QPainter& painter, const ViewTransform& view) override {
        scale_ = view.scale;
        if (points_.size() > 1) {
            drawLine(painter, pathOf(points_, view, points_.size() > 2), true);
        }
    }

  private:
    QPolygonF points_;
};

class RegionTools::Brush : public Base {
  public:
    using Base::Base;
    [[nodiscard]] QCursor cursor() const override { return Qt::BlankCursor; }
    void press(QPointF at, Qt::KeyboardModifiers keys) override {
        mode_ = keys & Qt::AltModifier ? MarkMode::take : MarkMode::add;
        const auto& current = owner_.current_;
        const bool goesOn = current && current->width == owner_.width_ && current->height == owner_.height_;
        if (!goesOn && mode_ == MarkMode::take) {
            Q_EMIT owner_.marked(Mask(owner_.width_, owner_.height_), mode_);  // there is nothing to take from
            return;
        }
        working_ = goesOn ? *current : Mask(owner_.width_, owner_.height_);
        fresh_ = !goesOn;
        stroke_ = {at};
        paintTo(at);
    }
    void drag(QPointF at, Qt::KeyboardModifiers) override {
        at_ = at;
        if (!stroke_.isEmpty()) {
            paintTo(at);
        }
    }
    void release(QPointF, Qt::KeyboardModifiers) override {
        if (stroke_.isEmpty()) {
            return;
        }
        stroke_.clear();
        const Mask done = std::exchange(working_, {});
        // The working mask is the whole of it: `fresh` for a new example, otherwise it replaces the one in hand.
        if (fresh_) {
            finish(done, MarkMode::fresh);
        } else {
            Mask gone = without(*owner_.current_, done);
            finish(mode_ == MarkMode::take ? gone : done, mode_);
        }
    }
    void hover(QPointF at) override { at_ = at; }
    bool key(int key) override {
        if (key == Qt::Key_BracketLeft || key == Qt::Key_BracketRight) {
            owner_.setBrushRadius(owner_.radius_ * (key == Qt::Key_BracketLeft ? 1 / 1.2 : 1.2));
            return true;
        }
        return false;
    }
    void giveUp() override { stroke_.clear(); }
    void paint(QPainter& painter, const ViewTransform& view) override {
        scale_ = view.scale;
        const double radius = std::max(owner_.radius_ * view.scale, 1.0);
        if (!stroke_.isEmpty()) {
            QColor wash = mode_ == MarkMode::take ? QColor(255, 80, 80, 110) : QColor(90, 150, 255, 110);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(wash, 2 * radius, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            if (stroke_.size() == 1) {
                painter.drawPoint(view.toView(stroke_[0]));
            } else {
                painter.drawPath(pathOf(stroke_, view, false));
            }
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(kHalo, 3));
        painter.drawEllipse(view.toView(at_), radius, radius);
        painter.setPen(QPen(kInk, 1.3));
        painter.drawEllipse(view.toView(at_), radius, radius);
    }

  private:
    void paintTo(QPointF at) {
        at_ = at;
        paintStroke(working_, stroke_.back(), at, owner_.radius_, mode_ == MarkMode::take ? 0 : 255);
        stroke_ << at;
        Q_EMIT owner_.marking(working_);
    }
    QPointF at_;
    QPolygonF stroke_;
    Mask working_;
    MarkMode mode_ = MarkMode::add;
    bool fresh_ = true;
};

class RegionTools::Polygon : public Base {
  public:
    using Base::Base;
    void press(QPointF at, Qt::KeyboardModifiers keys) override {
        if (points_.size() > 2 && near(at, points_.front())) {
            close(keys);
            return;
        }
        points_ << at;
        cursor_ = at;
    }
    void drag(QPointF at, Qt::KeyboardModifiers) override { cursor_ = at; }
    void release(QPointF, Qt::KeyboardModifiers) override {}
    void hover(QPointF at) override {
        cursor_ = at;
        if (points_.size() > 1) {
            QPolygonF all = points_;
            all << at;
            Q_EMIT owner_.marking(polygonMask(owner_.width_, owner_.height_, all));
        }
    }
    void doubleClick(QPointF) override {
        // The first press of the double click has put a corner here already.
        close({});
    }
    bool key(int key) override {
        if (points_.isEmpty()) {
            return false;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            close({});
            return true;
        }
        if (key == Qt::Key_Backspace) {
            points_.removeLast();
            return true;
        }
        if (key == Qt::Key_Escape) {
            giveUp();
            Q_EMIT owner_.gaveUp();
            return true;
        }
        return false;
    }
    void giveUp() override { points_.clear(); }
    void paint(QPainter& painter, const ViewTransform& view) override {
        scale_ = view.scale;
        if (points_.isEmpty()) {
            return;
        }
        QPolygonF all = points_;
        all << cursor_;
        drawLine(painter, pathOf(all, view, false), false);
        painter.setPen(QPen(kHalo, 1.5));
        for (qsizetype i = 0; i < points_.size(); ++i) {
            const bool closing = i == 0 && points_.size() > 2 && near(cursor_, points_[0]);
            painter.setBrush(closing ? QColor(90, 150, 255) : kInk);
            painter.drawEllipse(view.toView(points_[i]), closing ? 6 : 3.5, closing ? 6 : 3.5);
        }
    }

  private:
    [[nodiscard]] bool near(QPointF a, QPointF b) const {
        const QPointF d = (a - b) * scale_;
        return std::hypot(d.x(), d.y()) < kCloseReach;
    }
    void close(Qt::KeyboardModifiers keys) {
        const QPolygonF points = std::exchange(points_, {});
        if (points.size() > 2) {
            finish(polygonMask(owner_.width_, owner_.height_, points), modeOf(keys));
        } else {
            Q_EMIT owner_.gaveUp();
        }
    }
    QPolygonF points_;
    QPointF cursor_;
};

class RegionTools::Pick : public Base {
  public:
    using Base::Base;
    [[nodiscard]] QCursor cursor() const override { return Qt::PointingHandCursor; }
    void press(QPointF at, Qt::KeyboardModifiers keys) override {
        const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
        const auto& found = owner_.found_;
        if (!found || !found->full) {
            Q_EMIT owner_.missed();
            return;
        }
        const Mask piece = pickPiece(*found->full, owner_.threshold_, pixel);
        if (isBlank(piece)) {
            Q_EMIT owner_.missed();
        } else {
            finish(piece, modeOf(keys));
        }
    }
    void drag(QPointF, Qt::KeyboardModifiers) override {}
    void release(QPointF, Qt::KeyboardModifiers) override {}
    void paint(QPainter&, const ViewTransform&) override {}
};

RegionTools::RegionTools(QObject* parent) : QObject(parent) {
    tools_.resize(kToolKinds);
    tools_[std::size_t(ToolKind::rectangle)] = std::make_unique<Rectangle>(*this);
    tools_[std::size_t(ToolKind::lasso)] = std::make_unique<Freehand>(*this);
    tools_[std::size_t(ToolKind::brush)] = std::make_unique<Brush>(*this);
    tools_[std::size_t(ToolKind::polygon)] = std::make_unique<Polygon>(*this);
    tools_[std::size_t(ToolKind::pick)] = std::make_unique<Pick>(*this);
}

RegionTools::~RegionTools() = default;

CanvasTool* RegionTools::tool(ToolKind kind) const { return tools_[std::size_t(kind)].get(); }

void RegionTools::setPicture(int width, int height) {
    width_ = width;
    height_ = height;
    for (const auto& tool : tools_) {
        if (tool) {
            tool->giveUp();
        }
    }
    setBrushRadius(std::max(width, height) / 40.0);
}

void RegionTools::setFound(std::shared_ptr<const HeatPyramid> map, double threshold) {
    found_ = std::move(map);
    threshold_ = threshold;
}

void RegionTools::setCurrent(std::shared_ptr<const Mask> region) { current_ = std::move(region); }

void RegionTools::setBrushRadius(double pixels) {
    radius_ = std::clamp(pixels, 0.5, std::max(std::max(width_, height_) / 2.0, 1.0));
    Q_EMIT brushRadiusChanged(radius_);
}

}  // namespace maskwright::ui
