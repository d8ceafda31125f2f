#include "core/text/noun_phrases.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "core/text/english.h"
#include "core/text/english_roles.h"
#include "core/text/requests.h"
#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kMostWords = 60;  // the longest expression of RefCOCOg has 46

using Tokens = std::span<const Token>;

bool isOneOf(Role role, std::initializer_list<Role> roles) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// A word that a noun phrase can end with.
bool isNominal(const Token& token) {
    return isOneOf(token.role, {Role::name, Role::describes, Role::position, Role::pronoun}) && token.word != "very" &&
           token.word != "far" && token.word != "upper" && token.word != "lower";
}

// A word after which something still has to come: it describes what follows.
bool leadsOn(Role role) {
    return isOneOf(role, {Role::name, Role::describes, Role::adjective, Role::position, Role::gerund, Role::participle,
                          Role::number, Role::ordinal, Role::adverb});
}

// The words of one expression, from a beginning to where the noun phrase ends.
class Chunker {
  public:
    Chunker(Tokens tokens, const English* dictionary) : tokens_(tokens), dictionary_(dictionary) {}

    // How many tokens the noun phrase has; 0: there is none.
    [[nodiscard]] std::size_t length() {
        std::size_t end = 0;
        while (end < tokens_.size() && goesOn(end)) {
            named_ = named_ || isName(end);
            nominal_ = nominal_ || isNominal(tokens_[end]);
            ++end;
        }
        return trimmed(end);
    }

  private:
    [[nodiscard]] Role after(std::size_t i) const {
        return i + 1 < tokens_.size() ? tokens_[i + 1].role : Role::boundary;
    }
    [[nodiscard]] bool isName(std::size_t i) const {
        return tokens_[i].role == Role::name || tokens_[i].role == Role::pronoun;
    }

    // From here on there are only words of position, up to something that ends the chunk: "bottom right", "left".
    [[nodiscard]] bool isPlace(std::size_t i) const {
        std::size_t end = i;
        while (end < tokens_.size() &&
               (tokens_[end].role == Role::position || tokens_[end].role == Role::superlative)) {
            ++end;
        }
        if (end < tokens_.size() && leadsOn(tokens_[end].role)) {
            return false;
        }
        const std::string& word = tokens_[i].word;
        // "table top" and "car front" are parts of a thing.
        return end - i > 1 || word == "left" || word == "right" || word == "middle" || word == "center" ||
               word == "centre";
    }

    // A verb's form in -ing or -ed: before a noun it describes, after one it begins what is said of it.
    [[nodiscard]] bool describesNext(std::size_t i) const {
        const bool gerund = tokens_[i].role == Role::gerund;
        if (gerund && i + 1 < tokens_.size() && isCompound(tokens_[i].word, tokens_[i + 1].word)) {
            return true;
        }
        const Role next = after(i);
        if (gerund && named_) {
            return false;
        }
        return isOneOf(next, {Role::name, Role::describes, Role::adjective, Role::gerund}) ||
               (next == Role::position && !named_) || (next == Role::conjunction && !nominal_);
    }

    [[nodiscard]] bool joinsAdjectives(std::size_t i) const {
        if (i == 0 || i + 1 >= tokens_.size()) {
            return false;
        }
        const auto describes = [](const Token& token) {
            return isOneOf(token.role, {Role::describes, Role::adjective, Role::participle, Role::position});
        };
        return describes(tokens_[i - 1]) && describes(tokens_[i + 1]);
    }

    [[nodiscard]] bool isFiniteVerb(std::size_t i) const {
        if (!named_ || !tokens_[i].verbToo || dictionary_ == nullptr ||
            !isOneOf(after(i), {Role::name, Role::describes, Role::determiner, Role::possessive})) {
            return false;
        }
        std::vector<std::string> words;
        for (std::size_t k = 0; k < tokens_.size(); ++k) {
            words.push_back(tokens_[k].word);
        }
        return dictionary_->isVerb(words, i);
    }

    [[nodiscard]] bool goesOn(std::size_t i) const {
        const Token& token = tokens_[i];
        switch (token.role) {
            case Role::boundary:
            case Role::preposition:
            case Role::relative:
            case Role::auxiliary:
                return false;
            case Role::pronoun:
                return i == 0;
            case Role::determiner:
            case Role::possessive:
                return !nominal_ || token.word.ends_with("'s");
            case Role::conjunction:
                return joinsAdjectives(i) || joinsNames(i);
            case Role::ordinal:
            case Role::superlative:
                return !named_ && (!nominal_ || leadsOn(after(i)));
            case Role::number:
                return !named_ || isCalled(i);
            case Role::verb:
                return !named_;
            case Role::gerund:
            case Role::participle:
                return describesNext(i) || (!nominal_ && leadsOn(after(i)));
            case Role::adverb:
                return !named_ && leadsOn(after(i));
            case Role::adjective:
                return !named_ || leadsOn(after(i));
            case Role::position:
                return !named_ || !isPlace(i);
            case Role::name:
            case Role::describes:
                return !isFiniteVerb(i);
        }
        return false;
    }

