// The program's own way, from the full picture to 8 bits. Works on as few pixels as it can: the crop is brought near
// its final size before anything else, so that the preview follows a brush on a 12-megapixel photograph.
#include "core/visual_prompt/engineer.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/image/refine.h"
#include "core/image/resize.h"
#include "core/visual_prompt/sizes.h"

namespace maskwright::visual_prompt {
namespace {

constexpr int kSpare = 2;             // how many times the final size is kept for the antialiased resize
constexpr double kMarkContext = 0.1;  // the rectangle's distance from the region's box, the reference's
constexpr std::array<float, 3> kDye = {1.0f, 0.2f, 0.2f};

// What a value of 0 in normalised space is in 0..255, by ground.
std::array<float, 3> groundColour(Ground ground) {
    if (ground == Ground::black) {
        return {0, 0, 0};
    }
    return {kImageNetMean[0] * 255, kImageNetMean[1] * 255, kImageNetMean[2] * 255};
}

// The region's box with `context` of its extent on each side, within the picture.
Box grown(const Box& box, double context, int width, int height) {
    const double dx = context * box.width, dy = context * box.height;
    const int left = static_cast<int>(std::max(0.0, box.x - dx)), top = static_cast<int>(std::max(0.0, box.y - dy));
    const int right = static_cast<int>(std::min<double>(width, box.x + box.width + dx));
    const int bottom = static_cast<int>(std::min<double>(height, box.y + box.height + dy));
    return {left, top, right - left, bottom - top};
}

// The mean of whole blocks where `part` is more than kSpare times width x height; many times as fast as any other
// reduction.
cv::Mat blocksOf(const cv::Mat& part, int width, int height) {
    const int factorX = std::max(1, part.cols / (kSpare * width)), factorY = std::max(1, part.rows / (kSpare * height));
    if (factorX == 1 && factorY == 1) {
        return part;
    }
    const cv::Rect blocks(0, 0, part.cols / factorX * factorX, part.rows / factorY * factorY);
    cv::Mat out;
    cv::resize(part(blocks), out, {blocks.width / factorX, blocks.height / factorY}, 0, 0, cv::INTER_AREA);
    return out;
}

// The picture's part at width x height. The antialiased resize has at least twice the final size to work with.
Image shrunk(const cv::Mat& part, int width, int height) {
    const cv::Mat source = blocksOf(part, width, height);
    Image image(source.cols, source.rows);
    cv::Mat target(image.height, image.width, CV_8UC3, image.pixels.data());
    source.copyTo(target);
    return resizeBilinearAntialiased(image, width, height);
}

cv::Mat resized(const cv::Mat& values, int width, int height) {
    const bool smaller = width <= values.cols && height <= values.rows;
    cv::Mat wide, out;
    values.convertTo(wide, CV_32F);
    cv::resize(wide, out, {width, height}, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
    return out;
}

// How much of each pixel is inside, 0..1, [height, width] float, from a mask of 0 and 255. A region too small to fill
// half a pixel anywhere is made as strong as that, so that it does not vanish.
cv::Mat coverage(const cv::Mat& part, int width, int height) {
    cv::Mat out = resized(blocksOf(part, width, height), width, height);
    double low = 0, high = 0;
    cv::minMaxLoc(out, &low, &high);
    if (high <= 0) {  // a few pixels of a huge picture, rounded away with 8 bits
        out = resized(part, width, height);
        cv::minMaxLoc(out, &low, &high);
    }
    return cv::Mat(out * (high > 0 && high < 127.5 ? 1.0 / high : 1.0 / 255));
}

// The square canvas in 0..255: `picture` and `inside` in its middle.
struct Canvas {
    cv::Mat colours;  // CV_32FC3
    cv::Mat inside;   // CV_32F
    cv::Rect used;
    double scaleX = 1, scaleY = 1;  // canvas pixels per picture pixel
};

template <class T>
cv::Scalar scalar(const std::array<T, 3>& c) {
    return {static_cast<double>(c[0]), static_cast<double>(c[1]), static_cast<double>(c[2])};
}

cv::Mat blurredBackground(const cv::Mat& picture, double sigma) {
    if (sigma <= 0) {
        return picture;
    }
    // The reference's 15 taps, and more where they would cut a wide Gaussian off.
    const int radius = std::max(7, static_cast<int>(std::ceil(2.5 * sigma)));
    cv::Mat out;
    cv::GaussianBlur(picture, out, {2 * radius + 1, 2 * radius + 1}, sigma);
    return out;
}

float luma(const cv::Vec3f& c) { return 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2]; }

// m * object + (1 - m) * background on the used part of the canvas, in 0..255.
cv::Mat blend(const cv::Mat& picture, const cv::Mat& inside, const Style& style) {
    const std::array<float, 3> ground = groundColour(style.ground);
    const cv::Mat behind = blurredBackground(picture, style.blurSigma);
    const auto bright = static_cast<float>(style.brightness), factor = static_cast<float>(style.backgroundFactor);
    const auto object = static_cast<float>(style.objectFactor);
    std::array<float, 3> objectShift, shift;
    for (std::size_t c = 0; c < 3; ++c) {
        objectShift[c] = static_cast<float>(style.objectShift) * kImageNetStd[c] * 255;
        shift[c] = static_cast<float>(style.shift) * kImageNetStd[c] * 255;
    }
    cv::Mat out(picture.size(), CV_32FC3);
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            const auto& front = picture.at<cv::Vec3f>(y, x);
            const auto& back = behind.at<cv::Vec3f>(y, x);
            const float m = inside.at<float>(y, x), frontGrey = luma(front), backGrey = luma(back);
            auto& result = out.at<cv::Vec3f>(y, x);
            for (int c = 0; c < 3; ++c) {
                const auto i = static_cast<std::size_t>(c);
                const float g = ground[i];
                float shown = g + bright * object * (front[c] - g) + objectShift[i];
                float hidden = style.tint == Tint::grayscale ? backGrey : back[c];
                hidden = g + bright * factor * (hidden - g);
                if (style.tint == Tint::colour) {  // in 0..1 and towards black, as the reference's dye
                    shown = bright * kDye[i] * frontGrey;
                    hidden = bright * factor * backGrey;
                } else if (style.content == Content::shape) {
                    shown = (kImageNetMean[i] + kImageNetStd[i]) * 255;  // 1 in normalised space
                    hidden = kImageNetMean[i] * 255;
                } else if (style.content == Content::nothing) {
                    shown = hidden = kImageNetMean[i] * 255;
                }
                result[c] = m * shown + (1 - m) * hidden + (style.content == Content::picture ? shift[i] : 0.0f);
            }
        }
    }
    return out;
}

