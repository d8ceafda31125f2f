// A window with the cat open and its picture answered, and a hand that draws on it.
#pragma once

#include <QMouseEvent>
#include <algorithm>

#include "tests/support/fake_inference.h"
#include "ui/panels/tool_rail.h"
#include "window_fixture.h"

namespace maskwright::ui {

class Examples : public WindowFixture {
  protected:
    void SetUp() override {
        open(engine_);
        openCat();
        engine_.answer();
    }
    [[nodiscard]] ToolRail& rail() const { return *window_->findChild<ToolRail*>("rail"); }
    [[nodiscard]] const std::vector<Support>& supports() const { return window_->document().search().supports; }
    [[nodiscard]] QPoint at(double x, double y) const { return canvas().view().toView({x, y}).toPoint(); }
    void press(QPointF p, Qt::KeyboardModifiers keys = {}) {
        QTest::mousePress(&canvas(), Qt::LeftButton, keys, at(p.x(), p.y()));
    }
    void move(QPointF p, Qt::KeyboardModifiers keys = {}) {
        QMouseEvent event(QEvent::MouseMove, at(p.x(), p.y()), canvas().mapToGlobal(at(p.x(), p.y())), Qt::NoButton,
                          Qt::LeftButton, keys);
        QApplication::sendEvent(&canvas(), &event);
    }
    void release(QPointF p, Qt::KeyboardModifiers keys = {}) {
        QTest::mouseRelease(&canvas(), Qt::LeftButton, keys, at(p.x(), p.y()));
    }
    void drag(const std::vector<QPointF>& points, Qt::KeyboardModifiers keys = {}) {
        press(points.front(), keys);
        for (const QPointF& p : points) {
            move(p, keys);
        }
        release(points.back(), keys);
    }
    static int area(const Mask& mask) { return int(std::count(mask.pixels.begin(), mask.pixels.end(), 255)); }
    FakeInference engine_;
};

}  // namespace maskwright::ui
