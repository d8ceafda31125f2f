// A network's small map of logits as a mask of the picture's size, without the large map ever being there. Internal to
// core/segmenters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/image/runs.h"

namespace maskwright::segmenters {

// Which numbers of a row of the small map one place of the large one is made of, and how much of each.
struct Taps {
    std::array<int, 4> from{};
    std::array<float, 4> share{};
};
// `small` numbers are stretched to `padded`, of which the first `used` are stretched to `large`: bilinear, half-pixel
// centres, edges clamped, no antialiasing, as transformers' post_process_masks does one after the other.
std::vector<Taps> tapsAlong(int small, int padded, int used, int large);

struct Cut {
    Runs runs;              // where the map is above 0
    std::int64_t area = 0;  // pixels there
    // Pixels above +offset as a share of those above -offset: how little the mask depends on the cut; 0 where there
    // are none.
    double stability = 0;
};

// Of a small map of down's rows and `width` columns; the result is of across.size() x down.size() pixels.
class Stretch {
  public:
    Stretch(int width, std::vector<Taps> down, std::vector<Taps> across)
        : width_(width), down_(std::move(down)), across_(std::move(across)) {}
    // map: row-major.
    [[nodiscard]] Cut cut(std::span<const float> map, float offset) const;

  private:
    int width_;
    std::vector<Taps> down_, across_;
};

}  // namespace maskwright::segmenters
