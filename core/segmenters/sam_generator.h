// Everything in a picture that Segment Anything finds under a grid of points:
// segment_anything/automatic_mask_generator.py (Kirillov et al. 2023, appendix B), without its crops, and transformers'
// pipeline "mask-generation".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/image/runs.h"
#include "core/segmenters/sam_network.h"
#include "core/vision/halfway.h"

namespace maskwright::segmenters {

// Defaults: SamAutomaticMaskGenerator's.
struct SamOptions {
    int side = 32;              // points along each side of the picture
    double iou = 0.88;          // a mask's predicted intersection over union must be above
    double stability = 0.95;    // and the share that does not depend on the cut (Cut::stability)
    float offset = 1;           // of the cut, in logits
    double overlap = 0.7;       // of boxes: a mask that lies more over a better one's goes
    std::int64_t smallest = 0;  // pixels: smaller holes and parts go (min_mask_region_area); 0: none does
};

struct SamMask {
    Runs runs;  // of the picture's size
    Box box;
    std::int64_t area = 0;
    float iou = 0;  // predicted
    double stability = 0;
};

struct SamFound {
    std::vector<SamMask> masks;  // the best predicted first
    std::size_t before = 0;      // masks that were made: three a point
};

// The picture as the encoder takes it: [1, 3, s, s].
at::Tensor samPixels(const SamConfig& config, const Image& picture);

// What was made of a picture before a stop.
struct SamBegun {
    at::Tensor pixels;  // samPixels() of it
    int width = 0, height = 0;
    vision::Halfway encoder;
    std::optional<SamPicture> seen;
    std::int64_t points = 0;  // that were asked
    std::vector<SamMask> masks;
};
// Memory does not grow with the number of points but for the masks'. Throws Stopped, after at least one block of the
// encoder or one batch of points; given `begun` again, with the same network and options, it goes on there where the
// picture is the same.
SamFound generate(const SamNetwork& network, const Image& picture, const SamOptions& options,
                  const std::stop_token& stop, SamBegun& begun);

// Which boxes stay, by index, the best first: a box whose intersection over union with a better one is above `overlap`
// goes. Boxes reach from their first to their last pixel's corner, as published (utils/amg.py, batched_mask_to_box), so
// that one pixel has no area.
std::vector<std::size_t> keptBoxes(std::span<const Box> boxes, std::span<const float> scores, double overlap);

}  // namespace maskwright::segmenters
