// From prompts to probabilities: what ClipSegMethod::predict does with conditions and logits.
#include <algorithm>
#include <optional>

#include "core/base/stopwatch.h"
#include "core/image/refine.h"
#include "core/session/clipseg_method.h"
#include "core/session/placed.h"

namespace maskwright::session {

namespace {

bool hasNegative(const Prompt& prompt) { return !prompt.negativePhrase.empty() || !prompt.negativeRegions.empty(); }

// The negative half of a prompt as a prompt of its own, mixed the same way.
Prompt negativeOf(const Prompt& prompt) {
    Prompt negative;
    negative.phrase = prompt.negativePhrase;
    negative.regions = prompt.negativeRegions;
    negative.mix = prompt.mix;
    return negative;
}

// One condition a prompt, and after them one a prompt with a negative half.
struct Asked {
    std::vector<Condition> conditions;
    std::vector<std::size_t> negatives;  // whose negative halves follow
    std::vector<bool> truncated;         // one a prompt
    std::vector<Words> words;            // one a prompt
    double milliseconds = 0;
};

Result<Asked> conditionsOf(ClipSegMethod& clipseg, std::span<const Prompt> prompts, const std::stop_token& stop) {
    Asked asked;
    asked.truncated.assign(prompts.size(), false);
    asked.words.resize(prompts.size());
    const Stopwatch watch;
    MASKWRIGHT_TRY(clipseg.prepare(prompts));
    asked.milliseconds = watch.milliseconds();
    const auto add = [&](const Prompt& prompt, std::size_t owner) -> Result<void> {
        auto condition = clipseg.condition(prompt, stop);
        if (!condition) {
            return condition.error();
        }
        asked.milliseconds += condition->milliseconds;
        asked.truncated[owner] = asked.truncated[owner] || condition->truncated;
        if (asked.conditions.size() < prompts.size()) {
            asked.words[owner] = condition->words;
        } else {
            asked.words[owner].negativeUnknown = condition->words.unknown;
        }
        asked.conditions.push_back(std::move(*condition));
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
            asked.negatives.push_back(i);
        }
    }
    return asked;
}

// p - w * pNegative, or with `compete` p where it is the stronger (see Prompt).
void takeAway(Heatmap& map, const Heatmap& negative, const Prompt& prompt) {
    const auto weight = static_cast<float>(prompt.negativeWeight);
    std::vector<float>& own = map.pixels;
    for (std::size_t i = 0; i < own.size(); ++i) {
        const float against = weight * negative.pixels[i];
        own[i] = prompt.compete ? (own[i] > against ? own[i] : 0.0f) : std::clamp(own[i] - against, 0.0f, 1.0f);
    }
}

// What phrases say of place, with what the detector sees of the picture, which is asked once and only where one does.
class Placing {
  public:
    Placing(ClipSegMethod& clipseg, const Encoded& encoded, const std::stop_token& stop)
        : clipseg_(clipseg), encoded_(encoded), stop_(stop) {}

    // As keepPlaced(); empty where nothing was taken away.
    Result<Heatmap> place(Heatmap& map, const Condition& condition, const Prompt& prompt) {
        if (condition.place.wishes.empty() || !prompt.place) {
            return Heatmap();
        }
        if (!seen_) {
            auto seen = clipseg_.sightingsIn(encoded_, stop_);
            if (!seen) {
                return seen.error();
            }
            seen_ = std::move(*seen);
        }
        return keepPlaced(map, condition.place, *seen_, clipseg_.info().defaultThreshold);
    }

  private:
    ClipSegMethod& clipseg_;
    const Encoded& encoded_;
    const std::stop_token& stop_;
    std::optional<std::vector<Sighting>> seen_;
};

// The answer, the positive prompts' conditions, and their maps at the head's resolution.
struct Found {
    Answer answer;
    std::vector<Condition> conditions;
    std::vector<Logits> logits;
};

Result<Found> find(ClipSegMethod& clipseg, const Encoded& encoded, std::span<const Prompt> prompts,
                   const std::stop_token& stop) {
    auto asked = conditionsOf(clipseg, prompts, stop);
    if (!asked) {
        return asked.error();
    }
    if (stop.stop_requested()) {
        return Error{ErrorKind::cancelled, "decoding the masks was stopped", ""};
    }
    const Stopwatch watch;
    auto logits = clipseg.decode(encoded, asked->conditions, Resolution::head);
    if (!logits) {
        return logits.error();
    }
    Found found;
    Answer& answer = found.answer;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        answer.maps.push_back(probability((*logits)[i].values));
    }
    Placing placing(clipseg, encoded, stop);
    for (std::size_t k = 0; k < asked->negatives.size(); ++k) {
        const std::size_t owner = asked->negatives[k];
        Heatmap negative = probability((*logits)[prompts.size() + k].values);
        MASKWRIGHT_TRY(placing.place(negative, asked->conditions[prompts.size() + k], prompts[owner]));
        takeAway(answer.maps[owner], negative, prompts[owner]);
    }
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        auto placed = placing.place(answer.maps[i], asked->conditions[i], prompts[i]);
        if (!placed) {
            return placed.error();
        }
        answer.placed.push_back(placed->empty() ? Heatmap() : clipseg.ofWholePicture(encoded, std::move(*placed)));
    }
    for (const Heatmap& map : answer.maps) {
        answer.presence.push_back(presence(map));
    }
    for (Heatmap& map : answer.maps) {
        map = clipseg.ofWholePicture(encoded, std::move(map));
    }
    answer.truncated = std::move(asked->truncated);
    answer.words = std::move(asked->words);
    answer.timing.text = asked->milliseconds;
    answer.timing.decode = watch.milliseconds();
    found.conditions = std::move(asked->conditions);
    found.conditions.resize(prompts.size());
    found.logits = std::move(*logits);
    found.logits.resize(prompts.size());
    return found;
}

}  // namespace

Result<Answer> ClipSegMethod::predict(const Encoded& encoded, std::span<const Prompt> prompts, std::stop_token stop) {
    auto found = find(*this, encoded, prompts, stop);
    if (!found) {
        return found.error();
    }
    return std::move(found->answer);
}

Result<AnswerWithLogits> ClipSegMethod::predictWithLogits(const Encoded& encoded, std::span<const Prompt> prompts,
                                                          std::stop_token stop) {
    auto found = find(*this, encoded, prompts, stop);
    if (!found) {
        return found.error();
    }
    AnswerWithLogits both{std::move(found->answer), std::move(found->logits)};
    const auto atInputSize = [&](const Logits& one) {
        return one.values.width == encoded.inputWidth && one.values.height == encoded.inputHeight;
    };
    if (!std::all_of(both.logits.begin(), both.logits.end(), atInputSize)) {
        auto whole = decode(encoded, found->conditions, Resolution::input);
        if (!whole) {
            return whole.error();
        }
        both.logits = std::move(*whole);
    }
    return both;
}

}  // namespace maskwright::session
