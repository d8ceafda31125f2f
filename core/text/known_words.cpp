#include "core/text/known_words.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "core/base/file.h"
#include "core/text/grammar.h"
#include "core/text/inflections.h"
#include "core/text/unicode.h"
#include "core/text/words.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kMostBytes = 16u << 20;
constexpr std::size_t kShortestPart = 4;        // letters of each half of a compound: three fit too much gibberish
constexpr std::size_t kLongestWord = 48;        // letters; longer ones are no compounds
constexpr std::size_t kMostSegments = 12;       // that are looked up as one word
constexpr int kParticles = 3;                   // that a Korean word may have one upon the other
constexpr std::size_t kSyllable = 3;            // bytes of one of Hangul
constexpr unsigned char kIdeographLead = 0xe1;  // UTF-8's first byte of Hangul, kana and Han is this or above
constexpr std::size_t kKanaWord = 3;            // kana that make a word by themselves
constexpr std::size_t kMostJoined = 8;          // names in one text that are asked each

Error broken(const std::string& where, Message what) {
    return {ErrorKind::weights, message("%1: %2", where, std::move(what)), "take the list that belongs to the weights"};
}

std::size_t lengthOf(std::string_view folded) { return decodeUtf8(folded).size(); }

// Of a comment that says how many words there are, how many.
std::optional<std::size_t> countIn(std::string_view comment) {
    constexpr std::string_view kCount = "# words: ";
    std::size_t count = 0;
    if (!comment.starts_with(kCount)) {
        return std::nullopt;
    }
    const char* end = comment.data() + comment.size();
    const auto [stop, code] = std::from_chars(comment.data() + kCount.size(), end, count);
    return code == std::errc() && stop == end ? std::optional(count) : std::nullopt;
}

// Of English words for what has no picture: "friendship", "brotherhood".
bool isSuffix(std::string_view part) { return part == "ship" || part == "hood"; }

// The byte where the character after the one at `at` begins.
std::size_t after(std::string_view text, std::size_t at) {
    do {
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    return at;
}

// Of a text its words as synonyms are kept by; grammar counts where there is nothing else ("four").
std::string keyOf(std::string_view text) {
    std::string key, all;
    for (const Word& word : wordsOf(text)) {
        all += (all.empty() ? "" : " ") + word.folded;
        if (!isGrammar(word.folded)) {
            key += (key.empty() ? "" : " ") + word.folded;
        }
    }
    return key.empty() ? all : key;
}

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

// "上の": grammar that ICU takes for one word.
bool isAllGrammar(std::string_view segment) {
    for (std::size_t at = after(segment, 0); at < segment.size(); at = after(segment, at)) {
        if (isGrammar(segment.substr(0, at)) && isGrammar(segment.substr(at))) {
            return true;
        }
    }
    return isGrammar(segment) || isPictureWord(segment);
}

}  // namespace

// A piece of an ideographic run.
struct KnownWords::Part {
    std::string_view text;
    WordKind kind = WordKind::unknown;
    bool grammar = false;
};

Result<KnownWords> KnownWords::load(const std::string& file) {
    auto text = readFile(file, kMostBytes);
    if (!text) {
        return Error{ErrorKind::weights, text.error().what,
                     "the model's config.json has known_words: put its list there"};
    }
    auto list = parse(std::move(*text), file);
    const std::filesystem::path synonyms = std::filesystem::path(file).parent_path() / "synonyms.txt";
    std::error_code missing;
    if (list && std::filesystem::exists(synonyms, missing)) {
        const auto more = readFile(synonyms, kMostBytes);
        if (!more) {
            return Error{ErrorKind::weights, more.error().what, more.error().advice};
        }
        MASKWRIGHT_TRY(list->addSynonyms(*more, synonyms.string()));
    }
    return list;
}