    // "salt and pepper shaker", "mac and cheese": one thing, though each of its names could be another. Not so "man and
    // baby elephant", of which people and animals are named by themselves.
    [[nodiscard]] bool joinsNames(std::size_t i) const {
        constexpr std::pair<std::string_view, std::string_view> kOneThing[] = {
            {"mac", "cheese"},   {"macaroni", "cheese"}, {"ham", "cheese"},    {"ham", "eggs"},    {"bacon", "eggs"},
            {"fish", "chips"},   {"bread", "butter"},    {"salt", "pepper"},   {"cup", "saucer"},  {"rice", "beans"},
            {"butter", "jelly"}, {"meat", "potatoes"},   {"surf", "turf"},     {"track", "field"}, {"cookies", "cream"},
            {"oil", "vinegar"},  {"cream", "sugar"},     {"biscuits", "gravy"}};
        constexpr std::string_view kLiving[] = {
            "man",    "woman", "boy",   "girl",   "kid",     "child",  "lady",  "guy",   "person",   "men",
            "women",  "boys",  "girls", "kids",   "baby",    "people", "dude",  "mom",   "dad",      "mother",
            "father", "bride", "dog",   "cat",    "horse",   "cow",    "bird",  "sheep", "elephant", "giraffe",
            "zebra",  "bear",  "rider", "player", "catcher", "batter", "umpire"};
        if (i == 0 || i + 1 >= tokens_.size() || tokens_[i].word == "or") {
            return false;
        }
        const Token &before = tokens_[i - 1], &next = tokens_[i + 1];
        const bool pair = std::any_of(std::begin(kOneThing), std::end(kOneThing), [&](const auto& one) {
            return one.first == before.word && one.second == next.word;
        });
        const bool bare = i == 1 || (i == 2 && tokens_[0].role == Role::determiner);
        const bool headed = bare && i + 2 < tokens_.size() && before.role == Role::name && next.role == Role::name &&
                            tokens_[i + 2].role == Role::name && !tokens_[i + 2].verbToo;
        return pair || (headed && std::none_of(std::begin(kLiving), std::end(kLiving), [&](std::string_view one) {
                            return one == before.word || one == next.word;
                        }));
    }

    // "bus number 42"
    [[nodiscard]] bool isCalled(std::size_t i) const {
        return i > 1 && tokens_[i - 1].word == "number" && isName(i - 2) && tokens_[i].role == Role::number;
    }

    // Without what cannot end a noun phrase; a number that stands for a thing can ("left one").
    [[nodiscard]] std::size_t trimmed(std::size_t end) const {
        // What a colour describes is a thing, whatever else the word may be: "the black remote".
        if (end > 1 && !named_ && tokens_[end - 1].role == Role::adjective &&
            tokens_[end - 2].role == Role::describes) {
            return end;
        }
        while (end > 0 && !isNominal(tokens_[end - 1]) && tokens_[end - 1].word != "one" && !isCalled(end - 1)) {
            --end;
        }
        return end;
    }

    Tokens tokens_;
    const English* dictionary_;
    bool named_ = false;    // a noun that is no more than that has passed
    bool nominal_ = false;  // a noun, or a word that may stand for one
};

struct Range {
    std::size_t begin = 0, length = 0;
};

// Verbs of asking that may be nouns as well: they are taken for it before a determiner alone ("the mark", "show
// jumper").
constexpr std::string_view kRequestVerbs[] = {"find",    "show", "select", "segment",   "locate", "see",    "pick",
                                              "mark",    "look", "click",  "highlight", "choose", "detect", "get",
                                              "outline", "want", "where",  "this",      "here",   "there"};

// How many of the tokens from `at` on are the words of `request`; 0: they are others.
std::size_t wordsOf(std::string_view request, Tokens tokens, std::size_t at) {
    const std::size_t begin = at;
    while (!request.empty()) {
        const std::size_t space = std::min(request.find(' '), request.size());
        if (at == tokens.size() || tokens[at].word != request.substr(0, space)) {
            return 0;
        }
        request.remove_prefix(std::min(space + 1, request.size()));
        ++at;
    }
    return at - begin;
}

