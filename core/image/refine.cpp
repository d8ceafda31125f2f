#include "core/image/refine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/image/resize.h"

namespace maskwright {
namespace {

// Chosen on 60 hand-drawn COCO masks blurred and disturbed as CLIPSeg blurs them, by IoU at thresholds 0.3 and 0.5: an
// eighth of a 352 network's 16-pixel token grid either way and regularisation 2e-5..4e-4 do about as well.
constexpr int kWorkingSide = 704;  // longest side at which coefficients are solved
constexpr int kReferenceMap = 352;
constexpr float kEpsilon = 1e-4f;  // of the guide's variance, guide in 0..1

// q = p + (guided(p) - mean(mean(p))): what the guided filter adds beyond its own smoothing. The plain guided filter
// flattens objects smaller than its window, which costs more IoU than its edges win. Where the picture is flat the
// difference is zero. Coefficients, interleaved [height, width, 4]: a_r, a_g, a_b for a guide in 0..255, and the
// offset.
cv::Mat solveCoefficients(const cv::Mat& guide, const cv::Mat& map, int radius) {
    const cv::Size window(2 * radius + 1, 2 * radius + 1);
    const auto mean = [&](const cv::Mat& values) {
        cv::Mat out;
        cv::boxFilter(values, out, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT);
        return out;
    };
    std::vector<cv::Mat> g;
    cv::split(guide, g);
    const cv::Mat meanMap = mean(map);
    std::vector<cv::Mat> meanGuide, meanProduct, second;
    for (int c = 0; c < 3; ++c) {
        meanGuide.push_back(mean(g[static_cast<std::size_t>(c)]));
        meanProduct.push_back(mean(g[static_cast<std::size_t>(c)].mul(map)));
        for (int d = c; d < 3; ++d) {
            second.push_back(mean(g[static_cast<std::size_t>(c)].mul(g[static_cast<std::size_t>(d)])));
        }
    }
    cv::Mat coefficients(map.size(), CV_32FC4);
    for (int y = 0; y < map.rows; ++y) {
        const auto row = [y](const cv::Mat& m) { return m.ptr<float>(y); };
        const float *r = row(meanGuide[0]), *gr = row(meanGuide[1]), *b = row(meanGuide[2]), *p = row(meanMap);
        auto* out = coefficients.ptr<cv::Vec4f>(y);
        for (int x = 0; x < map.cols; ++x) {
            // Covariance of the guide, [[rr, rg, rb], [rg, gg, gb], [rb, gb, bb]], solved by the adjugate.
            const float rr = row(second[0])[x] - r[x] * r[x] + kEpsilon, rg = row(second[1])[x] - r[x] * gr[x];
            const float rb = row(second[2])[x] - r[x] * b[x], gg = row(second[3])[x] - gr[x] * gr[x] + kEpsilon;
            const float gb = row(second[4])[x] - gr[x] * b[x], bb = row(second[5])[x] - b[x] * b[x] + kEpsilon;
            const float c0 = row(meanProduct[0])[x] - r[x] * p[x], c1 = row(meanProduct[1])[x] - gr[x] * p[x];
            const float c2 = row(meanProduct[2])[x] - b[x] * p[x];
            const float i00 = gg * bb - gb * gb, i01 = rb * gb - rg * bb, i02 = rg * gb - rb * gg;
            const float i11 = rr * bb - rb * rb, i12 = rb * rg - rr * gb, i22 = rr * gg - rg * rg;
            const float determinant = rr * i00 + rg * i01 + rb * i02;
            // Rounding may leave nothing to divide by where the guide is flat: no slope there.
            const float inverse = determinant > 1e-20f ? 1.0f / determinant : 0.0f;
            const float a0 = (i00 * c0 + i01 * c1 + i02 * c2) * inverse;
            const float a1 = (i01 * c0 + i11 * c1 + i12 * c2) * inverse;
            const float a2 = (i02 * c0 + i12 * c1 + i22 * c2) * inverse;
            // The window's offset is p - a.I; taking the window's own mean p away leaves the correction alone.
            out[x] = {a0 / 255.0f, a1 / 255.0f, a2 / 255.0f, -(a0 * r[x] + a1 * gr[x] + a2 * b[x])};
        }
    }
    return mean(coefficients);
}

struct Position {
    int low, high;
    float share;  // of high
};

// Half-pixel centres, clamped: the same positions as resizeBilinear.
std::vector<Position> positions(int from, int to) {
    std::vector<Position> out;
    out.reserve(static_cast<std::size_t>(to));
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    for (int i = 0; i < to; ++i) {
        const float at = std::max(0.0f, scale * (static_cast<float>(i) + 0.5f) - 0.5f);
        const int low = std::min(static_cast<int>(at), from - 1);
        out.push_back({low, std::min(low + 1, from - 1), std::min(1.0f, at - static_cast<float>(low))});
    }
    return out;
}

// Rows [begin, end) of the answer; the only full-size memory is the answer itself.
void applyRows(const cv::Mat& coefficients, const Heatmap& map, const Image& picture,
               const std::vector<Position>& columns, const std::vector<Position>& rows,
               const std::vector<Position>& mapColumns, const std::vector<Position>& mapRows,
               std::pair<float, float> range, int begin, int end, Heatmap& out) {
    std::vector<float> line(static_cast<std::size_t>(coefficients.cols) * 4),
        mapLine(static_cast<std::size_t>(map.width));
    for (int y = begin; y < end; ++y) {
        const Position& v = rows[static_cast<std::size_t>(y)];
        const float *above = coefficients.ptr<float>(v.low), *below = coefficients.ptr<float>(v.high);
        for (std::size_t i = 0; i < line.size(); ++i) {
            line[i] = above[i] + v.share * (below[i] - above[i]);
        }
        const Position& m = mapRows[static_cast<std::size_t>(y)];
        const float *mapAbove = &map.at(0, m.low), *mapBelow = &map.at(0, m.high);
        for (std::size_t i = 0; i < mapLine.size(); ++i) {
            mapLine[i] = mapAbove[i] + m.share * (mapBelow[i] - mapAbove[i]);
        }
        const std::uint8_t* pixel = picture.at(0, y);
        float* target = &out.at(0, y);
        for (std::size_t x = 0; x < static_cast<std::size_t>(out.width); ++x, pixel += 3) {
            const Position& h = columns[x];
            const float* left = &line[static_cast<std::size_t>(h.low) * 4];
            const float* right = &line[static_cast<std::size_t>(h.high) * 4];
            float k[4];
            for (int c = 0; c < 4; ++c) {
                k[c] = left[c] + h.share * (right[c] - left[c]);
            }
            const Position& w = mapColumns[x];
            const float mapLeft = mapLine[static_cast<std::size_t>(w.low)];
            const float p = mapLeft + w.share * (mapLine[static_cast<std::size_t>(w.high)] - mapLeft);
            const float q = p + k[0] * pixel[0] + k[1] * pixel[1] + k[2] * pixel[2] + k[3];
            target[x] = std::clamp(q, range.first, range.second);
        }
    }
}

}  // namespace

Heatmap toPictureSize(const Heatmap& map, const Image& picture, bool edgeAware, double radius) {
    if (map.empty() || picture.empty()) {
        return {};
    }
    if (!edgeAware) {
        return resizeBilinear(map, picture.width, picture.height);
    }
    const double shrink = std::min(1.0, static_cast<double>(kWorkingSide) / std::max(picture.width, picture.height));
    const cv::Size working(std::max(1, static_cast<int>(std::lround(picture.width * shrink))),
                           std::max(1, static_cast<int>(std::lround(picture.height * shrink))));
    // cv::Mat has no const view; neither is written to.
    const cv::Mat full(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.pixels.data()));
    const cv::Mat small(map.height, map.width, CV_32F, const_cast<float*>(map.pixels.data()));
    cv::Mat reduced, guide, workingMap;
    cv::resize(full, reduced, working, 0, 0, cv::INTER_AREA);
    reduced.convertTo(guide, CV_32F, 1.0 / 255);
    cv::resize(small, workingMap, working, 0, 0, cv::INTER_LINEAR);

