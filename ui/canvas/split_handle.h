// The line between the picture alone and the picture with its masks: dragged, or moved with the arrow keys. A slider of
// thousandths of what the canvas shows, so that a screen reader says where it is. GUI thread.
#pragma once

#include <QAbstractSlider>

namespace maskwright::ui {

class Canvas;

class SplitHandle : public QAbstractSlider {
    Q_OBJECT

  public:
    explicit SplitHandle(Canvas& canvas);
    static constexpr int kWhole = 1000;
    void setShare(double share);  // no signal
    // Puts it where the canvas draws; to be called when its view has changed.
    void place();

  Q_SIGNALS:
    void moved(double share);
    void settled();  // the person let go

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    [[nodiscard]] QRectF seen() const;  // in the canvas's widget pixels
    Canvas& canvas_;
};

}  // namespace maskwright::ui
