#include "core/text/unicode.h"

#include <gtest/gtest.h>

namespace maskwright::text {
namespace {

TEST(Unicode, IllFormedBytesBecomeReplacementCharacters) {
    EXPECT_EQ(decodeUtf8("a\xff"), U"a\ufffd");
    EXPECT_EQ(decodeUtf8("\xe2\x82"), U"\ufffd");                  // a character that breaks off is one
    EXPECT_EQ(decodeUtf8("\xed\xa0\x80"), U"\ufffd\ufffd\ufffd");  // a surrogate is none at all
    EXPECT_EQ(decodeUtf8("\xc0\xaf"), U"\ufffd\ufffd");            // an overlong form
    EXPECT_EQ(decodeUtf8("\xf0\x9f\x98\x80"
                         "a"),
              U"\U0001f600a");
    EXPECT_EQ(decodeUtf8(std::string_view("\0x", 2)), std::u32string(U"\0x", 2));
    EXPECT_EQ(encodeUtf8(U"a\u00e9\u4e00\U0001f600"), "a\xc3\xa9\xe4\xb8\x80\xf0\x9f\x98\x80");
}

TEST(Unicode, ComposesAsUnicode9) {
    EXPECT_EQ(nfc(U"e\u0301"), U"\u00e9");
    EXPECT_EQ(nfc(U"\u212b"), U"\u00c5");
    EXPECT_EQ(nfc(U"\u1100\u1161\u11a8"), U"\uac01");
    EXPECT_EQ(nfc(U"q\u0308\u0323"), U"q\u0323\u0308");
    EXPECT_EQ(nfc(U"\u0958"), U"\u0915\u093c");  // excluded from composition
    EXPECT_EQ(nfc(U"a\u0315\u0300"), U"\u00e0\u0315");
    EXPECT_EQ(nfc(U"\u0301a"), U"\u0301a");
    // U+11938 and the mark U+0898 came with Unicode 13 and 14.
    EXPECT_EQ(nfc(U"\U00011935\U00011930"), U"\U00011935\U00011930");
    EXPECT_EQ(nfc(U"e\u0316\u0898"), U"e\u0316\u0898");
    EXPECT_EQ(nfc(U"\u0898\u0316"), U"\u0898\u0316");
}

TEST(Unicode, LongRowsOfMarksAreSorted) {
    std::u32string marks = U"a";
    for (int i = 0; i < 200'000; ++i) {
        marks += U"\u0308\u0323";
    }
    const std::u32string out = nfc(marks);
    // a and the first dot below are one character; the rest of them come before the first diaeresis.
    ASSERT_EQ(out.size(), 400'000u);
    EXPECT_EQ(out[0], U'\u1ea1');
    EXPECT_EQ(out[199'999], U'\u0323');
    EXPECT_EQ(out[200'000], U'\u0308');
}

TEST(Unicode, LowerCaseKnowsNoContext) {
    EXPECT_EQ(lowerCase(U"ABC\u00c9\u1e9e"), U"abc\u00e9\u00df");
    EXPECT_EQ(lowerCase(U"\u039f\u03a3"), U"\u03bf\u03c3");  // no final sigma
    EXPECT_EQ(lowerCase(U"\u0130I\u0131"), U"i\u0307i\u0131");
    EXPECT_EQ(lowerCase(U"\ua7dc\U00010d50\U00016ea0"), U"\u019b\U00010d70\U00016ebb");  // Unicode 16 and 17
}

TEST(Unicode, ClassesAndSpace) {
    EXPECT_EQ(characterClass(U'a'), CharacterClass::letter);
    EXPECT_EQ(characterClass(U'\u4e00'), CharacterClass::letter);
    EXPECT_EQ(characterClass(U'\U000105c0'), CharacterClass::letter);  // Unicode 16
    EXPECT_EQ(characterClass(U'\u00bd'), CharacterClass::number);
    EXPECT_EQ(characterClass(U'\U00010d40'), CharacterClass::number);  // Unicode 16
    EXPECT_EQ(characterClass(U'\u0301'), CharacterClass::other);
    EXPECT_EQ(characterClass(U'\u200b'), CharacterClass::other);
    EXPECT_EQ(characterClass(U'\u001c'), CharacterClass::other);
    EXPECT_EQ(characterClass(U'\u0085'), CharacterClass::space);
    EXPECT_EQ(collapseSpace(U"\u00a0 a\t\n\u3000b "), U" a b ");
    EXPECT_TRUE(isWordCharacter(U'_'));
    EXPECT_FALSE(isWordCharacter(U'-'));
}

}  // namespace
}  // namespace maskwright::text
