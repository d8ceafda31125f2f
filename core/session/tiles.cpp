#include "core/session/tiles.h"

#include <algorithm>
#include <cmath>

#include "core/image/refine.h"
#include "core/image/resize.h"

namespace maskwright::session {

namespace {

constexpr double kOverlap = 0.25;                  // of a tile's side
constexpr int kLeastOwn = 2, kMostOwn = 8;         // tiles where nobody said how many
constexpr double kMostPixels = double(2LL << 20);  // of a map, 8 MB

Image cut(const Image& image, const Box& box) {
    Image out(box.width, box.height);
    for (int y = 0; y < box.height; ++y) {
        std::copy_n(image.at(box.x, box.y + y), std::size_t(box.width) * 3, out.at(0, y));
    }
    return out;
}

// Where tiles of `length` begin on a side.
std::vector<int> beginnings(int side, int length, int count) {
    std::vector<int> at;
    for (int i = 0; i < count; ++i) {
        at.push_back(count == 1 ? 0 : static_cast<int>(std::lround(double(i) * (side - length) / (count - 1))));
    }
    return at;
}

// How much a tile says at each place of a side, from nothing at an edge inside the picture to 1 a quarter away from it,
// so that no seam is seen.
std::vector<float> weights(int length, bool first, bool last) {
    std::vector<float> weight(static_cast<std::size_t>(length), 1.0f);
    const double ramp = std::max(1.0, kOverlap * length);
    for (int i = 0; i < length; ++i) {
        const double before = first ? 1 : std::min(1.0, (i + 0.5) / ramp);
        const double after = last ? 1 : std::min(1.0, (length - i - 0.5) / ramp);
        const double t = std::min(before, after);
        weight[std::size_t(i)] = static_cast<float>(t * t * (3 - 2 * t));
    }
    return weight;
}

struct Sums {
    int width = 0, height = 0;
    std::vector<Heatmap> maps;  // one a prompt
    Heatmap weight;
};

// `fine`: the pixels of a tile's map for each of the tile. The sums are as fine, but no finer than the picture.
Sums noSums(const Image& image, double fine, std::size_t prompts) {
    const double most = std::sqrt(kMostPixels / (double(image.width) * image.height));
    const double scale = std::min({1.0, fine, most});
    Sums sums;
    sums.width = std::max(1, static_cast<int>(std::lround(image.width * scale)));
    sums.height = std::max(1, static_cast<int>(std::lround(image.height * scale)));
    sums.maps.assign(prompts, Heatmap(sums.width, sums.height));
    sums.weight = Heatmap(sums.width, sums.height);
    return sums;
}

// The mean of what the whole picture and its tiles say; see tiles.h.
Heatmap together(const Heatmap& whole, Heatmap sum, const Heatmap& weight) {
    const Heatmap own = resizeBilinear(whole, sum.width, sum.height);
    for (std::size_t i = 0; i < sum.pixels.size(); ++i) {
        const float tiled = weight.pixels[i] > 0 ? sum.pixels[i] / weight.pixels[i] : 0;
        sum.pixels[i] = (own.pixels[i] + tiled) / 2;
    }
    return sum;
}

// Sets to 0 what a place took away.
void leave(Heatmap& map, const Heatmap& placed) {
    const Heatmap kept = resizeBilinear(placed, map.width, map.height);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        map.pixels[i] = kept.pixels[i] >= 0.5f ? map.pixels[i] : 0;
    }
}

// A box of the picture in a map of it: whole pixels, none left out.
Box inMap(const Box& box, const Image& image, int width, int height) {
    const auto at = [](int place, int side, int map) {
        return static_cast<int>(std::lround(double(place) * map / side));
    };
    const int x = at(box.x, image.width, width), y = at(box.y, image.height, height);
    return {x, y, std::max(1, at(box.x + box.width, image.width, width) - x),
            std::max(1, at(box.y + box.height, image.height, height) - y)};
}

void add(Sums& sums, const std::vector<Heatmap>& maps, const Box& box) {
    const auto across = weights(box.width, box.x == 0, box.x + box.width == sums.width);
    const auto down = weights(box.height, box.y == 0, box.y + box.height == sums.height);
    for (std::size_t k = 0; k <= maps.size(); ++k) {
        const bool weight = k == maps.size();
        const Heatmap map = weight ? Heatmap(box.width, box.height, 1) : resizeBilinear(maps[k], box.width, box.height);
        Heatmap& sum = weight ? sums.weight : sums.maps[k];
        for (int y = 0; y < box.height; ++y) {
            for (int x = 0; x < box.width; ++x) {
                sum.at(box.x + x, box.y + y) += across[std::size_t(x)] * down[std::size_t(y)] * map.at(x, y);
            }
        }
    }
}

}  // namespace

