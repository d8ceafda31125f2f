// The reference's numbers, quirks included. Everything happens in normalised space, on the picture at its own size.
#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/image/resize.h"
#include "core/visual_prompt/engineer.h"
#include "core/visual_prompt/sizes.h"

namespace maskwright::visual_prompt {
namespace {

constexpr int kBlurSide = 15;  // of the Gaussian's kernel
constexpr double kRectangleContext = 0.1;
constexpr std::array<float, 3> kDye = {1.0f, 0.2f, 0.2f};

std::size_t count(const Planar& p) { return static_cast<std::size_t>(p.width) * static_cast<std::size_t>(p.height); }

float* channel(Planar& p, std::size_t c) { return p.values.data() + c * count(p); }
const float* channel(const Planar& p, std::size_t c) { return p.values.data() + c * count(p); }

Planar blurred(const Planar& in, double sigma) {
    Planar out(in.width, in.height);
    for (std::size_t c = 0; c < 3; ++c) {
        const cv::Mat source(in.height, in.width, CV_32F, const_cast<float*>(channel(in, c)));
        cv::Mat target(in.height, in.width, CV_32F, channel(out, c));
        cv::GaussianBlur(source, target, {kBlurSide, kBlurSide}, sigma);
    }
    return out;
}

// Normalised to 0..1, clamped, and back.
Planar toUnit(const Planar& in) {
    Planar out(in.width, in.height);
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t i = 0; i < count(in); ++i) {
            out.values[c * count(in) + i] =
                std::clamp(channel(in, c)[i] * kImageNetStd[c] + kImageNetMean[c], 0.0f, 1.0f);
        }
    }
    return out;
}

void fromUnit(Planar& p) {
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t i = 0; i < count(p); ++i) {
            float& value = channel(p, c)[i];
            value = (value - kImageNetMean[c]) / kImageNetStd[c];
        }
    }
}

// A box as the reference reckons it: ends past the picture or before its begin are possible.
struct Bounds {
    int left, right, top, bottom;
};

// The first and one past the last line with a set pixel, as the reference has it: the end is counted back from
// `otherSide` (rows for x, columns for y), which is right on squares only. An empty mask counts as full.
std::pair<int, int> extent(const std::vector<bool>& lines, int otherSide) {
    const auto first = std::find(lines.begin(), lines.end(), true);
    if (first == lines.end()) {
        return {0, otherSide};
    }
    const auto trailing = std::find(lines.rbegin(), lines.rend(), true) - lines.rbegin();
    return {static_cast<int>(first - lines.begin()), otherSide - static_cast<int>(trailing)};
}

Bounds cropBounds(const Mask& region, double context) {
    std::vector<bool> columns(static_cast<std::size_t>(region.width)), rows(static_cast<std::size_t>(region.height));
    for (int y = 0; y < region.height; ++y) {
        for (int x = 0; x < region.width; ++x) {
            if (region.at(x, y) != 0) {
                columns[static_cast<std::size_t>(x)] = rows[static_cast<std::size_t>(y)] = true;
            }
        }
    }
    const auto [left, right] = extent(columns, region.height);
    const auto [top, bottom] = extent(rows, region.width);
    const double dx = context * (right - left), dy = context * (bottom - top);
    return {static_cast<int>(std::max(0.0, left - dx)), static_cast<int>(std::min<double>(region.height, right + dx)),
            static_cast<int>(std::max(0.0, top - dy)), static_cast<int>(std::min<double>(region.width, bottom + dy))};
}

// Python's slice [begin:end] of `length` elements: negative numbers count from the end, the rest is clamped.
std::pair<int, int> slice(int begin, int end, int length) {
    const auto bound = [length](int i) { return std::clamp(i < 0 ? i + length : i, 0, length); };
    const int first = bound(begin);
    return {first, std::max(first, bound(end))};
}

// The colour's 0..255 go into normalised space as they are.
void paint(Planar& p, int x0, int x1, int y0, int y1, const Style& style) {
    const auto [left, right] = slice(x0, x1, p.width);
    const auto [top, bottom] = slice(y0, y1, p.height);
    for (std::size_t c = 0; c < 3; ++c) {
        for (int y = top; y < bottom; ++y) {
            float* row = channel(p, c) + static_cast<std::ptrdiff_t>(y) * p.width;
            std::fill(row + left, row + right, static_cast<float>(style.markColour[c]));
        }
    }
}

void drawRectangle(Planar& p, const Mask& region, const Style& style) {
    const Bounds b = cropBounds(region, kRectangleContext);
    const int w = style.lineWidth();
    paint(p, std::max(0, b.left - w), b.left + w, b.top, b.bottom, style);
    paint(p, std::max(0, b.right - w), b.right + w, b.top, b.bottom, style);
    paint(p, b.left, b.right, std::max(0, b.top - 1), b.top + w, style);
    paint(p, b.left, b.right, std::max(0, b.bottom - 1), b.bottom + w, style);
}