void drawOutline(Canvas& canvas, const Style& style) {
    const cv::Mat hard = canvas.inside >= 0.5;
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(hard, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    cv::drawContours(canvas.colours, contours, -1, scalar(style.markColour), style.lineWidth());
}

// `box` in the picture's pixels relative to the part shown.
void drawRectangle(Canvas& canvas, const Box& box, const Style& style) {
    const cv::Point first(canvas.used.x + static_cast<int>(std::lround(box.x * canvas.scaleX)),
                          canvas.used.y + static_cast<int>(std::lround(box.y * canvas.scaleY)));
    const cv::Point last(canvas.used.x + static_cast<int>(std::lround((box.x + box.width) * canvas.scaleX)) - 1,
                         canvas.used.y + static_cast<int>(std::lround((box.y + box.height) * canvas.scaleY)) - 1);
    cv::rectangle(canvas.colours, first, last, scalar(style.markColour), style.lineWidth());
}

}  // namespace

Result<Image> engineer(const Image& image, const Mask& region, const Style& style) {
    MASKWRIGHT_TRY(validate(style));
    MASKWRIGHT_TRY(sameSize(image.width, image.height, region));
    const Box box = boundingBox(region);
    if (box.empty()) {
        return Error{ErrorKind::input, "the region is empty", "mark at least one pixel of the object"};
    }
    const int size = style.size;
    const Box part =
        style.crop ? grown(box, style.context, image.width, image.height) : Box{0, 0, image.width, image.height};
    // A crop keeps its shape within the square; a whole picture is stretched to it, as CLIPSeg's input is.
    const int side = std::max(part.width, part.height);
    const auto scaled = [&](int length) {
        return style.crop ? std::max(1, static_cast<int>(std::lround(static_cast<double>(length) * size / side)))
                          : size;
    };
    Canvas canvas;
    canvas.used = {0, 0, scaled(part.width), scaled(part.height)};
    canvas.used.x = (size - canvas.used.width) / 2;
    canvas.used.y = (size - canvas.used.height) / 2;
    canvas.scaleX = static_cast<double>(canvas.used.width) / part.width;
    canvas.scaleY = static_cast<double>(canvas.used.height) / part.height;

    // cv::Mat has no const view; neither is written to.
    const cv::Rect cut(part.x, part.y, part.width, part.height);
    const cv::Mat full(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data()));
    const cv::Mat mask(region.height, region.width, CV_8U, const_cast<std::uint8_t*>(region.pixels.data()));
    Image small = shrunk(full(cut), canvas.used.width, canvas.used.height);
    cv::Mat picture;
    cv::Mat(small.height, small.width, CV_8UC3, small.pixels.data()).convertTo(picture, CV_32F);

    // The dye darkens towards black, whatever the ground.
    const Ground padding = style.tint == Tint::colour ? Ground::black : style.ground;
    canvas.colours = cv::Mat(size, size, CV_32FC3, scalar(groundColour(padding)));
    canvas.inside = cv::Mat::zeros(size, size, CV_32F);
    coverage(mask(cut), canvas.used.width, canvas.used.height).copyTo(canvas.inside(canvas.used));
    blend(picture, canvas.inside(canvas.used), style).copyTo(canvas.colours(canvas.used));
    if (style.tint == Tint::outline) {
        drawOutline(canvas, style);
    } else if (style.tint == Tint::rectangle) {
        const Box mark = grown(box, kMarkContext, image.width, image.height);
        drawRectangle(canvas, {mark.x - part.x, mark.y - part.y, mark.width, mark.height}, style);
    }
    Image out(size, size);
    cv::Mat target(size, size, CV_8UC3, out.pixels.data());
    canvas.colours.convertTo(target, CV_8U);  // rounds and clamps
    return out;
}

}  // namespace maskwright::visual_prompt
