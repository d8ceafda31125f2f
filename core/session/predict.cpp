#include "core/session/predict.h"

#include <algorithm>
#include <chrono>

#include "core/image/refine.h"

namespace maskwright::session {

namespace {

double millisecondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

bool hasNegative(const Prompt& prompt) { return !prompt.negativePhrase.empty() || !prompt.negativeRegions.empty(); }

// The negative half of a prompt as a prompt of its own, mixed the same way.
Prompt negativeOf(const Prompt& prompt) {
    Prompt negative;
    negative.phrase = prompt.negativePhrase;
    negative.regions = prompt.negativeRegions;
    negative.mix = prompt.mix;
    return negative;
}

}  // namespace

Result<std::vector<Prediction>> predict(Engine& engine, const EncodedPicture& picture, std::span<const Prompt> prompts,
                                        Timing* timing, std::vector<Logits>* logits, std::stop_token stop) {
    std::vector<Prediction> predictions(prompts.size());
    std::vector<Condition> conditions;
    std::vector<std::size_t> negatives;  // the prompts whose negative conditions follow the positive ones
    double text = 0;
    const auto add = [&](const Prompt& prompt, std::size_t owner) -> Result<void> {
        auto condition = engine.condition(prompt, stop);
        if (!condition) {
            return condition.error();
        }
        text += condition->milliseconds;
        predictions[owner].truncated = predictions[owner].truncated || condition->truncated;
        conditions.push_back(std::move(*condition));
        return {};
    };
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        MASKWRIGHT_TRY(add(prompts[i], i));
    }
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        if (hasNegative(prompts[i])) {
            if (!(prompts[i].negativeWeight >= 0 && prompts[i].negativeWeight <= 100)) {
                return Error{ErrorKind::usage, "the negative prompt's weight is outside 0 to 100", ""};
            }
            MASKWRIGHT_TRY(add(negativeOf(prompts[i]), i));
            negatives.push_back(i);
        }
    }
    if (stop.stop_requested()) {
        return Error{ErrorKind::cancelled, "decoding the masks was stopped", ""};
    }
    const auto start = std::chrono::steady_clock::now();
    auto decoded = engine.decode(picture, conditions, true);
    if (!decoded) {
        return decoded.error();
    }
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        predictions[i].map = probability((*decoded)[i].values);
    }
    for (std::size_t k = 0; k < negatives.size(); ++k) {
        const Heatmap other = probability((*decoded)[prompts.size() + k].values);
        const auto weight = static_cast<float>(prompts[negatives[k]].negativeWeight);
        std::vector<float>& own = predictions[negatives[k]].map.pixels;
        const bool compete = prompts[negatives[k]].compete;
        for (std::size_t i = 0; i < own.size(); ++i) {
            const float against = weight * other.pixels[i];
            own[i] = compete ? (own[i] > against ? own[i] : 0.0f) : std::clamp(own[i] - against, 0.0f, 1.0f);
        }
    }
    for (Prediction& prediction : predictions) {
        prediction.presence = presence(prediction.map);
    }
    if (timing != nullptr) {
        timing->text += text;
        timing->decode += millisecondsSince(start);
    }
    if (logits != nullptr) {
        decoded->resize(prompts.size());
        if (engine.info().head == "pyramid") {
            decoded = engine.decode(picture, std::span(conditions).first(prompts.size()), false);
            if (!decoded) {
                return decoded.error();
            }
        }
        *logits = std::move(*decoded);
    }
    return predictions;
}

}  // namespace maskwright::session
