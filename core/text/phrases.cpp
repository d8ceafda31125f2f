#include "core/text/phrases.h"

#include <algorithm>
#include <array>

namespace maskwright::text {
namespace {

constexpr std::array<std::string_view, 1> kPlain = {"{}"};
constexpr std::array<std::string_view, 1> kFixed = {"a photo of a {}."};
// `shuffle` is the beginning of `shuffle+`.
constexpr std::array<std::string_view, 9> kShuffle = {
    "a photo of a {}.",         "a photograph of a {}.", "an image of a {}.",  "{}.",
    "a cropped photo of a {}.", "a good photo of a {}.", "a photo of one {}.", "a bad photo of a {}.",
    "a photo of the {}."};
constexpr std::size_t kShuffleCount = 4;

constexpr std::array<std::string_view, 4> kNames = {"plain", "fixed", "shuffle", "shuffle+"};

}  // namespace

std::optional<Prompt> promptNamed(std::string_view name) {
    const auto* found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) {
        return std::nullopt;
    }
    return static_cast<Prompt>(found - kNames.begin());
}

std::string_view promptName(Prompt prompt) { return kNames[static_cast<std::size_t>(prompt)]; }

std::span<const std::string_view> promptTemplates(Prompt prompt) {
    switch (prompt) {
        case Prompt::fixed:
            return kFixed;
        case Prompt::shuffle:
            return std::span(kShuffle).first(kShuffleCount);
        case Prompt::shufflePlus:
            return kShuffle;
        case Prompt::plain:
            break;
    }
    return kPlain;
}

std::string applyTemplate(std::string_view pattern, std::string_view phrase) {
    constexpr std::string_view kHole = "{}";
    std::string out;
    std::size_t from = 0;
    for (std::size_t hole = pattern.find(kHole); hole != std::string_view::npos; hole = pattern.find(kHole, from)) {
        out.append(pattern, from, hole - from).append(phrase);
        from = hole + kHole.size();
    }
    return out.append(pattern.substr(from));
}

}  // namespace maskwright::text
