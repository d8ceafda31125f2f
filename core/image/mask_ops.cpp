#include "core/image/mask_ops.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/image/refine.h"

namespace maskwright {
namespace {

// A mask's pixels as OpenCV sees them; `mask` must outlive it.
cv::Mat viewOf(const Mask& mask) {
    return {mask.height, mask.width, CV_8U, const_cast<std::uint8_t*>(mask.pixels.data())};
}

// The part of the picture that an operation looks at.
cv::Rect roundMask(const Mask& mask, int margin) {
    const Box box = boundingBox(mask);
    if (box.empty()) {
        return {};
    }
    const cv::Rect whole(0, 0, mask.width, mask.height);
    return cv::Rect(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin) & whole;
}

// change(part of the mask that is not empty, as 0 and 255) -> the same part afterwards, 0 and 255
template <class Change>
Mask changed(const Mask& mask, int margin, Change change) {
    Mask made(mask.width, mask.height);
    const cv::Rect part = roundMask(mask, margin);
    if (part.empty()) {
        return made;
    }
    const cv::Mat before = viewOf(mask)(part) != 0;
    change(before).copyTo(viewOf(made)(part));
    return made;
}

int marginOf(double pixels) { return static_cast<int>(std::ceil(std::clamp(pixels, 0.0, 1e6))) + 1; }

struct Parts {
    cv::Mat labels, stats;  // int32; of label 0, the rest, too
    int count = 0;          // with label 0
    [[nodiscard]] std::int64_t area(int label) const { return stats.at<int>(label, cv::CC_STAT_AREA); }
};

Parts partsOf(const cv::Mat& mask, int connectivity) {
    Parts parts;
    cv::Mat centres;
    parts.count = cv::connectedComponentsWithStats(mask, parts.labels, parts.stats, centres, connectivity, CV_32S);
    return parts;
}

// 255 where the label is one that `keep` has true for.
cv::Mat drawn(const Parts& parts, const std::vector<bool>& keep) {
    cv::Mat mask(parts.labels.size(), CV_8U);
    for (int y = 0; y < mask.rows; ++y) {
        const int* label = parts.labels.ptr<int>(y);
        std::transform(label, label + mask.cols, mask.ptr<std::uint8_t>(y),
                       [&](int one) { return keep[static_cast<std::size_t>(one)] ? 255 : 0; });
    }
    return mask;
}

// Pixels of 0 that lie no further than `pixels` from one that is not 0.
cv::Mat withinReach(const cv::Mat& mask, double pixels) {
    cv::Mat distance;
    cv::distanceTransform(mask == 0, distance, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    return distance <= pixels + 1e-3;
}

}  // namespace

Mask holesFilled(const Mask& mask, std::int64_t most) {
    return changed(mask, 0, [most](const cv::Mat& before) -> cv::Mat {
        // What reaches the edge of the mask's box is open: beyond the box all is outside, or the picture ends.
        const Parts parts = partsOf(before == 0, 4);
        std::vector<bool> closed(static_cast<std::size_t>(parts.count), true);
        closed[0] = false;
        for (int label = 1; label < parts.count; ++label) {
            const int* box = parts.stats.ptr<int>(label);
            const bool open = box[cv::CC_STAT_LEFT] == 0 || box[cv::CC_STAT_TOP] == 0 ||
                              box[cv::CC_STAT_LEFT] + box[cv::CC_STAT_WIDTH] == before.cols ||
                              box[cv::CC_STAT_TOP] + box[cv::CC_STAT_HEIGHT] == before.rows;
            closed[static_cast<std::size_t>(label)] = !open && (most == 0 || parts.area(label) <= most);
        }
        return before | drawn(parts, closed);
    });
}

Mask largestPart(const Mask& mask) {
    return changed(mask, 0, [](const cv::Mat& before) -> cv::Mat {
        const Parts parts = partsOf(before, 8);
        int largest = 1;
        for (int label = 2; label < parts.count; ++label) {
            largest = parts.area(label) > parts.area(largest) ? label : largest;
        }
        std::vector<bool> keep(static_cast<std::size_t>(parts.count), false);
        keep[static_cast<std::size_t>(largest)] = true;
        return drawn(parts, keep);
    });
}

Mask specksDropped(const Mask& mask, std::int64_t least) {
    return changed(mask, 0, [least](const cv::Mat& before) -> cv::Mat {
        const Parts parts = partsOf(before, 8);
        std::vector<bool> keep(static_cast<std::size_t>(parts.count), false);
        for (int label = 1; label < parts.count; ++label) {
            keep[static_cast<std::size_t>(label)] = parts.area(label) >= least;
        }
        return drawn(parts, keep);
    });
}

Mask grown(const Mask& mask, double pixels) {
    return changed(mask, marginOf(pixels), [pixels](const cv::Mat& before) { return withinReach(before, pixels); });
}

Mask shrunk(const Mask& mask, double pixels) {
    return changed(mask, marginOf(pixels), [pixels](const cv::Mat& before) -> cv::Mat {
        if (cv::countNonZero(before) == static_cast<int>(before.total())) {
            return before;
        }
        return ~withinReach(before == 0, pixels);
    });
}

Mask inverted(const Mask& mask) {
    Mask made(mask.width, mask.height);
    std::transform(mask.pixels.begin(), mask.pixels.end(), made.pixels.begin(),
                   [](std::uint8_t pixel) { return pixel != 0 ? 0 : 255; });
    return made;
}

Mask smoothed(const Mask& mask, double pixels) {
    if (!(pixels > 0)) {
        return changed(mask, 0, [](const cv::Mat& before) { return before; });
    }
    return changed(mask, marginOf(3 * pixels), [pixels](const cv::Mat& before) -> cv::Mat {
        // Three boxes are a Gaussian to within a few parts in a hundred, whatever its width (Wells 1986): the variance
        // of a box of side n is (n * n - 1) / 12.
        const int side = 2 * static_cast<int>(std::lround((std::sqrt(4 * pixels * pixels + 1) - 1) / 2)) + 1;
        cv::Mat soft;
        before.convertTo(soft, CV_16U, 257);
        for (int i = 0; i < 3; ++i) {
            cv::blur(soft, soft, {std::max(side, 3), std::max(side, 3)}, {-1, -1}, cv::BORDER_REPLICATE);
        }
        return soft > 32767;
    });
}

}  // namespace maskwright
