#include "core/referring/order_words.h"

#include <array>
#include <cctype>

namespace maskwright::referring {
namespace {

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

constexpr std::string_view kOwners[] = {"his", "her", "its", "their", "my", "your"};

}  // namespace

std::vector<Span> spansOf(std::string_view text) {
    std::vector<Span> spans;
    bool inside = false;
    for (std::size_t i = 0; i < std::min<std::size_t>(text.size(), 1000);
         ++i) {  // the rest of a longer one is no place
        const auto u = static_cast<unsigned char>(text[i]);
        const bool word = std::isalnum(u) != 0 || u == '\'' || u == '-' || u >= 0x80;
        if (word && !inside) {
            spans.push_back({i, i});
        }
        if (word) {
            spans.back().end = i + 1;
        }
        inside = word;
    }
    return spans;
}

Words wordsOf(std::string_view text) {
    Words words;
    for (const Span& span : spansOf(text)) {
        words.emplace_back(text.substr(span.begin, span.end - span.begin));
        for (char& c : words.back()) {
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return words;
}

std::string_view at(const Words& words, std::size_t i) {
    return i < words.size() ? std::string_view(words[i]) : std::string_view();
}

std::string_view named(const Words& words, std::size_t i) {
    return at(words, i) == "the" ? at(words, i + 1) : at(words, i);
}

std::optional<Order> orderOf(std::string_view word) {
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

bool isAlone(const Words& words, std::size_t behind) {
    constexpr std::string_view kRest[] = {"other", "others", "rest", "them", "everyone", "all"};
    const std::string_view next = at(words, behind + 1);
    return next.empty() || in(kLinks, next) || in(kRest, named(words, behind + 1));
}

}  // namespace maskwright::referring
