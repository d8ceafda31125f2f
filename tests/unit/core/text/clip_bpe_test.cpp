#include "core/text/clip_bpe.h"

#include <gtest/gtest.h>

#include "tests/support/paths.h"
#include "tests/unit/core/text/cases.h"

namespace maskwright::text {
namespace {

constexpr std::int64_t kNoLimit = 1'000'000;
const std::string kFixture = test::sourcePath("tests/reference/bpe");
const std::string kShared = test::sharedPath("reference/clip-bpe");

TEST(ClipBpe, GivesTheReferencesIds) {
    const auto tokenizer = loadClipBpe(kFixture);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
    const auto cases = readCases(kFixture + "/cases.json");
    ASSERT_GT(cases.size(), 100u);
    for (const Case& each : cases) {
        const Tokens tokens = (*tokenizer)->encode(each.text, kNoLimit);
        EXPECT_EQ(tokens.ids, each.ids) << quoted(each.text);
        EXPECT_FALSE(tokens.truncated);
    }
}

TEST(ClipBpe, GivesTheReferencesIdsWithClipsOwnVocabulary) {
    if (!std::filesystem::exists(kShared)) {
        GTEST_SKIP() << "no " << kShared;
    }
    const auto tokenizer = loadClipBpe(kShared);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
    EXPECT_EQ((*tokenizer)->vocabularySize(), 49408);
    const auto cases = readCases(kShared + "/cases.json");
    ASSERT_EQ(cases.size(), 323u);
    for (const Case& each : cases) {
        EXPECT_EQ((*tokenizer)->encode(each.text, kNoLimit).ids, each.ids) << quoted(each.text);
    }
}

TEST(ClipBpe, ATextOverTheLimitIsCutBeforeItsEnd) {
    const auto tokenizer = loadClipBpe(kFixture);
    ASSERT_TRUE(tokenizer.ok());
    const auto full = (*tokenizer)->encode("a photo of a black cat", kNoLimit).ids;
    const auto size = static_cast<std::int64_t>(full.size());
    ASSERT_GT(size, 5);
    EXPECT_FALSE((*tokenizer)->encode("a photo of a black cat", size).truncated);
    for (std::int64_t limit = 2; limit < size; ++limit) {
        const Tokens cut = (*tokenizer)->encode("a photo of a black cat", limit);
        EXPECT_TRUE(cut.truncated);
        auto expected = full;
        expected.resize(static_cast<std::size_t>(limit - 1));
        expected.push_back(full.back());
        EXPECT_EQ(cut.ids, expected);
    }
    EXPECT_EQ((*tokenizer)->encode("a cat", -3).ids.size(), 2u);
}

TEST(ClipBpe, IllFormedTextIsReplaced) {
    const auto tokenizer = loadClipBpe(kFixture);
    ASSERT_TRUE(tokenizer.ok());
    EXPECT_EQ((*tokenizer)->encode("cat\xff", 77).ids, (*tokenizer)->encode("cat\ufffd", 77).ids);
    EXPECT_EQ((*tokenizer)->encode(std::string_view("a\0b", 3), 77).ids.size(), 5u);
}

TEST(ClipBpe, LongTextsComeThrough) {
    const auto tokenizer = loadClipBpe(kFixture);
    ASSERT_TRUE(tokenizer.ok());
    for (const char* part : {"cat", "!", "e\u0301\u0316", "<|", " "}) {
        std::string text;
        while (text.size() < 300'000) {
            text += part;
        }
        const Tokens tokens = (*tokenizer)->encode(text, 77);
        EXPECT_EQ(tokens.truncated, *part != ' ') << part;
        EXPECT_EQ(tokens.ids.size(), *part == ' ' ? 2u : 77u) << part;
    }
}

// A vocabulary of "a", "b" and their word ends; all other bytes are unknown.
ClipBpe smallBpe(std::vector<AddedToken> added) {
    std::array<std::int32_t, 256> inner{}, last{};
    inner.fill(9);
    last.fill(9);
    inner['a'] = 0;
    inner['b'] = 1;
    last['a'] = 2;
    last['b'] = 3;
    return {Bpe(inner, last, {}), std::move(added), 8, 9, 10};
}

using Ids = std::vector<std::int64_t>;

TEST(ClipBpe, UnknownBytesAreOneTokenEach) {
    EXPECT_EQ(smallBpe({}).encode("axb\u00e9", 77).ids, (Ids{8, 0, 9, 1, 9, 9, 9}));
}

TEST(ClipBpe, AddedTokensAreNotSplit) {
    const ClipBpe raw = smallBpe({{U"AB", 5, false, false}, {U"ABA", 6, false, false}});
    EXPECT_EQ(raw.encode("aABb", 77).ids, (Ids{8, 2, 5, 3, 9}));
    EXPECT_EQ(raw.encode("aABAb", 77).ids, (Ids{8, 2, 6, 3, 9}));  // the longest
    EXPECT_EQ(raw.encode("aab", 77).ids, (Ids{8, 0, 0, 3, 9}));    // as it came, not lower-cased
    const ClipBpe normalized = smallBpe({{U"AB", 5, true, false}});
    EXPECT_EQ(normalized.encode("aABb aB", 77).ids,
              (Ids{8, 2, 5, 3, 5, 9}));  // matched after lower-casing, from the left
    EXPECT_EQ(normalized.encode("b AB b", 77).ids, (Ids{8, 3, 5, 3, 9}));
    const ClipBpe alone = smallBpe({{U"ab", 5, false, true}});
    EXPECT_EQ(alone.encode("ab aab ab", 77).ids, (Ids{8, 5, 0, 0, 3, 5, 9}));
    EXPECT_EQ(alone.encode("ab ab ab ab", 4).ids, (Ids{8, 5, 5, 9}));
    EXPECT_TRUE(alone.encode("ab ab ab ab", 4).truncated);
}

}  // namespace
}  // namespace maskwright::text
