// Which colour stands for which probability in the heat view, with the threshold marked. GUI thread.
#pragma once

#include <QWidget>

namespace maskwright::ui {

class HeatLegend : public QWidget {
    Q_OBJECT

  public:
    explicit HeatLegend(QWidget* parent = nullptr);
    void setThreshold(double threshold);  // 0..1
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    double threshold_ = 0.5;
};

}  // namespace maskwright::ui
