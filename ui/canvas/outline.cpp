#include "ui/canvas/outline.h"

#include <QPolygonF>
#include <algorithm>
#include <cmath>
#include <vector>

namespace maskwright::ui {
namespace {

constexpr int kMostCells = 160;

// The region looked at in the middle of each cell, with a frame of empty cells.
struct Grid {
    int width = 0, height = 0;
    double step = 1;  // picture pixels a cell
    std::vector<std::uint8_t> inside;

    [[nodiscard]] bool at(int x, int y) const {
        return inside[std::size_t(y + 1) * std::size_t(width + 2) + std::size_t(x + 1)] != 0;
    }
    void set(int x, int y) { inside[std::size_t(y + 1) * std::size_t(width + 2) + std::size_t(x + 1)] = 1; }
};

Grid gridOf(const Runs& runs, const Box& box) {
    Grid grid;
    grid.step = std::max(1.0, double(std::max(box.width, box.height)) / kMostCells);
    grid.width = int(std::ceil(box.width / grid.step));
    grid.height = int(std::ceil(box.height / grid.step));
    grid.inside.assign(std::size_t(grid.width + 2) * std::size_t(grid.height + 2), 0);
    const auto middle = [&](int cell, int first, int size) {
        return first + std::min(size - 1, int((cell + 0.5) * grid.step));
    };
    std::vector<int> cellOf(std::size_t(runs.width), -1);  // of the columns that are looked at
    for (int i = 0; i < grid.width; ++i) {
        cellOf[std::size_t(middle(i, box.x, box.width))] = i;
    }
    std::uint64_t begin = 0;
    const auto height = std::uint64_t(runs.height);
    for (std::size_t k = 0; k < runs.counts.size(); ++k) {
        const std::uint64_t end = begin + runs.counts[k];
        for (std::uint64_t x = begin / height; k % 2 == 1 && x * height < end; ++x) {
            const int column = cellOf[std::size_t(x)];
            const int top = int(std::max(begin, x * height) - x * height);
            const int bottom = int(std::min(end, (x + 1) * height) - x * height);
            for (int j = 0; column >= 0 && j < grid.height; ++j) {
                const int y = middle(j, box.y, box.height);
                if (y >= top && y < bottom) {
                    grid.set(column, j);
                }
            }
        }
        begin = end;
    }
    return grid;
}

// Directions along the cells' edges with the inside on the right hand: east, south, west, north.
constexpr int kX[] = {1, 0, -1, 0}, kY[] = {0, 1, 0, -1};

// Whether an edge that leaves the corner (x, y) in the direction is a border: inside on its right, outside on its left.
bool isBorder(const Grid& grid, int x, int y, int direction) {
    const int rightX[] = {0, -1, -1, 0}, rightY[] = {0, 0, -1, -1};
    const int leftX[] = {0, 0, -1, -1}, leftY[] = {-1, 0, 0, -1};
    return grid.at(x + rightX[direction], y + rightY[direction]) &&
           !grid.at(x + leftX[direction], y + leftY[direction]);
}

}  // namespace

QPainterPath outlineOf(const Runs& runs, const Box& box) {
    QPainterPath path;
    if (box.empty()) {
        return path;
    }
    const Grid grid = gridOf(runs, box);
    const int corners = grid.width + 1;
    std::vector<bool> seen(std::size_t(corners) * std::size_t(grid.height + 1), false);  // edges to the east
    for (int y = 0; y <= grid.height; ++y) {
        for (int x = 0; x < grid.width; ++x) {
            // Every border has an edge to the east.
            if (seen[std::size_t(y * corners + x)] || !isBorder(grid, x, y, 0)) {
                continue;
            }
            QPolygonF line;
            int cx = x, cy = y, direction = 0;
            do {
                if (direction == 0) {
                    seen[std::size_t(cy * corners + cx)] = true;
                }
                // The middles of the edges: corners are cut, so that slopes are slopes.
                line << QPointF(box.x + std::min((cx + kX[direction] / 2.0) * grid.step, double(box.width)),
                                box.y + std::min((cy + kY[direction] / 2.0) * grid.step, double(box.height)));
                cx += kX[direction];
                cy += kY[direction];
                // Right first: cells that touch at a corner are two things.
                for (const int turn : {1, 0, 3}) {
                    if (const int next = (direction + turn) % 4; isBorder(grid, cx, cy, next)) {
                        direction = next;
                        break;
                    }
                }
            } while (cx != x || cy != y || direction != 0);
            path.addPolygon(line);
            path.closeSubpath();
        }
    }
    return path;
}

}  // namespace maskwright::ui
