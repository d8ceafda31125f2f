#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "core/base/file.h"
#include "core/text/sentencepiece_model.h"
#include "core/text/tokenizer.h"
#include "tests/unit/core/text/cases.h"

namespace maskwright::text {
namespace {

const std::string kFixture = std::string(MASKWRIGHT_SOURCE_DIR) + "/tests/reference/sentencepiece/";
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

std::string field(int number, const std::string& bytes) {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}
std::string piece(const std::string& text, float score, int type) {
    std::string out = field(1, text) + "\x15";
    out.append(reinterpret_cast<const char*>(&score), 4);
    return field(1, out + "\x18" + static_cast<char>(type));
}
const std::string kUnknown = piece("<unk>", 0, 2);
const std::string kIdentity = field(3, std::string("\x18\0", 2));  // no dummy prefix

std::string problemOf(const std::string& bytes) {
    const auto model = parseSentencePieceModel(bytes, "x.model");
    return model ? "none" : model.error().line();
}

TEST(SentencePieceModel, EachWayOfBeingWrongHasItsLine) {
    EXPECT_EQ(problemOf(kUnknown + piece("a", -1, 1) + kIdentity), "none");
    const auto expect = [](const std::string& bytes, const std::string& part) {
        EXPECT_NE(problemOf(bytes).find(part), std::string::npos) << problemOf(bytes);
    };
    expect("", "no piece is the unknown one");
    expect(piece("a", 0, 1), "no piece is the unknown one");
    expect(kUnknown + piece("<u>", 0, 2), "second unknown");
    expect(kUnknown + piece("a", 0, 1) + piece("a", 0, 4), "there twice");
    expect(kUnknown + piece("", 0, 1), "is empty");
    expect(kUnknown + piece("a", std::numeric_limits<float>::quiet_NaN(), 1), "no finite score");
    expect(kUnknown + piece("a", 0, 7), "cannot be read");
    expect(kUnknown + piece("<0x41>", 0, 6), "no byte fallback");
    expect(kUnknown + piece("<0x41>", 0, 6) + field(2, "\x98\x02\x01"), "not all there");
    expect(kUnknown + field(2, "\x18\x03"), "of a kind other");
    expect(kUnknown + field(3, field(2, "abc")), "normaliser");
    expect(kUnknown + field(3, field(2, std::string("\x04\0\0\0\0\0\0\0abc", 11))), "normaliser");
    expect(kUnknown + "\x0a\x7f", "break off");
    expect("\x89PNG\r\n", "break off");
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

TEST_F(SentencePieceFolder, FilesAndMarkersAreChecked) {
    const auto missing = loadSentencePiece((folder_ / "none.model").string(), 1, 2);
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, ErrorKind::weights);
    EXPECT_FALSE(loadSentencePiece(kFixture + "bpe.model", -1, 2).ok());
    EXPECT_FALSE(loadSentencePiece(kFixture + "bpe.model", 1, std::int64_t{1} << 40).ok());
}

}  // namespace
}  // namespace maskwright::text
