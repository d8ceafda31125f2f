// A click takes one object out of a mask.
#pragma once

#include <cmath>

#include "ui/canvas/correct_tools.h"

namespace maskwright::ui {

class ObjectTool : public CanvasTool {
  public:
    explicit ObjectTool(CorrectTools& owner) : owner_(owner) {}
    void press(QPointF at, Qt::KeyboardModifiers) override {
        Q_EMIT owner_.pointed(QPoint(int(std::floor(at.x())), int(std::floor(at.y()))));
    }
    void drag(QPointF, Qt::KeyboardModifiers) override {}
    void release(QPointF, Qt::KeyboardModifiers) override {}
    void paint(QPainter&, const ViewTransform&) override {}
    [[nodiscard]] QCursor cursor() const override { return Qt::PointingHandCursor; }

  private:
    CorrectTools& owner_;
};

}  // namespace maskwright::ui