int tilesAlong(int width, int height, std::int64_t side, int tiles) {
    if (tiles != kOwnTiles) {
        return tiles;
    }
    const double longer = std::max(width, height);
    // n tiles that share a quarter are as long as n - (n - 1) / 4 beside one another.
    const double wanted = (longer / double(side) - kOverlap) / (1 - kOverlap);
    return static_cast<int>(std::clamp<double>(std::ceil(wanted), kLeastOwn, kMostOwn));
}

std::vector<Box> tileBoxes(int width, int height, int along) {
    const int longer = std::max(width, height), shorter = std::min(width, height);
    const double exact = longer / (along - (along - 1) * kOverlap);
    const int length = std::min(longer, static_cast<int>(std::ceil(exact)));
    const int beside = std::min(shorter, length);
    const int rows = std::max(1, static_cast<int>(std::ceil((shorter / exact - kOverlap) / (1 - kOverlap) - 1e-9)));
    const auto onLonger = beginnings(longer, length, along), onShorter = beginnings(shorter, beside, rows);
    std::vector<Box> boxes;
    for (const int y : width >= height ? onShorter : onLonger) {
        for (const int x : width >= height ? onLonger : onShorter) {
            boxes.push_back(width >= height ? Box{x, y, length, beside} : Box{x, y, beside, length});
        }
    }
    return boxes;
}

Result<Answer> predictInTiles(Method& method, const Image& image, const EncodeOptions& options,
                              std::span<const Prompt> prompts, int tiles, const std::stop_token& stop) {
    if (tiles != kOwnTiles && (tiles < 2 || tiles > kMostTiles)) {
        return Error{ErrorKind::usage, message("%1 tiles are not from 2 to %2", tiles, kMostTiles),
                     "give another number of tiles"};
    }
    // What is on the left of a tile is not on the left of the picture.
    std::vector<Prompt> everywhere(prompts.begin(), prompts.end());
    for (Prompt& prompt : everywhere) {
        prompt.place = false;
    }
    const auto ask = [&](const Image& picture, std::span<const Prompt> what) -> Result<Answer> {
        const auto encoded = method.encode(picture, options, stop);
        if (!encoded) {
            return encoded.error();
        }
        auto answer = method.predict(*encoded, what, stop);
        if (answer) {
            answer->timing.encode = encoded->milliseconds;
        }
        return answer;
    };
    auto whole = ask(image, prompts);
    if (!whole || prompts.empty()) {
        return whole;
    }
    Answer& answer = *whole;
    const std::int64_t side = options.size != 0 ? options.size : method.capabilities().inputSize;
    const int along = tilesAlong(image.width, image.height, side, tiles);
    Sums sums;
    for (const Box& box : tileBoxes(image.width, image.height, along)) {
        auto tile = ask(cut(image, box), everywhere);
        if (!tile) {
            return tile.error();
        }
        if (sums.maps.empty()) {
            sums = noSums(image, double(tile->maps[0].width) / box.width, prompts.size());
        }
        add(sums, tile->maps, inMap(box, image, sums.width, sums.height));
        answer.timing.encode += tile->timing.encode;
        answer.timing.text += tile->timing.text;
        answer.timing.decode += tile->timing.decode;
    }
    for (std::size_t k = 0; k < prompts.size(); ++k) {
        answer.maps[k] = together(answer.maps[k], std::move(sums.maps[k]), sums.weight);
        if (k < answer.placed.size() && !answer.placed[k].empty()) {
            leave(answer.maps[k], answer.placed[k]);
        }
        answer.presence[k] = presence(answer.maps[k]);
    }
    return whole;
}

}  // namespace maskwright::session
