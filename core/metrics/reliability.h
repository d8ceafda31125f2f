// How far a presence can be taken for a probability: of masks shown at 80 %, are eight in ten of something that is
// there? The error is the expected calibration error of Naeini, Cooper & Hauskrecht 2015 in ten bins; the temperature
// is that of Guo et al. 2017, section 4.2, for one probability.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace maskwright::metrics {

inline constexpr std::size_t kBins = 10;  // of presence: 0 to 0.1, ..., 0.9 to 1; a border belongs to the upper one
inline constexpr double kFits = 0.5;      // the IoU from which a mask counts as the object's

// What was said of one name in one picture, and what is so.
struct Said {
    double presence = 0;  // 0..1
    bool mask = false;    // a mask was left
    bool there = false;
    double iou = 0;  // of the mask with the truth
};

struct Bin {
    std::int64_t masks = 0;
    double presence = 0;            // mean
    double there = 0, fitting = 0;  // shares: what was named is there; the IoU is at least kFits
};

struct Calibration {
    std::int64_t masks = 0, said = 0;  // how many there were; of none the figures stand at 0
    std::array<Bin, kBins> bins;       // of what left a mask
    // Mean distance of share and mean presence, bins weighed by their masks.
    double errorThere = 0, errorFitting = 0;
    // Of "what was named is there", mean over what left a mask: as it is, and with the presence's logit divided by
    // `temperature`, the one of 0.05 to 20 with which it is least.
    double logLikelihoodLoss = 0, lossAtTemperature = 0, temperature = 1;
};

[[nodiscard]] Calibration calibration(const std::vector<Said>& said);

}  // namespace maskwright::metrics
