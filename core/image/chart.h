// A plain bar chart as a picture, with small pictures before the bars, and text for other pictures. Text is ASCII;
// other bytes show as '?'.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/image/image.h"

namespace maskwright {

struct BarRow {
    std::string label;
    double value = 0;
    std::string note;               // beside the bar
    std::vector<Image> thumbnails;  // shown in front of it, squares of the row's height
};

// Rows of thumbnails, label and a bar from a common zero line; negative values go left.
Image barsChart(const std::string& title, const std::vector<BarRow>& rows, int rowHeight = 84);

// One line of text into `image`, its baseline's left end at (x, y); what does not fit is cut off.
void drawText(Image& image, const std::string& text, int x, int y, const std::array<std::uint8_t, 3>& colour);

}  // namespace maskwright
