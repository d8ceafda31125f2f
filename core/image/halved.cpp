#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/image/resize.h"

namespace maskwright {

Image halved(const Image& image) {
    if (image.empty()) {
        return {};
    }
    // cv::Mat has no const view; it is not written to.
    const cv::Mat whole(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data()));
    // A side of one pixel is its own neighbour.
    cv::Mat even = whole(cv::Rect(0, 0, std::max(1, image.width / 2 * 2), std::max(1, image.height / 2 * 2)));
    if (image.width == 1 || image.height == 1) {
        even = cv::repeat(even, image.height == 1 ? 2 : 1, image.width == 1 ? 2 : 1);
    }
    Image half(even.cols / 2, even.rows / 2);
    cv::Mat out(half.height, half.width, CV_8UC3, half.pixels.data());
    cv::resize(even, out, out.size(), 0, 0, cv::INTER_AREA);
    return half;
}

}  // namespace maskwright
