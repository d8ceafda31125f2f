// Small things in large pictures: beside the whole picture overlapping tiles of it are looked at, each as large as the
// network's input, and the maps are laid over one another. Works with any method. No torch in sight.
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "core/session/method.h"

namespace maskwright::session {

// Tiles along the picture's longer side: none; as many as bring the picture to the network pixel by pixel, from 2 to 8;
// or a number from 2 to kMostTiles.
inline constexpr int kNoTiles = 0, kOwnTiles = -1, kMostTiles = 16;

// How many tiles lie along the longer side of a picture for an input of `side` pixels.
int tilesAlong(int width, int height, std::int64_t side, int tiles);

// `along` tiles on the longer side and as many on the shorter one as have the same side; all of one size, at most
// square, evenly spread, neighbours sharing a quarter or more. Together they cover the picture. Row by row.
std::vector<Box> tileBoxes(int width, int height, int along);

// What Method::encode and Method::predict say of the picture and of its tiles together, one map a prompt: the mean of
// the whole picture's map and the tiles', which fade into one another where they overlap. (Of 189 named
// things on the 57 photographs of val that Sight's trunk has not seen, mean IoU at its threshold: whole picture 0.518,
// tiles 0.531, the larger of both 0.524, their mean 0.540; of the 68 that cover less than 1 % 0.248, 0.294, 0.280,
// 0.283; phantoms of 228 absent names 0, 2, 2, 0.) Presence is that of the map; words and candidates are the
// whole picture's; the times are sums, that of encoding among them. `tiles` is not kNoTiles. Errors: theirs; usage for
// another number of tiles.
Result<Answer> predictInTiles(Method& method, const Image& image, const EncodeOptions& options,
                              std::span<const Prompt> prompts, int tiles, const std::stop_token& stop = {});

}  // namespace maskwright::session
