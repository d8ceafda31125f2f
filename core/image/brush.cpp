#include "core/image/brush.h"

#include <algorithm>
#include <cmath>

#include "core/image/run_ops.h"

namespace maskwright {
namespace {

constexpr double kLeastRadius = 0.5;  // a pixel

bool isNumber(const BrushPoint& point) {
    return std::isfinite(point.x) && std::isfinite(point.y) && std::abs(point.x) < 1e7 && std::abs(point.y) < 1e7;
}

// The pixels that a box of the plane touches, cut at the picture.
Box pixelsIn(double left, double top, double right, double bottom, int width, int height) {
    const int x0 = static_cast<int>(std::clamp(std::floor(left), 0.0, double(width)));
    const int y0 = static_cast<int>(std::clamp(std::floor(top), 0.0, double(height)));
    const int x1 = static_cast<int>(std::clamp(std::ceil(right), 0.0, double(width)));
    const int y1 = static_cast<int>(std::clamp(std::ceil(bottom), 0.0, double(height)));
    return {x0, y0, x1 - x0, y1 - y0};
}

// The brush's weights along a way, 0..1, in the box that the way takes.
class Weights {
  public:
    Weights(std::span<const BrushPoint> way, const Brush& brush, int width, int height)
        : radius_(std::max(brush.radius, kLeastRadius)),
          core_(radius_ * std::clamp(brush.hardness, 0.0, 1.0)),
          width_(width),
          height_(height) {
        for (const BrushPoint& point : way) {
            if (isNumber(point)) {
                way_.push_back(point);
            }
        }
        if (way_.empty()) {
            return;
        }
        const auto [left, right] =
            std::minmax_element(way_.begin(), way_.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
        const auto [top, bottom] =
            std::minmax_element(way_.begin(), way_.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
        box_ = pixelsIn(left->x - radius_, top->y - radius_, right->x + radius_, bottom->y + radius_, width, height);
        if (box_.empty()) {
            return;
        }
        weights_ = Plane<float>(box_.width, box_.height);
        for (std::size_t i = 0; i < way_.size(); ++i) {
            segment(way_[i == 0 ? 0 : i - 1], way_[i]);
        }
    }
    [[nodiscard]] const Box& box() const { return box_; }
    // Of the picture's pixel, which lies in the box.
    [[nodiscard]] float at(int x, int y) const { return weights_.at(x - box_.x, y - box_.y); }

  private:
    void segment(const BrushPoint& a, const BrushPoint& b) {
        const Box near = pixelsIn(std::min(a.x, b.x) - radius_, std::min(a.y, b.y) - radius_,
                                  std::max(a.x, b.x) + radius_, std::max(a.y, b.y) + radius_, width_, height_);
        const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
        for (int y = near.y; y < near.y + near.height; ++y) {
            for (int x = near.x; x < near.x + near.width; ++x) {
                const double px = x + 0.5 - a.x, py = y + 0.5 - a.y;
                const double t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
                const double ax = px - t * dx, ay = py - t * dy, distance2 = ax * ax + ay * ay;
                if (distance2 < radius_ * radius_) {
                    float& here = weights_.at(x - box_.x, y - box_.y);
                    here = std::max(here, weightAt(distance2));
                }
            }
        }
    }
    // Of a pixel less than the radius away; the root is taken in the rim alone.
    [[nodiscard]] float weightAt(double distance2) const {
        return distance2 <= core_ * core_ ? 1
                                          : static_cast<float>((radius_ - std::sqrt(distance2)) / (radius_ - core_));
    }
    double radius_, core_;
    int width_, height_;
    std::vector<BrushPoint> way_;
    Box box_;
    Plane<float> weights_;
};

// 1/2 at the threshold, 0 and 1 kept.
float stretched(float p, float threshold) {
    if (p <= threshold) {
        return threshold > 0 ? 0.5f * p / threshold : 0.5f;
    }
    return 0.5f + 0.5f * (p - threshold) / (1 - threshold);
}

}  // namespace

Runs strokeRuns(std::span<const BrushPoint> way, const Brush& brush, BrushUse use, int width, int height,
                const Evidence& evidence) {
    const Weights weights(way, brush, width, height);
    const Box& box = weights.box();
    const Heatmap* map = evidence.map != nullptr && evidence.map->width == width && evidence.map->height == height
                             ? evidence.map
                             : nullptr;
    const auto threshold = static_cast<float>(evidence.threshold);
    std::vector<std::uint32_t> counts;
    std::uint64_t end = 0;  // of what the counts cover
    for (int x = box.x; x < box.x + box.width; ++x) {
        for (int y = box.y; y < box.y + box.height; ++y) {
            const float w = weights.at(x, y);
            if (w <= 0) {
                continue;
            }
            const float e = map != nullptr ? stretched(map->at(x, y), threshold) : 0.5f;
            if (w < 1 && !(use == BrushUse::paint ? w + e > 1 : w > e)) {
                continue;
            }
            const std::uint64_t at = std::uint64_t(x) * std::uint64_t(height) + std::uint64_t(y);
            if (at == end && !counts.empty()) {
                ++counts.back();
            } else {
                counts.push_back(static_cast<std::uint32_t>(at - end));
                counts.push_back(1);
            }
            end = at + 1;
        }
    }
    if (counts.empty()) {
        return noPixel(width, height);
    }
    if (const std::uint64_t rest = std::uint64_t(width) * std::uint64_t(height) - end; rest > 0) {
        counts.push_back(static_cast<std::uint32_t>(rest));
    }
    return {width, height, std::move(counts)};
}

}  // namespace maskwright
