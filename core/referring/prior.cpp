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
constexpr Named kOrders[] = {{"left", Order::left},        {"leftmost", Order::left},   {"left-most", Order::left},
                             {"right", Order::right},      {"rightmost", Order::right}, {"right-most", Order::right},
                             {"top", Order::top},          {"upper", Order::top},       {"topmost", Order::top},
                             {"highest", Order::top},      {"bottom", Order::bottom},   {"lower", Order::bottom},
                             {"lowest", Order::bottom},    {"front", Order::near},      {"closest", Order::near},
                             {"closer", Order::near},      {"nearest", Order::near},    {"nearer", Order::near},
                             {"foreground", Order::near},  {"back", Order::far},        {"background", Order::far},
                             {"farthest", Order::far},     {"furthest", Order::far},    {"farther", Order::far},
                             {"further", Order::far},      {"distance", Order::far},    {"distant", Order::far},
                             {"rear", Order::far},         {"biggest", Order::biggest}, {"bigger", Order::biggest},
                             {"big", Order::biggest},      {"largest", Order::biggest}, {"larger", Order::biggest},
                             {"large", Order::biggest},    {"huge", Order::biggest},    {"smallest", Order::smallest},
                             {"smaller", Order::smallest}, {"small", Order::smallest},  {"littlest", Order::smallest},
                             {"little", Order::smallest},  {"tiny", Order::smallest},   {"tallest", Order::tallest},
                             {"taller", Order::tallest},   {"tall", Order::tallest},    {"shortest", Order::shortest},
                             {"shorter", Order::shortest}, {"middle", Order::middle},   {"center", Order::middle},
                             {"centre", Order::middle},    {"central", Order::middle}};
// The last of each counts before "from" alone: "two from the left".
constexpr std::array<std::array<std::string_view, 3>, 10> kNumbers = {{{"first", "1st", "one"},
                                                                       {"second", "2nd", "two"},
                                                                       {"third", "3rd", "three"},
                                                                       {"fourth", "4th", "four"},
                                                                       {"fifth", "5th", "five"},
                                                                       {"sixth", "6th", "six"},
                                                                       {"seventh", "7th", "seven"},
                                                                       {"eighth", "8th", "eight"},
                                                                       {"ninth", "9th", "nine"},
                                                                       {"tenth", "10th", "ten"}}};
// After these begins another thing, and a place that follows is that thing's.
constexpr std::string_view kOthers[] = {"beside", "under", "above", "below", "near", "between", "over", "against"};
// What the thing has or does: a place at the end is its own, as in "man with a hat on the right".
constexpr std::string_view kBelongings[] = {"holding", "wearing", "with",  "looking",  "facing",
                                            "that",    "who",     "which", "carrying", "riding"};
// "left hand": whose side, not where in the picture.
constexpr std::string_view kSided[] = {"hand", "arm", "leg", "foot", "eye", "ear", "shoulder", "side", "wing", "shoe"};
constexpr std::string_view kOwners[] = {"his", "her", "its", "their", "my", "your"};
// Of what may a place be said without meaning another thing.
constexpr std::string_view kPicture[] = {"picture", "photo", "image", "pic",  "screen", "frame",
                                         "group",   "row",   "line",  "side", "corner", "edge"};
// "right behind": no place.
constexpr std::string_view kAfterAdverb[] = {"behind", "beside", "next", "above", "below", "under", "near", "in"};
constexpr std::string_view kLinks[] = {"on", "in", "at", "to", "of", "from"};

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

int numberOf(std::string_view word, std::string_view next) {
    for (std::size_t i = 0; i < kNumbers.size(); ++i) {
        const auto& [ordinal, digits, cardinal] = kNumbers[i];
        if (word == ordinal || word == digits || (word == cardinal && next == "from")) {
            return int(i) + 1;
        }
    }
    return 0;
}

using Words = std::vector<std::string>;

std::string_view at(const Words& words, std::size_t i) {
    return i < words.size() ? std::string_view(words[i]) : std::string_view();
}

// The word at `i`, or the one after it where that is "the".
std::string_view named(const Words& words, std::size_t i) {
    return at(words, i) == "the" ? at(words, i + 1) : at(words, i);
}

