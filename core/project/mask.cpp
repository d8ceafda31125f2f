#include "core/project/mask.h"

#include <algorithm>

#include "core/image/automatic_threshold.h"
#include "core/image/run_ops.h"

namespace maskwright::project {

namespace {

// Null for no pixel, so that a correction that was taken back is the same as none.
RunsPtr shared(Runs runs) { return isEmpty(runs) ? nullptr : std::make_shared<const Runs>(std::move(runs)); }

RunsPtr with(const RunsPtr& runs, const Runs& more) { return shared(runs ? united(*runs, more) : more); }
RunsPtr less(const RunsPtr& runs, const Runs& away) { return runs ? shared(without(*runs, away)) : nullptr; }

void set(Heatmap& map, const Runs& runs, float value) {
    const auto height = static_cast<std::size_t>(runs.height);
    std::size_t at = 0;
    for (std::size_t i = 0; i < runs.counts.size(); ++i) {
        const std::size_t end = at + runs.counts[i];
        for (; i % 2 == 1 && at < end; ++at) {
            map.pixels[at % height * std::size_t(runs.width) + at / height] = value;
        }
        at = end;
    }
}

}  // namespace

double thresholdOf(const Threshold& threshold, const Heatmap& map, double usual) {
    switch (threshold.kind) {
        case Threshold::Kind::value:
            return threshold.value;
        case Threshold::Kind::automatic:
            return automaticThreshold(histogram(map), usual);
        default:
            return usual;
    }
}

void correct(Heatmap& map, const Correction& correction) {
    if (correction.added) {
        set(map, *correction.added, 1);
    }
    if (correction.removed) {
        set(map, *correction.removed, 0);
    }
}

Runs corrected(const Runs& mask, const Correction& correction) {
    Runs made = correction.added ? united(mask, *correction.added) : mask;
    return correction.removed ? without(made, *correction.removed) : made;
}

void giveWay(Heatmap& map, float lost, const Heatmap& other, double otherThreshold, bool otherFirst) {
    const auto threshold = static_cast<float>(otherThreshold);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        const float p = map.pixels[i];
        if (takes(other.pixels[i], threshold, p, otherFirst)) {
            map.pixels[i] = std::min(p, lost);
        }
    }
}

Contest::Contest(int width, int height) : best_(width, height, -1.0f), winners_(width, height) {}

void Contest::add(std::uint16_t row, const Heatmap& map, double threshold) {
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        if (takes(map.pixels[i], static_cast<float>(threshold), best_.pixels[i], false)) {
            best_.pixels[i] = map.pixels[i];
            winners_.pixels[i] = row;
        }
    }
}

void giveWay(Heatmap& map, float lost, const Winners& winners, std::uint16_t row) {
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        if (winners.pixels[i] != 0 && winners.pixels[i] != row) {
            map.pixels[i] = std::min(map.pixels[i], lost);
        }
    }
}

Heatmap mapOf(const Runs& object) {
    Heatmap map(object.width, object.height);
    set(map, object, 1);
    return map;
}

Correction painted(const Correction& correction, const Runs& stroke) {
    return {with(correction.added, stroke), less(correction.removed, stroke)};
}

Correction erased(const Correction& correction, const Runs& stroke) {
    return {less(correction.added, stroke), with(correction.removed, stroke)};
}

Correction changedTo(const Correction& correction, const Runs& before, const Runs& after) {
    return erased(painted(correction, without(after, before)), without(before, after));
}

}  // namespace maskwright::project
