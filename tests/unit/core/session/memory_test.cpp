#include "core/session/memory.h"

#include <gtest/gtest.h>

namespace maskwright::session {
namespace {

TEST(OwnMemory, IsThereAndSmall) {
    EXPECT_GT(ownMemory(), 0);
    EXPECT_LE(ownMemory(), 256LL << 20);
    EXPECT_EQ(bytesToKeep(kOwnMemory), ownMemory());
    EXPECT_EQ(bytesToKeep(0), 0);
}

}  // namespace
}  // namespace maskwright::session
