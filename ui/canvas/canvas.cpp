#include "ui/canvas/canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/model/overlay_state.h"
#include "ui/widgets/theme.h"

namespace maskwright::ui {
namespace {

constexpr double kMargin = 24;    // around a fitted picture, in widget pixels
constexpr double kNotch = 1.2;    // zoom a wheel notch
constexpr double kClick = 4;      // widget pixels that a hand may move during a click
constexpr double kPixelated = 3;  // from here on single pixels are shown as squares

}  // namespace

Canvas::Canvas(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 180);
}

void Canvas::setPicture(std::shared_ptr<const PicturePyramid> picture) {
    picture_ = std::move(picture);
    mask_ = {};
    placeholder_ = {};
    drawn_ = {};
    together_ = {};
    setLayers({});
    setMarks({});
    setOutlines({});
    fit();
    updateCursor();
    update();
}

void Canvas::setMask(ShownMask mask, const QRect& changed) {
    if (mask == mask_) {
        return;
    }
    // What a stroke has shown comes again as the row's: the same pixels, made anew.
    const bool same = mask.map == mask_.map && mask.object == mask_.object && mask.correction == mask_.correction &&
                      mask.rivals == mask_.rivals;
    const bool inPlace = (same || !changed.isEmpty()) && drawn_.mask == mask_ && !mask_.empty();
    mask_ = std::move(mask);
    if (!inPlace) {
        drawn_.stale = {};
        update();
        return;
    }
    drawn_.mask = mask_;
    if (!same) {
        drawn_.stale |= changed;
        updateDevice(touchedBy(changed, view_));
    }
}

void Canvas::setPlaceholder(const QImage& small, QSize whole) {
    placeholder_ = small;
    placeholderOf_ = whole;
    updateCursor();
    update();
}

void Canvas::setLayers(std::vector<CanvasLayer> layers) {
    if (layers != layers_) {
        layers_ = std::move(layers);
        drawnLayers_.resize(layers_.size());  // each knows what it was drawn from
        update();
    }
}

void Canvas::setOverlay(const output::Appearance& appearance) {
    appearance_ = appearance;
    update();
}

void Canvas::setOverlayVisible(bool visible) {
    overlayVisible_ = visible;
    update();
}

void Canvas::setMaskView(MaskView view) {
    if (view == maskView_) {
        return;
    }
    maskView_ = view;
    together_ = {};
    update();
}

void Canvas::setSplit(std::optional<double> share) {
    if (share != split_) {
        split_ = share;
        update();
    }
}

void Canvas::setMarks(std::vector<CanvasMark> marks) {
    if (marks != marks_) {
        marks_ = std::move(marks);
        drawnMarks_.assign(marks_.size(), {});
        update();
    }
}

void Canvas::setOutlines(std::vector<CanvasOutline> outlines) {
    if (outlines != outlines_) {
        outlines_ = std::move(outlines);
        update();
    }
}

void Canvas::setTool(CanvasTool* tool) {
    if (tool_ != nullptr && tool_ != tool) {
        tool_->giveUp();
        drawing_ = false;
    }
    tool_ = tool;
    updateCursor();
    update();
}

void Canvas::fit() {
    if (hasPicture()) {
        setView(fitted(deviceSize(), picture_->size(), kMargin * devicePixelRatioF()), true);
    }
}

void Canvas::zoomTo(double scale) {
    if (hasPicture()) {
        setView(zoomedTo(view_, deviceSize(), scale), false);
    }
}

void Canvas::zoomBy(double factor) { zoomTo(view_.scale * factor); }

void Canvas::centreOn(QPointF picture) {
    if (hasPicture()) {
        ViewTransform moved = view_;
        moved.offset = QPointF(deviceSize().width(), deviceSize().height()) / 2 - picture * view_.scale;
        setView(moved, fitting_);
    }
}

QRect Canvas::seen() const {
    return hasPicture() ? QRectF(view_.offset, QSizeF(picture_->size()) * view_.scale).toAlignedRect() &
                              QRect(QPoint(0, 0), deviceSize().toSize())
                        : QRect();
}

QSizeF Canvas::deviceSize() const { return QSizeF(size()) * devicePixelRatioF(); }

void Canvas::setView(const ViewTransform& view, bool fitting) {
    fitting_ = fitting;
    view_ = kept(view, deviceSize(), picture_->size());
    update();
    Q_EMIT viewChanged(view_.scale);
}

