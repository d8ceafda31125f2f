#include "core/session/placed.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <vector>

namespace maskwright::session {

namespace {

constexpr float kInside = 0.5f;
constexpr double kFound = 0.5;   // of a sighting, above the threshold, from which it is one of the things
constexpr double kShared = 0.3;  // of the smaller, from which a part that hangs together is a sighting's
constexpr double kCrumb = 0.1;   // of the largest part, below which one is no thing of its own
constexpr double kAmong = 0.5;   // of the best fit, from which one of several is meant too
constexpr int kNobody = -1;

// Places of the map, by index.
using Places = std::vector<std::size_t>;

struct Things {
    std::vector<Places> places;
    std::vector<referring::Candidate> candidates;
};

Box boxOf(const Places& places, int width) {
    int left = width, right = 0, top = int(places.front()) / width, bottom = int(places.back()) / width;
    for (const std::size_t at : places) {
        left = std::min(left, int(at) % width);
        right = std::max(right, int(at) % width);
    }
    return {left, top, right - left + 1, bottom - top + 1};
}

double meanOf(const Heatmap& map, const Places& places) {
    double sum = 0;
    for (const std::size_t at : places) {
        sum += double(map.pixels[at]);
    }
    return sum / double(places.size());
}

// sureness: 0..1. What the prior compares has a sameness of a half or more; these all do.
void add(Things& things, Places places, double sureness, int width) {
    things.candidates.push_back({boxOf(places, width), std::int64_t(places.size()), 0.5 + sureness / 2});
    things.places.push_back(std::move(places));
}

// Calls `give` with the places above and below, left and right of one.
template <class Give>
void neighbours(std::size_t at, int width, std::size_t count, const Give& give) {
    const auto side = std::size_t(width);
    if (at >= side) {
        give(at - side);
    }
    if (at + side < count) {
        give(at + side);
    }
    if (at % side > 0) {
        give(at - 1);
    }
    if (at % side + 1 < side) {
        give(at + 1);
    }
}

// What hangs together of the map above the threshold, in the order of rows.
std::vector<Places> partsOf(const Heatmap& map, double threshold) {
    std::vector<Places> parts;
    std::vector<bool> done(map.pixels.size(), false);
    for (std::size_t start = 0; start < map.pixels.size(); ++start) {
        if (done[start] || !(double(map.pixels[start]) > threshold)) {
            continue;
        }
        Places part = {start};
        done[start] = true;
        for (std::size_t next = 0; next < part.size(); ++next) {
            neighbours(part[next], map.width, map.pixels.size(), [&](std::size_t at) {
                if (!done[at] && double(map.pixels[at]) > threshold) {
                    done[at] = true;
                    part.push_back(at);
                }
            });
        }
        std::sort(part.begin(), part.end());
        parts.push_back(std::move(part));
    }
    return parts;
}

// Where a sighting is, within its box.
Places insideOf(const Sighting& sighting, const Heatmap& map) {
    const Heatmap& mask = sighting.mask;
    Places inside;
    if (mask.width != map.width || mask.height != map.height) {
        return inside;
    }
    const auto from = [](double share, int side) { return std::max(0, int(std::floor(share * side))); };
    const auto to = [](double share, int side) { return std::min(side, int(std::ceil(share * side))); };
    for (int y = from(sighting.top, map.height); y < to(sighting.bottom, map.height); ++y) {
        for (int x = from(sighting.left, map.width); x < to(sighting.right, map.width); ++x) {
            if (mask.at(x, y) > kInside) {
                inside.push_back(std::size_t(y) * std::size_t(map.width) + std::size_t(x));
            }
        }
    }
    return inside;
}

std::size_t shared(const Places& a, const Places& b) {
    Places both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

Things thingsIn(const Heatmap& map, std::span<const Sighting> seen, double threshold) {
    Things things;
    for (const Sighting& one : seen) {
        Places places = insideOf(one, map);
        const auto found = std::count_if(places.begin(), places.end(),
                                         [&](std::size_t at) { return double(map.pixels[at]) > threshold; });
        if (!places.empty() && double(found) >= kFound * double(places.size())) {
            const double sureness = double(one.score) * meanOf(map, places);
            add(things, std::move(places), sureness, map.width);
        }
    }
    std::vector<Places> parts = partsOf(map, threshold);
    std::size_t largest = 0;
    for (const Places& part : parts) {
        largest = std::max(largest, part.size());
    }
    const std::size_t sightings = things.places.size();
    for (Places& part : parts) {
        bool own = double(part.size()) >= kCrumb * double(largest);
        for (std::size_t k = 0; k < sightings && own; ++k) {
            const auto smaller = double(std::min(part.size(), things.places[k].size()));
            own = double(shared(part, things.places[k])) <= kShared * smaller;
        }
        if (own) {
            const double sureness = meanOf(map, part);
            add(things, std::move(part), sureness, map.width);
        }
    }
    return things;
}

// Which thing each place is of: of those it lies in the surest, else the nearest.
std::vector<int> owners(const Things& things, const Heatmap& map) {
    std::vector<std::size_t> order(things.places.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return things.candidates[a].sameness > things.candidates[b].sameness;
    });
    std::vector<int> owner(map.pixels.size(), kNobody);
    std::deque<std::size_t> edge;
    for (const std::size_t thing : order) {
        for (const std::size_t at : things.places[thing]) {
            if (owner[at] == kNobody) {
                owner[at] = int(thing);
                edge.push_back(at);
            }
        }
    }
    for (; !edge.empty(); edge.pop_front()) {
        neighbours(edge.front(), map.width, owner.size(), [&](std::size_t at) {
            if (owner[at] == kNobody) {
                owner[at] = owner[edge.front()];
                edge.push_back(at);
            }
        });
    }
    return owner;
}

}  // namespace

Heatmap keepPlaced(Heatmap& map, const referring::PlaceWords& words, std::span<const Sighting> seen, double threshold) {
    Heatmap kept(map.width, map.height, 1);
    const Things things = thingsIn(map, seen, threshold);
    if (things.places.empty()) {
        return kept;
    }
    const std::vector<double> fit = referring::prior(words.wishes, things.candidates);
    const auto best = std::size_t(std::max_element(fit.begin(), fit.end()) - fit.begin());
    // Of one thing there may be several sightings; another that fits as well is another.
    const auto isMeant = [&](std::size_t i) {
        const auto smaller = double(std::min(things.places[i].size(), things.places[best].size()));
        return words.several
                   ? fit[i] >= kAmong * fit[best]
                   : fit[i] == fit[best] && double(shared(things.places[i], things.places[best])) > kFound * smaller;
    };
    std::vector<bool> meant;
    for (std::size_t i = 0; i < fit.size(); ++i) {
        meant.push_back(i == best || isMeant(i));
    }
    const std::vector<int> owner = owners(things, map);
    for (std::size_t at = 0; at < owner.size(); ++at) {
        if (!meant[std::size_t(owner[at])]) {
            kept.pixels[at] = 0;
            map.pixels[at] = 0;
        }
    }
    return kept;
}

}  // namespace maskwright::session
