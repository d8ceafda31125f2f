// Words of seven languages that say nothing of what a thing is. Private to core/text and those who make lists of words.
#pragma once

#include <string_view>

namespace maskwright::text {

// Articles, prepositions, pronouns, numerals, particles and the like; folded.
bool isGrammar(std::string_view folded);

// The same in a text whose joiner this is ("and": English), where another language's grammar may be a thing ("hat").
bool isGrammarBeside(std::string_view folded, std::string_view joiner);
// "with", "auf": the words after it say where a thing is, or with what. Folded.
bool saysWhere(std::string_view folded);
// Of a name whether it describes, where another follows it: "white", "plastic", "baby". English; folded.
bool alsoDescribes(std::string_view folded);

// "my", "your": whose a thing is, in English. Folded.
bool isPossessive(std::string_view folded);

// "and" and the like. Folded.
bool isJoiner(std::string_view folded);
// Of a Korean word with "and" written on to it ("고양이와") what is before that; else empty. Folded.
std::string_view beforeJoiner(std::string_view folded);

// Words for the picture itself: "a photo of a dog" is about a dog. Folded.
bool isPictureWord(std::string_view folded);

// The endings that Korean writes on to a noun, longest first.
inline constexpr std::string_view kKoreanParticles[] = {
    "에서는", "으로는", "에게는", "이라는", "처럼", "에서", "에게", "한테", "으로", "까지", "부터", "들이",
    "들을",   "들은",   "들의",   "이랑",   "이나", "보다", "마다", "밖에", "을",   "를",   "이",   "가",
    "은",     "는",     "의",     "에",     "와",   "과",   "도",   "만",   "로",   "들",   "랑",   "나"};

}  // namespace maskwright::text
