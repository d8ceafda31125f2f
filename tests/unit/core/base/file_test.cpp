#include "core/base/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <system_error>

namespace maskwright {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "maskwright-file-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override {
        std::error_code code;
        fs::permissions(folder_, fs::perms::owner_all, code);
        fs::remove_all(folder_, code);
    }
    fs::path put(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }
    static std::string get(const fs::path& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    // The names in the folder, to see that nothing was left behind.
    std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }
    fs::path folder_;
};

TEST_F(FileTest, ReadsAtAnyPosition) {
    const auto file = FileReader::open(put("a", "0123456789"));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size(), 10u);
    std::string part(4, ' ');
    ASSERT_TRUE(file->read(3, std::as_writable_bytes(std::span(part))));
    EXPECT_EQ(part, "3456");
    EXPECT_TRUE(file->read(10, {}));
}

TEST_F(FileTest, RefusesBytesPastTheEnd) {
    const auto file = FileReader::open(put("a", "0123456789"), ErrorKind::weights);
    std::string part(4, ' ');
    const auto bytes = std::as_writable_bytes(std::span(part));
    const auto result = file->read(7, bytes);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::weights);
    EXPECT_FALSE(file->read(UINT64_MAX - 1, bytes));
}

TEST_F(FileTest, AFileCutWhileOpenIsAnError) {
    const auto path = put("a", std::string(10000, 'x'));
    const auto file = FileReader::open(path);
    ASSERT_EQ(::truncate(path.c_str(), 5), 0);
    std::string part(10000, ' ');
    const auto result = file->read(0, std::as_writable_bytes(std::span(part)));
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().what.text().find("became shorter"), std::string::npos);
}

TEST_F(FileTest, NoNameIsSaidSo) {
    const auto reader = FileReader::open("", ErrorKind::input);
    ASSERT_FALSE(reader.ok());
    EXPECT_EQ(reader.error().what.text(), "no file is named");
}

TEST_F(FileTest, RefusesWhatIsNoFile) {
    EXPECT_FALSE(FileReader::open(folder_ / "missing"));
    EXPECT_NE(FileReader::open(folder_).error().what.text().find("a folder"), std::string::npos);
    EXPECT_FALSE(FileReader::open("/dev/zero"));
    // Opening a pipe that nobody writes to must not wait.
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_FALSE(FileReader::open(folder_ / "pipe"));
    EXPECT_FALSE(FileReader::open(std::string("a\0b", 3)));
}

// The system's words stay what they are on the command line, but a window can translate the usual ones.
TEST_F(FileTest, UsualReasonsAreTemplates) {
    for (const int code : {ENOENT, EACCES, EPERM, EEXIST, EISDIR, ENOTDIR, ENOTEMPTY, ENOSPC, EDQUOT, EFBIG, EROFS, EIO,
                           ENAMETOOLONG, ELOOP, EMFILE}) {
        EXPECT_EQ(systemReason(code).text(), std::generic_category().message(code));
        EXPECT_FALSE(systemReason(code).verbatim) << code;
    }
    EXPECT_EQ(systemReason(EXDEV), verbatim(std::generic_category().message(EXDEV)));
    const auto none = FileReader::open(folder_ / "none");
    EXPECT_EQ(none.error().what, message("cannot open %1: %2", (folder_ / "none").string(), systemReason(ENOENT)));
}

TEST_F(FileTest, MovesItsDescriptor) {
    auto first = FileReader::open(put("a", "aa"));
    auto second = FileReader::open(put("b", "bbb"));
    *first = std::move(*second);
    std::string part(3, ' ');
    ASSERT_TRUE(first->read(0, std::as_writable_bytes(std::span(part))));
    EXPECT_EQ(part, "bbb");
    EXPECT_EQ(first->name(), (folder_ / "b").string());
}

TEST_F(FileTest, ReadFileHasALimit) {
    const auto path = put("a", "12345");
    EXPECT_EQ(*readFile(path, 5), "12345");
    const auto result = readFile(path, 4, ErrorKind::weights);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::weights);
}

TEST_F(FileTest, WritesWhole) {
    const auto path = folder_ / "out";
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("one\0two", 7)));
    EXPECT_EQ(get(path), std::string("one\0two", 7));
    ASSERT_TRUE(writeFileAtomically(path, "three"));
    EXPECT_EQ(get(path), "three");
    EXPECT_EQ(entries(), 1u);
}

