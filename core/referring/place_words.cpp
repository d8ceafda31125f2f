#include "core/referring/place_words.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "core/referring/order_words.h"
#include "core/referring/place_languages.h"

namespace maskwright::referring {
namespace {

// They compare, so they are no part of a name.
constexpr std::string_view kComparing[] = {
    "leftmost", "left-most", "rightmost", "right-most", "topmost", "highest", "lowest",   "closest", "closer",
    "nearest",  "nearer",    "farthest",  "furthest",   "farther", "further", "biggest",  "bigger",  "largest",
    "larger",   "smallest",  "smaller",   "littlest",   "tallest", "taller",  "shortest", "shorter"};
constexpr std::string_view kBefore[] = {"the", "a", "far", "very"};
constexpr std::string_view kParts[] = {"side", "corner", "edge", "part", "half", "end"};
constexpr std::string_view kNext[] = {"beside",  "under", "above",   "below", "near",
                                      "between", "over",  "against", "next"};

// Not the second of several: "second hand", "third base".
constexpr std::string_view kNumbered[] = {"aid", "base", "class", "floor", "hand", "story", "world"};

bool isSide(std::string_view word) { return word == "left" || word == "right"; }

// An order along the picture, not of sizes, by a word that does not compare.
std::optional<Order> placeOf(std::string_view word) {
    const auto order = orderOf(word);
    const bool place = order && *order != Order::biggest && *order != Order::smallest && *order != Order::tallest &&
                       *order != Order::shortest;
    return place && !in(kComparing, word) ? order : std::nullopt;
}

class Reader {
  public:
    explicit Reader(std::string_view phrase)
        : phrase_(phrase), words_(wordsOf(phrase)), spans_(spansOf(phrase)), taken_(words_.size(), false) {}

    PlaceWords read() {
        for (std::size_t i = 0; i < words_.size();) {
            const std::string_view word = at(words_, i);
            if (i > 0 && (in(kNext, word) || (word == "behind" && !isAlone(words_, i)))) {
                break;  // a place that follows is that other thing's
            }
            named_ = named_ || in(kBelongings, word);
            i = std::max(i + 1, after(i));
        }
        count();
        return wishes_.empty() ? PlaceWords{{}, std::string(phrase_), false} : PlaceWords{wishes_, rest(), several()};
    }

  private:
    // Where what is read at `i` ends; `i`: nothing is.
    std::size_t after(std::size_t i) {
        for (const auto way : {&Reader::linked, &Reader::behind, &Reader::compared, &Reader::before, &Reader::bare}) {
            std::vector<Order> orders;
            if (const std::size_t end = (this->*way)(i, orders); end > i) {
                std::fill(taken_.begin() + std::ptrdiff_t(i), taken_.begin() + std::ptrdiff_t(end), true);
                for (const Order order : orders) {
                    if (std::find(wishes_.begin(), wishes_.end(), Wish{order, 0}) == wishes_.end()) {
                        wishes_.push_back({order, 0});
                    }
                }
                return end;
            }
        }
        number(i);
        return i;
    }

    // "on the far left side of the picture", where nothing else of the thing follows that it could be said of.
    std::size_t linked(std::size_t i, std::vector<Order>& orders) {
        const std::string_view link = at(words_, i);
        if (!in(kLinks, link) || link == "of" || (link == "from" && !counts(i))) {
            return i;
        }
        std::size_t end = i + 1;
        while (in(kBefore, at(words_, end))) {
            ++end;
        }
        for (; placeOf(at(words_, end)) && orders.size() < 2; ++end) {
            orders.push_back(*placeOf(words_[end]));
        }
        while (!orders.empty() && (in(kParts, at(words_, end)) || at(words_, end) == "most")) {
            ++end;
        }
        if ((at(words_, end) == "of" || at(words_, end) == "in") && in(kPicture, named(words_, end + 1))) {
            end += at(words_, end + 1) == "the" ? 3 : 2;
        }
        std::vector<Order> another;
        const bool closes = ends(end) || linked(end, another) > end;
        return !orders.empty() && closes ? end : i;
    }
    // Whether what the thing is has been said before the word.
    [[nodiscard]] bool ends(std::size_t i) const {
        const std::string_view word = at(words_, i);
        return word.empty() || in(kBelongings, word) || (word.size() > 4 && word.ends_with("ing"));
    }

    // "behind the others"
    std::size_t behind(std::size_t i, std::vector<Order>& orders) {
        if (i == 0 || at(words_, i) != "behind") {
            return i;
        }
        orders.push_back(Order::far);
        std::size_t end = i + 1;
        for (const std::string_view word : {"the", "others", "other", "one", "ones", "rest", "them", "all"}) {
            end += at(words_, end) == word ? 1 : 0;
        }
        return end;
    }

    // "nearest to the camera", "farther away", "left most"
    std::size_t compared(std::size_t i, std::vector<Order>& orders) {
        const std::string_view word = at(words_, i), next = at(words_, i + 1);
        const bool most = isSide(word) && next == "most";
        if (named_ || (!in(kComparing, word) && !most) || next == "than" || isOfAnother(words_, i)) {
            return i;
        }
        if (i > 0 && !opens(i) && (in(kBefore, at(words_, i - 1)) || in(kLinks, at(words_, i - 1)))) {
            return i;  // "on the biggest chair"
        }
        orders.push_back(*orderOf(word));
        if (next == "to") {  // the camera, or isOfAnother() would say so
            return std::min(words_.size(), i + (at(words_, i + 2) == "the" ? 4 : 3));
        }
        return i + (most || next == "away" ? 2 : 1);
    }

