#include "core/weights/zip_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {
namespace {

using testing::HasSubstr;

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) {
        text += static_cast<char>(i < 8 ? value >> (8 * i) : 0);
    }
    return text;
}

// Writes a zip field by field, so that a test can put a wrong value in any of them.
struct Entry {
    std::string name = {}, data = {};
    std::uint64_t size = UINT64_MAX, packed = UINT64_MAX, local = UINT64_MAX;  // UINT64_MAX: as they are
    int method = 0, flags = 0;
    bool wide = false;  // sizes and offset in a zip64 field
    std::string extra = {};
};
struct End {
    bool wide = false;
    std::uint64_t count = UINT64_MAX, offset = UINT64_MAX, size = UINT64_MAX;
    int disk = 0;
    std::string comment = {};
};

std::string zip(const std::vector<Entry>& entries, const End& end = {}) {
    std::string out, directory;
    for (const Entry& entry : entries) {
        const std::uint64_t local = entry.local != UINT64_MAX ? entry.local : out.size();
        const std::uint64_t size = entry.size != UINT64_MAX ? entry.size : entry.data.size();
        const std::uint64_t packed = entry.packed != UINT64_MAX ? entry.packed : size;
        out += "PK\3\4" + little(0, 22) + little(entry.name.size(), 2) + little(3, 2) + entry.name + "pad" + entry.data;
        std::string extra = entry.extra;
        if (entry.wide) {
            extra += little(1, 2) + little(24, 2) + little(size, 8) + little(packed, 8) + little(local, 8);
        }
        const std::uint64_t shown = entry.wide ? 0xffffffff : 0;
        directory += "PK\1\2" + little(0, 4) + little(static_cast<std::uint64_t>(entry.flags), 2) +
                     little(static_cast<std::uint64_t>(entry.method), 2) + little(0, 8) + little(shown | packed, 4) +
                     little(shown | size, 4) + little(entry.name.size(), 2) + little(extra.size(), 2) + little(0, 2) +
                     little(0, 8) + little(shown | local, 4) + entry.name + extra;
    }
    const std::uint64_t offset = end.offset != UINT64_MAX ? end.offset : out.size();
    const std::uint64_t size = end.size != UINT64_MAX ? end.size : directory.size();
    const std::uint64_t count = end.count != UINT64_MAX ? end.count : entries.size();
    out += directory;
    if (end.wide) {
        const std::uint64_t at = out.size();
        out += "PK\6\6" + little(44, 8) + little(0, 12) + little(count, 8) + little(count, 8) + little(size, 8) +
               little(offset, 8);
        out += "PK\6\7" + little(0, 4) + little(at, 8) + little(1, 4);
    }
    const std::uint64_t shown = end.wide ? 0xffffffff : 0;
    return out + "PK\5\6" + little(static_cast<std::uint64_t>(end.disk), 2) + little(0, 2) + little(shown | count, 2) +
           little(shown | count, 2) + little(shown | size, 4) + little(shown | offset, 4) +
           little(end.comment.size(), 2) + end.comment;
}

class ZipDirectory : public testing::Test {
  protected:
    Result<std::map<std::string, ZipEntry, std::less<>>> open(const std::string& bytes) {
        auto file = FileReader::open(scratch_.put("x.zip", bytes), ErrorKind::weights);
        EXPECT_TRUE(file);
        return readZipDirectory(*file);
    }
    std::string problem(const std::string& bytes) {
        const auto entries = open(bytes);
        if (entries) {
            return "";
        }
        EXPECT_EQ(entries.error().kind, ErrorKind::weights);
        return entries.error().what.text();
    }
    Scratch scratch_;
};

TEST_F(ZipDirectory, FindsTheBytes) {
    for (const bool wide : {false, true}) {
        const std::string bytes =
            zip({{.name = "a/b", .data = "hello", .wide = wide}, {.name = "c", .data = "", .wide = wide}},
                {.wide = wide, .comment = "a comment PK\5\6"});
        const auto entries = open(bytes);
        ASSERT_TRUE(entries) << entries.error().line();
        ASSERT_EQ(entries->size(), 2u);
        const auto& entry = entries->at("a/b");
        EXPECT_EQ(bytes.substr(entry.offset, entry.size), "hello");
        EXPECT_EQ(entries->at("c").size, 0u);
    }
}

