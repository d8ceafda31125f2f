#include "core/segmenters/small_regions.h"

#include <algorithm>

#include "core/image/refine.h"

namespace maskwright::segmenters {

namespace {

// Pixels of components of fewer than `smallest` pixels, but for those of `spared`, become `value`.
bool paint(Mask& mask, const Components& found, const std::vector<bool>& spared, std::int64_t smallest,
           std::uint8_t value) {
    bool changed = false;
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
        const auto label = std::size_t(found.labels.pixels[i]);
        if (label != 0 && !spared[label] && found.sizes[label] < smallest) {
            mask.pixels[i] = value;
            changed = true;
        }
    }
    return changed;
}

}  // namespace

bool withoutSmallRegions(Mask& mask, std::int64_t smallest) {
    // Only the box round what is inside is looked at, and a pixel more, through which all that is outside hangs
    // together; where the picture ends there it ends.
    const Box box = boundingBox(mask);
    if (box.empty()) {
        return false;
    }
    const int left = std::max(box.x - 1, 0), top = std::max(box.y - 1, 0),
              right = std::min(box.x + box.width + 1, mask.width),
              bottom = std::min(box.y + box.height + 1, mask.height);
    Mask part(right - left, bottom - top), rest = part;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            part.at(x - left, y - top) = mask.at(x, y);
            rest.at(x - left, y - top) = mask.at(x, y) != 0 ? 0 : 255;
        }
    }
    const Components holes = components(rest);
    std::vector<bool> spared(holes.sizes.size(), false);
    const auto spare = [&](int x, int y) { spared[std::size_t(holes.labels.at(x, y))] = true; };
    for (int x = 0; x < part.width; ++x) {
        for (const int y : {top < box.y ? 0 : -1, bottom > box.y + box.height ? part.height - 1 : -1}) {
            if (y >= 0) {
                spare(x, y);
            }
        }
    }
    for (int y = 0; y < part.height; ++y) {
        for (const int x : {left < box.x ? 0 : -1, right > box.x + box.width ? part.width - 1 : -1}) {
            if (x >= 0) {
                spare(x, y);
            }
        }
    }
    bool changed = paint(part, holes, spared, smallest, 255);
    const Components parts = components(part);
    spared.assign(parts.sizes.size(), false);
    const auto largest = std::max_element(parts.sizes.begin() + 1, parts.sizes.end());
    spared[std::size_t(largest - parts.sizes.begin())] = true;
    changed = paint(part, parts, spared, smallest, 0) || changed;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            mask.at(x, y) = part.at(x - left, y - top);
        }
    }
    return changed;
}

}  // namespace maskwright::segmenters
