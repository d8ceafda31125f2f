#include "core/weights/zip_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>

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
    Result<ZipArchive> open(const std::string& bytes) {
        auto file = FileReader::open(scratch_.put("x.zip", bytes), ErrorKind::weights);
        EXPECT_TRUE(file);
        file_ = std::make_unique<FileReader>(std::move(*file));
        return ZipArchive::open(*file_);
    }
    std::string problem(const std::string& bytes) {
        const auto archive = open(bytes);
        if (archive) {
            return "";
        }
        EXPECT_EQ(archive.error().kind, ErrorKind::weights);
        return archive.error().what.text();
    }
    static std::string content(const ZipArchive& archive, const ZipEntry& entry, std::uint64_t offset,
                               std::size_t size) {
        std::string text(size, ' ');
        const auto read = archive.read(entry, offset, std::as_writable_bytes(std::span(text)));
        return read ? text : read.error().line();
    }
    Scratch scratch_;
    std::unique_ptr<FileReader> file_;
};

TEST_F(ZipDirectory, FindsTheBytes) {
    for (const bool wide : {false, true}) {
        const auto archive =
            open(zip({{.name = "a/b", .data = "hello", .wide = wide}, {.name = "c", .data = "", .wide = wide}},
                     {.wide = wide, .comment = "a comment PK\5\6"}));
        ASSERT_TRUE(archive) << archive.error().line();
        ASSERT_EQ(archive->entries().size(), 2u);
        const auto& entry = archive->entries().at("a/b");
        ASSERT_EQ(entry.size, 5u);
        EXPECT_EQ(content(*archive, entry, 0, 5), "hello");
        EXPECT_EQ(content(*archive, entry, 1, 3), "ell");
        EXPECT_THAT(content(*archive, entry, 1, 5), HasSubstr("bytes past its end"));
        EXPECT_THAT(content(*archive, entry, UINT64_MAX, 1), HasSubstr("bytes past its end"));
        EXPECT_EQ(archive->entries().at("c").size, 0u);
        EXPECT_EQ(content(*archive, archive->entries().at("c"), 0, 0), "");
    }
}

TEST_F(ZipDirectory, SkipsForeignExtraFields) {
    const auto archive =
        open(zip({{.name = "a", .data = "x", .wide = true, .extra = little(7, 2) + little(3, 2) + "abc"}}));
    ASSERT_TRUE(archive) << archive.error().line();
    EXPECT_EQ(archive->entries().at("a").size, 1u);
}

TEST_F(ZipDirectory, MarksCompressedEntries) {
    const auto archive = open(zip({{.name = "a", .data = "xy", .size = 900, .packed = 2, .method = 8}, {.name = "b"}}));
    ASSERT_TRUE(archive) << archive.error().line();
    EXPECT_FALSE(archive->entries().at("a").stored);
    EXPECT_EQ(archive->entries().at("a").size, 2u);
    EXPECT_TRUE(archive->entries().at("b").stored);
}

TEST_F(ZipDirectory, AnEmptyArchive) { EXPECT_EQ(open(zip({}))->entries().size(), 0u); }

TEST_F(ZipDirectory, AFileThatShrinksIsAnError) {
    const auto archive = open(zip({{.name = "a", .data = std::string(100'000, 'x')}}));
    ASSERT_TRUE(archive) << archive.error().line();
    std::filesystem::resize_file(scratch_.path("x.zip"), 50'000);
    EXPECT_EQ(content(*archive, archive->entries().at("a"), 10, 2), "xx");
    EXPECT_THAT(content(*archive, archive->entries().at("a"), 0, 100'000), HasSubstr("x.zip"));
}

TEST_F(ZipDirectory, AnArchiveOfTooManyEntriesIsRefused) {
    std::vector<Entry> entries(65'537);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].name = std::to_string(i);
    }
    EXPECT_THAT(problem(zip(entries, {.wide = true})), HasSubstr("its directory is too large"));
    entries.pop_back();
    EXPECT_EQ(problem(zip(entries, {.wide = true})), "");
    // Few entries, but more than 64 MiB of names and fields.
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].extra = little(7, 2) + little(1000, 2) + std::string(1000, 'x');
    }
    EXPECT_THAT(problem(zip(entries, {.wide = true})), HasSubstr("its directory is too large"));
}

TEST_F(ZipDirectory, SaysWhatIsWrong) {
    const Entry good{.name = "a", .data = "hello"};
    const auto expect = [&](const std::string& bytes, const char* part) {
        EXPECT_THAT(problem(bytes), HasSubstr(part));
    };
    expect("", "the end of the zip archive is missing");
    expect("PK\3\4 and then something that is long enough", "the end of the zip archive is missing");
    expect(zip({good}) + "x", "the end of the zip archive is missing");
    expect(zip({{.name = "a", .data = "x", .flags = 1}}), "its entry \"a\" is encrypted");
    expect(zip({good, good}), "its entry \"a\" is there twice");
    expect(zip({{.name = "a", .data = "x", .packed = 3}}), "the sizes of its entry \"a\" disagree");
    expect(zip({{.name = "a", .data = "x", .size = 5000}}), "its entry \"a\" lies past its end");
    expect(zip({{.name = "a", .data = "x", .size = UINT64_MAX - 8, .wide = true}}), "lies past its end");
    expect(zip({{.name = "a", .data = "x", .local = UINT64_MAX - 8, .wide = true}}), "lies past its end");
    expect(zip({{.name = "a", .data = "x", .local = 4000}}), "lies past its end");
    expect(zip({{.name = "a", .data = "x", .local = 1}}), "lies past its end");
    expect(zip({good}, {.count = 2}), "its directory is broken");
    expect(zip({good}, {.offset = 1}), "its directory is broken");
    expect(zip({good}, {.offset = 5000}), "its directory is broken");
    expect(zip({good}, {.size = 5000}), "its directory is broken");
    expect(zip({good}, {.size = 20}), "its directory is broken");
    expect(zip({good}, {.disk = 1}), "one part of an archive");
    expect(zip({good}, {.wide = true, .count = UINT64_MAX - 1}), "its directory is broken");
    expect(zip({good}, {.wide = true, .size = UINT64_MAX - 1}), "lies past its end");
    expect(zip({good}, {.wide = true, .offset = UINT64_MAX - 1}), "lies past its end");
    // A zip64 size without the field that holds it.
    expect(zip({{.name = "a", .data = "x", .size = 0xffffffff}}), "its directory is broken");
    expect(zip({{.name = "a", .data = "x", .size = 0xffffffff, .extra = little(1, 2) + little(900, 2)}}),
           "its directory is broken");
    expect(zip({}, {.size = 0xffffffff}), "its directory is broken");
}

}  // namespace
}  // namespace maskwright::weights
