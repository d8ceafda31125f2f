#include "core/referring/prior.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

namespace maskwright::referring {
namespace {

constexpr double kSame = 0.5;         // sameness from which a candidate is compared
constexpr double kOneThing = 0.6;     // of the smaller box, covered by another of the same thing
constexpr double kMissedByOne = 0.3;  // for the neighbour of the n-th: a thing may have been missed or counted twice

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : text.substr(0, 1000)) {  // the rest of a longer one is no place
        const auto u = static_cast<unsigned char>(c);
        if (std::isalnum(u) != 0 || c == '\'' || c == '-' || u >= 0x80) {
            words.back() += static_cast<char>(std::tolower(u));
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

struct Named {
    std::string_view word;
    Order order;
};
constexpr Named kOrders[] = {{"left", Order::left},         {"leftmost", Order::left},     {"left-most", Order::left},
                             {"right", Order::right},       {"rightmost", Order::right},   {"right-most", Order::right},
                             {"top", Order::top},           {"upper", Order::top},         {"topmost", Order::top},
                             {"highest", Order::top},       {"bottom", Order::bottom},     {"lower", Order::bottom},
                             {"lowest", Order::bottom},     {"front", Order::near},        {"closest", Order::near},
                             {"nearest", Order::near},      {"foreground", Order::near},   {"back", Order::far},
                             {"background", Order::far},    {"farthest", Order::far},      {"furthest", Order::far},
                             {"rear", Order::far},          {"biggest", Order::biggest},   {"largest", Order::biggest},
                             {"smallest", Order::smallest}, {"littlest", Order::smallest}, {"tallest", Order::tallest},
                             {"shortest", Order::shortest}, {"middle", Order::middle},     {"center", Order::middle},
                             {"centre", Order::middle},     {"central", Order::middle}};
constexpr std::array<std::array<std::string_view, 3>, 10> kNumbers = {{{"first", "1st", ""},
                                                                       {"second", "2nd", ""},
                                                                       {"third", "3rd", ""},
                                                                       {"fourth", "4th", ""},
                                                                       {"fifth", "5th", ""},
                                                                       {"sixth", "6th", ""},
                                                                       {"seventh", "7th", ""},
                                                                       {"eighth", "8th", ""},
                                                                       {"ninth", "9th", ""},
                                                                       {"tenth", "10th", ""}}};
// After these begins another thing.
constexpr std::string_view kOthers[] = {"behind", "beside", "under",   "above",    "below",   "holding", "wearing",
                                        "near",   "with",   "between", "over",     "against", "looking", "facing",
                                        "that",   "who",    "which",   "carrying", "riding"};
// "left hand": whose side, not where in the picture.
constexpr std::string_view kSided[] = {"hand", "arm", "leg", "foot", "eye", "ear", "shoulder", "side", "wing", "shoe"};

template <std::size_t N>
bool in(const std::string_view (&list)[N], std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::optional<Order> orderOf(const std::string& word) {
    for (const Named& named : kOrders) {
        if (named.word == word) {
            return named.order;
        }
    }
    return std::nullopt;
}

int numberOf(const std::string& word) {
    for (std::size_t i = 0; i < kNumbers.size(); ++i) {
        if (std::find(kNumbers[i].begin(), kNumbers[i].end(), word) != kNumbers[i].end()) {
            return int(i) + 1;
        }
    }
    return 0;
}

// Whether an order's word is said of another thing, or is none: "left of the table", "in front of", "left hand".
bool isOfAnother(const std::vector<std::string>& words, std::size_t i) {
    const auto at = [&](std::size_t k) { return k < words.size() ? std::string_view(words[k]) : std::string_view(); };
    if (in(kSided, at(i + 1)) && (words[i] == "left" || words[i] == "right") && (i == 0 || words[i - 1] != "the")) {
        return true;
    }
    if (at(i + 1) == "of") {
        const std::string_view whole = at(i + 2) == "the" ? at(i + 3) : at(i + 2);
        constexpr std::string_view kPicture[] = {"picture", "photo", "image", "pic", "screen",
                                                 "frame",   "group", "row",   "line"};
        return !in(kPicture, whole);
    }
    // "closest to the table" is another relation than "closest to the camera".
    if (at(i + 1) == "to" && (words[i] == "closest" || words[i] == "nearest")) {
        const std::string_view to = at(i + 2) == "the" ? at(i + 3) : at(i + 2);
        constexpr std::string_view kCamera[] = {"camera", "us", "you", "me", "viewer", "front"};
        return !in(kCamera, to);
    }
    return false;
}

std::vector<Wish> combined(std::vector<Wish> orders, int number) {
    if (number == 0) {
        return orders;
    }
    if (orders.empty()) {
        return {{Order::left, number}};
    }
    // "second from the right": the number counts along the order that is said last.
    orders.back().number = number;
    return orders;
}

// Smaller comes first. Middle is not an order along a line.
double keyOf(Order order, const Candidate& c) {
    const double x = c.box.x + c.box.width / 2.0, y = c.box.y + c.box.height / 2.0;
    const double foot = double(c.box.y) + c.box.height;
    switch (order) {
        case Order::left:
        case Order::middle:
            return x;
        case Order::right:
            return -x;
        case Order::top:
            return y;
        case Order::bottom:
            return -y;
        case Order::near:
            return -foot;
        case Order::far:
            return foot;
        case Order::biggest:
            return -double(c.area);
        case Order::smallest:
            return double(c.area);
        case Order::tallest:
            return -double(c.box.height);
        case Order::shortest:
            return c.box.height;
    }
    return 0;
}

double covered(const Box& a, const Box& b) {
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    const double smaller = std::min(double(a.width) * a.height, double(b.width) * b.height);
    return width > 0 && height > 0 && smaller > 0 ? width * height / smaller : 0;
}

// The things among the candidates, each by its surest candidate; which thing each candidate is of, -1 for none.
struct Things {
    std::vector<std::size_t> of;
    std::vector<std::ptrdiff_t> thing;
};

Things thingsOf(std::span<const Candidate> candidates) {
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return candidates[a].sameness > candidates[b].sameness; });
    Things things{{}, std::vector<std::ptrdiff_t>(candidates.size(), -1)};
    for (const std::size_t i : order) {
        if (!(candidates[i].sameness >= kSame)) {
            continue;
        }
        for (std::size_t k = 0; k < things.of.size() && things.thing[i] < 0; ++k) {
            if (covered(candidates[i].box, candidates[things.of[k]].box) > kOneThing) {
                things.thing[i] = std::ptrdiff_t(k);
            }
        }
        if (things.thing[i] < 0) {
            things.thing[i] = std::ptrdiff_t(things.of.size());
            things.of.push_back(i);
        }
    }
    return things;
}

// How well each thing fits one wish, 0..1.
std::vector<double> fits(const Wish& wish, const std::vector<double>& keys) {
    std::vector<double> fit(keys.size(), 1);
    const auto [low, high] = std::minmax_element(keys.begin(), keys.end());
    const double span = *high - *low;
    if (wish.number > 0) {
        std::vector<std::size_t> order(keys.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
        for (std::size_t rank = 0; rank < order.size(); ++rank) {
            const int off = std::abs(int(rank) + 1 - wish.number);
            fit[order[rank]] = std::pow(kMissedByOne, off);
        }
        return fit;
    }
    if (span <= 0) {
        return fit;
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const double share = (keys[i] - *low) / span;
        fit[i] = wish.order == Order::middle ? 1 - std::abs(2 * share - 1) : 1 - share;
    }
    return fit;
}

Message inWords(const Wish& wish) {
    if (wish.number > 0) {
        switch (wish.order) {
            case Order::left:
                return message("number %1 from the left", wish.number);
            case Order::right:
                return message("number %1 from the right", wish.number);
            case Order::top:
                return message("number %1 from the top", wish.number);
            case Order::bottom:
                return message("number %1 from the bottom", wish.number);
            case Order::near:
                return message("number %1 from the front", wish.number);
            case Order::far:
                return message("number %1 from the back", wish.number);
            default:
                return message("number %1: %2", wish.number, inWords(Wish{wish.order, 0}));
        }
    }
    switch (wish.order) {
        case Order::left:
            return Message("left");
        case Order::right:
            return Message("right");
        case Order::top:
            return Message("top");
        case Order::bottom:
            return Message("bottom");
        case Order::near:
            return Message("front");
        case Order::far:
            return Message("back");
        case Order::biggest:
            return Message("biggest");
        case Order::smallest:
            return Message("smallest");
        case Order::tallest:
            return Message("tallest");
        case Order::shortest:
            return Message("shortest");
        case Order::middle:
            return Message("middle");
    }
    return {};
}

}  // namespace

std::vector<Wish> wishesOf(std::string_view expression) {
    const std::vector<std::string> words = wordsOf(expression);
    std::vector<Wish> orders;
    int number = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && in(kOthers, words[i])) {
            break;
        }
        if (words[i] == "of" && i > 0 && !orderOf(words[i - 1])) {
            break;  // "a bowl of rice on the left" is rare, "head of the second man" is not
        }
        if (words[i] == "last") {
            orders.push_back({Order::right, 0});
        } else if (const int found = numberOf(words[i]); found > 0 && number == 0) {
            number = found;
        } else if (const auto order = orderOf(words[i])) {
            if (isOfAnother(words, i)) {
                break;
            }
            if (std::find(orders.begin(), orders.end(), Wish{*order, 0}) == orders.end()) {
                orders.push_back({*order, 0});
            }
        }
    }
    return combined(std::move(orders), number);
}