// Whether an order's word is said of another thing: "left of the table", "in front of", "left hand".
bool isOfAnother(const Words& words, std::size_t i) {
    const std::string_view word = at(words, i), next = at(words, i + 1);
    const std::string_view before = i > 0 ? at(words, i - 1) : std::string_view();
    if (in(kOwners, before)) {
        return true;
    }
    if (in(kSided, next) && next != "side" && (word == "left" || word == "right") && before != "the") {
        return true;
    }
    if (next == "of") {
        return !in(kPicture, named(words, i + 2));
    }
    // "closest to the table" is another relation than "closest to the camera".
    if (next == "to" || next == "from") {
        constexpr std::string_view kRelative[] = {"closest", "closer",   "nearest", "nearer",
                                                  "farther", "farthest", "further", "furthest"};
        constexpr std::string_view kCamera[] = {"camera", "us", "you", "me", "viewer", "front"};
        return in(kRelative, word) && !in(kCamera, named(words, i + 2));
    }
    return false;
}

// Whether "behind" says where in the picture, and not behind which other thing.
bool isAlone(const Words& words, std::size_t behind) {
    constexpr std::string_view kRest[] = {"other", "others", "rest", "them", "everyone", "all"};
    const std::string_view next = at(words, behind + 1);
    return next.empty() || in(kLinks, next) || in(kRest, named(words, behind + 1));
}

// Where the place at the end of the words from `from` on begins, such as "on the far right"; words.size(): there is
// none.
std::size_t placeAtEnd(const Words& words, std::size_t from) {
    std::size_t begin = words.size();
    while (begin > from + 1) {
        const std::string_view word = at(words, begin - 1);
        if (!orderOf(words[begin - 1]) && !in(kPicture, word) && word != "the" && word != "far" && word != "very" &&
            word != "of") {
            break;
        }
        --begin;
    }
    const bool linked = begin > from + 1 && in(kLinks, at(words, begin - 1)) && at(words, begin - 1) != "of";
    return linked ? begin : words.size();
}

// `counted`: which of the orders the number counts along, where the words say so.
std::vector<Wish> combined(std::vector<Wish> orders, int number, std::optional<std::size_t> counted) {
    if (number == 0) {
        return orders;
    }
    if (orders.empty()) {
        return {{Order::left, number}};
    }
    // "second from the right": else the number counts along the order that is said last.
    orders[counted.value_or(orders.size() - 1)].number = number;
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
    const Words words = wordsOf(expression);
    std::vector<Wish> orders;
    int number = 0;
    std::optional<std::size_t> counted;
    const auto add = [&](Order order) {
        const auto known = std::find(orders.begin(), orders.end(), Wish{order, 0});
        const auto index = static_cast<std::size_t>(known - orders.begin());
        if (known == orders.end()) {
            orders.push_back({order, 0});
        }
        return index;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i], next = at(words, i + 1);
        if (i > 0 && word == "behind" && isAlone(words, i)) {
            add(Order::far);
            continue;
        }
        if (i > 0 && word == "between" && words[i - 1] == "in" && next.empty()) {
            add(Order::middle);
            continue;
        }
        if (i > 0 && in(kBelongings, word)) {
            i = placeAtEnd(words, i) - 1;
            continue;
        }
        if (i > 0 && (word == "behind" || in(kOthers, word))) {
            break;
        }
        if (word == "of" && i > 0 && !orderOf(words[i - 1])) {
            constexpr std::string_view kSeveral[] = {"two", "three", "four", "five", "them", "these", "those"};
            if (!in(kSeveral, named(words, i + 1))) {
                break;  // "a bowl of rice on the left" is rare, "head of the second man" is not
            }
            continue;
        }
        if (word == "last") {
            add(Order::right);
        } else if (word == "baby" && !next.empty() && !in(kLinks, next) && !in(kBelongings, next)) {
            add(Order::smallest);
        } else if (const int found = numberOf(word, next); found > 0 && number == 0) {
            number = found;
            counted = orderOf(words[i + 1 < words.size() ? i + 1 : i]) ? std::optional(orders.size()) : std::nullopt;
        } else if (const auto order = orderOf(words[i])) {
            if (word == "right" && in(kAfterAdverb, next)) {
                continue;
            }
            if (isOfAnother(words, i)) {
                break;
            }
            add(*order);
        }
    }
    if (counted && *counted >= orders.size()) {
        counted.reset();
    }
    return combined(std::move(orders), number, counted);
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
