// The whole picture, small, with what the canvas shows of it framed; dragging moves the view. There while the picture
// is larger than the canvas, in a corner of it. GUI thread.
#pragma once

#include <QToolButton>
#include <QWidget>

namespace maskwright::ui {

class Canvas;

class Navigator : public QWidget {
    Q_OBJECT

  public:
    explicit Navigator(Canvas& canvas);
    // To be called when the canvas's view or picture has changed. `wanted`: whether the person wants to see it at all.
    void follow(bool wanted);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QWidget& closeButton() const { return *close_; }

  Q_SIGNALS:
    void closed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void goTo(QPointF at);
    [[nodiscard]] QRectF part() const;  // of the picture that is seen, in picture pixels
    Canvas& canvas_;
    QToolButton* close_;
};

}  // namespace maskwright::ui
