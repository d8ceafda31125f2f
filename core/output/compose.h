// What cutouts and index pictures are made of. Pure; any thread.
#pragma once

#include "core/image/image.h"
#include "core/output/appearance.h"

namespace maskwright::output {

// What a picture brought along where it was not opaque.
struct Transparency {
    const Mask* alpha = nullptr;          // of the picture's size, 0..255; null: it was opaque
    Colour background = {255, 255, 255};  // what its colours have been laid over since
};

// A cutout's pixels, RGBA, [height, width, 4], colours not multiplied by alpha. Alpha is 0 or 255 but at the mask's
// border: there, with CutoutEdge::soft, d / 2 + 1/2 held to 0..1, with d as Brush has it. A picture's own transparency
// is kept: alphas are multiplied, and its colours are as they were before they were laid over the background. Under
// alpha 0 colours are 0. `map` has the picture's size.
std::vector<std::uint8_t> cutout(const Image& picture, const Heatmap& map, const Appearance& appearance,
                                 const Transparency& own = {});

// Several phrases in one picture: at each pixel the phrase of the highest probability, if that is above the threshold;
// the first of equals. Maps are looked at one after the other and need not be kept.
class IndexPicture {
  public:
    static constexpr std::size_t kMostPhrases = 255;

    IndexPicture(int width, int height, double threshold);

    // The next phrase's map, of the picture's size; at most kMostPhrases of them.
    void add(const Heatmap& map);
    // 0 where no phrase is, else the number of one, from 1.
    [[nodiscard]] const Plane<std::uint8_t>& winners() const { return winners_; }
    // Where the phrase of this number, here from 0, has won.
    [[nodiscard]] Mask maskOf(std::size_t phrase) const;

  private:
    Plane<std::uint8_t> winners_;
    Heatmap best_;
    std::uint8_t count_ = 0;
};

}  // namespace maskwright::output
