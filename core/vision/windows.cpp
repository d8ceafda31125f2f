#include "core/vision/windows.h"

#include <ATen/ATen.h>

namespace maskwright::vision {

namespace {

std::int64_t along(std::int64_t length, std::int64_t side) { return (length + side - 1) / side; }

}  // namespace

at::Tensor windows(const at::Tensor& x, std::int64_t side) {
    const std::int64_t batch = x.size(0), channels = x.size(3), down = along(x.size(1), side),
                       across = along(x.size(2), side);
    const at::Tensor whole = at::constant_pad_nd(x, {0, 0, 0, across * side - x.size(2), 0, down * side - x.size(1)});
    return whole.reshape({batch, down, side, across, side, channels})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({batch * down * across, side * side, channels});
}

at::Tensor fromWindows(const at::Tensor& cut, std::int64_t side, std::int64_t height, std::int64_t width) {
    const std::int64_t down = along(height, side), across = along(width, side), channels = cut.size(2);
    return cut.reshape({-1, down, across, side, side, channels})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, down * side, across * side, channels})
        .slice(1, 0, height)
        .slice(2, 0, width);
}

}  // namespace maskwright::vision
