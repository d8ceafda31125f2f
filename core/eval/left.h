// How often a mask is left, whatever it is of: at the model's threshold and at others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/image.h"

namespace maskwright::eval {

struct Left {
    double threshold = 0;
    std::int64_t asked = 0;   // pairs of picture and text
    std::int64_t masks = 0;   // of them leave a mask that is larger than metrics::kPhantomArea of the picture
    std::int64_t pixels = 0;  // of them leave a pixel at least
};

class LeftMasks {
  public:
    // The first threshold is the one that add() answers for.
    explicit LeftMasks(const std::vector<double>& thresholds);
    // Counts the mask of a map at the picture's size. True: at the first threshold one is left.
    bool add(const Heatmap& map);
    [[nodiscard]] const std::vector<Left>& at() const { return at_; }

  private:
    std::vector<Left> at_;
};

// The model's threshold, then those that are asked for.
std::vector<double> leftThresholds(double modelsOwn, const std::vector<double>& asked);

// A list of objects; rows of the table that kLeftHead begins, one a threshold.
Json leftJson(const std::vector<Left>& left);
inline constexpr const char* kLeftHead =
    "| | threshold | asked | left a mask | share | share that left a pixel |\n|---|---|---|---|---|---|\n";
std::string leftMarkdown(const std::vector<Left>& left, const std::string& what);

}  // namespace maskwright::eval