// Where the requests end; 0 where nothing follows them.
std::size_t request(Tokens tokens) {
    std::size_t at = 0, longest = 0;
    do {
        longest = 0;
        for (const std::string_view one : kRequests) {
            longest = std::max(longest, wordsOf(one, tokens, at));
        }
        const bool verb =
            at < tokens.size() && longest == 0 &&
            std::find(std::begin(kRequestVerbs), std::end(kRequestVerbs), tokens[at].word) != std::end(kRequestVerbs);
        // "please find", "can you show", "I want to see": there it is a verb.
        const bool asked =
            at > 0 && (tokens[at - 1].word == "please" || tokens[at - 1].word == "you" || tokens[at - 1].word == "to");
        if (verb && at + 1 < tokens.size() &&
            (asked || isOneOf(tokens[at + 1].role, {Role::determiner, Role::possessive}))) {
            longest = 1;
        }
        at += longest;
    } while (longest > 0);
    return at < tokens.size() ? at : 0;
}

// "all of the bananas": how many tokens stand before what there are so many of.
std::size_t quantity(Tokens tokens) {
    constexpr std::string_view kQuantities[] = {"all", "both", "some", "any", "each", "most", "many", "several", "few"};
    const bool is = tokens.size() > 2 && tokens[1].word == "of" && tokens[2].role != Role::pronoun &&
                    std::find(std::begin(kQuantities), std::end(kQuantities), tokens[0].word) != std::end(kQuantities);
    return is ? 2 : 0;
}

// "third from left cookie": how many tokens stand before the thing.
std::size_t countedFirst(Tokens tokens) {
    if (tokens.size() < 4 || tokens[0].role != Role::ordinal || tokens[1].word != "from") {
        return 0;
    }
    std::size_t at = tokens[2].role == Role::determiner ? 3 : 2;
    const std::size_t first = at;
    while (at < tokens.size() && tokens[at].role == Role::position) {
        ++at;
    }
    return at > first && at < tokens.size() && isOneOf(tokens[at].role, {Role::name, Role::describes}) &&
                   !isPartWord(tokens[at].word)
               ? at
               : 0;
}

// A place that is said first: "on left man in black", "in the middle, the cup".
std::size_t placeFirst(Tokens tokens) {
    if (tokens.empty() || tokens[0].role != Role::preposition) {
        return 0;
    }
    std::size_t at = 1;
    at += at < tokens.size() && tokens[at].role == Role::determiner ? 1 : 0;
    const std::size_t first = at;
    while (at < tokens.size() && tokens[at].role == Role::position) {
        ++at;
    }
    if (at == first || at == tokens.size() || isPartWord(tokens[at].word)) {
        return 0;
    }
    at += tokens[at].role == Role::boundary ? 1 : 0;
    return at < tokens.size() &&
                   isOneOf(tokens[at].role, {Role::name, Role::describes, Role::determiner, Role::adjective})
               ? at
               : 0;
}

std::optional<Range> chunk(Tokens tokens, const English* dictionary) {
    std::size_t begin = request(tokens);
    begin += quantity(tokens.subspan(begin));
    begin += placeFirst(tokens.subspan(begin));
    begin += countedFirst(tokens.subspan(begin));
    // The rule's second half: where the root is no noun, its first child is asked ("in the middle", "wearing a hat").
    if (begin < tokens.size() && (tokens[begin].role == Role::preposition ||
                                  (tokens[begin].role == Role::gerund && takesObject(tokens[begin].word)))) {
        ++begin;
    }
    const std::size_t length = Chunker(tokens.subspan(begin), dictionary).length();
    return length > 0 ? std::optional<Range>(Range{begin, length}) : std::nullopt;
}

// "middle row": nothing but a place, whatever role its words have.
bool isRow(Tokens part) {
    return std::all_of(part.begin(), part.end(), [](const Token& token) {
        return isPartWord(token.word) || isOneOf(token.role, {Role::position, Role::determiner, Role::superlative,
                                                              Role::ordinal, Role::number, Role::preposition});
    });
}

// "left, red shirt": words of position alone are no thing where another part names one.
bool isPlaceAlone(Tokens tokens) {
    return std::all_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return isOneOf(token.role, {Role::position, Role::determiner, Role::superlative, Role::ordinal});
    });
}

