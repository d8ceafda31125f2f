#include "ui/canvas/overlay.h"

#include <algorithm>

#include "core/output/overlay.h"
#include "core/project/mask.h"
#include "ui/canvas/bands.h"

namespace maskwright::ui {
namespace {

// Where one row or column of the view falls between two of the map.
struct Tap {
    int low = 0, high = 0;
    float weight = 0;  // of high
};

std::vector<Tap> tapsOf(int first, int count, double offset, double scale, int extent) {
    std::vector<Tap> taps(std::size_t(std::max(count, 0)));
    for (int i = 0; i < count; ++i) {
        const double at = std::clamp((first + i + 0.5 - offset) / scale - 0.5, 0.0, double(extent - 1));
        const int low = int(at);
        taps[std::size_t(i)] = {low, std::min(low + 1, extent - 1), float(at - low)};
    }
    return taps;
}

// A part of a level, or a look at the whole of one.
struct LevelPart {
    const Heatmap* map = nullptr;
    int left = 0, top = 0;  // in the level
    Heatmap own;            // what `map` is, where it was made here
};

// The part of a level that the taps look at.
Box boxOf(const std::vector<Tap>& columns, const std::vector<Tap>& rows) {
    const int left = columns.front().low, top = rows.front().low;
    return {left, top, columns.back().high - left + 1, rows.back().high - top + 1};
}

// Moves the part towards `value` where the runs are, each pixel by its share of a pixel of the level. `before`: the
// part as it was, for what two layers share; null: all of it was 0.
void draw(const Runs& runs, float value, int level, const Box& box, const Heatmap* before, Heatmap& part) {
    const float share = 1.0f / float(std::uint64_t(1) << (2 * level));
    const auto height = std::uint64_t(runs.height);
    const std::uint64_t from = (std::uint64_t(box.x) << level) * height;
    const std::uint64_t to = (std::uint64_t(box.x + box.width) << level) * height;
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < runs.counts.size() && end < to; ++i) {
        const std::uint64_t begin = std::max(end, from);
        end += runs.counts[i];
        if (i % 2 == 0) {
            continue;
        }
        for (std::uint64_t at = begin; at < std::min(end, to);) {  // a column at a time
            const std::uint64_t x = at / height;
            const std::uint64_t last = std::min({end, to, (x + 1) * height}) - x * height;
            const int column = int(x >> level) - box.x;
            std::uint64_t y = std::max(at - x * height, std::uint64_t(box.y) << level);
            const std::uint64_t bottom = std::min(last, std::uint64_t(box.y + box.height) << level);
            while (y < bottom) {
                const int row = int(y >> level) - box.y;
                const std::uint64_t next = std::min(bottom, ((y >> level) + 1) << level);
                const float was = before != nullptr ? before->at(column, row) : 0.0f;
                part.at(column, row) += float(next - y) * share * (value - was);
                y = next;
            }
            at = x * height + last;
        }
    }
}

// Of what was found or of an object, without what a hand or another row has changed.
Heatmap foundIn(const std::shared_ptr<const HeatPyramid>& map, const project::RunsPtr& object, int level,
                const Box& box) {
    Heatmap part(box.width, box.height);
    if (object) {
        draw(*object, 1, level, box, nullptr, part);
        return part;
    }
    const Heatmap& found = map->level(level);
    for (int y = 0; y < box.height; ++y) {
        std::copy_n(&found.at(box.x, box.y + y), box.width, &part.at(0, y));
    }
    return part;
}

LevelPart partOf(const ShownMask& mask, int level, const Box& box) {
    LevelPart part;
    if (!mask.object && mask.correction.empty() && mask.rivals.empty()) {
        part.map = &mask.map->level(level);
        return part;
    }
    part.left = box.x;
    part.top = box.y;
    if (mask.object && mask.rivals.empty()) {
        part.own = foundIn(nullptr, std::make_shared<const Runs>(project::corrected(*mask.object, mask.correction)),
                           level, box);
        return part;
    }
    part.own = foundIn(mask.map, mask.object, level, box);
    for (const Rival& rival : mask.rivals) {
        if (ShownMask{rival.map, rival.object}.size() != mask.size()) {
            continue;
        }
        // 0: whatever the threshold is moved to, the pixel is the other's.
        project::giveWay(part.own, 0, foundIn(rival.map, rival.object, level, box), rival.threshold, rival.first);
    }
    const Heatmap before = mask.correction.empty() ? Heatmap() : part.own;
    if (mask.correction.added) {
        draw(*mask.correction.added, 1, level, box, &before, part.own);
    }
    if (mask.correction.removed) {
        draw(*mask.correction.removed, 0, level, box, &before, part.own);
    }
    return part;
}

struct LevelSize {
    int level = 0, width = 0, height = 0;
};
// An object has the levels that a map of its size would have.
LevelSize levelOf(const ShownMask& mask, double scale) {
    if (!mask.object) {
        const int level = mask.map->levelFor(scale);
        return {level, mask.map->level(level).width, mask.map->level(level).height};
    }
    LevelSize found{0, mask.object->width, mask.object->height};
    while (std::max(found.width, found.height) > kSmallestLevel && scale <= 0.5) {
        found = {found.level + 1, std::max(found.width / 2, 1), std::max(found.height / 2, 1)};
        scale *= 2;
    }
    return found;
}

}  // namespace