// Crop, zeros round it to a square, then the nearest pixel (floor of the index times a float32 scale). Rows and columns
// mixed up can leave one side of the box empty, never both.
Planar crop(const Planar& in, const Mask& region, double context, int size) {
    const Bounds b = cropBounds(region, context);
    const auto [left, right] = slice(b.left, b.right, in.width);
    const auto [top, bottom] = slice(b.top, b.bottom, in.height);
    const int width = right - left, height = bottom - top, side = std::max(width, height);
    const int padX = (side - width) / 2, padY = (side - height) / 2;
    const float scale = static_cast<float>(side) / static_cast<float>(size);
    const auto nearest = [&](int i) {
        return std::min(static_cast<int>(std::floor(static_cast<float>(i) * scale)), side - 1);
    };
    Planar out(size, size);
    for (std::size_t c = 0; c < 3; ++c) {
        for (int y = 0; y < size; ++y) {
            const int sy = nearest(y) - padY;
            for (int x = 0; x < size; ++x) {
                const int sx = nearest(x) - padX;
                const bool inside = sx >= 0 && sx < width && sy >= 0 && sy < height;
                channel(out, c)[static_cast<std::ptrdiff_t>(y) * size + x] =
                    inside ? channel(in, c)[static_cast<std::ptrdiff_t>(top + sy) * in.width + left + sx] : 0.0f;
            }
        }
    }
    return out;
}

Planar dyed(const Planar& in, const Mask& region, float background) {
    const Planar unit = toUnit(in);
    Planar out(in.width, in.height);
    for (std::size_t i = 0; i < count(in); ++i) {
        // OpenCV's RGB to grey (ITU-R BT.601).
        const float grey = 0.299f * channel(unit, 0)[i] + 0.587f * channel(unit, 1)[i] + 0.114f * channel(unit, 2)[i];
        for (std::size_t c = 0; c < 3; ++c) {
            channel(out, c)[i] = region.pixels[i] != 0 ? kDye[c] * grey : background * grey;
        }
    }
    fromUnit(out);
    return out;
}

Planar outlined(const Planar& in, const Mask& region, const Style& style) {
    const cv::Mat mask(region.height, region.width, CV_8U, const_cast<std::uint8_t*>(region.pixels.data()));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(mask, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    cv::Mat line = cv::Mat::zeros(region.height, region.width, CV_8U);
    cv::drawContours(line, contours, -1, cv::Scalar(255), style.lineWidth());
    Planar out = toUnit(in);
    for (int y = 0; y < in.height; ++y) {
        for (int x = 0; x < in.width; ++x) {
            if (line.at<std::uint8_t>(y, x) != 0) {
                for (std::size_t c = 0; c < 3; ++c) {
                    channel(out, c)[static_cast<std::ptrdiff_t>(y) * in.width + x] =
                        static_cast<float>(style.markColour[c]) / 255.0f;
                }
            }
        }
    }
    fromUnit(out);
    return out;
}

// The picture with its background blurred, darkened, greyed; and the modes without a picture.
Planar blend(const Planar& picture, const Mask& region, const Style& style) {
    if (style.content != Content::picture) {
        Planar out(picture.width, picture.height);
        for (std::size_t i = 0; style.content == Content::shape && i < out.values.size(); ++i) {
            out.values[i] = region.pixels[i % count(out)] != 0 ? 1.0f : 0.0f;
        }
        return out;
    }
    const Planar background = style.blurSigma > 0 ? blurred(picture, style.blurSigma) : picture;
    const auto factor = static_cast<float>(style.backgroundFactor), object = static_cast<float>(style.objectFactor);
    const auto objectShift = static_cast<float>(style.objectShift), shift = static_cast<float>(style.shift);
    Planar out(picture.width, picture.height);
    for (std::size_t c = 0; c < 3; ++c) {
        // The reference's grey background is the green channel, thrice.
        const float* ground = channel(background, style.tint == Tint::grayscale ? 1 : c);
        for (std::size_t i = 0; i < count(out); ++i) {
            channel(out, c)[i] =
                shift + (region.pixels[i] != 0 ? object * channel(picture, c)[i] + objectShift : factor * ground[i]);
        }
    }
    return out;
}

}  // namespace

Result<Planar> engineerAsReference(const Planar& normalised, const Mask& region, const Style& style) {
    MASKWRIGHT_TRY(validate(style));
    MASKWRIGHT_TRY(sameSize(normalised.width, normalised.height, region));
    if (style.ground == Ground::black) {
        return Error{ErrorKind::usage, "the reference darkens towards grey only",
                     "leave out ground=black or --as-reference"};
    }
    const bool sameSize = normalised.width == style.size && normalised.height == style.size;
    if (style.tint == Tint::outline && style.crop && !sameSize) {
        return Error{ErrorKind::usage, "the reference cannot outline a crop",
                     "use crop=off, or leave out --as-reference"};
    }
    Planar picture = normalised;
    if (style.brightness != 1) {
        const auto brightness = static_cast<float>(style.brightness);
        std::for_each(picture.values.begin(), picture.values.end(), [brightness](float& v) { v *= brightness; });
    }
    if (style.tint == Tint::colour) {  // drops the crop and the blur
        return dyed(picture, region, static_cast<float>(style.backgroundFactor));
    }
    Planar out = blend(picture, region, style);
    if (style.tint == Tint::rectangle) {
        drawRectangle(out, region, style);
    }
    if (style.crop) {
        out = crop(out, region, style.context, style.size);
    }
    return style.tint == Tint::outline ? outlined(out, region, style) : out;
}

std::vector<float> tokenMask(const Mask& region, int grid) {
    std::vector<float> out;
    if (region.empty() || grid <= 0) {
        return out;
    }
    const auto nearest = [grid](int i, int from) {
        const float scale = static_cast<float>(from) / static_cast<float>(grid);
        return std::min(static_cast<int>(std::floor(static_cast<float>(i) * scale)), from - 1);
    };
    for (int y = 0; y < grid; ++y) {
        for (int x = 0; x < grid; ++x) {
            out.push_back(region.at(nearest(x, region.width), nearest(y, region.height)) != 0 ? 1.0f : 0.0f);
        }
    }
    return out;
}

}  // namespace maskwright::visual_prompt