TEST_F(FileTest, ANewFileObeysTheUmask) {
    const mode_t old = ::umask(027);
    const auto result = writeFileAtomically(folder_ / "out", "x");
    ::umask(old);
    ASSERT_TRUE(result);
    struct stat status {};
    ASSERT_EQ(::stat((folder_ / "out").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0640u);
}

TEST_F(FileTest, AReplacedFileKeepsItsPermissions) {
    const auto path = put("out", "old");
    ASSERT_EQ(::chmod(path.c_str(), 0604), 0);
    ASSERT_TRUE(writeFileAtomically(path, "new"));
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0604u);
}

TEST_F(FileTest, WritesThroughALink) {
    const auto path = put("real", "old");
    fs::create_symlink("real", folder_ / "link");
    ASSERT_TRUE(writeFileAtomically(folder_ / "link", "new"));
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(get(path), "new");
}

// The Hugging Face hub's cache: snapshots of links to files that all revisions share.
TEST_F(FileTest, NeverWritesThroughALinkIntoTheHubsCache) {
    const auto model = folder_ / "models--a--b";
    fs::create_directories(model / "blobs");
    fs::create_directories(model / "snapshots" / "1");
    fs::create_directories(model / "snapshots" / "2");
    put("models--a--b/blobs/0f", "old");
    for (const char* revision : {"1", "2"}) {
        fs::create_symlink("../../blobs/0f", model / "snapshots" / revision / "config.json");
    }
    const auto written = model / "snapshots" / "1" / "config.json";
    ASSERT_TRUE(writeFileAtomically(written, "new"));
    EXPECT_FALSE(fs::is_symlink(written));
    EXPECT_EQ(get(written), "new");
    EXPECT_EQ(get(model / "blobs" / "0f"), "old");
    EXPECT_EQ(get(model / "snapshots" / "2" / "config.json"), "old");
    // By way of a link to the link, too: that one goes.
    fs::create_symlink(model / "snapshots" / "2" / "config.json", folder_ / "mine.json");
    ASSERT_TRUE(writeFileAtomically(folder_ / "mine.json", "mine"));
    EXPECT_EQ(get(model / "blobs" / "0f"), "old");
    EXPECT_EQ(get(model / "snapshots" / "2" / "config.json"), "old");
    EXPECT_EQ(get(folder_ / "mine.json"), "mine");
}

TEST_F(FileTest, LongAndForeignNames) {
    const auto path = folder_ / (std::string(200, 'n') + "\xea\xb3\xa0\xec\x96\x91 \xf0\x9f\x90\x88.png");
    ASSERT_TRUE(writeFileAtomically(path, "x"));
    EXPECT_EQ(get(path), "x");
    const auto result = writeFileAtomically(folder_ / std::string(300, 'n'), "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::output);
    EXPECT_EQ(entries(), 1u);
}

TEST_F(FileTest, RefusesWhatCannotBeWritten) {
    EXPECT_EQ(writeFileAtomically(folder_ / "no" / "out", "x").error().kind, ErrorKind::output);
    EXPECT_FALSE(writeFileAtomically(folder_, "x"));
    EXPECT_FALSE(writeFileAtomically("", "x"));
    // Renaming over a device would remove it.
    EXPECT_FALSE(writeFileAtomically("/dev/null", "x"));
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
    put("plain", "x");
    EXPECT_FALSE(writeFileAtomically(folder_ / "plain" / "out", "x"));
    EXPECT_FALSE(writeFileAtomically(fs::path(std::string("a\0b", 3)), "x"));
}

TEST_F(FileTest, UncommittedLeavesNothing) {
    const auto path = put("out", "old");
    {
        auto file = AtomicFile::create(path);
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->write(std::as_bytes(std::span("new", 3))));
        EXPECT_EQ(get(path), "old");
        const AtomicFile moved(std::move(*file));
        EXPECT_EQ(entries(), 2u);
    }
    EXPECT_EQ(get(path), "old");
    EXPECT_EQ(entries(), 1u);
}

TEST_F(FileTest, CommitsOnce) {
    auto file = AtomicFile::create(folder_ / "out");
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->commit());
    EXPECT_FALSE(file->commit());
}

TEST_F(FileTest, AWriteThatFailsLeavesTheOldFile) {
    const auto path = put("out", "old");
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    // A limit on file size stands in for a full disk: the write comes back short, then fails with EFBIG.
    const rlimit small{4096, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto result = writeFileAtomically(path, std::string(10000, 'x'));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::output);
    EXPECT_EQ(get(path), "old");
    EXPECT_EQ(entries(), 1u);
}

}  // namespace
}  // namespace maskwright