Result<void> KnownWords::addSynonyms(std::string_view text, const std::string& where) {
    for (std::size_t from = 0, line = 1; from < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string_view entry = text.substr(from, end - from);
        from = end + 1;
        if (entry.ends_with('\r')) {
            entry.remove_suffix(1);
        }
        if (entry.empty() || entry.front() == '#') {
            continue;
        }
        const std::size_t tab = entry.find('\t');
        const std::string key = keyOf(entry.substr(0, tab));
        if (tab == std::string_view::npos || tab + 1 == entry.size() || key.empty()) {
            return broken(where, message("line %1 is not a word, a tab and a name", line));
        }
        synonyms_[key] = entry.substr(tab + 1);
    }
    return {};
}

std::string KnownWords::named(std::string_view text) const {
    if (synonyms_.empty()) {
        return std::string(text);
    }
    if (const auto whole = synonyms_.find(keyOf(text)); whole != synonyms_.end()) {
        return whole->second;
    }
    std::string out;
    std::size_t from = 0;
    for (const Word& word : wordsOf(text)) {
        const std::size_t begin = text.find(word.spelled, from);
        if (begin == std::string_view::npos) {
            return std::string(text);  // broken UTF-8
        }
        out += text.substr(from, begin - from);
        from = begin + word.spelled.size();
        const bool latin = static_cast<unsigned char>(word.spelled.front()) < kIdeographLead;
        const auto found = latin ? synonyms_.end() : synonyms_.find(word.folded);
        out += found != synonyms_.end() ? found->second : word.spelled;
    }
    return out + std::string(text.substr(from));
}

Result<KnownWords> KnownWords::parse(std::string text, const std::string& where) {
    KnownWords list;
    std::optional<std::size_t> promised;
    for (std::size_t from = 0, line = 1; from < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string_view word = std::string_view(text).substr(from, end - from);
        from = end + 1;
        if (word.ends_with('\r')) {
            word.remove_suffix(1);
        }
        if (word.empty() || word.front() == '#') {
            promised = promised ? promised : countIn(word);
            continue;
        }
        WordKind kind = WordKind::name;
        if (word.front() == '+' || word.front() == '-') {
            kind = word.front() == '+' ? WordKind::describes : WordKind::noPicture;
            word.remove_prefix(1);
        }
        std::string folded = fold(word);
        if (wordsOf(folded).size() != 1) {
            return broken(where, message("line %1 is not one word", line));
        }
        list.words_.push_back({std::move(folded), kind});
    }
    if (list.words_.empty()) {
        return broken(where, "there is no word in it");
    }
    if (promised && *promised != list.words_.size()) {
        return broken(where, message("it has %1 words and says that they are %2", list.words_.size(), *promised));
    }
    const auto less = [](const Entry& a, const Entry& b) { return a.word < b.word; };
    if (!std::is_sorted(list.words_.begin(), list.words_.end(), less)) {
        std::stable_sort(list.words_.begin(), list.words_.end(), less);
    }
    return list;
}

WordKind KnownWords::listed(std::string_view folded) const {
    const auto at = std::lower_bound(words_.begin(), words_.end(), folded,
                                     [](const Entry& entry, std::string_view word) { return entry.word < word; });
    return at != words_.end() && at->word == folded ? at->kind : WordKind::unknown;
}

bool KnownWords::begins(std::string_view folded) const {
    const auto at = std::lower_bound(words_.begin(), words_.end(), folded,
                                     [](const Entry& entry, std::string_view word) { return entry.word < word; });
    return at != words_.end() && at->word.starts_with(folded);
}

WordKind KnownWords::inflected(std::string_view folded) const {
    if (const WordKind kind = listed(folded); kind != WordKind::unknown) {
        return kind;
    }
    for (const std::string& form : baseForms(folded)) {
        // What only looks like an inflected adjective ("Frieden", "hunger") is no more than part of a phrase.
        if (const WordKind kind = listed(form); kind != WordKind::unknown) {
            return kind == WordKind::name ? kind : WordKind::noPicture;
        }
    }
    return WordKind::unknown;
}

// "Kaffeetasse", "treehouse": by its last part.
WordKind KnownWords::compound(std::string_view folded) const {
    if (lengthOf(folded) > kLongestWord) {
        return WordKind::unknown;
    }
    for (std::size_t at = after(folded, 0); at < folded.size(); at = after(folded, at)) {
        const std::string_view first = folded.substr(0, at), last = folded.substr(at);
        if (lengthOf(first) < kShortestPart || lengthOf(last) < kShortestPart || isSuffix(last)) {
            continue;
        }
        if (const WordKind kind = inflected(last); kind != WordKind::unknown && inflected(first) != WordKind::unknown) {
            return kind;
        }
    }
    return WordKind::unknown;
}

