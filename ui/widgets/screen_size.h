// Windows that fit on the screen. GUI thread.
#pragma once

#include <QSize>

class QWidget;

namespace maskwright::ui {

// The window's first size: what is wanted, or less on a small screen. At 200 % a screen of 1920x1080 has 960x540 of the
// program's pixels.
void resizeOnScreen(QWidget& window, QSize wanted);

}  // namespace maskwright::ui