Message inWords(std::span<const Wish> wishes) {
    Message all;
    for (const Wish& wish : wishes) {
        all = all.empty() ? inWords(wish) : message("%1, %2", all, inWords(wish));
    }
    return all;
}

std::vector<double> prior(std::span<const Wish> wishes, std::span<const Candidate> candidates) {
    std::vector<double> fit(candidates.size(), 1);
    if (wishes.empty()) {
        return fit;
    }
    const Things things = thingsOf(candidates);
    std::vector<double> ofThings(things.of.size(), 1);
    for (const Wish& wish : wishes) {
        std::vector<double> keys;
        for (const std::size_t i : things.of) {
            keys.push_back(keyOf(wish.order, candidates[i]));
        }
        if (!keys.empty()) {
            if (wish.order == Order::middle && wish.number > 0) {
                continue;  // "second in the middle" counts nothing that can be told
            }
            const std::vector<double> own = fits(wish, keys);
            std::transform(own.begin(), own.end(), ofThings.begin(), ofThings.begin(), std::multiplies<>());
        }
    }
    for (std::size_t i = 0; i < fit.size(); ++i) {
        fit[i] = things.thing[i] < 0 ? 0 : ofThings[std::size_t(things.thing[i])];
    }
    return fit;
}

}  // namespace maskwright::referring
