// Plain line charts as a picture: how something grows. Text is ASCII; other bytes show as '?'.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/image/image.h"

namespace maskwright {

struct ChartPoint {
    double x = 0, y = 0;
};

struct ChartLine {
    std::string name;                // in the legend
    std::vector<ChartPoint> points;  // by x; one that is not finite and above 0 is left out
};

// Both axes are logarithmic, so a straight line is a power and lines side by side are a factor apart.
struct LinesChart {
    std::string title, xName, yName;
    std::vector<ChartLine> lines;
};

// The charts below each other, two a row, each with its legend. An empty picture for none.
Image linesCharts(std::span<const LinesChart> charts);

}  // namespace maskwright
