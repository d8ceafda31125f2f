#include "core/session/styles.h"

#include <algorithm>
#include <cmath>

namespace maskwright::session {

namespace {

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
    double product = 0, lengthA = 0, lengthB = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        product += double(a[i]) * double(b[i]);
        lengthA += double(a[i]) * double(a[i]);
        lengthB += double(b[i]) * double(b[i]);
    }
    return lengthA > 0 && lengthB > 0 ? product / std::sqrt(lengthA * lengthB) : 0;
}

// Of the first candidate.
double probabilityOfFirst(const std::vector<float>& picture, const std::vector<std::vector<float>>& names,
                          double scale) {
    std::vector<double> scores;
    for (const std::vector<float>& name : names) {
        scores.push_back(scale * cosine(picture, name));
    }
    const double highest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (double& score : scores) {
        score = std::exp(score - highest);
        sum += score;
    }
    return scores.front() / sum;
}

}  // namespace

const std::vector<std::string>& everydayNames() {
    static const std::vector<std::string> kNames = {
        "person", "dog",    "cat",   "bird",   "horse", "car",  "bicycle", "bus",    "boat",  "tree",
        "flower", "chair",  "table", "couch",  "bed",   "lamp", "cup",     "bottle", "plate", "bowl",
        "book",   "laptop", "phone", "clock",  "bag",   "shoe", "hat",     "ball",   "fruit", "bread",
        "window", "door",   "wall",  "street", "grass", "sky",  "water",   "house",  "sign",  "toy"};
    return kNames;
}

Result<StyleComparison> compareStyles(ClipSegMethod& clipseg, const std::shared_ptr<const Image>& image,
                                      const std::shared_ptr<const Mask>& region, const std::string& name,
                                      const std::vector<std::string>& rivals, std::stop_token stop) {
    std::vector<std::vector<float>> names;
    const auto addName = [&](const std::string& text) -> Result<void> {
        auto condition = clipseg.textCondition(text);
        if (!condition) {
            return condition.error();
        }
        names.push_back(std::move(condition->values));
        return {};
    };
    MASKWRIGHT_TRY(addName(name));
    for (const std::string& rival : rivals.empty() ? everydayNames() : rivals) {
        if (rival != name) {
            MASKWRIGHT_TRY(addName(rival));
        }
    }
    const double scale = clipseg.facts().logitScale;
    const auto score = [&](const visual_prompt::Style& style) -> Result<double> {
        Prompt prompt;
        prompt.regions.push_back({image, region, style, 1.0});
        auto condition = clipseg.condition(prompt, stop);
        if (!condition) {
            return condition.error();
        }
        return probabilityOfFirst(condition->values, names, scale);
    };
    visual_prompt::Style untouched;
    untouched.crop = false;
    untouched.backgroundFactor = 1;
    untouched.blurSigma = 0;
    const auto plain = score(untouched);
    if (!plain) {
        return plain.error();
    }
    StyleComparison comparison;
    comparison.plain = *plain;
    for (const visual_prompt::Preset& preset : visual_prompt::presets()) {
        StyleScore entry{preset, 0, 0, {}};
        const auto probability = score(preset.style);
        if (probability) {
            entry.probability = *probability;
            entry.gain = 100 * (*probability - *plain);
        } else if (probability.error().kind == ErrorKind::usage) {
            entry.skipped = probability.error().what;
        } else {
            return probability.error();
        }
        comparison.styles.push_back(std::move(entry));
    }
    return comparison;
}

}  // namespace maskwright::session
