// How a map's probabilities are spread, above the slider of the threshold: what lies above it in the mask's colour.
// GUI thread.
#pragma once

#include <QColor>
#include <QWidget>
#include <optional>

#include "core/image/automatic_threshold.h"

namespace maskwright::ui {

class HistogramStrip : public QWidget {
    Q_OBJECT

  public:
    explicit HistogramStrip(QWidget* parent = nullptr);
    // The slider's range and how far its ends lie from the edges, in pixels: a bar stands above its value.
    void setRange(double low, double high, int inset);
    void setHistogram(const Histogram* histogram);  // copied; null: nothing is found
    void setThreshold(double threshold, const QColor& inside);

    // Heights of `count` bars over low..high, 0..1: logarithmic, since most pixels of most pictures lie near 0. A bar
    // with a pixel is at least a little high.
    static std::vector<double> bars(const Histogram& histogram, int count, double low, double high);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    double low_ = 0, high_ = 1;
    int inset_ = 0;
    std::optional<Histogram> histogram_;
    double threshold_ = 0.5;
    QColor inside_;
};

}  // namespace maskwright::ui
