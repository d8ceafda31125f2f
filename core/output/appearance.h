// How a result is drawn: the same values on the screen, in a file of the window's and in one of the command line's.
// Values only; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace maskwright::output {

using Colour = std::array<std::uint8_t, 3>;  // sRGB

enum class OverlayMode {
    tint,       // the inside in a colour
    spotlight,  // the outside darkened
    heat,       // every probability in the colour of heatColour()
    outline,    // nothing but the outline, in the tint's colour
};

// How a cutout ends. Either way half of a pixel's alpha or more (128 of 255) is just where the mask is inside, and all
// that touches no border is wholly kept or wholly gone.
enum class CutoutEdge {
    soft,  // pixels at the border keep a part, by how far inside they lie: no steps on another background
    hard,  // whole pixels
};

// The defaults are the command line's: the mask's own pixels in the phrase's colour, no outline.
struct Appearance {
    double threshold = 0.5;  // 0..1; a pixel is inside where its probability is greater
    CutoutEdge cutoutEdge = CutoutEdge::soft;
    OverlayMode mode = OverlayMode::tint;
    std::optional<Colour> colour;  // of the tint; none: distinctColour() of the phrase's number
    double opacity = 0.55;         // 0..1; 0 draws nothing
    double edge = 0;               // pixels over which the fill fades at the mask's edge; 0: in steps of whole pixels
    double lineWidth = 0;          // pixels, of the outline; 0: none
    bool operator==(const Appearance&) const = default;
};

// The i-th of many colours that differ well (hues by the golden ratio).
Colour distinctColour(std::size_t index);
// The colour of the tint for the phrase of this number.
inline Colour colourOf(const Appearance& appearance, std::size_t phrase) {
    return appearance.colour.value_or(distinctColour(phrase));
}

}  // namespace maskwright::output
