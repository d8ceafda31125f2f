#include "core/proposals/components.h"

#include <algorithm>
#include <cmath>

#include "core/image/refine.h"
#include "core/proposals/soft_mask.h"

namespace maskwright::proposals {
namespace {

constexpr double kSmallest = 0.0005;  // of the map: less is noise at an edge

// Where one component is, and how sure the map is there.
struct Piece {
    int left = 0, right = 0, top = 0, bottom = 0;  // both ends inside
    double sum = 0;
    std::int64_t area = 0;
};

std::vector<Piece> piecesOf(const Heatmap& map, const Components& found) {
    std::vector<Piece> pieces(found.sizes.size());
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x) {
            Piece& piece = pieces[std::size_t(found.labels.at(x, y))];
            if (piece.area == 0) {
                piece = {x, x, y, y, 0, 0};
            }
            piece.left = std::min(piece.left, x);
            piece.right = std::max(piece.right, x);
            piece.bottom = y;
            piece.sum += double(map.at(x, y));
            ++piece.area;
        }
    }
    return pieces;
}

// The map without what belongs to other components.
Heatmap alone(const Heatmap& map, const Components& found, std::int32_t label, float height) {
    Heatmap own = map;
    for (std::size_t i = 0; i < own.pixels.size(); ++i) {
        const std::int32_t there = found.labels.pixels[i];
        if (there != label) {
            own.pixels[i] = there != 0 ? 0.0f : std::min(own.pixels[i], height);
        }
    }
    return own;
}

}  // namespace

std::vector<Proposal> fromMaps(std::span<const Heatmap> maps, std::span<const float> heights, int width, int height) {
    std::vector<Proposal> all;
    for (const Heatmap& map : maps) {
        const auto smallest = std::int64_t(std::ceil(kSmallest * double(map.pixels.size())));
        for (const float cut : heights) {
            const Components found = components(threshold(map, cut));
            const std::vector<Piece> pieces = piecesOf(map, found);
            for (std::size_t label = 1; label < pieces.size(); ++label) {
                const Piece& piece = pieces[label];
                if (piece.area < smallest) {
                    continue;
                }
                const double wide = double(width) / map.width, high = double(height) / map.height;
                const Box window{int(std::floor((piece.left - 1) * wide)), int(std::floor((piece.top - 1) * high)),
                                 int(std::ceil((piece.right - piece.left + 3) * wide)) + 1,
                                 int(std::ceil((piece.bottom - piece.top + 3) * high)) + 1};
                const Heatmap own = alone(map, found, std::int32_t(label), cut);
                Proposal made =
                    proposalOf(runsAbove(own, cut, width, height, window), float(piece.sum / double(piece.area)));
                if (made.area > 0) {
                    all.push_back(std::move(made));
                }
            }
        }
    }
    return all;
}

}  // namespace maskwright::proposals
