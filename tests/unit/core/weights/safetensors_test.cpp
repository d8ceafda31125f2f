#include "core/weights/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstring>
#include <filesystem>

#include "core/weights/safetensors_header.h"
#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

using testing::HasSubstr;

std::string bytesOf(std::uint64_t value) {
    const auto bytes = std::bit_cast<std::array<char, 8>>(value);
    return {bytes.data(), bytes.size()};
}

// A file with `header` as it is and `dataBytes` bytes of data.
std::string fileBytes(const std::string& header, std::size_t dataBytes) {
    return bytesOf(header.size()) + header + std::string(dataBytes, '\1');
}

// The entry of a one-dimensional F32 tensor.
std::string entry(std::uint64_t begin, std::uint64_t end) {
    return R"({"dtype":"F32","shape":[)" + std::to_string((end - begin) / 4) + R"(],"data_offsets":[)" +
           std::to_string(begin) + "," + std::to_string(end) + "]}";
}

std::string oneTensor(const std::string& fields, std::size_t dataBytes = 8) {
    return fileBytes(R"({"t":{)" + fields + "}}", dataBytes);
}

struct BadFile {
    const char* name;
    std::string bytes, message;
};
class SafetensorsRefuses : public testing::TestWithParam<BadFile> {};

TEST_P(SafetensorsRefuses, WithItsOwnMessage) {
    const Scratch scratch;
    const auto path = scratch.put("bad.safetensors", GetParam().bytes);
    const auto file = SafetensorsFile::open(path);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().kind, ErrorKind::weights);
    EXPECT_EQ(file.error().what.text().find(path + ": "), 0u) << file.error().what.text();
    EXPECT_THAT(file.error().what.text().substr(path.size()), HasSubstr(GetParam().message));
    EXPECT_EQ(file.error().what.text().find('\n'), std::string::npos);
    EXPECT_FALSE(file.error().advice.text().empty());
}

const std::string kDtype = R"("dtype":"F32",)", kShape = R"("shape":[2],)", kOffsets = R"("data_offsets":[0,8])";
const std::string kDimensions = [] {
    std::string text = "[1";
    for (std::size_t i = 0; i < kMaxDimensions; ++i) {
        text += ",1";
    }
    return text + "]";
}();

