#include "core/session/memory.h"

#include <unistd.h>

#include <algorithm>

namespace maskwright::session {

namespace {

constexpr std::int64_t kMostOwn = 256LL << 20, kShare = 64;

}  // namespace

std::int64_t ownMemory() {
    const std::int64_t pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    return pages > 0 && page > 0 ? std::min(pages * page / kShare, kMostOwn) : kMostOwn;
}

}  // namespace maskwright::session
