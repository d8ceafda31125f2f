#include "app/cli/side_by_side.h"

#include <algorithm>

#include "core/image/refine.h"
#include "core/session/clipseg_method.h"

namespace maskwright::cli {
namespace {

// Rows of `count` values each, one after the other of three panels.
template <class T>
std::vector<T> joined(const std::vector<T>* const (&panels)[3], std::size_t count) {
    std::vector<T> all;
    all.reserve(3 * panels[0]->size());
    for (std::size_t at = 0; at < panels[0]->size(); at += count) {
        for (const std::vector<T>* panel : panels) {
            const auto begin = panel->begin() + static_cast<std::ptrdiff_t>(at);
            all.insert(all.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
        }
    }
    return all;
}

}  // namespace

Result<Locator> Locator::open(const ModelArguments& model) {
    auto engine = openEngine(model);
    if (!engine) {
        return engine.error();
    }
    if (const auto clipseg = session::needClipSeg(**engine); !clipseg) {
        return clipseg.error();
    }
    return Locator(std::move(*engine));
}

Result<Located> Locator::find(const Image& picture, const std::string& expression, const std::stop_token& stop) {
    const auto encoded = engine_->method().encode(picture, {}, stop);
    if (!encoded) {
        return encoded.error();
    }
    session::Prompt prompt;
    prompt.phrase = expression;
    const auto answer = engine_->method().predict(*encoded, std::span(&prompt, 1), stop);
    if (!answer) {
        return answer.error();
    }
    if (!answer->words.empty()) {
        for (const std::string& word : answer->words.front().unknown) {
            warn("not a word this model knows: " + word);
        }
    }
    Located located{toPictureSize(answer->maps.front(), picture, true), {}, answer->presence.front()};
    located.mask = maskwright::threshold(located.map, static_cast<float>(threshold()));
    return located;
}

Image beside(const Image& a, const Image& b, const Image& c) {
    Image all(3 * a.width, a.height);
    all.pixels = joined<std::uint8_t>({&a.pixels, &b.pixels, &c.pixels}, 3 * static_cast<std::size_t>(a.width));
    return all;
}

Mask beside(const Mask& a, const Mask& b, const Mask& c) {
    Mask all(3 * a.width, a.height);
    all.pixels = joined<std::uint8_t>({&a.pixels, &b.pixels, &c.pixels}, static_cast<std::size_t>(a.width));
    return all;
}

Heatmap beside(const Heatmap& a, const Heatmap& b, const Heatmap& c) {
    Heatmap all(3 * a.width, a.height);
    all.pixels = joined<float>({&a.pixels, &b.pixels, &c.pixels}, static_cast<std::size_t>(a.width));
    return all;
}

Heatmap mapOf(const Mask& mask) {
    Heatmap map(mask.width, mask.height);
    std::transform(mask.pixels.begin(), mask.pixels.end(), map.pixels.begin(),
                   [](std::uint8_t x) { return x != 0 ? 1.0F : 0.0F; });
    return map;
}

Mask agreement(const Mask& a, const Mask& b) {
    Mask both(a.width, a.height);
    std::transform(a.pixels.begin(), a.pixels.end(), b.pixels.begin(), both.pixels.begin(),
                   [](std::uint8_t x, std::uint8_t y) { return x != 0 && y != 0 ? 255 : 0; });
    return both;
}

}  // namespace maskwright::cli
