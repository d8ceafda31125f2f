#include "ui/widgets/screen_size.h"

#include <QScreen>
#include <QWidget>

namespace maskwright::ui {
namespace {

constexpr QSize kFrame(8, 40);  // what a desktop draws around a window, in pixels: the title is the largest part

QSize fitting(QSize wanted, QSize room) {
    return {wanted.width() > room.width() ? room.width() - kFrame.width() : wanted.width(),
            wanted.height() > room.height() ? room.height() - kFrame.height() : wanted.height()};
}

}  // namespace

void resizeOnScreen(QWidget& window, QSize wanted) {
    const QScreen* screen = window.screen();
    window.resize(screen == nullptr ? wanted : fitting(wanted, screen->availableSize()));
}

}  // namespace maskwright::ui
