#include "core/image/outlines.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>

#include "core/image/refine.h"

namespace maskwright {
namespace {

struct Point {
    int x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

// A closed way along pixel edges, the inside on its right.
struct Ring {
    std::vector<Point> points;       // where it turns
    std::vector<std::size_t> holes;  // rings that a slit from this one leads to
    std::vector<Point> slits;        // where, on this ring: one for each of the holes
    bool outer = false;
};

// Twice the area, positive for a way with the inside on its right round it.
std::int64_t turning(const std::vector<Point>& points) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point& a = points[i];
        const Point& b = points[(i + 1) % points.size()];
        sum += std::int64_t(a.x) * b.y - std::int64_t(b.x) * a.y;
    }
    return sum;
}

class Tracer {
  public:
    Tracer(const Mask& mask, const Box& box) : mask_(mask), box_(box), up_(box.width, box.height, kNone) {
        for (int y = 0; y < box_.height; ++y) {
            for (int x = 0; x < box_.width; ++x) {
                if (inside(x, y) && !inside(x - 1, y) && up_.at(x, y) == kNone) {
                    trace(x, y);
                }
            }
        }
    }

    std::vector<Polygon> polygons() {
        for (std::size_t i = 0; i < rings_.size(); ++i) {
            if (!rings_[i].outer) {
                hang(i);
            }
        }
        std::vector<Polygon> made;
        for (std::size_t i = 0; i < rings_.size(); ++i) {
            if (rings_[i].outer) {
                made.push_back(polygonOf(i));
            }
        }
        return made;
    }

  private:
    static constexpr std::int32_t kNone = -1;
    static constexpr std::array<Point, 4> kSteps = {{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}};  // up, right, down, left

    // Of the box's pixels; outside it all is outside.
    [[nodiscard]] bool inside(int x, int y) const {
        return x >= 0 && y >= 0 && x < box_.width && y < box_.height && mask_.at(box_.x + x, box_.y + y) != 0;
    }
    // Whether the pixel on one side ahead of a corner is inside.
    [[nodiscard]] bool ahead(Point at, int heading, bool right) const {
        // Pixels round a corner: the one to the upper left of it is (x - 1, y - 1).
        const bool east = heading == 1 || (heading == 0 && right) || (heading == 2 && !right);
        const bool south = heading == 2 || (heading == 1 && right) || (heading == 3 && !right);
        return inside(at.x - (east ? 0 : 1), at.y - (south ? 0 : 1));
    }

    void trace(int x, int y) {
        const auto number = static_cast<std::int32_t>(rings_.size());
        Ring ring;
        Point at{x, y + 1};
        int heading = 0;
        do {
            if (heading == 0) {
                up_.at(at.x, at.y - 1) = number;  // the pixel inside lies to the right
            }
            at = {at.x + kSteps[std::size_t(heading)].x, at.y + kSteps[std::size_t(heading)].y};
            // Right first: pixels that meet at a corner alone are not one part.
            const int next = !ahead(at, heading, true)   ? (heading + 1) % 4
                             : ahead(at, heading, false) ? (heading + 3) % 4
                                                         : heading;
            if (next != heading) {
                ring.points.push_back(at);
            }
            heading = next;
        } while (heading != 0 || up_.at(at.x, at.y - 1) == kNone);
        ring.outer = turning(ring.points) > 0;
        rings_.push_back(std::move(ring));
    }

    // Finds from where a slit leads to a hole: to the left of its leftmost corner lie pixels of the object, and then
    // the edge of a ring that reaches further to the left. So no two rings hang on each other.
    void hang(std::size_t hole) {
        const auto& points = rings_[hole].points;
        const auto leftmost = std::min_element(points.begin(), points.end(), [](const Point& a, const Point& b) {
            return a.x != b.x ? a.x < b.x : a.y < b.y;
        });
        const Point corner = *leftmost;
        int x = corner.x - 1;
        while (inside(x - 1, corner.y)) {
            --x;
        }
        std::rotate(rings_[hole].points.begin(), rings_[hole].points.begin() + (leftmost - points.begin()),
                    rings_[hole].points.end());
        Ring& from = rings_[static_cast<std::size_t>(up_.at(x, corner.y))];
        from.holes.push_back(hole);
        from.slits.push_back({x, corner.y});
    }