WordKind KnownWords::ofSpaced(std::string_view folded) const {
    const WordKind kind = inflected(folded);
    return kind != WordKind::unknown ? kind : compound(folded);
}

WordKind KnownWords::withoutParticle(std::string_view folded, int particles) const {
    if (const WordKind kind = listed(folded); kind != WordKind::unknown) {
        return kind;
    }
    for (const std::string_view particle : kKoreanParticles) {
        if (particles > 0 && folded.size() > particle.size() && folded.ends_with(particle)) {
            if (const WordKind kind = withoutParticle(folded.substr(0, folded.size() - particle.size()), particles - 1);
                kind != WordKind::unknown) {
                return kind;
            }
        }
    }
    return WordKind::unknown;
}

WordKind KnownWords::ofHangul(std::string_view folded) const {
    if (const WordKind kind = withoutParticle(folded, kParticles); kind != WordKind::unknown) {
        return kind;
    }
    if (lengthOf(folded) > kLongestWord) {
        return WordKind::unknown;
    }
    // "빨간컵", "강아지집": a first part of two syllables and a last one, both words.
    for (std::size_t at = after(folded, 0); at < folded.size(); at = after(folded, at)) {
        const std::string_view first = folded.substr(0, at), last = folded.substr(at);
        if (lengthOf(first) < 2) {
            continue;
        }
        if (const WordKind kind = withoutParticle(last, kParticles);
            kind != WordKind::unknown && listed(first) != WordKind::unknown) {
            return kind;
        }
    }
    return WordKind::unknown;
}

// One of ICU's; where the list lacks it, its end that the list has: Chinese and Japanese compounds end with their head.
// Of kana three, as shorter ends are chance.
WordKind KnownWords::ofSegment(std::string_view segment) const {
    for (std::size_t at = 0; at < segment.size(); at = after(segment, at)) {
        const std::string_view end = segment.substr(at);
        if (at > 0 && !isHan(end) && lengthOf(end) < kKanaWord) {
            break;
        }
        if (const WordKind kind = listed(end); kind != WordKind::unknown) {
            return kind;
        }
    }
    return WordKind::unknown;
}

// The longest words of the list that begin where ICU's words begin, and ICU's words between them.
std::vector<KnownWords::Part> KnownWords::partsOf(std::string_view run) const {
    std::vector<std::size_t> bounds = {0};
    for (const std::string& segment : segments(run)) {
        bounds.push_back(bounds.back() + segment.size());
    }
    std::vector<Part> parts;
    for (std::size_t i = 0; i + 1 < bounds.size();) {
        std::size_t end = std::min(bounds.size() - 1, i + kMostSegments);
        WordKind kind = WordKind::unknown;
        bool grammar = false;
        for (; end > i; --end) {
            const std::string_view text = run.substr(bounds[i], bounds[end] - bounds[i]);
            grammar = isAllGrammar(text);
            kind = listed(text);
            if (grammar || kind != WordKind::unknown) {
                break;
            }
        }
        end = std::max(end, i + 1);
        const std::string_view text = run.substr(bounds[i], bounds[end] - bounds[i]);
        parts.push_back({text, kind == WordKind::unknown && !grammar ? ofSegment(text) : kind, grammar});
        i = end;
    }
    if (parts.size() > 1) {
        dropChance(parts);
    }
    return parts;
}

