// Colour profiles (ICC.1:2010) and the way from their colours to sRGB, by LittleCMS. Private to image_io.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace maskwright::image_io {

// How a row of pixels lies in memory. 8 or 16 bits a channel, the machine's byte order.
enum class Channels {
    rgba,          // the profile is one of RGB
    greyAsRgba,    // the profile is one of grey; red is read
    cmyk,          // 0 is no ink
    cmykInverted,  // 0 is full ink, as Adobe's programs write JPEG
    lab,           // CIELab of the white D50, of 16 bits as ICC.1:2010, 6.3.4.2 has it
};

// To 8-bit sRGB with the perceptual intent, LittleCMS's and Pillow's default. One thread at a time.
class ToSrgb {
  public:
    // Nothing where the profile is broken or one of other channels.
    static std::optional<ToSrgb> from(std::span<const std::byte> profile, Channels channels, int bits);
    static std::optional<ToSrgb> fromLab();  // Channels::lab
    // `pixels` pixels into as many times three bytes.
    void convert(const void* row, std::uint8_t* rgb, std::size_t pixels) const;

  private:
    std::shared_ptr<void> transform_;  // LittleCMS's handle
};

enum class ProfileKind {
    broken,
    grey,
    matrix,  // of RGB, by three curves and a matrix alone
    other,
};
ProfileKind kindOf(std::span<const std::byte> profile);

// What HEIF, AVIF and PNG (cICP) say with numbers in place of a profile (ITU-T H.273).
struct CodePoints {
    int primaries = 1, transfer = 13;
};
// A profile for them; empty where they are sRGB's or too rare to know.
std::string profileOf(const CodePoints& points);
std::string adobeRgbProfile();
// Whether they are of high dynamic range (PQ, HLG), for which no profile stands.
bool isHighRange(const CodePoints& points);

}  // namespace maskwright::image_io
