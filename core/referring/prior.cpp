#include "core/referring/prior.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

#include "core/referring/order_words.h"

namespace maskwright::referring {
namespace {

constexpr double kSame = 0.5;         // sameness from which a candidate is compared
constexpr double kOneThing = 0.6;     // of the smaller box, covered by another of the same thing
constexpr double kMissedByOne = 0.3;  // for the neighbour of the n-th: a thing may have been missed or counted twice

// After these begins another thing, and a place that follows is that thing's.
constexpr std::string_view kOthers[] = {"beside", "under", "above", "below", "near", "between", "over", "against"};

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

bool isLarge(Order order) { return order == Order::biggest || order == Order::tallest; }

// Shares of the larger area.
double likeInSize(const Candidate& a, const Candidate& b) {
    const auto [less, more] = std::minmax(a.area, b.area);
    return more > 0 ? double(less) / double(more) : 1;
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

std::vector<double> prior(std::span<const Wish> wishes, std::span<const Candidate> candidates, bool bySize) {
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
    const bool sized =
        bySize && std::any_of(wishes.begin(), wishes.end(), [](const Wish& wish) { return isLarge(wish.order); });
    for (std::size_t i = 0; i < fit.size(); ++i) {
        if (things.thing[i] < 0) {
            fit[i] = 0;
            continue;
        }
        const auto thing = std::size_t(things.thing[i]);
        fit[i] = ofThings[thing] * (sized ? likeInSize(candidates[i], candidates[things.of[thing]]) : 1);
    }
    return fit;
}

}  // namespace maskwright::referring
