#include "ui/canvas/together.h"

#include <algorithm>
#include <array>

namespace maskwright::ui {
namespace {

// The checkerboard that every painter knows: two light greys, for both themes, in squares of 8 widget pixels.
constexpr std::array<int, 2> kChecks = {255, 204};
constexpr int kSquare = 8;

// In place: how much of what is below each pixel hides (the spotlight's darkness) becomes the view's own picture.
void recolour(QImage& image, const Box& inside, MaskView view, const QRect& area, double ratio) {
    std::array<std::array<QRgb, 256>, 2> table{};
    for (int alpha = 0; alpha < 256; ++alpha) {
        for (std::size_t i = 0; i < 2; ++i) {
            const int grey = (kChecks[i] * alpha + 127) / 255;
            table[i][std::size_t(alpha)] = view == MaskView::mask ? qRgba(255 - alpha, 255 - alpha, 255 - alpha, 255)
                                                                  : qRgba(grey, grey, grey, alpha);
        }
    }
    const int square = std::max(1, int(kSquare * ratio));
    for (int y = inside.y; y < inside.y + inside.height; ++y) {
        auto* row = reinterpret_cast<QRgb*>(image.scanLine(y));
        const int down = (area.y() + y) / square;
        for (int x = inside.x; x < inside.x + inside.width; ++x) {
            row[x] = table[std::size_t(((area.x() + x) / square + down) & 1)][std::size_t(qAlpha(row[x]))];
        }
    }
}

}  // namespace

Heatmap joined(const std::vector<const Heatmap*>& maps, const std::vector<float>& thresholds) {
    if (maps.empty()) {
        return {};
    }
    Heatmap all(maps.front()->width, maps.front()->height);
    for (std::size_t m = 0; m < maps.size(); ++m) {
        const float shift = kJoinedThreshold - thresholds[m];
        const std::vector<float>& in = maps[m]->pixels;
        for (std::size_t i = 0; i < in.size(); ++i) {
            const float value = in[i] + shift;
            all.pixels[i] = m == 0 ? value : std::max(all.pixels[i], value);
        }
    }
    return all;
}

void Together::sample(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others, const Place& place) {
    const bool heats = view == MaskView::heat, moved = place != place_;
    if (moved || !(own.mask == ownMask_)) {
        own_ = !own.mask.empty() ? sampled(own.mask, place.view, place.area) : Sampled{};
        ownMask_ = own.mask;
        image_ = {};
    }
    if (moved || heats != heats_ || others != otherSources_) {
        others_ = {};
        for (const MaskSource& other : others) {
            Sampled next = sampled(other.mask, place.view, place.area);
            const float threshold = heats ? kJoinedThreshold : float(other.threshold);
            next.map = others_.map.empty() ? joined({&next.map}, {threshold})
                                           : joined({&next.map, &others_.map}, {threshold, kJoinedThreshold});
            others_ = std::move(next);
        }
        otherSources_ = others;
        heats_ = heats;
        image_ = {};
    }
    place_ = place;
}

const QImage& Together::draw(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others,
                             const ViewTransform& transform, const QRect& area, const output::Appearance& appearance,
                             double ratio) {
    sample(view, own, others, {transform, area});
    if (!image_.isNull() && view == view_ && own.threshold == threshold_ && appearance == appearance_ &&
        ratio == ratio_) {
        return image_;
    }
    output::Appearance drawn = appearance;
    drawn.mode = view == MaskView::heat ? output::OverlayMode::heat : output::OverlayMode::spotlight;
    drawn.lineWidth *= ratio;
    if (view == MaskView::mask || view == MaskView::cutout) {
        drawn.opacity = 1;
        drawn.lineWidth = 0;
    } else if (view == MaskView::heat) {
        drawn.lineWidth = 0;  // many thresholds have no one outline
    }
    QImage spare = std::move(image_);
    const Sampled& any = own_.map.empty() ? others_ : own_;
    if (own_.map.empty() || others_.map.empty()) {
        drawn.threshold = own_.map.empty() ? double(kJoinedThreshold) : own.threshold;
        image_ = renderOverlay(any, area.size(), drawn, std::move(spare));
    } else {
        const float threshold = view == MaskView::heat ? kJoinedThreshold : float(own.threshold);
        drawn.threshold = double(kJoinedThreshold);
        const Sampled all{joined({&own_.map, &others_.map}, {threshold, kJoinedThreshold}), own_.inside};
        image_ = renderOverlay(all, area.size(), drawn, std::move(spare));
    }
    if (!any.map.empty() && (view == MaskView::mask || view == MaskView::cutout)) {
        recolour(image_, any.inside, view, area, ratio);
    }
    view_ = view;
    threshold_ = own.threshold;
    appearance_ = appearance;
    ratio_ = ratio;
    return image_;
}

}  // namespace maskwright::ui