void Canvas::updateCursor() {
    if (panning_) {
        setCursor(Qt::ClosedHandCursor);
    } else if (!hasPicture()) {
        unsetCursor();
    } else if (space_) {
        setCursor(Qt::OpenHandCursor);
    } else if (tool_ != nullptr) {
        setCursor(tool_->cursor());
    } else {
        unsetCursor();
    }
}

void Canvas::updateDevice(const QRectF& pixels) {
    const double ratio = devicePixelRatioF();
    update(QRectF(pixels.topLeft() / ratio, pixels.size() / ratio).toAlignedRect());
}

// What the tool itself draws.
void Canvas::updateTool() {
    const QRectF changed = tool_ == nullptr ? QRectF() : tool_->changed(view_);
    if (changed.isNull()) {
        update();
    } else {
        updateDevice(changed);
    }
}

// Only where the mask has changed, into the image that is there.
void Canvas::redraw(Drawn& drawn) const {
    const QRect inner = touchedBy(drawn.stale, view_) & drawn.area;
    drawn.stale = {};
    drawn.sampled = {};
    if (inner.isEmpty()) {
        return;
    }
    const QRect outer = inner.adjusted(-1, -1, 1, 1) & drawn.area;  // a pixel's slope is taken from its neighbours
    const QImage part = renderOverlay(sampled(drawn.mask, view_, outer), outer.size(), drawn.appearance);
    QPainter painter(&drawn.image);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.drawImage(inner.topLeft() - drawn.area.topLeft(), part,
                      QRect(inner.topLeft() - outer.topLeft(), inner.size()));
}

const QImage& Canvas::drawnImage(Drawn& drawn, const ShownMask& mask, const QRect& area,
                                 output::Appearance appearance) {
    appearance.lineWidth *= devicePixelRatioF();
    const bool samePlace = drawn.mask == mask && drawn.view == view_ && drawn.area == area;
    if (samePlace && drawn.appearance == appearance) {
        if (!drawn.stale.isEmpty()) {
            redraw(drawn);
        }
        return drawn.image;
    }
    // The second time in one place something is being moved; marks, which do not move, keep no samples.
    const bool kept = samePlace && drawn.stale.isEmpty() && !drawn.sampled.map.empty();
    Sampled samples = kept ? std::move(drawn.sampled) : sampled(mask, view_, area, std::move(spare_));
    QImage image = renderOverlay(samples, area.size(), appearance, std::move(drawn.image));
    drawn = {mask, view_, area, appearance, std::move(image), {}, {}};
    if (samePlace) {
        drawn.sampled = std::move(samples);
    } else {
        spare_ = std::move(samples.map);
    }
    return drawn.image;
}

void Canvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colours& colours = Theme::colours();
    painter.fillRect(rect(), colours.canvas);
    // From here on in device pixels.
    const double ratio = devicePixelRatioF();
    painter.scale(1 / ratio, 1 / ratio);
    if (!placeholder_.isNull()) {
        const ViewTransform view = fitted(deviceSize(), placeholderOf_, kMargin * ratio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRectF(view.offset, QSizeF(placeholderOf_) * view.scale), placeholder_);
    }
    if (!hasPicture()) {
        return;
    }
    const QRectF target(view_.offset, QSizeF(picture_->size()) * view_.scale);
    const QRect visible = seen();
    if (visible.isEmpty()) {
        return;
    }
    paintShadow(painter, target, visible);
    const bool masked = overlayVisible_ && drawsMasks();
    if (!masked || maskView_ != MaskView::mask || split_) {  // a mask alone hides all of it
        paintPicture(painter, target, visible);
    }
    if (masked) {
        painter.save();
        if (split_) {
            painter.setClipRect(visible.adjusted(int(std::lround(*split_ * visible.width())), 0, 0, 0));
        }
        paintMasks(painter, visible);
        painter.restore();
    }
    paintOutlines(painter, visible);
    for (std::size_t i = 0; i < marks_.size(); ++i) {
        output::Appearance appearance = screenAppearance(toColour(marks_[i].colour));
        appearance.opacity = marks_[i].active ? 0.22 : 0.1;
        appearance.lineWidth = marks_[i].active ? 2.2 : 1.4;
        painter.drawImage(visible.topLeft(), drawnImage(drawnMarks_[i], {marks_[i].map}, visible, appearance));
    }
    if (tool_ != nullptr) {
        painter.setRenderHint(QPainter::Antialiasing);
        tool_->paint(painter, view_);
    }
}

