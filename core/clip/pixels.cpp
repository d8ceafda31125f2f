#include "core/clip/pixels.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

#include "core/image/taps.h"

namespace maskwright::clip {

namespace {

// Along one side (0: down, 1: across) of a picture [H, W, 3] of bytes, tap by tap: integers, so the sums are exact in
// any order.
at::Tensor resized(const at::Tensor& picture, std::int64_t along, ResizeFilter filter, const ResizeSide& side) {
    if (side.whole()) {
        return picture;
    }
    const ResizeTaps taps = resizeTaps(filter, side);
    const auto outputs = static_cast<std::int64_t>(taps.first.size());
    const auto ints = at::TensorOptions().dtype(at::kInt);
    const at::Tensor first =
        at::from_blob(const_cast<int*>(taps.first.data()), {outputs}, ints).to(picture.device(), at::kLong);
    const at::Tensor weights =
        at::from_blob(const_cast<std::int32_t*>(taps.weights.data()), {outputs, taps.stride}, ints)
            .to(picture.device());
    std::vector<std::int64_t> sizes = picture.sizes().vec(), lines = {1, 1, 1};
    sizes[static_cast<std::size_t>(along)] = outputs;
    lines[static_cast<std::size_t>(along)] = outputs;
    at::Tensor sum = at::full(sizes, 1 << (kPrecisionBits - 1), picture.options().dtype(at::kInt));
    const int longest = *std::max_element(taps.count.begin(), taps.count.end());
    for (int k = 0; k < longest; ++k) {
        const at::Tensor source = picture.index_select(along, (first + k).clamp_max(side.from - 1));
        sum.addcmul_(source.to(at::kInt), weights.select(1, k).view(lines));
    }
    return at::bitwise_right_shift(sum, kPrecisionBits).clamp_(0, 255).to(at::kByte);
}

// (byte / 255 - mean) / deviation of every byte of each channel. [3, 256]
at::Tensor levels(const Preprocessing& preprocessing) {
    Image all(256, 1);
    for (int byte = 0; byte < 256; ++byte) {
        std::fill_n(all.at(byte, 0), 3, static_cast<std::uint8_t>(byte));
    }
    Planar planar = normalize(all, preprocessing.mean, preprocessing.deviation);
    return at::from_blob(planar.values.data(), {3, 256}, at::kFloat).clone();
}

}  // namespace

at::Tensor pixelsOn(at::Device device, const Image& picture, const Framing& framing,
                    const Preprocessing& preprocessing) {
    const Box& seen = framing.seen;
    const Box there = seenWithin(framing);
    const ResizeSide columns{picture.width, framing.width, there.x, there.width};
    const ResizeSide rows{picture.height, framing.height, there.y, there.height};
    at::Tensor bytes =
        at::from_blob(const_cast<std::uint8_t*>(picture.pixels.data()), {picture.height, picture.width, 3}, at::kByte)
            .to(device);
    const ResizeFilter filter = preprocessing.filter;
    bytes = filter != ResizeFilter::nearest && resizesDownFirst(columns, rows)
                ? resized(resized(bytes, 0, filter, rows), 1, filter, columns)
                : resized(resized(bytes, 1, filter, columns), 0, filter, rows);
    if (there != seen) {  // black around it
        const std::int64_t left = there.x - seen.x, top = there.y - seen.y;
        bytes = at::constant_pad_nd(
            bytes, {0, 0, left, seen.width - left - there.width, top, seen.height - top - there.height}, 0);
    }
    const at::Tensor table = levels(preprocessing).to(device);
    std::vector<at::Tensor> channels;
    for (std::int64_t c = 0; c < 3; ++c) {
        channels.push_back(at::take(table[c], bytes.select(2, c).to(at::kLong)));  // [H, W]
    }
    return at::stack(channels).unsqueeze(0);
}

}  // namespace maskwright::clip
