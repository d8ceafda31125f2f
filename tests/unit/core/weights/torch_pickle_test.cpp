#include "core/weights/torch_pickle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include "tests/support/paths.h"
#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

using testing::HasSubstr;

const std::string kFixtures = test::sourcePath("tests/reference/pickle/");

std::string bytesOf(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

class TorchFileReads : public testing::TestWithParam<const char*> {};

TEST_P(TorchFileReads, EveryTensorBitForBit) {
    const auto expected = SafetensorsFile::open(kFixtures + "expected.safetensors");
    ASSERT_TRUE(expected) << expected.error().line();
    const auto file = TorchFile::open(kFixtures + GetParam());
    ASSERT_TRUE(file) << file.error().line();
    ASSERT_EQ(file->tensors().size(), expected->tensors().size());
    for (const auto& [name, info] : expected->tensors()) {
        SCOPED_TRACE(name);
        const auto& found = file->tensors().at(name);
        EXPECT_EQ(found.dtype, info.dtype);
        EXPECT_EQ(found.shape, info.shape);
        std::vector<std::byte> want(info.end - info.begin);
        ASSERT_TRUE(expected->read(info, want));
        const auto got = file->read(name);
        ASSERT_TRUE(got) << got.error().line();
        EXPECT_EQ(*got, want);
    }
    EXPECT_FALSE(file->read("no such tensor"));
}

INSTANTIATE_TEST_SUITE_P(Forms, TorchFileReads,
                         testing::Values("good-zip.pth", "good-legacy.pth", "good-protocol4.pth",
                                         "good-legacy-protocol4.pth", "good-nested.pth"));

TEST(TorchFile, ReadsAModulesStateDict) {
    const auto file = TorchFile::open(kFixtures + "good-module.pth");
    ASSERT_TRUE(file) << file.error().line();
    const auto bytes = file->read("linear.weight");
    ASSERT_TRUE(bytes);
    std::vector<float> values(6);
    ASSERT_EQ(bytes->size(), values.size() * sizeof(float));
    std::memcpy(values.data(), bytes->data(), bytes->size());
    EXPECT_EQ(values, (std::vector<float>{0, 1, 2, 3, 4, 5}));
}

struct BadFixture {
    const char* file;
    const char* message;
};
class TorchFileRefuses : public testing::TestWithParam<BadFixture> {};

TEST_P(TorchFileRefuses, WithAReason) {
    const std::string path = kFixtures + GetParam().file;
    const auto file = TorchFile::open(path);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().kind, ErrorKind::weights);
    EXPECT_EQ(file.error().what.text().find(path + ": "), 0u);
    EXPECT_THAT(file.error().what.text(), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Fixtures, TorchFileRefuses,
    testing::Values(BadFixture{"bad-system-zip.pth", "it asks for \"posix.system\", which is no plain tensor"},
                    BadFixture{"bad-system-legacy.pth", "it asks for \"posix.system\", which is no plain tensor"},
                    BadFixture{"bad-module.pth", "it asks for \"__main__.Module\""},
                    BadFixture{"bad-value.pth", "its entry \"b\" is not a tensor"},
                    BadFixture{"bad-tensor.pth", "it holds no dictionary of tensors"},
                    BadFixture{"bad-expanded.pth", "a tensor [1000] past the end of its storage of 1 elements"},
                    BadFixture{"bad-key.pth", "a key of its dictionary is not a text"},
                    BadFixture{"bad-script.pth", "it is a TorchScript program"},
                    BadFixture{"expected.safetensors", "not a file that torch.save wrote"}));

TEST(TorchFile, RefusesWhatIsNoTorchFile) {
    const Scratch scratch;
    EXPECT_FALSE(TorchFile::open(scratch.put("empty", "")));
    EXPECT_FALSE(TorchFile::open(scratch.put("short", "PK")));
    EXPECT_THAT(TorchFile::open(scratch.put("zip", "PK\3\4")).error().what.text(), HasSubstr("it is cut off"));
    // A pickle of 1, as pickle.dumps writes it.
    EXPECT_THAT(TorchFile::open(scratch.put("pickle", "\x80\x02K\x01.")).error().what.text(),
                HasSubstr("a pickle, but not a file that torch.save wrote"));
    EXPECT_FALSE(TorchFile::open("/"));
    EXPECT_EQ(TorchFile::open(scratch.path("missing")).error().kind, ErrorKind::weights);
}

// Damage of every kind in every place: an error or a file, never a crash. What it finds depends on the sanitizers.
class TorchFileDamage : public testing::TestWithParam<const char*> {};

void openAndReadAll(const std::string& path) {
    const auto file = TorchFile::open(path);
    if (!file) {
        EXPECT_EQ(file.error().kind, ErrorKind::weights) << file.error().line();
        return;
    }
    for (const auto& [name, info] : file->tensors()) {
        const auto bytes = file->read(name);
        if (bytes) {
            EXPECT_EQ(bytes->size(), info.end);
        }
    }
}

TEST_P(TorchFileDamage, EveryCut) {
    const Scratch scratch;
    const std::string whole = bytesOf(kFixtures + GetParam());
    ASSERT_FALSE(whole.empty());
    const auto path = scratch.put("cut", whole);
    for (std::size_t length = whole.size(); length-- > 0;) {
        std::filesystem::resize_file(path, length);
        EXPECT_FALSE(TorchFile::open(path)) << length;
    }
}

TEST_P(TorchFileDamage, EveryByte) {
    const Scratch scratch;
    const std::string whole = bytesOf(kFixtures + GetParam());
    const auto path = scratch.put("changed", whole);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto put = [&](std::size_t at, int byte) {
        file.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(byte)).flush();
        ASSERT_TRUE(file.good());
    };
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const int change : {0x01, 0x80, 0xff}) {
            put(at, whole[at] ^ change);
            openAndReadAll(path);
        }
        put(at, whole[at]);
    }
}

INSTANTIATE_TEST_SUITE_P(Forms, TorchFileDamage, testing::Values("good-module.pth", "good-legacy.pth"));

}  // namespace
}  // namespace maskwright::weights
