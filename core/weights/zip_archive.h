// The zip files that torch.save writes: every entry stored, not deflated. Reads the directory only; the entries' bytes
// stay in the file. Source of the layout: PKWARE's APPNOTE.TXT 6.3, sections 4.3 and 4.5.3 (zip64).
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/file.h"
#include "core/base/result.h"

namespace maskwright::weights {

struct ZipEntry {
    std::uint64_t offset = 0, size = 0;  // of its bytes in the file; within the file
    bool stored = true;                  // those bytes are the content itself; else they are compressed
};

// Entries by name. Errors (ErrorKind::weights): no zip file, damaged, several parts, encrypted entries, names twice,
// more than 65,536 entries or 64 MiB of directory.
Result<std::map<std::string, ZipEntry, std::less<>>> readZipDirectory(const FileReader& file);

}  // namespace maskwright::weights
