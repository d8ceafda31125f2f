#include "core/text/bpe.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace maskwright::text {
namespace {

// Bytes are their own ids inside a word, 256 more at its end.
Bpe bpeOf(std::vector<Bpe::Merge> merges) {
    std::array<std::int32_t, 256> inner{}, last{};
    std::iota(inner.begin(), inner.end(), 0);
    std::iota(last.begin(), last.end(), 256);
    return {inner, last, std::move(merges)};
}

std::vector<std::int64_t> encode(const Bpe& bpe, std::string_view word) {
    std::vector<std::int64_t> ids;
    bpe.encodeWord(word, ids);
    return ids;
}

using Ids = std::vector<std::int64_t>;

TEST(Bpe, ByteSymbolsAreGpt2s) {
    EXPECT_EQ(byteSymbol('!'), "!");
    EXPECT_EQ(byteSymbol('~'), "~");
    EXPECT_EQ(byteSymbol(' '), "\u0120");
    EXPECT_EQ(byteSymbol(0), "\u0100");
    EXPECT_EQ(byteSymbol(0x7f), "\u0121");
    EXPECT_EQ(byteSymbol(0xad), "\u0143");
    EXPECT_EQ(byteSymbol(0xff), "\u00ff");
}

TEST(Bpe, TheLastByteEndsTheWord) {
    const Bpe bpe = bpeOf({});
    EXPECT_EQ(encode(bpe, "ab"), (Ids{'a', 256 + 'b'}));
    EXPECT_EQ(encode(bpe, ""), Ids{});
}

TEST(Bpe, LowestRankFirstThenLeftmost) {
    const Bpe bpe = bpeOf({{'b', 'c', 1000, 0}, {'a', 'b', 1001, 1}, {1001, 'a', 1002, 2}});
    EXPECT_EQ(encode(bpe, "abcx"), (Ids{'a', 1000, 256 + 'x'}));
    EXPECT_EQ(encode(bpe, "abax"), (Ids{1002, 256 + 'x'}));
    EXPECT_EQ(encode(bpe, "ababx"), (Ids{1001, 1001, 256 + 'x'}));  // both pairs go before what they make
    const Bpe same = bpeOf({{'a', 'a', 1000, 0}});
    EXPECT_EQ(encode(same, "aaab"), (Ids{1000, 'a', 256 + 'b'}));
}

TEST(Bpe, OfTwoMergesOfOnePairTheLaterCounts) {
    const Bpe bpe = bpeOf({{'a', 'b', 1000, 0}, {'b', 'c', 1001, 1}, {'a', 'b', 1000, 2}});
    EXPECT_EQ(encode(bpe, "abcx"), (Ids{'a', 1001, 256 + 'x'}));
}

TEST(Bpe, LongWordsMergeToTheEnd) {
    std::vector<Bpe::Merge> merges;
    for (std::int32_t i = 0; i < 10; ++i) {
        merges.push_back({i == 0 ? 'a' : 999 + i, i == 0 ? 'a' : 999 + i, 1000 + i, i});
    }
    const auto ids = encode(bpeOf(merges), std::string(1 << 20, 'a'));
    // All but the last byte, which is an id of its own: 1023 full blocks of 1024 and one of 512 + ... + 1.
    EXPECT_EQ(ids.size(), 1023u + 10u + 1u);
    EXPECT_EQ(ids.front(), 1009);
    EXPECT_EQ(ids.back(), 256 + 'a');
}

}  // namespace
}  // namespace maskwright::text
