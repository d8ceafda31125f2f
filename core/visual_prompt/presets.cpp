// The named styles: the reference's modes and the rows of the paper's Table 2.
#include "core/visual_prompt/style.h"

namespace maskwright::visual_prompt {
namespace {

Style whole(double background, double blur, double shift = 0, int size = 352) {
    Style style;
    style.crop = false;
    style.backgroundFactor = background;
    style.blurSigma = blur;
    style.shift = shift;
    style.size = size;
    return style;
}

Style cropped(double context, double background, double blur, int size) {
    Style style;
    style.context = context;
    style.backgroundFactor = background;
    style.blurSigma = blur;
    style.size = size;
    return style;
}

template <class Change>
Style with(Style style, Change change) {
    change(style);
    return style;
}

std::vector<Preset> makePresets() {
    const auto tint = [](Tint t) { return [t](Style& s) { s.tint = t; }; };
    const auto content = [](Content c) { return [c](Style& s) { s.content = c; }; };
    const auto tokens = [](TokenMasking m, int layer) {
        return [m, layer](Style& s) {
            s.tokenMasking = m;
            s.maskFromLayer = layer;
        };
    };
    const Style plain = whole(1, 0);
    // The paper's experiment showed CLIP 224 pixels.
    const Style small = whole(1, 0, 0, 224);
    return {
        {"crop_blur_highlight352", "Crop, blur and darken the background", cropped(0.1, 0.1, 3, 352), 23.50},
        {"crop_blur_highlight", "Crop, blur and darken, 224 pixels", cropped(0.1, 0.1, 3, 224), 23.50},
        {"crop", "Crop", cropped(0.1, 1, 1, 224)},
        {"overlay", "Background removed", whole(0, 0)},
        {"highlight", "Background at 15 %", whole(0.15, 0)},
        {"highlight2", "Background at 15 %, object lightened",
         with(whole(0.15, 0),
              [](Style& s) {
                  s.objectFactor = 0.65;
                  s.objectShift = 0.1;
              })},
        {"blur_highlight", "Background blurred a little, 50 %", whole(0.5, 1, -0.01)},
        {"blur3_highlight", "Background blurred, 50 %", whole(0.5, 3, -0.01)},
        {"blur3_highlight01", "Background blurred, 10 %", whole(0.1, 3, -0.01)},
        {"shape", "The region's shape only", with(plain, content(Content::shape))},
        {"image_only", "The picture as it is", plain},
        {"image_black", "Nothing (mean grey)", with(plain, content(Content::nothing))},
        {"outline", "Red outline", with(plain, tint(Tint::outline)), 2.29},
        {"colorize", "Object dyed red", with(plain, tint(Tint::colour)), 1.21},
        {"grayscale", "Background in grey", with(plain, tint(Tint::grayscale))},
        {"rect", "Red rectangle", with(plain, tint(Tint::rectangle))},
        {"separate", "Class token sees the region only", with(plain, tokens(TokenMasking::clsOnly, 0)), 1.71},
        {"background_50", "Background at 50 %", whole(0.5, 0, 0, 224), 3.08},
        {"background_10", "Background at 10 %", whole(0.1, 0, 0, 224), 13.85},
        {"background_0", "Background at 0 %", whole(0, 0, 0, 224), 23.40},
        {"background_blur", "Background blurred", whole(1, 3, 0, 224), 13.15},
        {"background_blur_10", "Background blurred, 10 %, 224 pixels", whole(0.1, 3, 0, 224), 21.73},
        {"crop_large", "Crop with much context", cropped(0.5, 1, 0, 224), 6.27},
        {"crop_small", "Crop with little context", cropped(0.1, 1, 0, 224), 13.60},
        {"crop_blur", "Crop, background blurred", cropped(0.1, 1, 3, 224), 15.34},
        {"crop_10", "Crop, background at 10 %", cropped(0.1, 0.1, 0, 224), 21.73},
        {"cls_last_layer", "Class token sees the region only, last block",
         with(small, tokens(TokenMasking::clsOnly, 11)), 1.34},
        {"cls_all_layers", "Class token sees the region only, all blocks",
         with(small, tokens(TokenMasking::clsOnly, 0)), 1.71},
        {"all_layers", "Everything outside hidden inside the encoder", with(small, tokens(TokenMasking::allLayers, 0)),
         -14.44},
    };
}

}  // namespace

const std::vector<Preset>& presets() {
    static const std::vector<Preset> all = makePresets();
    return all;
}

Style randomBlurHighlight(std::uint64_t seed) {
    // splitmix64, so that a seed means the same everywhere.
    const auto next = [&seed] {
        std::uint64_t z = (seed += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    };
    const auto sigma = static_cast<double>(next() % 3);
    const double background = 0.1 + 0.8 * static_cast<double>(next() >> 11) / 9007199254740992.0;
    return whole(background, sigma, -0.01);
}

}  // namespace maskwright::visual_prompt
