// A picture and a heat map at full, half, quarter... size, so that a 12-megapixel photograph is drawn as fast as a
// small one and without shimmer. Immutable once made; made off the GUI thread.
#pragma once

#include <QImage>
#include <memory>
#include <vector>

#include "core/image/automatic_threshold.h"
#include "core/image/image.h"

namespace maskwright::ui {

// The last level is at most so wide and high.
inline constexpr int kSmallestLevel = 256;

struct PicturePyramid {
    std::vector<QImage>
        levels;  // Format_RGB32; level i is 1 / 2^i of the picture's size, the last at most 256 wide and high
    [[nodiscard]] QSize size() const { return levels.empty() ? QSize() : levels.front().size(); }
    // The smallest level that is still at least as large as the picture at `scale`.
    [[nodiscard]] int levelFor(double scale) const;
};
std::shared_ptr<const PicturePyramid> makePyramid(const Image& image);

struct HeatPyramid {
    std::shared_ptr<const Heatmap> full;
    std::vector<Heatmap> reduced;  // 1/2, 1/4, ...: means of 2 x 2
    Histogram histogram{};         // of `full`
    [[nodiscard]] const Heatmap& level(int index) const { return index == 0 ? *full : reduced[std::size_t(index - 1)]; }
    [[nodiscard]] int levelFor(double scale) const;
};
std::shared_ptr<const HeatPyramid> makePyramid(std::shared_ptr<const Heatmap> map);
// The smallest level alone, for thumbnails that are kept: many maps of large photographs would be gigabytes.
std::shared_ptr<const HeatPyramid> smallest(const HeatPyramid& map);

// Copies, sRGB both ways.
QImage toQImage(const Image& image);
Image toImage(const QImage& image);

}  // namespace maskwright::ui
