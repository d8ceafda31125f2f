#include "core/text/known_words.h"

#include <algorithm>

#include "core/text/grammar.h"
#include "core/text/unicode.h"
#include "core/text/word_kinds.h"
#include "core/text/words.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kSyllable = 3;    // bytes of one of Hangul
constexpr std::size_t kMostJoined = 8;  // names in one text that are asked each

// Words and the spaces between them: quotes, other punctuation, emoji and what is no character bend the condition
// ("cat" in quotation marks was found with 0.07 where cat has 0.99).
std::string withoutPunctuation(std::string_view text) {
    const std::u32string all = decodeUtf8(text);
    std::u32string kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char32_t c = all[i];
        const bool joins = (c == U'\'' || c == U'\u2019' || c == U'-') && i > 0 && i + 1 < all.size() &&
                           isWordCharacter(all[i - 1]) && isWordCharacter(all[i + 1]);
        kept += isWordCharacter(c) || joins ? c : U' ';
    }
    kept = collapseSpace(kept);
    const std::size_t begin = kept.find_first_not_of(U' '), end = kept.find_last_not_of(U' ');
    return begin == std::u32string::npos ? std::string(text) : encodeUtf8(kept.substr(begin, end + 1 - begin));
}

}  // namespace

WordKinds KnownWords::kinds() const { return WordKinds(list_); }

// The words of a text with what each of them is: those that say something, and those of grammar.
struct KnownWords::Said {
    struct Found {
        std::string spelled;
        WordKind kind;
    };
    std::vector<Found> content, grammar;
    bool unfinished = false;  // the last one could become another by going on
};

void KnownWords::hear(std::string_view run, Said& said) const {
    std::string stretch;  // unknown pieces side by side are one word
    const auto end = [&] {
        if (!stretch.empty()) {
            said.content.push_back({stretch, WordKind::unknown});
        }
        stretch.clear();
    };
    for (const RunPart& part : kinds().partsOf(run)) {
        if (part.kind == WordKind::unknown && !part.grammar) {
            stretch += part.text;
            continue;
        }
        end();
        (part.grammar ? said.grammar : said.content).push_back({std::string(part.text), part.kind});
    }
    said.unfinished = !stretch.empty() && list_.begins(stretch);
    end();
}

KnownWords::Said KnownWords::hear(std::string_view text) const {
    Said said;
    for (const Word& word : wordsOf(text)) {
        const bool last = text.ends_with(word.spelled);
        if (word.writing == Writing::ideographic) {
            hear(word.folded, said);
            said.unfinished = said.unfinished && last;
            continue;
        }
        const bool grammar = saysNothing(word.folded) || isGrammar(word.folded) || isPictureWord(word.folded);
        const bool hangul = word.writing == Writing::hangul;
        const WordKind kind = grammar  ? list_.kindOf(word.folded)
                              : hangul ? kinds().ofHangul(word.folded)
                                       : kinds().ofSpaced(word.folded);
        (grammar ? said.grammar : said.content).push_back({word.spelled, kind});
        // The last syllable of Hangul is written letter by letter.
        const std::string_view start = hangul ? std::string_view(word.folded).substr(0, word.folded.size() - kSyllable)
                                              : std::string_view(word.folded);
        said.unfinished = last && kind == WordKind::unknown && list_.begins(start);
    }
    said.unfinished = said.unfinished || said.content.empty();
    return said;
}

Reading KnownWords::read(std::string_view spoken) const {
    const std::string text = list_.named(spoken);
    const Said all = hear(text);
    const std::vector<Said::Found>& said = all.content.empty() ? all.grammar : all.content;
    const auto any = [&](WordKind kind) {
        return std::any_of(said.begin(), said.end(), [&](const Said::Found& found) { return found.kind == kind; });
    };
    Reading reading;
    reading.known = any(WordKind::name) || (any(WordKind::describes) && !any(WordKind::unknown));
    const bool everything = !reading.known && !any(WordKind::unknown);  // "love": not a name, though in the list
    for (const Said::Found& found : said) {
        const bool unknown = found.kind == WordKind::unknown && !all.content.empty();
        if ((unknown || everything || (!reading.known && all.content.empty())) &&
            std::find(reading.unknown.begin(), reading.unknown.end(), found.spelled) == reading.unknown.end()) {
            reading.unknown.push_back(found.spelled);
        }
    }
    if (said.empty()) {
        reading.unknown.emplace_back(text);
    }
    reading.unfinished = !reading.unknown.empty() && all.unfinished;
    return reading;
}