// Only where it is seen: filling all that the picture hides took longer than the picture itself.
void Canvas::paintShadow(QPainter& painter, const QRectF& target, const QRect& visible) const {
    const double ratio = devicePixelRatioF();
    const QRegion seen = QRegion(QRect(QPoint(0, 0), deviceSize().toSize())) - visible.adjusted(2, 2, -2, -2);
    if (seen.isEmpty()) {
        return;
    }
    painter.save();
    painter.setClipRegion(seen, Qt::IntersectClip);
    painter.setPen(Qt::NoPen);
    for (int i = 1; i <= 6; ++i) {
        QColor shadow = Theme::colours().shadow;
        shadow.setAlpha(shadow.alpha() / (4 + 2 * i));
        painter.setBrush(shadow);
        painter.drawRoundedRect(target.adjusted(-i * ratio, -i * ratio + 2 * ratio, i * ratio, i * ratio + 2 * ratio),
                                3 * ratio, 3 * ratio);
    }
    painter.restore();
}

void Canvas::paintPicture(QPainter& painter, const QRectF& target, const QRect& visible) const {
    const QImage& level = picture_->levels[std::size_t(picture_->levelFor(view_.scale))];
    const double fx = double(level.width()) / picture_->size().width(),
                 fy = double(level.height()) / picture_->size().height();
    const QRectF part(view_.toPicture(visible.topLeft()),
                      view_.toPicture(QPointF(visible.x() + visible.width(), visible.y() + visible.height())));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, view_.scale < kPixelated);
    painter.drawImage(
        QRectF(visible) & target, level,
        QRectF(part.x() * fx, part.y() * fy, part.width() * fx, part.height() * fy) & QRectF(level.rect()));
}

void Canvas::paintMasks(QPainter& painter, const QRect& visible) {
    const bool heat = maskView_ == MaskView::heat;
    if (showsTogether(maskView_) || (heat && mask_.empty())) {
        std::vector<MaskSource> others;
        for (const CanvasLayer& layer : layers_) {
            others.push_back({layer.mask, layer.appearance.threshold});
        }
        painter.drawImage(visible.topLeft(), together_.draw(maskView_, {mask_, appearance_.threshold}, others, view_,
                                                            visible, appearance_, devicePixelRatioF()));
        return;
    }
    // The colours of two heats would say nothing: what is worked on has the picture to itself.
    for (std::size_t i = 0; i < layers_.size() && !heat; ++i) {
        painter.drawImage(visible.topLeft(),
                          drawnImage(drawnLayers_[i], layers_[i].mask, visible, layers_[i].appearance));
    }
    if (!mask_.empty()) {
        painter.drawImage(visible.topLeft(), drawnImage(drawn_, mask_, visible, appearance_));
    }
}

