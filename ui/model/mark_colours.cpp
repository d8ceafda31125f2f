#include "ui/model/mark_colours.h"

#include <array>
#include <cmath>
#include <vector>

namespace maskwright::ui {
namespace {

// Bright, unlike kOverlayColours, which are deep.
constexpr std::array<output::Colour, 6> kThis = {
    {{0, 229, 255}, {255, 240, 60}, {170, 255, 60}, {255, 255, 255}, {255, 122, 24}, {226, 180, 255}}};
constexpr std::array<output::Colour, 2> kNotThis = {{{255, 64, 64}, {16, 16, 20}}};
// Cyan on blue is 189, lime on green 258: too near; yellow on pink is 390.
constexpr double kApart = 270;

}  // namespace

double colourDistance(output::Colour a, output::Colour b) {
    const double red = (a[0] + b[0]) / 2.0;
    const double r = a[0] - b[0], g = a[1] - b[1], blue = a[2] - b[2];
    return std::sqrt((2 + red / 256) * r * r + 4 * g * g + (2 + (255 - red) / 256) * blue * blue);
}

output::Colour markColour(std::size_t number, bool negative, output::Colour mask) {
    std::vector<output::Colour> told;
    const auto take = [&](const auto& colours) {
        for (const output::Colour& colour : colours) {
            if (colourDistance(colour, mask) >= kApart) {
                told.push_back(colour);
            }
        }
    };
    if (negative) {
        take(kNotThis);
        return told.empty() ? kNotThis.back() : told.front();
    }
    take(kThis);
    return told.empty() ? kThis.front() : told[number % told.size()];
}

}  // namespace maskwright::ui