    // The points of a ring from its first on, with those of what hangs on it.
    Polygon polygonOf(std::size_t outer) {
        Polygon made;
        // A ring in work, and how far: a chain of holes may be long, so no recursion.
        struct Work {
            std::vector<std::pair<Point, std::size_t>> way;  // points; SIZE_MAX, or the ring that is visited from there
            std::size_t at = 0;
        };
        constexpr std::size_t kPlain = std::numeric_limits<std::size_t>::max();
        const auto add = [&](const Point& point) {
            made.push_back(box_.x + point.x);
            made.push_back(box_.y + point.y);
        };
        std::vector<Work> stack = {{wayOf(rings_[outer], kPlain), 0}};
        while (!stack.empty()) {
            Work& work = stack.back();
            if (work.at == work.way.size()) {
                const Point first = work.way.front().first;
                stack.pop_back();
                if (!stack.empty()) {  // back through the slit
                    add(first);
                    add(stack.back().way[stack.back().at - 1].first);
                }
                continue;
            }
            const auto [point, hole] = work.way[work.at++];
            add(point);
            if (hole != kPlain) {
                stack.push_back({wayOf(rings_[hole], kPlain), 0});
            }
        }
        return made;
    }

    // A ring's corners, and between them the beginnings of its slits.
    static std::vector<std::pair<Point, std::size_t>> wayOf(const Ring& ring, std::size_t plain) {
        std::map<int, std::vector<std::pair<int, std::size_t>>> byColumn;  // slits lie on edges that lead upwards
        for (std::size_t i = 0; i < ring.holes.size(); ++i) {
            byColumn[ring.slits[i].x].emplace_back(ring.slits[i].y, ring.holes[i]);
        }
        for (auto& [x, column] : byColumn) {
            std::sort(column.begin(), column.end(), std::greater<>());
        }
        std::vector<std::pair<Point, std::size_t>> way;
        for (std::size_t i = 0; i < ring.points.size(); ++i) {
            const Point& a = ring.points[i];
            const Point& b = ring.points[(i + 1) % ring.points.size()];
            way.emplace_back(a, plain);
            const auto column = a.x == b.x && b.y < a.y ? byColumn.find(a.x) : byColumn.end();
            if (column == byColumn.end()) {
                continue;
            }
            for (const auto& [y, hole] : column->second) {
                if (y < a.y && y >= b.y) {  // the edge of the pixel row y
                    way.emplace_back(Point{a.x, y}, hole);
                }
            }
        }
        return way;
    }

    const Mask& mask_;
    Box box_;
    Plane<std::int32_t> up_;  // the ring along a pixel's left edge, which it walks upwards
    std::vector<Ring> rings_;
};

// The nearest corners of two polygons, of a few hundred each.
std::pair<std::size_t, std::size_t> nearCorners(const Polygon& a, const Polygon& b) {
    constexpr std::size_t kMost = 300;
    const std::size_t corners[] = {a.size() / 2, b.size() / 2};
    const std::size_t steps[] = {corners[0] / kMost + 1, corners[1] / kMost + 1};
    std::pair<std::size_t, std::size_t> best;
    double least = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < corners[0]; i += steps[0]) {
        for (std::size_t j = 0; j < corners[1]; j += steps[1]) {
            const double dx = a[2 * i] - b[2 * j], dy = a[2 * i + 1] - b[2 * j + 1];
            if (dx * dx + dy * dy < least) {
                least = dx * dx + dy * dy;
                best = {i, j};
            }
        }
    }
    return best;
}

}  // namespace

std::vector<Polygon> outlines(const Runs& runs) {
    const Mask mask = toMask(runs);
    const Box box = boundingBox(mask);
    return box.empty() ? std::vector<Polygon>() : Tracer(mask, box).polygons();
}

Polygon joined(const std::vector<Polygon>& polygons) {
    Polygon all;
    for (const Polygon& next : polygons) {
        if (all.empty()) {
            all = next;
            continue;
        }
        const auto [here, there] = nearCorners(all, next);
        Polygon way(next.begin() + static_cast<std::ptrdiff_t>(2 * there), next.end());
        way.insert(way.end(), next.begin(), next.begin() + static_cast<std::ptrdiff_t>(2 * there + 2));
        way.push_back(all[2 * here]);
        way.push_back(all[2 * here + 1]);
        all.insert(all.begin() + static_cast<std::ptrdiff_t>(2 * here + 2), way.begin(), way.end());
    }
    return all;
}

}  // namespace maskwright
