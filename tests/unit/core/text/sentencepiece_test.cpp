#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <thread>

#include "core/base/file.h"
#include "core/text/sentencepiece_check.h"
#include "core/text/tokenizer.h"
#include "tests/support/paths.h"
#include "tests/unit/core/text/cases.h"

namespace maskwright::text {
namespace {

const std::string kFixture = test::sourcePath("tests/reference/sentencepiece/");
constexpr std::int64_t kBegin = 1000, kEnd = 1001, kNoLimit = 1'000'000;

class SentencePieceTest : public FolderTest, public testing::WithParamInterface<const char*> {
  protected:
    static std::string model() { return kFixture + GetParam() + ".model"; }
};
INSTANTIATE_TEST_SUITE_P(Kinds, SentencePieceTest, testing::Values("unigram", "bpe"));

TEST_P(SentencePieceTest, GivesTheReferencesIds) {
    const auto tokenizer = loadSentencePiece(model(), kBegin, kEnd);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
    EXPECT_EQ((*tokenizer)->vocabularySize(), kEnd + 1);
    const auto cases = readCases(kFixture + GetParam() + "_cases.json");
    ASSERT_GT(cases.size(), 50u);
    for (const Case& each : cases) {
        auto expected = each.ids;
        expected.insert(expected.begin(), kBegin);
        expected.push_back(kEnd);
        EXPECT_EQ((*tokenizer)->encode(each.text, kNoLimit).ids, expected) << quoted(each.text);
    }
}

TEST_P(SentencePieceTest, ATextOverTheLimitIsCutBeforeItsEnd) {
    const auto tokenizer = loadSentencePiece(model(), kBegin, kEnd);
    ASSERT_TRUE(tokenizer.ok());
    const auto full = (*tokenizer)->encode("a photo of a dog", kNoLimit).ids;
    const auto size = static_cast<std::int64_t>(full.size());
    EXPECT_FALSE((*tokenizer)->encode("a photo of a dog", size).truncated);
    for (std::int64_t limit = 0; limit < size; ++limit) {
        const Tokens cut = (*tokenizer)->encode("a photo of a dog", limit);
        auto expected = full;
        expected.resize(static_cast<std::size_t>(std::max<std::int64_t>(limit, 2) - 1));
        expected.push_back(kEnd);
        EXPECT_EQ(cut.ids, expected);
        EXPECT_TRUE(cut.truncated);
    }
    EXPECT_EQ((*tokenizer)->encode(std::string(300'000, 'a'), 77).ids.size(), 77u);
    EXPECT_EQ((*tokenizer)->encode("cat\xff", 77).ids, (*tokenizer)->encode("cat\ufffd", 77).ids);
}

TEST_P(SentencePieceTest, DamagedModelsAreRefusedOrHarmless) {
    const auto whole = readFile(model(), 1 << 20);
    ASSERT_TRUE(whole.ok());
    const std::string text = "A photo of \uff21\ufdfa\u3000cat \u2603 x";
    int refused = 0;
    const auto attempt = [&](const std::string& bytes) {
        write("damaged.model", bytes);
        const auto tokenizer = loadSentencePiece((folder_ / "damaged.model").string(), 1, 2);
        if (!tokenizer) {
            ++refused;
            EXPECT_EQ(tokenizer.error().kind, ErrorKind::weights);
            EXPECT_EQ(tokenizer.error().line().find('\n'), std::string::npos);
            return;
        }
        for (const std::int64_t id : (*tokenizer)->encode(text, 100).ids) {
            EXPECT_GE(id, 0);
            EXPECT_LT(id, (*tokenizer)->vocabularySize());
        }
    };
    for (std::size_t length = 0; length < whole->size(); length += 41) {
        attempt(whole->substr(0, length));
    }
    EXPECT_GT(refused, 50);
    std::mt19937 random(11);
    for (int i = 0; i < 600; ++i) {
        std::string bytes = *whole;
        for (unsigned changes = random() % 4 + 1; changes > 0; --changes) {
            // Half of the changes fall among the settings and the character map, which come after the pieces.
            const std::size_t from = random() % 2 == 0 ? bytes.size() / 2 : 0;
            bytes[from + random() % (bytes.size() - from)] = static_cast<char>(random());
        }
        attempt(bytes);
    }
}

std::string varint(std::size_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7) {
        out += static_cast<char>(value | 0x80);
    }
    return out + static_cast<char>(value);
}
std::string field(int number, const std::string& bytes) {
    std::string out(1, static_cast<char>(number << 3 | 2));
    return out.append(varint(bytes.size())).append(bytes);
}
std::string piece(const std::string& text, float score, int type) {
    std::string out = field(1, text) + "\x15";
    out.append(reinterpret_cast<const char*>(&score), 4);
    return field(1, out + "\x18" + static_cast<char>(type));
}
std::string little(std::uint32_t value) { return {reinterpret_cast<const char*>(&value), 4}; }
const std::string kUnknown = piece("<unk>", 0, 2);
const std::string kIdentity = field(3, std::string("\x18\0", 2));  // no dummy prefix
const std::string kBpe = field(2, "\x18\x02");

void expectProblem(const std::string& bytes, const std::string& part) {
    const std::string problem = sentencePieceProblem(bytes).text();
    EXPECT_NE(problem.find(part), std::string::npos) << problem;
}

TEST(SentencePieceCheck, EachWayOfBeingWrongHasItsLine) {
    EXPECT_EQ(sentencePieceProblem(kUnknown + piece("a", -1, 1) + kIdentity).text(), "");
    const auto expect = expectProblem;
    expect(kUnknown + piece("", 0, 1), "is empty");
    expect(kUnknown + piece(std::string(513, 'a'), 0, 1), "longer than 512 bytes");
    expect(kUnknown + piece("a", std::numeric_limits<float>::quiet_NaN(), 1), "no finite score");
    expect(kUnknown + piece("a", 0, 7), "cannot be read");
    expect(kUnknown + piece(std::string("a\0b", 3), 0, 1), "piece 1, \"a\\x00b\", is no text");
    expect(kUnknown + piece("\xe2\x96", 0, 4), "is no text");
    expect(kUnknown + field(2, "\x18\x03"), "of a kind other");
    expect(kUnknown + piece("a", 0, 1) + piece("a", 0, 3) + kBpe, "its control piece \"a\" can stand in a text");
    expect(kUnknown + piece("\u2603", 0, 3) + kBpe, "can stand in a text");
    expect(kUnknown + field(4, std::string(70'000, 'a')), "to test itself with");
    expect(kUnknown + field(3, field(2, "abc")), "normaliser");
    expect(kUnknown + field(3, field(2, std::string("\x04\0\0\0\0\0\0\0abc", 11))), "normaliser");
    expect(kUnknown + field(5, field(2, "abc")), "normaliser");
    expect(kUnknown + "\x0a\x7f", "break off");
    expect("\x89PNG\r\n", "break off");
    std::string nested = kUnknown;
    for (std::size_t length = 1; length <= 64; ++length) {
        nested += piece(std::string(length, 'a'), 0, 4) + piece(std::string("b").append(length, 'a'), 0, 4);
    }
    EXPECT_EQ(sentencePieceProblem(nested).text(), "");
    expect(nested + piece(std::string(65, 'a'), 0, 4), "more than 64 of its user-defined pieces");
}

// The units of a double array of one block in which `links` entries lie on one walk: a, aa, aaa and so on.
std::vector<std::uint32_t> chain(std::uint32_t links) {
    std::vector<std::uint32_t> units(256 * (links + 2), 0x80000000);  // values of 0: no children
    units[0] = 256 << 10;                                             // the root's children are in the second block
    for (std::uint32_t i = 0; i < links; ++i) {
        const std::uint32_t node = 256 * (i + 1), child = node ^ 'a', next = node + 256;
        units[child] = (child ^ next) << 10 | 0x100 | 'a';
    }
    return units;
}
std::string withMap(const std::vector<std::uint32_t>& units, const std::string& replacements) {
    std::string map = little(static_cast<std::uint32_t>(4 * units.size()));
    for (const std::uint32_t unit : units) {
        map += little(unit);
    }
    return kUnknown + field(3, field(2, map + replacements));
}

TEST(SentencePieceCheck, CharacterMapsStayWithinTheirArrays) {
    const std::string good("x\0", 2);
    EXPECT_EQ(sentencePieceProblem(withMap(chain(32), good)).text(), "");
    const auto expectBad = [](const std::string& bytes) { expectProblem(bytes, "its normaliser cannot be read"); };
    expectBad(withMap(chain(33), good));
    expectBad(withMap(chain(2), std::string("x")));
    expectBad(withMap(chain(2), std::string("\xff\0", 2)));
    expectBad(withMap(chain(2), std::string(1025, 'x') + '\0'));
    auto units = chain(2);
    units.pop_back();
    expectBad(withMap(units, good));
    units = chain(2);
    units[0] = 4096 << 10;  // the root points outside
    expectBad(withMap(units, good));
    units = chain(2);
    units[512 ^ 'a'] = 4096 << 10 | 'a';  // a child points outside
    expectBad(withMap(units, good));
    units = chain(2);
    units[512] = 0x80000002;  // a value outside
    expectBad(withMap(units, good));
    units = chain(2);
    units[512 ^ 'a'] = ((512 ^ 'a') ^ 256) << 10 | 'a';  // back to where it came from
    expectBad(withMap(units, good));
}

TEST(SentencePiece, MinisIdsInSevenLanguages) {
    const std::string file = test::sourcePath("models/mini/tokenizer.model");
    const auto tokenizer = loadSentencePiece(file, 1, 2);
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
    const auto cases = readCases(kFixture + "mini_cases.json");
    ASSERT_GT(cases.size(), 450u);
    const auto check = [&] {
        for (const Case& each : cases) {
            auto expected = each.ids;
            expected.insert(expected.begin(), 1);
            expected.push_back(2);
            EXPECT_EQ((*tokenizer)->encode(each.text, kNoLimit).ids, expected) << quoted(each.text);
        }
    };
    check();
    // Threads that the module's own C library did not start.
    std::thread first(check), second(check);
    first.join();
    second.join();
}

using SentencePieceFolder = FolderTest;

TEST_F(SentencePieceFolder, UnusedPiecesAreNotGivenOut) {
    const std::string pieces =
        kUnknown + piece("a", -3, 1) + piece("b", -3, 1) + piece("ab", -1, 5) + piece("abb", -2, 1);
    for (const std::string& kind : {field(2, "\x18\x01"), field(2, "\x18\x02")}) {
        write("unused.model", pieces + kind + kIdentity);
        const auto tokenizer = loadSentencePiece((folder_ / "unused.model").string(), 8, 9);
        ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().line();
        EXPECT_EQ((*tokenizer)->encode("ab", 77).ids, (std::vector<std::int64_t>{8, 1, 2, 9}));
        EXPECT_EQ((*tokenizer)->encode("abb", 77).ids, (std::vector<std::int64_t>{8, 4, 9}));
    }
}

TEST_F(SentencePieceFolder, WhatTheLibraryRefuses) {
    const auto expect = [&](const std::string& bytes, const std::string& part) {
        write("bad.model", bytes);
        const auto tokenizer = loadSentencePiece((folder_ / "bad.model").string(), 1, 2);
        ASSERT_FALSE(tokenizer.ok()) << part;
        EXPECT_EQ(tokenizer.error().kind, ErrorKind::weights);
        EXPECT_NE(tokenizer.error().what.text().find("bad.model is no usable SentencePiece model: "),
                  std::string::npos);
        EXPECT_NE(tokenizer.error().line().find(part), std::string::npos) << tokenizer.error().line();
    };
    expect("", "no piece is the unknown one");
    expect(kUnknown, "no pieces are loaded");
    expect(piece("a", 0, 1), "no piece is the unknown one");
    expect(kUnknown + piece("<u>", 0, 2), "unk is already defined");
    expect(kUnknown + piece("a", 0, 1) + piece("a", 0, 4), "a is already defined");
    expect(kUnknown + piece("<0x41>", 0, 6), "byte_fallback");
    expect(kUnknown + piece("<0x41>", 0, 6) + field(2, "\x98\x02\x01"), "256 byte pieces");
    expect(kUnknown + piece("a", 0, 1) + kBpe + field(4, field(1, field(1, "a") + field(2, "b"))),
           "Self-test failures");
}

TEST_F(SentencePieceFolder, FilesAndMarkersAreChecked) {
    const auto missing = loadSentencePiece((folder_ / "none.model").string(), 1, 2);
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, ErrorKind::weights);
    EXPECT_FALSE(loadSentencePiece(kFixture + "bpe.model", -1, 2).ok());
    EXPECT_FALSE(loadSentencePiece(kFixture + "bpe.model", 1, std::int64_t{1} << 40).ok());
}

}  // namespace
}  // namespace maskwright::text
