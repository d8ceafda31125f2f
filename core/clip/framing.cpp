#include "core/clip/framing.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace maskwright::clip {

namespace {

constexpr double kMostPixels = 16e6;   // of a map of the whole picture
constexpr double kMostSide = 1 << 28;  // of a resized picture; only what is seen of it is ever made

// The part of `box` that lies within width x height.
Box within(const Box& box, int width, int height) {
    const int left = std::max(0, box.x), top = std::max(0, box.y);
    return {left, top, std::min(width, box.x + box.width) - left, std::min(height, box.y + box.height) - top};
}

// Where the middle of `length` begins that is `part` long; as torchvision's center_crop rounds it.
int middle(int length, int part) { return length >= part ? (length - part) / 2 : -((part - length) / 2); }

}  // namespace

Framing frame(const Preprocessing& preprocessing, int width, int height, std::int64_t side) {
    const int input = static_cast<int>(side);
    Framing framing{input, input, {0, 0, input, input}};
    if (!preprocessing.cropped()) {
        return framing;
    }
    const auto scaled = [&](std::int64_t length) {
        const double exact = double(length) * double(side) / double(preprocessing.side);
        return std::max(1, static_cast<int>(std::lround(exact)));
    };
    if (preprocessing.shortestEdge != 0) {
        const int shorter = scaled(preprocessing.shortestEdge);
        const double longer = double(shorter) * std::max(width, height) / std::min(width, height);
        const int cut = static_cast<int>(std::min(longer, kMostSide));
        framing.width = width <= height ? shorter : cut;
        framing.height = width <= height ? cut : shorter;
    } else {
        framing.width = scaled(preprocessing.resizeWidth);
        framing.height = scaled(preprocessing.resizeHeight);
    }
    framing.seen.x = middle(framing.width, input);
    framing.seen.y = middle(framing.height, input);
    return framing;
}

Box seenWithin(const Framing& framing) { return within(framing.seen, framing.width, framing.height); }

Image framed(const Image& picture, const Framing& framing, ResizeFilter filter) {
    const Box& seen = framing.seen;
    const Box there = seenWithin(framing);
    Image part = resize(picture, framing.width, framing.height, filter, there);
    if (there == seen) {
        return part;
    }
    Image out(seen.width, seen.height);
    for (int y = 0; y < part.height; ++y) {
        std::copy_n(part.at(0, y), std::size_t(part.width) * 3, out.at(there.x - seen.x, there.y - seen.y + y));
    }
    return out;
}

Heatmap wholeMap(Heatmap map, const Framing& framing) {
    if (framing.whole() || map.empty()) {
        return map;
    }
    const double pixels = double(framing.width) * framing.height;
    const double scale = pixels > kMostPixels ? std::sqrt(kMostPixels / pixels) : 1.0;
    const auto scaled = [scale](int length) { return static_cast<int>(std::lround(length * scale)); };
    const int left = scaled(framing.seen.x), top = scaled(framing.seen.y);
    const int right = std::max(left + 1, scaled(framing.seen.x + framing.seen.width));
    const int bottom = std::max(top + 1, scaled(framing.seen.y + framing.seen.height));
    const Heatmap part = resizeBilinear(map, right - left, bottom - top);
    Heatmap out(std::max(1, scaled(framing.width)), std::max(1, scaled(framing.height)));
    const Box there = within({left, top, part.width, part.height}, out.width, out.height);
    for (int y = 0; y < there.height; ++y) {
        std::copy_n(&part.at(there.x - left, there.y - top + y), there.width, &out.at(there.x, there.y + y));
    }
    return out;
}

}  // namespace maskwright::clip