Sampled sampled(const ShownMask& mask, const ViewTransform& view, const QRect& area, Heatmap&& spare) {
    if (mask.empty() || area.isEmpty()) {
        return {};
    }
    const QSize size = mask.size();
    const QRect picture = QRectF(view.offset, QSizeF(size) * view.scale).toRect() & area;
    Heatmap map = std::move(spare);
    const std::size_t pixels = std::size_t(area.width()) * std::size_t(area.height());
    if (map.width != area.width() || map.pixels.size() != pixels) {  // what was moved from has its sides alone
        map = Heatmap(area.width(), area.height());
    }
    Sampled result{std::move(map), {picture.x() - area.x(), picture.y() - area.y(), picture.width(), picture.height()}};
    const LevelSize level = levelOf(mask, view.scale);
    // A level's size is rounded down, so its scale is taken from its own extent.
    const double scaleX = view.scale * size.width() / level.width, scaleY = view.scale * size.height() / level.height;
    auto columns = tapsOf(area.x(), area.width(), view.offset.x(), scaleX, level.width);
    const auto rows = tapsOf(area.y(), area.height(), view.offset.y(), scaleY, level.height);
    const LevelPart made = partOf(mask, level.level, boxOf(columns, rows));
    const Heatmap& part = made.map != nullptr ? *made.map : made.own;
    for (Tap& column : columns) {
        column.low -= made.left;
        column.high -= made.left;
    }
    inBands(area.width(), area.height(), [&](int begin, int end) {
        for (int y = begin; y < end; ++y) {
            const Tap& row = rows[std::size_t(y)];
            const float* top = &part.at(0, row.low - made.top);
            const float* bottom = &part.at(0, row.high - made.top);
            float* out = &result.map.at(0, y);
            for (int x = 0; x < area.width(); ++x) {
                const Tap& column = columns[std::size_t(x)];
                const float upper = top[column.low] + (top[column.high] - top[column.low]) * column.weight;
                const float lower = bottom[column.low] + (bottom[column.high] - bottom[column.low]) * column.weight;
                out[x] = upper + (lower - upper) * row.weight;
            }
        }
    });
    return result;
}

Sampled sampled(const HeatPyramid& map, const ViewTransform& view, const QRect& area) {
    return sampled(ShownMask{{std::shared_ptr<const void>(), &map}}, view, area);  // borrowed for the call
}

QRect touchedBy(const QRect& pixels, const ViewTransform& view) {
    // A sample looks half a pixel of its level far, at most a pixel of the picture or two of the screen; the slope
    // beside it one more of the screen.
    const double reach = std::max(view.scale, 2.0) + 2;
    return QRectF(view.toView(pixels.topLeft()), QSizeF(pixels.size()) * view.scale)
        .adjusted(-reach, -reach, reach, reach)
        .toAlignedRect();
}

QImage renderOverlay(const Sampled& sampled, const QSize& size, const output::Appearance& appearance, QImage&& spare) {
    QImage image = std::move(spare);
    if (image.size() != size || image.format() != QImage::Format_ARGB32_Premultiplied) {
        image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    }
    if (sampled.map.empty() || appearance.opacity <= 0) {
        image.fill(Qt::transparent);
        return image;
    }
    // Rows of 32-bit pixels have no padding.
    const std::span<std::uint32_t> pixels(reinterpret_cast<std::uint32_t*>(image.bits()), sampled.map.pixels.size());
    const output::Brush brush(appearance, output::colourOf(appearance, 0));
    inBands(size.width(), size.height(),
            [&](int begin, int end) { output::layerRows(sampled.map, sampled.inside, brush, begin, end, pixels); });
    return image;
}

QImage renderOverlay(const HeatPyramid& map, const ViewTransform& view, const QRect& area,
                     const output::Appearance& appearance) {
    return renderOverlay(sampled(map, view, area), area.size(), appearance);
}

}  // namespace maskwright::ui