    // A coarser map than 352 has coarser cells, but its tokens cover as much of the picture; a finer one has finer
    // tokens.
    const int mapSide = std::max(map.width, map.height);
    const double cell = double(std::max(working.width, working.height)) / std::max(mapSide, kReferenceMap);
    const double reach = std::clamp(radius, kLeastRefineRadius, kMostRefineRadius) * cell;
    const cv::Mat coefficients =
        solveCoefficients(guide, workingMap, std::max(1, static_cast<int>(std::lround(reach))));

    Heatmap out(picture.width, picture.height);
    const auto columns = positions(working.width, picture.width), rows = positions(working.height, picture.height);
    const auto mapColumns = positions(map.width, picture.width), mapRows = positions(map.height, picture.height);
    // An edge may move a probability, not make one that the model gave nowhere: what it ruled out stays out.
    const auto [low, high] = std::minmax_element(map.pixels.begin(), map.pixels.end());
    const std::pair<float, float> range(*low, *high);
    cv::parallel_for_(cv::Range(0, picture.height), [&](const cv::Range& band) {
        applyRows(coefficients, map, picture, columns, rows, mapColumns, mapRows, range, band.start, band.end, out);
    });
    return out;
}

Mask threshold(const Heatmap& map, float threshold) {
    Mask mask(map.width, map.height);
    std::transform(map.pixels.begin(), map.pixels.end(), mask.pixels.begin(),
                   [threshold](float p) { return static_cast<std::uint8_t>(p > threshold ? 255 : 0); });
    return mask;
}

