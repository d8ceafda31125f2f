#include "core/image_io/colour.h"

#include <lcms2.h>

#include <array>

namespace maskwright::image_io {
namespace {

using Profile = std::unique_ptr<void, decltype(&cmsCloseProfile)>;

Profile open(std::span<const std::byte> bytes) {
    return {bytes.empty() ? nullptr : cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size())),
            &cmsCloseProfile};
}

cmsUInt32Number layout(Channels channels, int bits) {
    const cmsUInt32Number bytes = BYTES_SH(static_cast<cmsUInt32Number>(bits / 8));
    switch (channels) {
        case Channels::rgba:
            return COLORSPACE_SH(PT_RGB) | CHANNELS_SH(3) | EXTRA_SH(1) | bytes;
        case Channels::greyAsRgba:
            return COLORSPACE_SH(PT_GRAY) | CHANNELS_SH(1) | EXTRA_SH(3) | bytes;
        case Channels::cmyk:
            return COLORSPACE_SH(PT_CMYK) | CHANNELS_SH(4) | bytes;
        case Channels::cmykInverted:
            return COLORSPACE_SH(PT_CMYK) | CHANNELS_SH(4) | FLAVOR_SH(1) | bytes;
        case Channels::lab:
            return COLORSPACE_SH(PT_Lab) | CHANNELS_SH(3) | bytes;
    }
    return 0;
}

cmsColorSpaceSignature signature(Channels channels) {
    switch (channels) {
        case Channels::rgba:
            return cmsSigRgbData;
        case Channels::greyAsRgba:
            return cmsSigGrayData;
        case Channels::lab:
            return cmsSigLabData;
        default:
            return cmsSigCmykData;
    }
}

}  // namespace

namespace {

// LittleCMS's handle; nothing where the profile is none for these channels.
std::shared_ptr<void> transformOf(const Profile& profile, Channels channels, int bits, cmsUInt32Number flags = 0) {
    if (!profile || cmsGetColorSpace(profile.get()) != signature(channels)) {
        return nullptr;
    }
    const Profile srgb(cmsCreate_sRGBProfile(), &cmsCloseProfile);
    const cmsHTRANSFORM made =
        cmsCreateTransform(profile.get(), layout(channels, bits), srgb.get(), TYPE_RGB_8, INTENT_PERCEPTUAL, flags);
    return made == nullptr ? nullptr : std::shared_ptr<void>(made, &cmsDeleteTransform);
}

}  // namespace

std::optional<ToSrgb> ToSrgb::from(std::span<const std::byte> bytes, Channels channels, int bits) {
    ToSrgb out;
    out.transform_ = transformOf(open(bytes), channels, bits);
    return out.transform_ ? std::optional(out) : std::nullopt;
}

std::optional<ToSrgb> ToSrgb::fromLab() {
    // The table that LittleCMS would make of the way is 22 of 255 off at pure blue.
    ToSrgb out;
    out.transform_ =
        transformOf(Profile(cmsCreateLab4Profile(nullptr), &cmsCloseProfile), Channels::lab, 16, cmsFLAGS_NOOPTIMIZE);
    return out.transform_ ? std::optional(out) : std::nullopt;
}

void ToSrgb::convert(const void* row, std::uint8_t* rgb, std::size_t pixels) const {
    cmsDoTransform(transform_.get(), row, rgb, static_cast<cmsUInt32Number>(pixels));
}

ProfileKind kindOf(std::span<const std::byte> bytes) {
    const Profile profile = open(bytes);
    if (!profile) {
        return ProfileKind::broken;
    }
    if (cmsGetColorSpace(profile.get()) == cmsSigGrayData) {
        return ProfileKind::grey;
    }
    const bool tables = cmsIsTag(profile.get(), cmsSigAToB0Tag) || cmsIsTag(profile.get(), cmsSigAToB1Tag) ||
                        cmsIsTag(profile.get(), cmsSigDToB0Tag);
    const bool matrix = cmsGetColorSpace(profile.get()) == cmsSigRgbData && cmsIsMatrixShaper(profile.get()) != 0;
    return matrix && !tables ? ProfileKind::matrix : ProfileKind::other;
}

namespace {

constexpr int kDisplayP3 = 12, kBt2020 = 9, kLinear = 8, kGamma22 = 4, kGamma28 = 5, kPq = 16, kHlg = 18;

// Of the white D65.
std::string rgbProfile(const cmsCIExyYTRIPLE& primaries, cmsToneCurve* curve) {
    const std::array<cmsToneCurve*, 3> curves = {curve, curve, curve};
    const cmsCIExyY white = {0.3127, 0.3290, 1};
    const Profile made(cmsCreateRGBProfile(&white, &primaries, curves.data()), &cmsCloseProfile);
    cmsUInt32Number size = 0;
    if (!made || !cmsSaveProfileToMem(made.get(), nullptr, &size)) {
        return {};
    }
    std::string bytes(size, '\0');
    return cmsSaveProfileToMem(made.get(), bytes.data(), &size) ? bytes : std::string();
}

}  // namespace

bool isHighRange(const CodePoints& points) { return points.transfer == kPq || points.transfer == kHlg; }

std::string profileOf(const CodePoints& points) {
    // xy of red, green and blue (H.273 table 2); all three sets are of the white D65.
    cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    if (points.primaries == kDisplayP3) {
        primaries = {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}};
    } else if (points.primaries == kBt2020) {
        primaries = {{0.708, 0.292, 1}, {0.170, 0.797, 1}, {0.131, 0.046, 1}};
    }
    const double gamma = points.transfer == kLinear    ? 1
                         : points.transfer == kGamma22 ? 2.2
                         : points.transfer == kGamma28 ? 2.8
                                                       : 0;
    if (gamma == 0 && points.primaries != kDisplayP3 && points.primaries != kBt2020) {
        return {};
    }
    // sRGB's own curve (IEC 61966-2-1), which stands for those of video as well.
    const std::array<cmsFloat64Number, 5> srgb = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    const std::unique_ptr<cmsToneCurve, decltype(&cmsFreeToneCurve)> curve(
        gamma > 0 ? cmsBuildGamma(nullptr, gamma) : cmsBuildParametricToneCurve(nullptr, 4, srgb.data()),
        &cmsFreeToneCurve);
    return rgbProfile(primaries, curve.get());
}

std::string adobeRgbProfile() {
    const std::unique_ptr<cmsToneCurve, decltype(&cmsFreeToneCurve)> curve(cmsBuildGamma(nullptr, 563.0 / 256),
                                                                           &cmsFreeToneCurve);
    return rgbProfile({{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}}, curve.get());
}

}  // namespace maskwright::image_io