TEST_F(ZipDirectory, SkipsForeignExtraFields) {
    const auto entries =
        open(zip({{.name = "a", .data = "x", .wide = true, .extra = little(7, 2) + little(3, 2) + "abc"}}));
    ASSERT_TRUE(entries) << entries.error().line();
    EXPECT_EQ(entries->at("a").size, 1u);
}

TEST_F(ZipDirectory, MarksCompressedEntries) {
    const auto entries = open(zip({{.name = "a", .data = "xy", .size = 900, .packed = 2, .method = 8}, {.name = "b"}}));
    ASSERT_TRUE(entries) << entries.error().line();
    EXPECT_FALSE(entries->at("a").stored);
    EXPECT_EQ(entries->at("a").size, 2u);
    EXPECT_TRUE(entries->at("b").stored);
}

TEST_F(ZipDirectory, AnEmptyArchive) { EXPECT_EQ(open(zip({}))->size(), 0u); }

TEST_F(ZipDirectory, SaysWhatIsWrong) {
    const Entry good{.name = "a", .data = "hello"};
    EXPECT_THAT(problem(""), HasSubstr("the end of the zip archive is missing"));
    EXPECT_THAT(problem("PK\3\4 and then something that is long enough"),
                HasSubstr("the end of the zip archive is missing"));
    EXPECT_THAT(problem(zip({good}) + "x"), HasSubstr("the end of the zip archive is missing"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .flags = 1}})), HasSubstr("its entry \"a\" is encrypted"));
    EXPECT_THAT(problem(zip({good, good})), HasSubstr("its entry \"a\" is there twice"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .packed = 3}})),
                HasSubstr("the sizes of its entry \"a\" disagree"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .size = 5000}})),
                HasSubstr("its entry \"a\" lies past its end"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .size = UINT64_MAX - 8, .wide = true}})),
                HasSubstr("lies past its end"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .local = UINT64_MAX - 8, .wide = true}})),
                HasSubstr("lies past its end"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .local = 4000}})), HasSubstr("lies past its end"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .local = 1}})), HasSubstr("is not where the directory says"));
    EXPECT_THAT(problem(zip({good}, {.count = 2})), HasSubstr("its directory is broken"));
    EXPECT_THAT(problem(zip({good}, {.offset = 1})), HasSubstr("its directory is broken"));
    EXPECT_THAT(problem(zip({good}, {.offset = 5000})), HasSubstr("its directory lies past its end"));
    EXPECT_THAT(problem(zip({good}, {.size = 5000})), HasSubstr("its directory lies past its end"));
    EXPECT_THAT(problem(zip({good}, {.size = 20})), HasSubstr("its directory is broken"));
    EXPECT_THAT(problem(zip({good}, {.disk = 1})), HasSubstr("one part of an archive"));
    EXPECT_THAT(problem(zip({good}, {.wide = true, .size = UINT64_MAX - 1})), HasSubstr("its directory is too large"));
    EXPECT_THAT(problem(zip({good}, {.wide = true, .count = UINT64_MAX - 1})), HasSubstr("its directory is too large"));
    EXPECT_THAT(problem(zip({good}, {.wide = true, .offset = UINT64_MAX - 1})),
                HasSubstr("its directory lies past its end"));
    // A zip64 size without the field that holds it.
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .size = 0xffffffff}})), HasSubstr("has no 64-bit sizes"));
    EXPECT_THAT(problem(zip({{.name = "a", .data = "x", .size = 0xffffffff, .extra = little(1, 2) + little(900, 2)}})),
                HasSubstr("has no 64-bit sizes"));
    EXPECT_THAT(problem(zip({}, {.size = 0xffffffff})), HasSubstr("its zip64 record is missing"));
}

}  // namespace
}  // namespace maskwright::weights
