// The checkerboard that every painter knows: it stands where a picture is transparent. GUI thread.
#pragma once

#include <array>

class QPainter;
class QRectF;

namespace maskwright::ui {

inline constexpr std::array<int, 2> kChecks = {255, 204};  // light greys, for both themes
inline constexpr int kCheckSide = 8;                       // widget pixels

// Begins at the upper left corner, with the lighter one.
void drawCheckerboard(QPainter& painter, const QRectF& place);

}  // namespace maskwright::ui
