#include "core/text/clip_bpe.h"

#include <algorithm>
#include <utility>

#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

// The longest of `tokens` that stands at `position`. `tokens` are longest first.
const AddedToken* tokenAt(std::u32string_view text, std::size_t position, const std::vector<AddedToken>& tokens) {
    for (const AddedToken& token : tokens) {
        if (text[position] == token.content.front() && text.substr(position).starts_with(token.content)) {
            return &token;
        }
    }
    return nullptr;
}

bool standsAlone(std::u32string_view text, std::size_t begin, std::size_t end) {
    return (begin == 0 || !isWordCharacter(text[begin - 1])) && (end == text.size() || !isWordCharacter(text[end]));
}

// How much of `text`, at a place where a word begins, is a contraction's end or a marker's literal text.
std::size_t fixedWord(std::u32string_view text, std::u32string_view& marker) {
    for (const std::u32string_view literal : {U"<|startoftext|>", U"<|endoftext|>"}) {
        if (text.starts_with(literal)) {
            marker = literal;
            return literal.size();
        }
    }
    for (const std::u32string_view ending : {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"}) {
        if (text.starts_with(ending)) {
            return ending.size();
        }
    }
    return 0;
}

// Calls `word` with the words of normalised text, in order, until it returns false. The pattern is CLIP's: a marker, a
// contraction's end, a run of letters, one number, a run of anything else that is not space. GPT-2's pattern, which the
// library applies to each word again, changes the markers alone: "<|", the name, "|>".
template <class Word>
void forEachWord(std::u32string_view text, const Word& word) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::u32string_view marker;
        if (const std::size_t fixed = fixedWord(text.substr(begin), marker); fixed > 0) {
            if (marker.empty() ? !word(text.substr(begin, fixed))
                               : !(word(marker.substr(0, 2)) && word(marker.substr(2, marker.size() - 4)) &&
                                   word(marker.substr(marker.size() - 2)))) {
                return;
            }
            begin += fixed;
            continue;
        }
        const CharacterClass kind = characterClass(text[begin]);
        std::size_t end = begin + 1;
        if (kind == CharacterClass::letter || kind == CharacterClass::other) {
            while (end < text.size() && characterClass(text[end]) == kind) {
                ++end;
            }
        }
        if (kind != CharacterClass::space && !word(text.substr(begin, end - begin))) {
            return;
        }
        begin = end;
    }
}

}  // namespace

// The ids so far, one more at the most than there is room for.
struct ClipBpe::Output {
    std::vector<std::int64_t> ids;
    std::size_t room;
    [[nodiscard]] bool full() const { return ids.size() > room; }
};

std::u32string normalizeForClip(std::u32string_view text) { return lowerCase(collapseSpace(nfc(text))); }

ClipBpe::ClipBpe(Bpe bpe, std::vector<AddedToken> added, std::int64_t begin, std::int64_t end,
                 std::int64_t vocabularySize)
    : bpe_(std::move(bpe)), begin_(begin), end_(end), size_(vocabularySize) {
    for (AddedToken& token : added) {
        if (token.normalized) {
            token.content = normalizeForClip(token.content);
        }
        if (!token.content.empty()) {
            (token.normalized ? normalized_ : raw_).push_back(std::move(token));
        }
    }
    for (auto* tokens : {&raw_, &normalized_}) {
        std::stable_sort(tokens->begin(), tokens->end(),
                         [](const AddedToken& a, const AddedToken& b) { return a.content.size() > b.content.size(); });
    }
}

Tokens ClipBpe::encode(std::string_view text, std::int64_t limit) const {
    constexpr std::int64_t kMarkers = 2;
    const std::u32string decoded = decodeUtf8(text);
    Output out{{begin_}, static_cast<std::size_t>(std::max(limit, kMarkers) - 1)};
    encodeRaw(decoded, out);
    Tokens tokens{std::move(out.ids), false};
    if (tokens.ids.size() > out.room) {
        tokens.ids.resize(out.room);
        tokens.truncated = true;
    }
    tokens.ids.push_back(end_);
    return tokens;
}

namespace {

// Splits `text` at the `tokens` it contains: `between` gets each stretch of text, `found` each token. Stops when
// `full`.
template <class Between, class Found, class Full>
void splitAtTokens(std::u32string_view text, const std::vector<AddedToken>& tokens, const Between& between,
                   const Found& found, const Full& full) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size() && !tokens.empty();) {
        const AddedToken* token = tokenAt(text, i, tokens);
        if (token == nullptr) {
            ++i;
            continue;
        }
        const std::size_t end = i + token->content.size();
        if (!token->singleWord || standsAlone(text, i, end)) {
            between(text.substr(start, i - start));
            if (full()) {
                return;
            }
            found(token->id);
            start = end;
        }
        i = end;
    }
    between(text.substr(start));
}

}  // namespace

void ClipBpe::encodeRaw(std::u32string_view text, Output& out) const {
    splitAtTokens(
        text, raw_,
        [&](std::u32string_view part) {
            if (!out.full()) {
                encodeNormalized(normalizeForClip(part), out);
            }
        },
        [&](std::int64_t id) { out.ids.push_back(id); }, [&] { return out.full(); });
}

void ClipBpe::encodeNormalized(std::u32string_view text, Output& out) const {
    splitAtTokens(
        text, normalized_, [&](std::u32string_view part) { encodeWords(part, out); },
        [&](std::int64_t id) { out.ids.push_back(id); }, [&] { return out.full(); });
}

void ClipBpe::encodeWords(std::u32string_view text, Output& out) const {
    if (out.full()) {
        return;
    }
    forEachWord(text, [&](std::u32string_view word) {
        bpe_.encodeWord(encodeUtf8(word), out.ids);
        return !out.full();
    });
}

}  // namespace maskwright::text