namespace {

// What stands before the words that say where a thing is, or with what; all of it where there are none.
std::string_view beforePlace(std::string_view text) {
    std::size_t from = 0;
    for (const Word& word : wordsOf(text)) {
        const std::size_t begin = text.find(word.spelled, from);
        if (begin == std::string_view::npos || word.writing != Writing::spaced) {
            break;
        }
        from = begin + word.spelled.size();
        if (begin > 0 && saysWhere(word.folded) && text[begin - 1] == ' ') {  // "jack-in-the-box" is one name
            return text.substr(0, begin - 1);
        }
    }
    return text;
}

// Whether two words that describe are joined with something behind them: "orange and black cat", not "orange and
// apple". `describes`: of a folded word whether it can do nothing else.
template <class Describes>
bool joinsDescriptions(std::string_view text, const Describes& describes) {
    enum class At { start, described, joined, both } at = At::start;
    for (const Word& word : wordsOf(text)) {
        if (isJoiner(word.folded)) {
            at = at == At::described ? At::joined : At::start;
        } else if (at == At::both) {
            return true;
        } else if (!isGrammar(word.folded)) {
            const bool one = alsoDescribes(word.folded) || describes(word.folded);
            at = !one ? At::start : at == At::joined ? At::both : At::described;
        }
    }
    return false;
}

}  // namespace

std::string KnownWords::headOf(std::string_view asked) const {
    const std::string_view thing = beforePlace(asked);
    if (thing != asked && hasName(thing)) {
        return headOf(thing);  // "cat with a hat"
    }
    std::string kept, name, before;  // before: of a name that may describe what follows ("white cat")
    for (const Word& word : wordsOf(asked)) {
        if (word.writing == Writing::ideographic) {
            for (const RunPart& part : kinds().partsOf(word.folded)) {
                name = part.kind == WordKind::name && !part.grammar ? std::string(part.text) : name;
            }
        } else if (word.writing == Writing::hangul) {
            name = kinds().ofHangul(word.folded) == WordKind::name && !isGrammar(word.folded) ? word.spelled : name;
        } else if (isGrammar(word.folded) || saysNothing(word.folded)) {
            kept += kept.empty() ? "" : " " + word.spelled;
        } else if (kept.empty() && alsoDescribes(word.folded)) {
            before = word.spelled;
        } else if (kinds().ofSpaced(word.folded) != WordKind::describes) {
            kept += (kept.empty() ? "" : " ") + word.spelled;
        }
    }
    kept = kept.empty() ? before : kept;
    if (kept.empty()) {
        return name.empty() ? std::string(asked) : name;
    }
    return name.empty() && hasName(kept) ? kept : std::string(asked);
}

// Whether all of it that says something is known, and some of it names a thing.
bool KnownWords::hasName(std::string_view text) const {
    const Said said = hear(text);
    const std::vector<Said::Found>& content = said.content.empty() ? said.grammar : said.content;  // "개"
    const auto is = [](WordKind kind) { return [kind](const Said::Found& found) { return found.kind == kind; }; };
    return std::any_of(content.begin(), content.end(), is(WordKind::name)) &&
           std::none_of(content.begin(), content.end(), is(WordKind::unknown));
}

// Whether nothing but articles and the like stands before its first word that says something, and nothing of the kind
// after it.
bool KnownWords::isOneName(std::string_view text) const {
    bool begun = false;
    for (const Word& word : wordsOf(text)) {
        const bool grammar = word.writing == Writing::spaced && isGrammar(word.folded);
        if (grammar && begun) {
            return false;
        }
        begun = begun || !grammar;
    }
    return begun && hasName(text);
}