// White on a dark halo is seen on every photograph.
void Canvas::paintOutlines(QPainter& painter, const QRect& visible) const {
    const auto pen = [](const QColor& colour, double width) {
        QPen made(colour, width);
        made.setCosmetic(true);
        return made;
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(visible);
    painter.translate(view_.offset);
    painter.scale(view_.scale, view_.scale);
    for (const CanvasOutline& outline : outlines_) {
        const double wide = devicePixelRatioF();
        painter.setBrush(outline.lit ? QBrush(QColor(255, 255, 255, 70)) : QBrush(Qt::NoBrush));
        painter.setPen(pen(QColor(20, 20, 30, outline.lit ? 190 : 70), (outline.lit ? 4.2 : 2.2) * wide));
        painter.drawPath(*outline.path);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(pen(QColor(255, 255, 255, outline.lit ? 255 : 120), (outline.lit ? 2.0 : 1.0) * wide));
        painter.drawPath(*outline.path);
    }
    painter.restore();
}

void Canvas::resizeEvent(QResizeEvent*) {
    if (!hasPicture()) {
        return;
    }
    if (fitting_) {
        fit();
    } else {
        setView(view_, false);
    }
}

void Canvas::wheelEvent(QWheelEvent* event) {
    if (!hasPicture()) {
        return;
    }
    const bool sideways = event->modifiers() & Qt::ShiftModifier;
    if (sideways) {
        ViewTransform moved = view_;
        const QPointF delta = event->angleDelta();
        moved.offset.rx() += (delta.x() != 0 ? delta.x() : delta.y()) * devicePixelRatioF();
        setView(moved, false);
    } else {
        const double notches = event->angleDelta().y() / 120.0;
        setView(zoomedAt(view_, device(event->position()), std::pow(kNotch, notches)), false);
    }
    event->accept();
}

bool Canvas::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture && hasPicture()) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            setView(zoomedAt(view_, device(gesture->position()), 1 + gesture->value()), false);
            return true;
        }
    }
    return QWidget::event(event);
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    if (!hasPicture()) {
        return;
    }
    last_ = device(event->position());
    clickedHere_ = true;
    const bool left = event->button() == Qt::LeftButton;
    const bool right = event->button() == Qt::RightButton && tool_ != nullptr && tool_->paints();
    pressed_ = left && !space_ && tool_ == nullptr ? std::optional(event->position()) : std::nullopt;
    if (event->button() == Qt::MiddleButton || (left && (space_ || tool_ == nullptr))) {
        panning_ = true;
        updateCursor();
    } else if ((left || right) && !drawing_) {
        drawing_ = true;
        button_ = event->button();
        tool_->press(view_.toPicture(last_), right ? event->modifiers() | Qt::AltModifier : event->modifiers());
        updateTool();
    }
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    if (!hasPicture()) {
        return;
    }
    const QPointF at = device(event->position()), picture = view_.toPicture(at);
    if (pressed_ && (event->position() - *pressed_).manhattanLength() > kClick) {
        pressed_.reset();
    }
    if (panning_) {
        ViewTransform moved = view_;
        moved.offset += at - last_;
        setView(moved, false);
    } else if (drawing_ && tool_ != nullptr) {
        tool_->drag(picture, event->modifiers());
        updateTool();
    } else if (tool_ != nullptr) {
        tool_->hover(picture);
        updateTool();
    }
    last_ = at;
    Q_EMIT pointed(picture, QRectF(QPointF(0, 0), QSizeF(picture_->size())).contains(picture));
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && std::exchange(pressed_, std::nullopt)) {
        Q_EMIT clicked(view_.toPicture(device(event->position())));
    }
    if (panning_ && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) {
        panning_ = false;
        updateCursor();
    } else if (drawing_ && event->button() == button_) {
        drawing_ = false;
        if (tool_ != nullptr) {
            tool_->release(view_.toPicture(device(event->position())), event->modifiers());
        }
        updateTool();
    }
}

void Canvas::hideEvent(QHideEvent*) { clickedHere_ = false; }

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    // The first click may have been on the picture's card in a folder, which has brought the canvas up.
    if (!clickedHere_) {
        return;
    }
    if (tool_ != nullptr && tool_->paints()) {
        mousePressEvent(event);
        return;
    }
    if (!hasPicture() || event->button() != Qt::LeftButton) {
        return;
    }
    if (tool_ != nullptr) {
        tool_->doubleClick(view_.toPicture(device(event->position())));
        update();
    } else if (fitting_) {
        setView(zoomedAt(view_, device(event->position()), 1 / view_.scale), false);
    } else {
        fit();
    }
}

void Canvas::leaveEvent(QEvent*) { Q_EMIT pointed({}, false); }

bool Canvas::takeArrow(const QKeyEvent& event) {
    constexpr double kStep = 16;  // device-independent pixels of the view; with Ctrl one pixel of the picture
    const std::pair<int, QPointF> directions[] = {
        {Qt::Key_Left, {-1, 0}}, {Qt::Key_Right, {1, 0}}, {Qt::Key_Up, {0, -1}}, {Qt::Key_Down, {0, 1}}};
    const auto* found = std::find_if(std::begin(directions), std::end(directions),
                                     [&](const auto& one) { return one.first == event.key(); });
    if (found == std::end(directions) || !hasPicture()) {
        return false;
    }
    const bool fine = event.modifiers() & Qt::ControlModifier;
    const double step = fine ? 1 : std::max(std::round(kStep * devicePixelRatioF() / view_.scale), 1.0);
    if (tool_ != nullptr) {
        return tool_->arrow(found->second * step, event.modifiers());
    }
    ViewTransform moved = view_;
    moved.offset -= found->second * step * view_.scale;
    setView(moved, false);
    return true;
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    if ((tool_ != nullptr && tool_->key(event->key())) || takeArrow(*event)) {
        update();
        return;
    }
    if (event->key() == Qt::Key_Space) {
        if (!event->isAutoRepeat()) {
            space_ = true;
            updateCursor();
        }
        return;
    }
    const QString text = event->text();
    const bool command = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (!command && !text.isEmpty() && text.front().isPrint()) {
        Q_EMIT typed(text);
        return;
    }
    QWidget::keyPressEvent(event);
}

void Canvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        space_ = false;
        updateCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void Canvas::focusOutEvent(QFocusEvent* event) {
    space_ = false;
    updateCursor();
    QWidget::focusOutEvent(event);
}

}  // namespace maskwright::ui
