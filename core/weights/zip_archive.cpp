#include "core/weights/zip_archive.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

namespace maskwright::weights {
namespace {

constexpr std::uint64_t kMaxDirectoryBytes = 64u << 20;
constexpr std::uint64_t kMaxEntries = 65'536;
// Fixed parts of the records.
constexpr std::size_t kEndBytes = 22, kEnd64Bytes = 56, kLocator64Bytes = 20, kCentralBytes = 46, kLocalBytes = 30;
constexpr std::uint32_t kEndMark = 0x06054b50, kEnd64Mark = 0x06064b50, kLocator64Mark = 0x07064b50,
                        kCentralMark = 0x02014b50, kLocalMark = 0x04034b50;

template <class T>
T get(std::span<const std::byte> bytes, std::size_t at) {
    T value{};
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

struct Directory {
    std::uint64_t offset = 0, size = 0, entries = 0;
};

class Reader {
  public:
    explicit Reader(const FileReader& file) : file_(file) {}

    Result<std::map<std::string, ZipEntry, std::less<>>> run() {
        auto directory = findDirectory();
        if (!directory) {
            return directory.error();
        }
        if (directory->size > kMaxDirectoryBytes || directory->entries > kMaxEntries) {
            return damaged("its directory is too large");
        }
        if (directory->size > file_.size() || directory->offset > file_.size() - directory->size) {
            return damaged("its directory lies past its end");
        }
        std::vector<std::byte> bytes(static_cast<std::size_t>(directory->size));
        MASKWRIGHT_TRY(file_.read(directory->offset, bytes));
        std::map<std::string, ZipEntry, std::less<>> entries;
        std::span<const std::byte> rest(bytes);
        for (std::uint64_t i = 0; i < directory->entries; ++i) {
            MASKWRIGHT_TRY(readEntry(rest, entries));
        }
        return entries;
    }

  private:
    Error damaged(const std::string& problem) const {
        return {ErrorKind::weights, file_.name() + ": " + problem, "the file is damaged; get it again"};
    }

    Result<Directory> findDirectory() {
        const std::uint64_t size = file_.size();
        // The end record is followed only by a comment of at most 65,535 bytes.
        std::vector<std::byte> tail(static_cast<std::size_t>(std::min<std::uint64_t>(size, kEndBytes + 65'535)));
        MASKWRIGHT_TRY(file_.read(size - tail.size(), tail));
        std::optional<std::size_t> at;
        for (std::size_t i = tail.size() + 1 - std::min(tail.size() + 1, kEndBytes); i-- > 0;) {
            if (get<std::uint32_t>(tail, i) == kEndMark &&
                get<std::uint16_t>(tail, i + 20) == tail.size() - i - kEndBytes) {
                at = i;
                break;
            }
        }
        if (!at) {
            return damaged("the end of the zip archive is missing: it is cut off");
        }
        const auto end = std::span<const std::byte>(tail).subspan(*at);
        if (get<std::uint16_t>(end, 4) != 0 && get<std::uint16_t>(end, 4) != 0xffff) {
            return damaged("it is one part of an archive in several files");
        }
        Directory directory{get<std::uint32_t>(end, 16), get<std::uint32_t>(end, 12), get<std::uint16_t>(end, 10)};
        const bool wide = directory.offset == 0xffffffff || directory.size == 0xffffffff || directory.entries == 0xffff;
        if (!wide) {
            return directory;
        }
        const std::uint64_t endOffset = size - tail.size() + *at;
        if (endOffset < kLocator64Bytes) {
            return damaged("its zip64 record is missing");
        }
        std::vector<std::byte> record(kEnd64Bytes);
        const auto locator = std::span(record).first(kLocator64Bytes);
        MASKWRIGHT_TRY(file_.read(endOffset - kLocator64Bytes, locator));
        if (get<std::uint32_t>(locator, 0) != kLocator64Mark) {
            return damaged("its zip64 record is missing");
        }
        const auto recordOffset = get<std::uint64_t>(locator, 8);
        if (recordOffset > size || size - recordOffset < kEnd64Bytes) {
            return damaged("its zip64 record lies past its end");
        }
        MASKWRIGHT_TRY(file_.read(recordOffset, record));
        if (get<std::uint32_t>(record, 0) != kEnd64Mark) {
            return damaged("its zip64 record is missing");
        }
        return Directory{get<std::uint64_t>(record, 48), get<std::uint64_t>(record, 40),
                         get<std::uint64_t>(record, 32)};
    }

    // Takes one record off the front of `rest`.
    Result<void> readEntry(std::span<const std::byte>& rest, std::map<std::string, ZipEntry, std::less<>>& entries) {
        if (rest.size() < kCentralBytes || get<std::uint32_t>(rest, 0) != kCentralMark) {
            return damaged("its directory is broken");
        }
        const std::size_t nameBytes = get<std::uint16_t>(rest, 28);
        const std::size_t extraBytes = get<std::uint16_t>(rest, 30);
        const std::size_t recordBytes = kCentralBytes + nameBytes + extraBytes + get<std::uint16_t>(rest, 32);
        if (rest.size() < recordBytes) {
            return damaged("its directory is broken");
        }
        const auto record = rest.first(recordBytes);
        rest = rest.subspan(recordBytes);
        const std::string name(reinterpret_cast<const char*>(record.data()) + kCentralBytes, nameBytes);
        if ((get<std::uint16_t>(record, 8) & 1) != 0) {
            return damaged("its entry " + quoted(name) + " is encrypted");
        }
        const bool stored = get<std::uint16_t>(record, 10) == 0;
        std::uint64_t packed = get<std::uint32_t>(record, 20), size = get<std::uint32_t>(record, 24);
        std::uint64_t local = get<std::uint32_t>(record, 42);
        MASKWRIGHT_TRY(widen(record.subspan(kCentralBytes + nameBytes, extraBytes), name, size, packed, local));
        if (stored && packed != size) {
            return damaged("the sizes of its entry " + quoted(name) + " disagree");
        }
        const std::uint64_t fileSize = file_.size();
        std::vector<std::byte> header(kLocalBytes);
        if (local > fileSize || fileSize - local < kLocalBytes) {
            return damaged("its entry " + quoted(name) + " lies past its end");
        }
        MASKWRIGHT_TRY(file_.read(local, header));
        if (get<std::uint32_t>(header, 0) != kLocalMark) {
            return damaged("its entry " + quoted(name) + " is not where the directory says");
        }
        ZipEntry entry;
        entry.offset = local + kLocalBytes + get<std::uint16_t>(header, 26) + get<std::uint16_t>(header, 28);
        entry.size = packed;
        entry.stored = stored;
        if (entry.offset > fileSize || entry.size > fileSize - entry.offset) {
            return damaged("its entry " + quoted(name) + " lies past its end");
        }
        if (!entries.emplace(name, entry).second) {
            return damaged("its entry " + quoted(name) + " is there twice");
        }
        return {};
    }

    // The zip64 extra field (id 1) holds, in this order, those of the three values that did not fit 32 bits.
    Result<void> widen(std::span<const std::byte> extra, const std::string& name, std::uint64_t& size,
                       std::uint64_t& packed, std::uint64_t& local) {
        std::vector<std::uint64_t*> wanted;
        for (std::uint64_t* value : {&size, &packed, &local}) {
            if (*value == 0xffffffff) {
                wanted.push_back(value);
            }
        }
        while (!wanted.empty()) {
            if (extra.size() < 4 || extra.size() - 4 < get<std::uint16_t>(extra, 2)) {
                return damaged("its entry " + quoted(name) + " has no 64-bit sizes");
            }
            const auto field = extra.subspan(4, get<std::uint16_t>(extra, 2));
            const auto id = get<std::uint16_t>(extra, 0);
            extra = extra.subspan(4 + field.size());
            if (id != 1) {
                continue;
            }
            if (field.size() < 8 * wanted.size()) {
                return damaged("its entry " + quoted(name) + " has no 64-bit sizes");
            }
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                *wanted[i] = get<std::uint64_t>(field, 8 * i);
            }
            break;
        }
        return {};
    }

    const FileReader& file_;
};

}  // namespace

Result<std::map<std::string, ZipEntry, std::less<>>> readZipDirectory(const FileReader& file) {
    return Reader(file).run();
}

}  // namespace maskwright::weights
