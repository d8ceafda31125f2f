#include "core/text/words.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "core/text/unicode.h"

namespace maskwright::text {
namespace {

Writing writingOf(char32_t c) {
    constexpr char32_t kLongVowel = 0x30fc, kHalfLongVowel = 0xff70, kRepeated = 0x3005;  // of no script of their own
    if (c == kLongVowel || c == kHalfLongVowel || c == kRepeated) {
        return Writing::ideographic;
    }
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
            return Writing::ideographic;
        case USCRIPT_HANGUL:
            return Writing::hangul;
        default:
            return Writing::spaced;
    }
}

bool isHanCharacter(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

// Marks belong to the letter before them, whatever their script.
bool isMark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

}  // namespace

std::string fold(std::string_view text) {
    static const icu::Normalizer2* const folder = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::Normalizer2::getNFKCCasefoldInstance(status);
    }();
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' '; };
    if (folder == nullptr || std::all_of(text.begin(), text.end(), isPlain)) {
        return std::string(text);
    }
    UErrorCode status = U_ZERO_ERROR;
    std::string folded;
    folder->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status)
        .toUTF8String(folded);
    return folded;
}

std::vector<Word> wordsOf(std::string_view text) {
    std::vector<Word> words;
    std::string run;
    std::optional<Writing> writing;
    const auto end = [&] {
        if (!run.empty()) {
            words.push_back({run, fold(run), *writing});
        }
        run.clear();
        writing.reset();
    };
    for (const char32_t c : decodeUtf8(text)) {
        if (!isWordCharacter(c) || c == U'_') {
            end();
            continue;
        }
        const Writing own = writing && isMark(c) ? *writing : writingOf(c);
        if (writing && own != *writing) {
            end();
        }
        writing = own;
        appendUtf8(c, run);
    }
    end();
    return words;
}

std::vector<std::string> segments(std::string_view run) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    std::vector<std::string> parts;
    if (U_FAILURE(status) != 0) {  // ICU without its data
        return {std::string(run)};
    }
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8({run.data(), static_cast<std::int32_t>(run.size())});
    breaks->setText(text);
    for (std::int32_t from = breaks->first(), to = breaks->next(); to != icu::BreakIterator::DONE;
         from = to, to = breaks->next()) {
        text.tempSubStringBetween(from, to).toUTF8String(parts.emplace_back());
    }
    return parts;
}

bool saysNothing(std::string_view folded) {
    const std::u32string characters = decodeUtf8(folded);
    const auto isDigit = [](char32_t c) { return characterClass(c) == CharacterClass::number; };
    return std::all_of(characters.begin(), characters.end(), isDigit) ||
           (characters.size() == 1 && writingOf(characters.front()) == Writing::spaced);
}

bool isHan(std::string_view folded) {
    const std::u32string characters = decodeUtf8(folded);
    return std::all_of(characters.begin(), characters.end(), isHanCharacter);
}

bool isWithoutHan(std::string_view folded) {
    const std::u32string characters = decodeUtf8(folded);
    return std::none_of(characters.begin(), characters.end(), isHanCharacter);
}

}  // namespace maskwright::text
