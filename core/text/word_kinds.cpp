#include "core/text/word_kinds.h"

#include <algorithm>

#include "core/text/grammar.h"
#include "core/text/inflections.h"
#include "core/text/unicode.h"
#include "core/text/words.h"

namespace maskwright::text {
namespace {

constexpr std::size_t kShortestPart = 4;   // letters of each half of a compound: three fit too much gibberish
constexpr std::size_t kLongestWord = 48;   // letters; longer ones are no compounds
constexpr std::size_t kMostSegments = 12;  // that are looked up as one word
constexpr int kParticles = 3;              // that a Korean word may have one upon the other
constexpr std::size_t kKanaWord = 3;       // kana that make a word by themselves

std::size_t lengthOf(std::string_view folded) { return decodeUtf8(folded).size(); }

// Of English words for what has no picture: "friendship", "brotherhood".
bool isSuffix(std::string_view part) { return part == "ship" || part == "hood"; }

// The byte where the character after the one at `at` begins.
std::size_t after(std::string_view text, std::size_t at) {
    do {
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    return at;
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

// ICU's dictionary cuts sense into words and nonsense into crumbs of one or two characters. Short names among those are
// chance: one Han beside a stray one or, in Chinese, beside any unknown word that no "的" follows; two kana beside
// kana.
void dropChance(std::vector<RunPart>& parts) {
    const auto isUnknown = [](const RunPart& part) { return part.kind == WordKind::unknown && !part.grammar; };
    const auto isKana = [](const RunPart& part) { return !part.grammar && isWithoutHan(part.text); };
    const bool chinese = std::all_of(parts.begin(), parts.end(), [](const RunPart& part) { return isHan(part.text); });
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
    for (RunPart& part : parts) {
        const std::size_t length = lengthOf(part.text);
        const bool chance = isKana(part) ? length == 1 || (length < kKanaWord && kana) : length == 1 && han;
        if (chance && !part.grammar) {
            part.kind = WordKind::unknown;
        }
    }
}

}  // namespace

WordKind WordKinds::inflected(std::string_view folded) const {
    if (const WordKind kind = list_.kindOf(folded); kind != WordKind::unknown) {
        return kind;
    }
    for (const std::string& form : baseForms(folded)) {
        // What only looks like an inflected adjective ("Frieden", "hunger") is no more than part of a phrase.
        if (const WordKind kind = list_.kindOf(form); kind != WordKind::unknown) {
            return kind == WordKind::name ? kind : WordKind::noPicture;
        }
    }
    return WordKind::unknown;
}

// "Kaffeetasse", "treehouse": by its last part.
WordKind WordKinds::compound(std::string_view folded) const {
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

WordKind WordKinds::ofSpaced(std::string_view folded) const {
    const WordKind kind = inflected(folded);
    return kind != WordKind::unknown ? kind : compound(folded);
}

WordKind WordKinds::withoutParticle(std::string_view folded, int particles) const {
    if (const WordKind kind = list_.kindOf(folded); kind != WordKind::unknown) {
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

WordKind WordKinds::ofHangul(std::string_view folded) const {
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
            kind != WordKind::unknown && list_.kindOf(first) != WordKind::unknown) {
            return kind;
        }
    }
    return WordKind::unknown;
}

// One of ICU's; where the list lacks it, its end that the list has: Chinese and Japanese compounds end with their head.
// Of kana three, as shorter ends are chance.
WordKind WordKinds::ofSegment(std::string_view segment) const {
    for (std::size_t at = 0; at < segment.size(); at = after(segment, at)) {
        const std::string_view end = segment.substr(at);
        if (at > 0 && !isHan(end) && lengthOf(end) < kKanaWord) {
            break;
        }
        if (const WordKind kind = list_.kindOf(end); kind != WordKind::unknown) {
            return kind;
        }
    }
    return WordKind::unknown;
}

std::vector<RunPart> WordKinds::partsOf(std::string_view run) const {
    std::vector<std::size_t> bounds = {0};
    for (const std::string& segment : segments(run)) {
        bounds.push_back(bounds.back() + segment.size());
    }
    std::vector<RunPart> parts;
    for (std::size_t i = 0; i + 1 < bounds.size();) {
        std::size_t end = std::min(bounds.size() - 1, i + kMostSegments);
        WordKind kind = WordKind::unknown;
        bool grammar = false;
        for (; end > i; --end) {
            const std::string_view text = run.substr(bounds[i], bounds[end] - bounds[i]);
            grammar = isAllGrammar(text);
            kind = list_.kindOf(text);
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

}  // namespace maskwright::text
