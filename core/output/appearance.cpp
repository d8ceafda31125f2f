#include "core/output/appearance.h"

#include <algorithm>
#include <cmath>

namespace maskwright::output {

Colour distinctColour(std::size_t index) {
    const double hue = std::fmod(0.02 + 0.618034 * static_cast<double>(index), 1.0) * 6;
    const double bright = index % 3 == 2 ? 0.75 : 0.95;
    Colour colour{};
    for (std::size_t c = 0; c < 3; ++c) {
        // HSV to RGB at saturation 0.8, one channel a third of the circle from the next.
        const double k = std::fmod((c == 0 ? 5.0 : c == 1 ? 3.0 : 1.0) + hue, 6.0);
        const double value = bright * (1 - 0.8 * std::clamp(std::min(k, 4 - k), 0.0, 1.0));
        colour[c] = static_cast<std::uint8_t>(std::lround(255 * value));
    }
    return colour;
}

}  // namespace maskwright::output
