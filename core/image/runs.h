// A mask as run lengths, the way COCO keeps it: columns from left to right, each from top to bottom, runs of outside
// and inside in turn, outside first. Small, and drawn into a Mask when needed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/image/image.h"

namespace maskwright {

struct Runs {
    int width = 0, height = 0;
    std::vector<std::uint32_t> counts;  // their sum is width * height

    [[nodiscard]] std::int64_t area() const;  // pixels inside
    bool operator==(const Runs&) const = default;
};

// COCO's compressed string (6 bits a character from '0', five of them payload; from the third run on, the difference to
// the run two before). Errors say what is wrong with the string: ErrorKind::input.
Result<Runs> runsFromCompressed(std::string_view counts, int width, int height);
// COCO's uncompressed list. The sum must be width * height.
Result<Runs> runsFromCounts(std::span<const std::int64_t> counts, int width, int height);
// Union of polygons [x0, y0, x1, y1, ...] in pixels: a pixel is inside where its centre is (even-odd within one
// polygon).
Result<Runs> runsFromPolygons(std::span<const std::vector<double>> polygons, int width, int height);
Runs runsFromMask(const Mask& mask);
std::string toCompressed(const Runs& runs);

// 255 inside, 0 outside.
Mask toMask(const Runs& runs);
// Draws `runs` into `mask` (same size), leaving what is outside as it was.
void drawInto(const Runs& runs, Mask& mask, std::uint8_t value = 255);

}  // namespace maskwright