float presence(const Heatmap& map) {
    if (map.empty()) {
        return 0;
    }
    const auto width = static_cast<std::size_t>(map.width);
    std::vector<float> sums(width);
    float best = 0;
    for (int y = 0; y < map.height; ++y) {
        const std::array<const float*, 3> rows = {&map.at(0, std::max(y - 1, 0)), &map.at(0, y),
                                                  &map.at(0, std::min(y + 1, map.height - 1))};
        const auto sumAt = [&](std::size_t left, std::size_t x, std::size_t right) {
            float sum = 0;
            for (const float* row : rows) {
                sum += row[left];
                sum += row[x];
                sum += row[right];
            }
            return sum;
        };
        for (std::size_t x = 1; x + 1 < width; ++x) {  // by itself, so that no side is asked for at each pixel
            sums[x] = sumAt(x - 1, x, x + 1);
        }
        sums.front() = sumAt(0, 0, std::min<std::size_t>(1, width - 1));
        sums.back() = sumAt(width > 1 ? width - 2 : 0, width - 1, width - 1);
        best = std::max(best, *std::max_element(sums.begin(), sums.end()));
    }
    return best / 9.0f;
}

Box boundingBox(const Mask& mask) {
    int left = mask.width, right = -1, top = mask.height, bottom = -1;
    for (int y = 0; y < mask.height; ++y) {
        const std::uint8_t* row = &mask.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width)];
        // The whole row at once first: most rows of a photograph's mask are empty, and this runs at every stroke of a
        // brush.
        std::uint8_t any = 0;
        for (int x = 0; x < mask.width; ++x) {
            any |= row[x];
        }
        if (any == 0) {
            continue;
        }
        left = static_cast<int>(std::find_if(row, row + left, [](std::uint8_t v) { return v != 0; }) - row);
        for (int x = mask.width - 1; x > right; --x) {
            if (row[x] != 0) {
                right = x;
            }
        }
        top = std::min(top, y);
        bottom = y;
    }
    return right < 0 ? Box{} : Box{left, top, right - left + 1, bottom - top + 1};
}

std::int64_t area(const Mask& mask) {
    return mask.width == 0
               ? 0
               : std::count_if(mask.pixels.begin(), mask.pixels.end(), [](std::uint8_t v) { return v != 0; });
}

double iou(const Mask& a, const Mask& b) {
    if (a.width != b.width || a.height != b.height) {
        return 0;
    }
    std::int64_t both = 0, either = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        both += (a.pixels[i] != 0) && (b.pixels[i] != 0);
        either += (a.pixels[i] != 0) || (b.pixels[i] != 0);
    }
    return either == 0 ? 0.0 : static_cast<double>(both) / static_cast<double>(either);
}

Components components(const Mask& mask) {
    Components out;
    if (mask.empty()) {
        return out;
    }
    out.labels = Plane<std::int32_t>(mask.width, mask.height);
    const cv::Mat source(mask.height, mask.width, CV_8U, const_cast<std::uint8_t*>(mask.pixels.data()));
    cv::Mat labels(mask.height, mask.width, CV_32S, out.labels.pixels.data());
    const int count = cv::connectedComponents(source, labels, 8, CV_32S);
    out.sizes.assign(static_cast<std::size_t>(count), 0);
    for (const std::int32_t label : out.labels.pixels) {
        ++out.sizes[static_cast<std::size_t>(label)];
    }
    return out;
}

}  // namespace maskwright