    // "left cup", "bottom left cup", "the upper bird"
    std::size_t before(std::size_t i, std::vector<Order>& orders) {
        std::size_t end = i;
        bool side = false;
        for (; placeOf(at(words_, end)) && orders.size() < 2; ++end) {
            side = side || isSide(words_[end]);
            orders.push_back(*placeOf(words_[end]));
        }
        const std::string_view next = at(words_, end);
        const bool the = at(words_, 0) == "the" && i > 0;
        const bool names = !next.empty() && !in(kLinks, next) && !in(kSided, next) && !in(kAfterAdverb, next) &&
                           !in(kParts, next) && next != "and" && next != "or";
        return end > i && opens(i) && (side || the) && names ? end : i;
    }

    // "woman left", "man left side"
    std::size_t bare(std::size_t i, std::vector<Order>& orders) {
        const std::string_view last = i > 0 ? at(words_, i - 1) : "ing";
        if (!isSide(at(words_, i)) || named_ || last.ends_with("ing") || in(kBefore, last)) {
            return i;
        }
        const std::size_t end = i + (in(kParts, at(words_, i + 1)) ? 2 : 1);
        orders.push_back(*orderOf(words_[i]));
        return end == words_.size() ? end : i;
    }

    // Only "the", what is read and the number stand before it.
    [[nodiscard]] bool opens(std::size_t i) const {
        for (std::size_t k = 0; k < i; ++k) {
            if (!taken_[k] && words_[k] != "the" && k != numberAt_) {
                return false;
            }
        }
        return true;
    }

    void number(std::size_t i) {
        const int found = numberOf(at(words_, i), at(words_, i + 1));
        if (found > 0 && number_ == 0) {
            number_ = found;
            numberAt_ = i;
            counted_ = wishes_.size();
        }
    }
    // Whether a number that counts is said before "from" at `i`: "second cup from the left".
    [[nodiscard]] bool counts(std::size_t i) const { return number_ > 0 && numberAt_ < i; }

    // The number counts along what follows it at once, else along what is said last.
    void count() {
        const auto take = [&](std::size_t i) { taken_[i] = true; };
        if (wishes_.empty()) {
            return;
        }
        if (at(words_, 0) == "last" || named(words_, 0) == "last") {
            take(words_[0] == "last" ? 0 : 1);
        }
        if (number_ == 0) {
            return;
        }
        const bool atOnce = numberAt_ + 1 < words_.size() && taken_[numberAt_ + 1];
        const bool first = numberAt_ == 0 || (numberAt_ == 1 && words_[0] == "the");
        if (atOnce || first) {
            wishes_[atOnce && counted_ < wishes_.size() ? counted_ : wishes_.size() - 1].number = number_;
            take(numberAt_);
        }
    }

    // By the last word of what comes first of it: "men" of "the men with a dog".
    [[nodiscard]] bool several() const {
        std::string_view last;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (!taken_[i] && (in(kLinks, words_[i]) || (i > 0 && ends(i)))) {
                break;
            }
            last = taken_[i] ? last : std::string_view(words_[i]);
        }
        constexpr std::string_view kSeveral[] = {"people", "men",   "women", "children",
                                                 "mice",   "geese", "feet",  "teeth"};
        constexpr std::string_view kOne[] = {"ss", "us", "is"};
        const bool one = std::any_of(std::begin(kOne), std::end(kOne), [&](auto end) { return last.ends_with(end); });
        return number_ == 0 && (in(kSeveral, last) || (last.size() > 2 && last.ends_with("s") && !one));
    }

    [[nodiscard]] std::string rest() const {
        std::string kept;
        std::size_t from = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (taken_[i]) {
                continue;
            }
            const bool neighbours = i > 0 && !taken_[i - 1];
            kept +=
                neighbours ? phrase_.substr(from, spans_[i].begin - from) : std::string_view(kept.empty() ? "" : " ");
            kept += phrase_.substr(spans_[i].begin, spans_[i].end - spans_[i].begin);
            from = spans_[i].end;
        }
        return kept;
    }

    std::string_view phrase_;
    Words words_;
    std::vector<Span> spans_;
    std::vector<bool> taken_;
    std::vector<Wish> wishes_;
    bool named_ = false;  // what the thing has or does has begun
    int number_ = 0;
    std::size_t numberAt_ = std::size_t(-1), counted_ = 0;
};

}  // namespace

PlaceWords placeWordsOf(std::string_view phrase) {
    PlaceWords words = Reader(phrase).read();
    return words.wishes.empty() ? placeWordsOfOthers(phrase) : words;
}

std::string thingOf(std::string_view expression) {
    const std::string rest = placeWordsOf(expression).rest;
    const Words words = wordsOf(rest);
    const std::vector<Span> spans = spansOf(rest);
    const std::size_t first = at(words, 0) == "the" ? 1 : 0;
    std::size_t end = first;
    if (numberOf(at(words, first), at(words, first + 1)) > 0) {
        end = first + 1;
        end += at(words, end) == "to" && at(words, end + 1) == "last" ? 2 : 0;
    } else if (at(words, first) == "last") {
        end = first + 1;
    }
    if (end == first || end >= words.size() || in(kNumbered, words[end]) || wishesOf(expression).empty()) {
        return rest;
    }
    std::string thing(rest, 0, spans[first].begin);
    return thing.append(rest, spans[end].begin);
}

}  // namespace maskwright::referring
