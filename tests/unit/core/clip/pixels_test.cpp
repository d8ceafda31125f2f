#include "core/clip/pixels.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace maskwright::clip {
namespace {

Image drawn(int width, int height) {
    Image image(width, height);
    std::uint32_t state = 7u + static_cast<std::uint32_t>(width * height);
    for (auto& value : image.pixels) {
        state = state * 1664525u + 1013904223u;
        value = static_cast<std::uint8_t>(state >> 24);
    }
    return image;
}

// The processor's way: framed() and normalize().
std::vector<float> reference(const Image& picture, const Framing& framing, const Preprocessing& preprocessing) {
    return normalize(framed(picture, framing, preprocessing.filter), preprocessing.mean, preprocessing.deviation)
        .values;
}

std::vector<float> byTensors(const Image& picture, const Framing& framing, const Preprocessing& preprocessing) {
    const at::Tensor pixels = pixelsOn(at::kCPU, picture, framing, preprocessing).contiguous();
    EXPECT_EQ(pixels.sizes(), at::IntArrayRef({1, 3, framing.seen.height, framing.seen.width}));
    return {pixels.data_ptr<float>(), pixels.data_ptr<float>() + pixels.numel()};
}

// Resized by tensors a picture has the very bytes that the processor gives it, with every filter, smaller and larger,
// whichever pass comes first.
TEST(PixelsOn, EqualTheProcessors) {
    for (const auto& [width, height] : {std::pair{64, 48}, {301, 90}, {31, 400}, {32, 32}, {5, 7}}) {
        const Image picture = drawn(width, height);
        for (int filter = 0; filter < 6; ++filter) {
            Preprocessing preprocessing;
            preprocessing.filter = static_cast<ResizeFilter>(filter);
            const Framing framing = frame(preprocessing, width, height, 32);
            EXPECT_EQ(byTensors(picture, framing, preprocessing), reference(picture, framing, preprocessing))
                << width << "x" << height << " with " << filter;
        }
    }
}

// A square out of the middle, and one that reaches past a picture made smaller.
TEST(PixelsOn, EqualTheProcessorsWhereTheMiddleIsCutOut) {
    Preprocessing preprocessing;
    preprocessing.side = 32;
    for (const std::int64_t shortest : {40, 20}) {
        preprocessing.shortestEdge = shortest;
        const Framing framing = frame(preprocessing, 80, 50, 32);
        ASSERT_FALSE(framing.whole());
        const Image picture = drawn(80, 50);
        EXPECT_EQ(byTensors(picture, framing, preprocessing), reference(picture, framing, preprocessing)) << shortest;
    }
}

}  // namespace
}  // namespace maskwright::clip