std::vector<std::string> KnownWords::joined(std::string_view spoken) const {
    const std::string text = list_.named(spoken);
    std::vector<std::string> things;
    std::string thing, joiner;
    // Its last word is a name, and grammar in another language than the joiner's alone: "a black hat" beside "and".
    const auto isForeign = [&](std::string_view one) {
        std::string last;
        for (const Word& word : wordsOf(one)) {
            const bool grammar = saysNothing(word.folded) || isGrammarBeside(word.folded, joiner);
            if (grammar ? !last.empty()
                        : !isGrammar(word.folded) && kinds().ofSpaced(word.folded) == WordKind::unknown) {
                return false;
            }
            last = grammar ? last : word.folded;
        }
        return !last.empty() && isGrammar(last) && list_.kindOf(last) == WordKind::name;
    };
    const auto end = [&] {
        if (!thing.empty()) {
            things.push_back(std::move(thing));
        }
        thing.clear();
    };
    const auto add = [&](std::string_view word) { (thing += thing.empty() ? "" : " ") += word; };
    std::size_t from = 0;
    for (const Word& word : wordsOf(text)) {
        const std::size_t begin = text.find(word.spelled, from);
        if (begin == std::string::npos) {
            return {};  // broken UTF-8
        }
        if (const std::string between = text.substr(from, begin - from);
            between.find(',') != std::string::npos || between.find("、") != std::string::npos) {
            end();
        }
        from = begin + word.spelled.size();
        if (word.writing == Writing::ideographic) {
            for (const RunPart& part : kinds().partsOf(word.folded)) {
                if (isJoiner(part.text)) {
                    end();
                } else {
                    thing += part.text;
                }
            }
        } else if (isJoiner(word.folded)) {
            joiner = word.folded;
            end();
        } else if (const std::string_view stem =
                       word.writing == Writing::hangul ? beforeJoiner(word.folded) : std::string_view();
                   !stem.empty() && from < text.size() && list_.kindOf(word.folded) == WordKind::unknown &&
                   list_.kindOf(stem) == WordKind::name) {
            add(stem);
            end();
        } else {
            add(word.spelled);
        }
    }
    end();
    const bool all = !joinsDescriptions(text, [&](std::string_view folded) {
        return kinds().ofSpaced(folded) == WordKind::describes;
    }) && std::all_of(things.begin(), things.end(), [&](const std::string& one) {
        return isOneName(one) || isForeign(one);
    });
    return things.size() > 1 && things.size() <= kMostJoined && all ? things : std::vector<std::string>();
}

std::string KnownWords::asked(std::string_view spoken) const {
    const std::string named = withoutPunctuation(list_.named(spoken));
    const std::string_view text = named;
    const Reading reading = read(text);
    struct Place {
        std::size_t begin, end;
        bool dropped, grammar, possessive, genitive;  // genitive: the "s" of "grandmother's"
    };
    std::vector<Place> places;
    std::size_t from = 0;
    for (const Word& word : wordsOf(text)) {
        const std::size_t begin = text.find(word.spelled, from);
        if (begin == std::string_view::npos) {
            return std::string(text);  // broken UTF-8
        }
        const std::string_view between = text.substr(from, begin - from);
        from = begin + word.spelled.size();
        const bool unknown =
            std::find(reading.unknown.begin(), reading.unknown.end(), word.spelled) != reading.unknown.end();
        const bool possessive = isPossessive(word.folded);
        places.push_back({begin, from, unknown || possessive, isGrammar(word.folded), possessive,
                          word.folded == "s" && (between == "'" || between == "\u2019")});
    }
    for (std::size_t i = 1; i < places.size(); ++i) {
        Place& owner = places[i - 1];
        if (places[i].genitive) {
            owner.dropped = owner.dropped || (i > 1 && places[i - 2].possessive);
            places[i].dropped = owner.dropped;
        }
    }
    const auto isDropped = [](const Place& place) { return place.dropped; };
    if (!reading.known || std::none_of(places.begin(), places.end(), isDropped)) {
        return std::string(text);
    }
    std::erase_if(places, isDropped);
    while (!places.empty() && places.back().grammar) {  // "cup of"
        places.pop_back();
    }
    std::string kept;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string_view between =
            i > 0 ? text.substr(places[i - 1].end, places[i].begin - places[i - 1].end) : "";
        const bool neighbours = wordsOf(between).empty();
        kept += neighbours ? between : " ";
        kept += text.substr(places[i].begin, places[i].end - places[i].begin);
    }
    return kept.empty() ? std::string(text) : kept;
}

}  // namespace maskwright::text
