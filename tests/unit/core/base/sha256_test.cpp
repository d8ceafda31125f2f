#include "core/base/sha256.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace maskwright {
namespace {

std::string sum(std::string_view text) {
    Sha256 sha;
    sha.update(std::as_bytes(std::span(text)));
    return sha.finish();
}

// FIPS 180-4's examples (NIST's "SHA256.pdf" and the empty message).
TEST(Sha256, KnownMessages) {
    EXPECT_EQ(sum(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sum("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sum("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sum(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameSum) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += static_cast<char>(i * 7);
    }
    for (std::size_t length = 50; length < 140; ++length) {
        const auto whole = std::as_bytes(std::span(text)).first(length);
        for (const std::size_t piece : {1u, 5u, 63u, 64u, 65u}) {
            Sha256 sha;
            for (std::size_t at = 0; at < length; at += piece) {
                sha.update(whole.subspan(at, std::min(piece, length - at)));
            }
            EXPECT_EQ(sha.finish(), sum(std::string_view(text).substr(0, length))) << length << " by " << piece;
        }
    }
}

TEST(Sha256, OfAFile) {
    std::string pattern = (std::filesystem::temp_directory_path() / "maskwright-sha-XXXXXX").string();
    const int descriptor = ::mkstemp(pattern.data());
    ASSERT_GE(descriptor, 0);
    ::close(descriptor);
    std::ofstream(pattern, std::ios::binary) << std::string(1'000'000, 'a') << std::string(1'500'000, 'a');
    const auto result = sha256File(pattern);
    std::filesystem::remove(pattern);
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, sum(std::string(2'500'000, 'a')));
    EXPECT_FALSE(sha256File(pattern));
}

}  // namespace
}  // namespace maskwright