INSTANTIATE_TEST_SUITE_P(
    File, SafetensorsRefuses,
    testing::Values(
        BadFile{"empty", "", "too short for a safetensors file: 0 bytes"},
        BadFile{"sevenBytes", std::string(7, '\0'), "too short for a safetensors file: 7 bytes"},
        BadFile{"lengthOverLimit", bytesOf(kMaxHeaderBytes + 1) + "{}", "claims 100000001 bytes, the format allows"},
        BadFile{"lengthMax", bytesOf(UINT64_MAX) + "{}", "claims 18446744073709551615 bytes, the format allows"},
        BadFile{"lengthBeyondFile", bytesOf(3) + "{}", "claims 3 bytes, but only 2 follow: it is cut off"},
        BadFile{"headerEmpty", bytesOf(0) + "{}", "its header is empty"},
        BadFile{"headerIsList", fileBytes("[]", 0), "does not begin with \"{\""},
        BadFile{"headerBeginsWithBlank", fileBytes(" {}", 0), "does not begin with \"{\""},
        BadFile{"headerIsText", fileBytes("\"a\"", 0), "does not begin with \"{\""},
        BadFile{"notJson", fileBytes("{\"a\"}", 0), "not valid JSON at byte 5"},
        BadFile{"unfinished", fileBytes("{\"a\":{", 0), "not valid JSON at byte"},
        BadFile{"trailingJson", fileBytes("{}{}", 0), "not valid JSON at byte 3"},
        BadFile{"zeroBytesAfterJson", fileBytes(std::string("{}\0\0", 4), 0), "not valid JSON at byte 3"},
        BadFile{"notUtf8", fileBytes("{\"\xff\":1}", 0), "not UTF-8 at byte 3"},
        BadFile{"gapAtStart", fileBytes("{\"t\":" + entry(4, 8) + "}", 8), "a gap of 4 bytes before tensor \"t\""},
        BadFile{"gap", fileBytes("{\"a\":" + entry(0, 4) + ",\"b\":" + entry(8, 12) + "}", 12),
                "a gap of 4 bytes before tensor \"b\""},
        BadFile{"overlap", fileBytes("{\"a\":" + entry(0, 8) + ",\"b\":" + entry(4, 12) + "}", 12),
                "tensor \"b\" overlap those of \"a\""},
        BadFile{"sameBytes", fileBytes("{\"a\":" + entry(0, 8) + ",\"b\":" + entry(0, 8) + "}", 8),
                "tensor \"b\" overlap those of \"a\""},
        BadFile{"trailingBytes", fileBytes("{\"t\":" + entry(0, 8) + "}", 9), "1 bytes at the end belong to no tensor"},
        BadFile{"noTensorsButBytes", fileBytes("{}", 5), "5 bytes at the end belong to no tensor"},
        BadFile{"truncated", fileBytes("{\"t\":" + entry(0, 8) + "}", 7),
                "tensor \"t\" ends at byte 8 of the data, but the file holds only 7: it is cut off"},
        BadFile{"offsetsBeyondFile", fileBytes("{\"t\":" + entry(UINT64_MAX - 7, UINT64_MAX - 3) + "}", 8),
                "tensor \"t\" ends at byte 18446744073709551612"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Entry, SafetensorsRefuses,
    testing::Values(
        BadFile{"isNumber", fileBytes(R"({"t":1})", 0),
                "the entry of tensor \"t\" must be an object, but it is a number"},
        BadFile{"isNegative", fileBytes(R"({"t":-1})", 0), "the entry of tensor \"t\" must be an object"},
        BadFile{"isFloat", fileBytes(R"({"t":0.5})", 0), "the entry of tensor \"t\" must be an object"},
        BadFile{"isNull", fileBytes(R"({"t":null})", 0), "the entry of tensor \"t\" must be an object, but it is null"},
        BadFile{"isList", fileBytes(R"({"t":[]})", 0), "the entry of tensor \"t\" must be an object, but it is a list"},
        BadFile{"twice", fileBytes("{\"t\":" + entry(0, 8) + ",\"t\":" + entry(0, 8) + "}", 8),
                "tensor \"t\" is there twice"},
        BadFile{"unknownField", oneTensor(kDtype + kShape + kOffsets + R"(,"strides":[1])"),
                "tensor \"t\" has the unknown field \"strides\""},
        BadFile{"fieldTwice", oneTensor(kDtype + kDtype + kShape + kOffsets), "tensor \"t\" has dtype twice"},
        BadFile{"noDtype", oneTensor(kShape + kOffsets), "tensor \"t\" has no dtype"},
        BadFile{"noShape", oneTensor(kDtype + kOffsets), "tensor \"t\" has no shape"},
        BadFile{"noOffsets", oneTensor(R"("dtype":"F32","shape":[2])"), "tensor \"t\" has no data_offsets"},
        BadFile{"dtypeUnknown", oneTensor(R"("dtype":"F8_E4M3",)" + kShape + kOffsets), "unknown dtype \"F8_E4M3\""},
        BadFile{"dtypeLowerCase", oneTensor(R"("dtype":"f32",)" + kShape + kOffsets), "unknown dtype \"f32\""},
        BadFile{"dtypeNumber", oneTensor(R"("dtype":5,)" + kShape + kOffsets),
                "dtype of tensor \"t\" must be a text, but it is a number"},
        BadFile{"dtypeList", oneTensor(R"("dtype":["F32"],)" + kShape + kOffsets),
                "dtype of tensor \"t\" must be a text, but it is a list"},
        BadFile{"shapeText", oneTensor(kDtype + R"("shape":"2",)" + kOffsets),
                "shape of tensor \"t\" must be a list, but it is a text"},
        BadFile{"shapeObject", oneTensor(kDtype + R"("shape":{},)" + kOffsets),
                "shape of tensor \"t\" must be a list, but it is an object"},
        BadFile{"shapeNegative", oneTensor(kDtype + R"("shape":[-2],)" + kOffsets),
                "shape of tensor \"t\" holds the negative number -2"},
        BadFile{"shapeFraction", oneTensor(kDtype + R"("shape":[2.0],)" + kOffsets),
                "shape of tensor \"t\" holds \"2.0\", which is not a whole number"},
        BadFile{"shapeNested", oneTensor(kDtype + R"("shape":[[2]],)" + kOffsets),
                "may hold only whole numbers, but there is a list"},
        BadFile{"shapeOfText", oneTensor(kDtype + R"("shape":["2"],)" + kOffsets),
                "may hold only whole numbers, but there is a text"},
        BadFile{"shapeOfNull", oneTensor(kDtype + R"("shape":[null],)" + kOffsets),
                "may hold only whole numbers, but there is null"},
        BadFile{"shapeOver63Bits", oneTensor(kDtype + R"("shape":[18446744073709551615],)" + kOffsets),
                "holds 18446744073709551615, which is too large"},
        BadFile{"shapeOver64Bits", oneTensor(kDtype + R"("shape":[18446744073709551616],)" + kOffsets),
                "holds \"18446744073709551616\", which does not fit 64 bits"},
        BadFile{"shapeOverflows", oneTensor(kDtype + R"("shape":[4294967296,4294967296],)" + kOffsets),
                "shape [4294967296, 4294967296] of tensor \"t\" is too large"},
        // 2^62 * 4 wraps to 0 in 64 bits, which would agree with an empty range.
        BadFile{"shapeWrapsToZero", oneTensor(kDtype + R"("shape":[4611686018427387904],"data_offsets":[0,0])", 0),
                "shape [4611686018427387904] of tensor \"t\" is too large"},
        BadFile{"shapeTooManySides", oneTensor(kDtype + "\"shape\":" + kDimensions + "," + kOffsets),
                "has more than 16 dimensions"},
        BadFile{"offsetsNumber", oneTensor(kDtype + kShape + R"("data_offsets":8)"),
                "data_offsets of tensor \"t\" must be a list, but it is a number"},
        BadFile{"offsetsOne", oneTensor(kDtype + kShape + R"("data_offsets":[0])"),
                "data_offsets of tensor \"t\" has fewer than two"},
        BadFile{"offsetsThree", oneTensor(kDtype + kShape + R"("data_offsets":[0,8,9])"), "has more than two numbers"},
        BadFile{"offsetsNegative", oneTensor(kDtype + kShape + R"("data_offsets":[-8,0])"),
                "data_offsets of tensor \"t\" holds the negative number -8"},
        BadFile{"offsetsFraction", oneTensor(kDtype + kShape + R"("data_offsets":[0,8.5])"),
                "holds \"8.5\", which is not a whole number"},
        BadFile{"offsetsOver64Bits", oneTensor(kDtype + kShape + R"("data_offsets":[0,18446744073709551616])"),
                "data_offsets of tensor \"t\" holds \"18446744073709551616\", which does not fit"},
        BadFile{"offsetsOverflowFloat", oneTensor(kDtype + kShape + R"("data_offsets":[0,1e999])"),
                "a number that does not fit 64 bits"},
        BadFile{"offsetsBackwards", oneTensor(kDtype + kShape + R"("data_offsets":[8,0])"),
                "data_offsets of tensor \"t\" end before they begin (8, 0)"},
        BadFile{"sizeMismatch", oneTensor(kDtype + R"("shape":[3],)" + kOffsets),
                "tensor \"t\" of F32 [3] needs 12 bytes, but has 8"},
        BadFile{"sizeMismatchType", oneTensor(R"("dtype":"F16",)" + kShape + kOffsets),
                "tensor \"t\" of F16 [2] needs 4 bytes, but has 8"},
        BadFile{"nameTooLong", fileBytes("{\"" + std::string(kMaxNameBytes + 1, 'n') + "\":" + entry(0, 8) + "}", 8),
                "has more than 512 bytes"},
        BadFile{"nameWithLineBreak", fileBytes(R"({"a\nb":1})", 0), "tensor \"a\\x0ab\""}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Metadata, SafetensorsRefuses,
    testing::Values(
        BadFile{"isText", fileBytes(R"({"__metadata__":"x"})", 0), "__metadata__ must be an object, but it is a text"},
        BadFile{"isList", fileBytes(R"({"__metadata__":[]})", 0), "__metadata__ must be an object, but it is a list"},
        BadFile{"twice", fileBytes(R"({"__metadata__":{},"__metadata__":{}})", 0), "__metadata__ is there twice"},
        BadFile{"keyTwice", fileBytes(R"({"__metadata__":{"a":"1","a":"2"}})", 0),
                "__metadata__ has the key \"a\" twice"},
        BadFile{"number", fileBytes(R"({"__metadata__":{"a":1}})", 0), "may hold only texts, but \"a\" is a number"},
        BadFile{"object", fileBytes(R"({"__metadata__":{"a":{}}})", 0), "may hold only texts, but \"a\" is an object"},
        BadFile{"list", fileBytes(R"({"__metadata__":{"a":[]}})", 0), "may hold only texts, but \"a\" is a list"},
        BadFile{"boolean", fileBytes(R"({"__metadata__":{"a":true}})", 0),
                "may hold only texts, but \"a\" is true or false"}),
    [](const auto& test) { return std::string(test.param.name); });

// Headers of nearly the size the format allows; each is refused long before its end. Only the front is written out: the
// rest is a hole in the file, whose zero bytes would give another message if they were reached.
constexpr std::uint64_t kHugeHeader = 90'000'000;

std::string repeated(const std::string& text) {
    std::string all;
    while (all.size() < 3'000'000) {
        all += text;
    }
    return all;
}

void expectRefused(const std::string& front, const std::string& message) {
    const Scratch scratch;
    const auto path = scratch.put("huge.safetensors", bytesOf(kHugeHeader) + front);
    std::filesystem::resize_file(path, 8 + kHugeHeader);
    const auto file = SafetensorsFile::open(path);
    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().what.text(), HasSubstr(message));
    EXPECT_LT(file.error().what.text().size(), 1000u);
}

TEST(SafetensorsHugeHeader, NestedObjects) {
    expectRefused(repeated("{\"a\":"), "tensor \"a\" has the unknown field \"a\"");
}
TEST(SafetensorsHugeHeader, NestedLists) {
    expectRefused("{\"a\":" + repeated("["), "must be an object, but it is a list");
}
TEST(SafetensorsHugeHeader, Name) {
    expectRefused("{\"" + repeated("n"), "a run of blanks of more than 1048576 bytes");
}
TEST(SafetensorsHugeHeader, Blanks) {
    expectRefused("{" + repeated(" "), "a run of blanks of more than 1048576 bytes");
}
TEST(SafetensorsHugeHeader, Number) {
    expectRefused("{\"a\":" + repeated("1"), "a run of blanks of more than 1048576 bytes");
}
TEST(SafetensorsHugeHeader, Sides) { expectRefused(R"({"t":{"shape":[)" + repeated("1,"), "more than 16 dimensions"); }
TEST(SafetensorsHugeHeader, Metadata) {
    std::string text = "{\"__metadata__\":{";
    const std::string value(1000, 'v');
    for (int i = 0; i < 10'000; ++i) {
        text += std::string(1, '"').append(std::to_string(i)) + "\":\"" + value + "\",";
    }
    expectRefused(text, "__metadata__ holds more than 4194304 bytes");
}
TEST(SafetensorsHugeHeader, MetadataEntries) {
    std::string text = "{\"__metadata__\":{";
    for (std::size_t i = 0; i <= kMaxMetadataEntries; ++i) {
        text += std::string(1, '"').append(std::to_string(i)) + "\":\"\",";
    }
    expectRefused(text, "__metadata__ has more than 16384 entries");
}
TEST(SafetensorsHugeHeader, Names) {
    std::string text = "{";
    const std::string name(500, 'n');
    for (int i = 0; i < 40'000; ++i) {
        text += "\"" + name + std::to_string(i) + "\":" + entry(0, 0) + ",";
    }
    expectRefused(text, "the names of the tensors have more than 16777216 bytes");
}
TEST(SafetensorsHugeHeader, Tensors) {
    std::string text = "{";
    for (std::size_t i = 0; i <= kMaxTensors; ++i) {
        text += std::string(1, '"').append(std::to_string(i)) + "\":" + entry(0, 0) + ",";
    }
    expectRefused(text, "more than 65536 tensors");
}

TEST(Safetensors, AMissingFileIsAWeightsError) {
    const auto file = SafetensorsFile::open("/no/such/model.safetensors");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().kind, ErrorKind::weights);
}

TEST(Safetensors, AcceptsWhatTheFormatAllows) {
    const Scratch scratch;
    // Entries out of order, padding, scalars, empty tensors, metadata last, fields in any order.
    const auto path = scratch.put(
        "good.safetensors",
        fileBytes(R"({"b":{"data_offsets":[8,10],"shape":[],"dtype":"BF16"},"empty":{"dtype":"I64","shape":[3,0],)"
                  R"("data_offsets":[8,8]},"a":)" +
                      entry(0, 8) + R"(,"__metadata__":{"format":"pt"}}   )",
                  10));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().line();
    ASSERT_EQ(file->tensors().size(), 3u);
    EXPECT_EQ(file->metadata().at("format"), "pt");
    EXPECT_EQ(file->tensors().at("b").count(), 1);
    EXPECT_EQ(file->tensors().at("empty").count(), 0);
    EXPECT_EQ(file->tensors().at("a").shape, std::vector<std::int64_t>{2});
    EXPECT_EQ(file->readFloats("b")->size(), 1u);
    EXPECT_FALSE(file->readFloats("c"));
    EXPECT_FALSE(file->readFloats("empty"));  // I64 is no floating-point type
}

TEST(Safetensors, AnEmptyModelIsAModel) {
    const Scratch scratch;
    EXPECT_TRUE(SafetensorsFile::open(scratch.put("a", fileBytes("{}", 0))));
}

TEST(Safetensors, ReadsEveryFloatType) {
    const Scratch scratch;
    const std::vector<double> wide = {1.5, -2.25, 0.1};
    const std::vector<float> single = {1.5f, -2.25f, 0.1f};
    const std::vector<std::uint16_t> half = {toHalf(1.5f), toHalf(-2.25f), toHalf(0.1f)};
    const std::vector<std::uint16_t> brain = {0x3fc0, 0xc010, 0x3dcd};
    const std::vector<TensorToWrite> tensors = {
        {"wide", DType::f64, {3}, std::as_bytes(std::span(wide))},
        {"single", DType::f32, {3, 1}, std::as_bytes(std::span(single))},
        {"half", DType::f16, {1, 3}, std::as_bytes(std::span(half))},
        {"brain", DType::bf16, {3}, std::as_bytes(std::span(brain))},
    };
    const auto path = scratch.path("all.safetensors");
    ASSERT_TRUE(writeSafetensors(path, tensors, {{"made by", "a test"}}));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().line();
    EXPECT_EQ(*file->readFloats("wide"), single);
    EXPECT_EQ(*file->readFloats("single"), single);
    EXPECT_EQ(*file->readFloats("half"), (std::vector<float>{1.5f, -2.25f, 0.0999755859375f}));
    EXPECT_EQ(*file->readFloats("brain"), (std::vector<float>{1.5f, -2.25f, 0.10009765625f}));
    EXPECT_EQ(file->tensors().at("single").shape, (std::vector<std::int64_t>{3, 1}));
    EXPECT_EQ(file->metadata().at("made by"), "a test");
}

TEST(Safetensors, WritesAlignedAndWhole) {
    const Scratch scratch;
    const std::vector<std::byte> bytes(64, std::byte{7});
    const auto part = [&](std::size_t count) { return std::span(bytes).first(count); };
    const std::vector<TensorToWrite> tensors = {
        {"a", DType::u8, {3}, part(3)},   {"b", DType::f32, {2}, part(8)},    {"c", DType::f16, {1}, part(2)},
        {"d", DType::i64, {2}, part(16)}, {"e", DType::boolean, {}, part(1)}, {"na\"me", DType::i32, {0, 5}, part(0)},
    };
    const auto path = scratch.path("x.safetensors");
    ASSERT_TRUE(writeSafetensors(path, tensors));
    const std::string text = scratch.get("x.safetensors");
    std::uint64_t length = 0;
    std::memcpy(&length, text.data(), 8);
    EXPECT_EQ(length % 8, 0u);
    EXPECT_EQ(text.size(), 8 + length + 30);
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().line();
    for (const auto& [name, info] : file->tensors()) {
        EXPECT_EQ(info.begin % sizeOf(info.dtype), 0u) << name;
    }
    EXPECT_EQ(file->tensors().at("na\"me").shape, (std::vector<std::int64_t>{0, 5}));
}

TEST(Safetensors, WriterRefusesNonsense) {
    const Scratch scratch;
    const std::vector<std::byte> bytes(8);
    const auto refused = [&](std::vector<TensorToWrite> tensors) {
        const auto result = writeSafetensors(scratch.path("x"), tensors);
        return !result && result.error().kind == ErrorKind::output && !std::filesystem::exists(scratch.path("x"));
    };
    EXPECT_TRUE(refused({{"a", DType::f32, {3}, bytes}}));
    EXPECT_TRUE(refused({{"a", DType::f32, {-2}, bytes}}));
    EXPECT_TRUE(refused({{"a", DType::f32, {2}, bytes}, {"a", DType::f32, {2}, bytes}}));
    EXPECT_TRUE(refused({{"__metadata__", DType::f32, {2}, bytes}}));
    EXPECT_TRUE(refused({{"\xff", DType::f32, {2}, bytes}}));
}

TEST(Safetensors, AFileThatShrinksIsAnError) {
    const Scratch scratch;
    const auto path = scratch.put("a", fileBytes("{\"t\":" + entry(0, 8) + "}", 8));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file);
    std::filesystem::resize_file(path, 20);
    const auto result = file->readFloats("t");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::weights);
    std::vector<std::byte> wrong(4);
    EXPECT_FALSE(file->read(file->tensors().at("t"), wrong));
}

}  // namespace
}  // namespace maskwright::weights
