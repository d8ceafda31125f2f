// Where a stored picture's pixels stand when it is upright.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace maskwright::image_io {

// Where the stored pixel (x, y) of a width x height picture stands when it is upright (EXIF 2.32, tag 0x0112): at
// number origin + x * right + y * down of the upright picture's pixels.
struct Turn {
    int width, height;  // upright
    std::ptrdiff_t origin = 0, right = 1, down = 1;

    Turn(int orientation, int storedWidth, int storedHeight) : width(storedWidth), height(storedHeight) {
        if (orientation >= 5) {
            std::swap(width, height);
        }
        const std::ptrdiff_t row = width, lastColumn = width - 1, lastRow = row * (height - 1);
        switch (orientation) {
            case 2:
                set(lastColumn, -1, row);
                break;
            case 3:
                set(lastRow + lastColumn, -1, -row);
                break;
            case 4:
                set(lastRow, 1, -row);
                break;
            case 5:
                set(0, row, 1);
                break;
            case 6:
                set(lastColumn, row, -1);
                break;
            case 7:
                set(lastRow + lastColumn, -row, -1);
                break;
            case 8:
                set(lastRow, -row, 1);
                break;
            default:
                set(0, 1, row);
                break;
        }
    }
    void set(std::ptrdiff_t o, std::ptrdiff_t r, std::ptrdiff_t d) { origin = o, right = r, down = d; }
};

// Some rows of a stored picture; the first is row number `top`.
struct Rows {
    const std::uint8_t* pixels;
    std::ptrdiff_t line;  // bytes from one row to the next
    std::ptrdiff_t width, height, top;
};

// Calls put(number, pixel) with the upright place of every pixel. Columns outermost where the turn swaps the sides, so
// that neighbours are written together.
template <class Put>
void place(const Rows& rows, std::ptrdiff_t bytesPerPixel, const Turn& turn, Put put) {
    const std::ptrdiff_t origin = turn.origin + rows.top * turn.down;
    if (turn.right != 1 && turn.right != -1) {
        for (std::ptrdiff_t x = 0; x < rows.width; ++x) {
            for (std::ptrdiff_t y = 0; y < rows.height; ++y) {
                put(origin + x * turn.right + y * turn.down, rows.pixels + y * rows.line + x * bytesPerPixel);
            }
        }
        return;
    }
    for (std::ptrdiff_t y = 0; y < rows.height; ++y) {
        for (std::ptrdiff_t x = 0; x < rows.width; ++x) {
            put(origin + x * turn.right + y * turn.down, rows.pixels + y * rows.line + x * bytesPerPixel);
        }
    }
}

}  // namespace maskwright::image_io
