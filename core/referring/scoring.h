// How well regions fit a sentence: global and local features mixed, sentence and noun phrase mixed, and their likeness
// (Yu, Seo, Son 2023, section 3.3; Seonghoon-Yu/Zero-shot-RIS Our_method_with_free_solo.py). Cheap: a slider's way asks
// for it again and again with the same features. No torch in sight; values, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace maskwright::referring {

// N rows of P numbers, one after the other.
struct Features {
    std::int64_t rows = 0, width = 0;
    std::vector<float> values;

    [[nodiscard]] std::span<const float> row(std::int64_t index) const {
        return {values.data() + index * width, static_cast<std::size_t>(width)};
    }
};

// What is brought to unit length before features are compared.
enum class Normalisation {
    mixtures,  // both mixtures, after mixing: the transformer's way, and that of models with a joint space
    parts      // local features and texts, each when it is made, and no mixture: the modified ResNet's way
};

// v: share of the global features (0.95 for RefCOCO and RefCOCO+, 0.85 for RefCOCOg); r: share of the whole sentence.
struct Mixture {
    double v = 0.95, r = 0.5;
    bool operator==(const Mixture&) const = default;
};

// What is compared with what: N regions, one text of each kind.
struct Compared {
    Features global, local;         // [N, P]
    Features sentence, nounPhrase;  // [1, P]
    double logitScale = 100;
    Normalisation normalisation = Normalisation::mixtures;
    // [N], 0..1: how surely each region is something that the noun phrase names, where the model can tell that by more
    // than a likeness; else empty. Says nothing to scores().
    std::vector<float> named{};
};

// scale * (v * global + (1 - v) * local) . (r * sentence + (1 - r) * nounPhrase) of each region; higher is better. Rows
// and widths must agree.
std::vector<float> scores(const Compared& compared, const Mixture& mixture);

// A score's parts: scale times the cosine of each kind of feature with each kind of text, [N].
struct Parts {
    std::vector<float> globalSentence, globalNounPhrase, localSentence, localNounPhrase;
};
Parts parts(const Compared& compared);

}  // namespace maskwright::referring