// ICU's dictionary cuts sense into words and nonsense into crumbs of one or two characters. Short names among those are
// chance: one Han beside a stray one or, in Chinese, beside any unknown word that no "的" follows; two kana beside
// kana.
void KnownWords::dropChance(std::vector<Part>& parts) {
    const auto isUnknown = [](const Part& part) { return part.kind == WordKind::unknown && !part.grammar; };
    const auto isKana = [](const Part& part) { return !part.grammar && isWithoutHan(part.text); };
    const bool chinese = std::all_of(parts.begin(), parts.end(), [](const Part& part) { return isHan(part.text); });
    bool kana = false, han = false;  // crumbs of them
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t length = lengthOf(parts[i].text);
        if (isUnknown(parts[i])) {
            kana = kana || (isKana(parts[i]) && length < kKanaWord);
            const bool stem = i + 1 < parts.size() && !parts[i + 1].grammar && isKana(parts[i + 1]);  // "走っている"
            const bool linked = i + 1 < parts.size() && parts[i + 1].text == "的" && length > 1;
            han = han || (isHan(parts[i].text) && !stem && (chinese ? !linked : length == 1));
        }
    }
    for (Part& part : parts) {
        const std::size_t length = lengthOf(part.text);
        const bool chance = isKana(part) ? length == 1 || (length < kKanaWord && kana) : length == 1 && han;
        if (chance && !part.grammar) {
            part.kind = WordKind::unknown;
        }
    }
}

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
    for (const Part& part : partsOf(run)) {
        if (part.kind == WordKind::unknown && !part.grammar) {
            stretch += part.text;
            continue;
        }
        end();
        (part.grammar ? said.grammar : said.content).push_back({std::string(part.text), part.kind});
    }
    said.unfinished = !stretch.empty() && begins(stretch);
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
        const WordKind kind = grammar ? listed(word.folded) : hangul ? ofHangul(word.folded) : ofSpaced(word.folded);
        (grammar ? said.grammar : said.content).push_back({word.spelled, kind});
        // The last syllable of Hangul is written letter by letter.
        const std::string_view start = hangul ? std::string_view(word.folded).substr(0, word.folded.size() - kSyllable)
                                              : std::string_view(word.folded);
        said.unfinished = last && kind == WordKind::unknown && begins(start);
    }
    said.unfinished = said.unfinished || said.content.empty();
    return said;
}

Reading KnownWords::read(std::string_view spoken) const {
    const std::string text = named(spoken);
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
            for (const Part& part : partsOf(word.folded)) {
                name = part.kind == WordKind::name && !part.grammar ? std::string(part.text) : name;
            }
        } else if (word.writing == Writing::hangul) {
            name = ofHangul(word.folded) == WordKind::name && !isGrammar(word.folded) ? word.spelled : name;
        } else if (isGrammar(word.folded) || saysNothing(word.folded)) {
            kept += kept.empty() ? "" : " " + word.spelled;
        } else if (kept.empty() && alsoDescribes(word.folded)) {
            before = word.spelled;
        } else if (ofSpaced(word.folded) != WordKind::describes) {
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
    const std::string text = named(spoken);
    std::vector<std::string> things;
    std::string thing, joiner;
    // Its last word is a name, and grammar in another language than the joiner's alone: "a black hat" beside "and".
    const auto isForeign = [&](std::string_view one) {
        std::string last;
        for (const Word& word : wordsOf(one)) {
            const bool grammar = saysNothing(word.folded) || isGrammarBeside(word.folded, joiner);
            if (grammar ? !last.empty() : !isGrammar(word.folded) && ofSpaced(word.folded) == WordKind::unknown) {
                return false;
            }
            last = grammar ? last : word.folded;
        }
        return !last.empty() && isGrammar(last) && listed(last) == WordKind::name;
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
            for (const Part& part : partsOf(word.folded)) {
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
                   !stem.empty() && from < text.size() && listed(word.folded) == WordKind::unknown &&
                   listed(stem) == WordKind::name) {
            add(stem);
            end();
        } else {
            add(word.spelled);
        }
    }
    end();
    const bool all =
        !joinsDescriptions(text, [&](std::string_view folded) { return ofSpaced(folded) == WordKind::describes; }) &&
        std::all_of(things.begin(), things.end(),
                    [&](const std::string& one) { return isOneName(one) || isForeign(one); });
    return things.size() > 1 && things.size() <= kMostJoined && all ? things : std::vector<std::string>();
}

std::string KnownWords::asked(std::string_view spoken) const {
    const std::string named = withoutPunctuation(this->named(spoken));
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
