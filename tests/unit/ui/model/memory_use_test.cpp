#include "ui/model/memory_use.h"

#include <gtest/gtest.h>

namespace maskwright::ui {
namespace {

TEST(MemoryUse, IsReadInKibibytes) {
    const MemoryUse use = memoryUseOf("Name:\tVmRSS: 1 kB\nVmHWM:\t  300 kB\nVmRSS:\t     200 kB\nThreads:\t3\n");
    EXPECT_EQ(use.now, 200 * 1024);
    EXPECT_EQ(use.most, 300 * 1024);
}

TEST(MemoryUse, IsNothingWhereTheSystemSaysNothing) {
    EXPECT_EQ(memoryUseOf("Name:\tkthreadd\n").now, 0);
    EXPECT_EQ(memoryUseOf("").most, 0);
}

TEST(MemoryUse, OfThisProgramIsMoreThanAMegabyte) {
    const MemoryUse use = memoryUse();
    EXPECT_GT(use.now, 1'000'000);
    EXPECT_GE(use.most, use.now);
}

}  // namespace
}  // namespace maskwright::ui
