#include "ui/canvas/together.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "ui/canvas/bands.h"
#include "ui/widgets/checkerboard.h"

namespace maskwright::ui {
namespace {

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
    const int square = std::max(1, int(kCheckSide * ratio));
    const int bytes = image.bytesPerLine();
    std::uint8_t* first = image.bits();
    inBands(inside.width, inside.height, [&](int begin, int end) {
        for (int y = inside.y + begin; y < inside.y + end; ++y) {
            auto* row = reinterpret_cast<QRgb*>(first + std::ptrdiff_t(y) * bytes);
            const int down = (area.y() + y) / square;
            for (int x = inside.x; x < inside.x + inside.width;) {  // a square at a time
                const int across = (area.x() + x) / square;
                const int next = std::min(inside.x + inside.width, (across + 1) * square - area.x());
                const auto& colours = table[std::size_t((across + down) & 1)];
                for (; x < next; ++x) {
                    row[x] = colours[std::size_t(qAlpha(row[x]))];
                }
            }
        }
    });
}

}  // namespace

Heatmap joined(const std::vector<const Heatmap*>& maps, const std::vector<float>& thresholds) {
    Heatmap all;
    joinInto(all, maps, thresholds);
    return all;
}

void joinInto(Heatmap& all, const std::vector<const Heatmap*>& maps, const std::vector<float>& thresholds) {
    if (maps.empty()) {
        all = {};
        return;
    }
    if (all.width != maps.front()->width || all.pixels.size() != maps.front()->pixels.size()) {
        all = Heatmap(maps.front()->width, maps.front()->height);
    }
    const auto width = std::size_t(all.width);
    inBands(all.width, all.height, [&](int begin, int end) {
        for (std::size_t m = 0; m < maps.size(); ++m) {
            const float shift = kJoinedThreshold - thresholds[m];
            const float* in = maps[m]->pixels.data();
            float* out = all.pixels.data();
            for (std::size_t i = std::size_t(begin) * width; i < std::size_t(end) * width; ++i) {
                const float value = in[i] + shift;
                out[i] = m == 0 ? value : std::max(out[i], value);
            }
        }
    });
}

void Together::sample(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others, const Place& place) {
    const bool heats = view == MaskView::heat, moved = place != place_;
    if (moved || !(own.mask == ownMask_)) {
        own_ = !own.mask.empty() ? sampled(own.mask, place.view, place.area, std::move(own_.map)) : Sampled{};
        ownMask_ = own.mask;
        current_ = false;
    }
    if (moved || heats != heats_ || others != otherSources_) {
        bool first = true;
        for (const MaskSource& other : others) {
            const float threshold = heats ? kJoinedThreshold : float(other.threshold);
            Sampled& into = first ? others_ : next_;
            into = sampled(other.mask, place.view, place.area, std::move(into.map));
            if (std::exchange(first, false)) {
                joinInto(others_.map, {&others_.map}, {threshold});
            } else {
                joinInto(others_.map, {&others_.map, &next_.map}, {kJoinedThreshold, threshold});
            }
        }
        if (first) {
            others_ = {};
        }
        otherSources_ = others;
        heats_ = heats;
        current_ = false;
    }
    place_ = place;
}

const QImage& Together::draw(MaskView view, const MaskSource& own, const std::vector<MaskSource>& others,
                             const ViewTransform& transform, const QRect& area, const output::Appearance& appearance,
                             double ratio) {
    sample(view, own, others, {transform, area});
    if (current_ && view == view_ && own.threshold == threshold_ && appearance == appearance_ && ratio == ratio_) {
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
        joinInto(all_.map, {&own_.map, &others_.map}, {threshold, kJoinedThreshold});
        all_.inside = own_.inside;
        image_ = renderOverlay(all_, area.size(), drawn, std::move(spare));
    }
    if (!any.map.empty() && (view == MaskView::mask || view == MaskView::cutout)) {
        recolour(image_, any.inside, view, area, ratio);
    }
    view_ = view;
    threshold_ = own.threshold;
    appearance_ = appearance;
    ratio_ = ratio;
    current_ = true;
    return image_;
}

}  // namespace maskwright::ui
