// What cutouts and index pictures are made of. Pure; any thread.
#pragma once

#include "core/image/image.h"
#include "core/output/appearance.h"

namespace maskwright::output {

// The alpha of a cutout: (p - threshold) / softness + 1/2 held to 0..1, so that half of a pixel is kept where its
// probability is the threshold.
Heatmap softMask(const Heatmap& map, const Appearance& appearance);

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