std::optional<Range> read(Tokens tokens, const English* dictionary) {
    std::optional<Range> first;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        if (i < tokens.size() && tokens[i].role != Role::boundary) {
            continue;
        }
        const Tokens part = tokens.subspan(begin, i - begin);
        if (auto found = chunk(part, dictionary)) {
            found->begin += begin;
            const bool aside = isPlaceAlone(tokens.subspan(found->begin, found->length)) ||
                               (!part.empty() && part[0].role == Role::preposition) || isRow(part);
            if (!aside) {
                return found;
            }
            first = first ? first : found;
        }
        begin = i + 1;
    }
    return first;
}

bool isPunctuation(char32_t c) { return std::u32string_view(U",;:.!?()[]\"").find(c) != std::u32string_view::npos; }

// Words and single marks of punctuation; the text with white space and control characters as single spaces.
struct Cut {
    std::vector<std::string> words;
    std::vector<std::size_t> begins, ends;  // in `text`
    std::u32string text;
    bool shortened = false;
};

Cut cutUp(std::string_view expression) {
    std::u32string all = decodeUtf8(expression);
    for (char32_t& c : all) {
        c = c < 0x20 || (c >= 0x7F && c < 0xA0) ? U' ' : c == U'\u2019' ? U'\'' : c;
    }
    Cut cut;
    cut.text = collapseSpace(all);
    const auto from = cut.text.find_first_not_of(U' ');
    cut.text = from == std::u32string::npos ? std::u32string() : cut.text.substr(from);
    while (!cut.text.empty() && cut.text.back() == U' ') {
        cut.text.pop_back();
    }
    for (std::size_t i = 0; i < cut.text.size();) {
        std::size_t end = i + 1;
        if (!isPunctuation(cut.text[i])) {
            while (end < cut.text.size() && cut.text[end] != U' ' && !isPunctuation(cut.text[end])) {
                ++end;
            }
        }
        if (cut.words.size() == kMostWords) {
            cut.shortened = true;
            break;
        }
        cut.words.push_back(encodeUtf8(lowerCase(std::u32string_view(cut.text).substr(i, end - i))));
        cut.begins.push_back(i);
        cut.ends.push_back(end);
        i = end < cut.text.size() && cut.text[end] == U' ' ? end + 1 : end;
    }
    return cut;
}

bool isEnglish(const Cut& cut) {
    constexpr char32_t kLatinEnd = 0x250;
    for (const char32_t c : cut.text) {
        if (c >= kLatinEnd && characterClass(c) == CharacterClass::letter) {
            return false;
        }
    }
    // "van" is a thing, too: it takes another such word to make a text Dutch.
    const auto count = std::count_if(cut.words.begin(), cut.words.end(), isForeignGrammar);
    return count == 0 || (count == 1 && std::any_of(cut.words.begin(), cut.words.end(), isEnglishToo));
}

}  // namespace

NounPhrase nounPhrase(std::string_view expression) {
    const Cut cut = cutUp(expression);
    NounPhrase whole{encodeUtf8(cut.text), NounPhraseKind::empty, cut.shortened};
    const bool speaks = std::any_of(cut.text.begin(), cut.text.end(), [](char32_t c) {
        return characterClass(c) == CharacterClass::letter || characterClass(c) == CharacterClass::number;
    });
    if (!speaks) {
        return whole;
    }
    if (!isEnglish(cut)) {
        whole.kind = NounPhraseKind::notEnglish;
        return whole;
    }
    const English* dictionary = English::dictionary();
    const std::vector<Token> tokens = rolesOf(cut.words, dictionary);
    whole.text = encodeUtf8(lowerCase(cut.text));
    const auto found = read(tokens, dictionary);
    if (!found) {
        whole.kind = NounPhraseKind::none;
        return whole;
    }
    const std::size_t begin = cut.begins[found->begin], end = cut.ends[found->begin + found->length - 1];
    return {encodeUtf8(lowerCase(std::u32string_view(cut.text).substr(begin, end - begin))), NounPhraseKind::found,
            cut.shortened};
}

Message remark(const NounPhrase& phrase) {
    switch (phrase.kind) {
        case NounPhraseKind::none:
            return "no word of it names a thing: the whole text stands for the noun phrase";
        case NounPhraseKind::notEnglish:
            return "noun phrases are found in English alone: the whole text stands for it";
        case NounPhraseKind::empty:
            return "the expression has no words";
        case NounPhraseKind::found:
            break;
    }
    return phrase.shortened ? message("only the first %1 words of the expression were read", kMostWords) : Message();
}

}  // namespace maskwright::text
