// How many contours lie wholly inside a box: Edge Boxes (Zitnick and Dollar 2014), on gradients of colour in place of
// learned edges. Private to core/proposals.
#pragma once

#include <cstdint>
#include <vector>

#include "core/proposals/segments.h"

namespace maskwright::proposals {

class EdgeBoxes {
  public:
    explicit EdgeBoxes(const Lab& picture);

    // The paper's h_b^in (equations 3 and 4, kappa 1.5): at least 0, with no upper bound; 0.05 to 0.3 is usual.
    [[nodiscard]] double score(const Box& box) const;
    // How steep the colours are at a pixel, 0..1: 1 for the steepest twentieth of the picture.
    [[nodiscard]] const Heatmap& steepness() const { return steepness_; }

  private:
    // Edge pixels that hang together and bend little.
    struct Group {
        double sum = 0;                                     // of steepness
        double x = 0, y = 0;                                // weighted by it
        double angle = 0;                                   // along the edge's normal
        int left = 0, right = 0, top = 0, bottom = 0;       // both ends inside
        std::vector<std::pair<std::int32_t, double>> near;  // other groups with their affinity
    };
    void makeGroups(const Heatmap& thin, const Heatmap& angles);
    void makeAffinities(const Plane<std::int32_t>& groupOf);
    [[nodiscard]] double sumWithin(const Box& box) const;

    Heatmap steepness_;
    std::vector<Group> groups_;
    std::vector<double> sums_;  // of thin edges over the rectangle from (0, 0), [height + 1, width + 1]
    int width_ = 0, height_ = 0;
};

}  // namespace maskwright::proposals
