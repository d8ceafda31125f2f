// The few Unicode operations of CLIP's tokenizer, with the results of the versions of Unicode that Hugging Face's
// tokenizers library carries (its three parts carry three of them), whatever the version of the ICU underneath.
#pragma once

#include <string>
#include <string_view>

namespace maskwright::text {

// Every maximal ill-formed run of bytes (Unicode 15.0, section 3.9, "U+FFFD substitution of maximal subparts") becomes
// U+FFFD.
std::u32string decodeUtf8(std::string_view text);
void appendUtf8(char32_t c, std::string& out);
std::string encodeUtf8(std::u32string_view text);

enum class CharacterClass { letter, number, space, other };
// \p{L}, \p{N}, \s and the rest, as of Unicode 16.0.
CharacterClass characterClass(char32_t c);

// Canonical composition as of Unicode 9.0: characters that came later stay as they are and block like any starter.
// O(n log n), also on long rows of combining marks.
std::u32string nfc(std::u32string_view text);

// Each character by itself (no final sigma, no language), as of Unicode 17.0; U+0130 becomes "i" and a combining dot.
std::u32string lowerCase(std::u32string_view text);

// Every run of white space becomes one space.
std::u32string collapseSpace(std::u32string_view text);

// \w of Unicode Technical Standard 18.
bool isWordCharacter(char32_t c);

}  // namespace maskwright::text
