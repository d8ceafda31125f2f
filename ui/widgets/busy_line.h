// Three pixels that move while something runs: says "not stuck" without a spinner in the way. Shows after a moment, so
// that quick answers do not flicker.
#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QWidget>

namespace maskwright::ui {

class BusyLine : public QWidget {
    Q_OBJECT

  public:
    explicit BusyLine(QWidget* parent = nullptr);
    void setBusy(bool busy);
    [[nodiscard]] bool busy() const { return busy_; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

  private:
    bool busy_ = false;
    QBasicTimer timer_;
    QElapsedTimer since_;
};

}  // namespace maskwright::ui
