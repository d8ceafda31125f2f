#include "core/session/fallback.h"

#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace maskwright::session {
namespace {

[[noreturn]] void runOut(const std::string& how) {
    if (how == "allocator") {
        throw c10::OutOfMemoryError({__func__, __FILE__, 1}, "CUDA out of memory. Tried to allocate 2.00 GiB");
    }
    if (how == "library") {
        throw c10::Error({__func__, __FILE__, 1}, "CUDA error: CUBLAS_STATUS_ALLOC_FAILED");
    }
    throw std::bad_alloc();
}

TEST(OrElsewhere, WorkIsDoneAgainWhereMemoryRanOut) {
    for (const std::string how : {"allocator", "library", "computer"}) {
        int moves = 0, tries = 0;
        const auto work = [&] {
            if (++tries == 1) {
                runOut(how);
            }
            return tries;
        };
        EXPECT_EQ(orElsewhere(work, [&] { return ++moves == 1; }), 2) << how;
        EXPECT_EQ(moves, 1) << how;
    }
}

TEST(OrElsewhere, NothingIsMovedForAnotherReason) {
    int moves = 0;
    const auto move = [&] { return ++moves > 0; };
    EXPECT_THROW(orElsewhere([]() -> int { throw std::runtime_error("a shape"); }, move), std::runtime_error);
    EXPECT_THROW(orElsewhere([]() -> int { throw c10::Error({"", "", 1}, "sizes do not match"); }, move), c10::Error);
    EXPECT_EQ(moves, 0);
}

TEST(OrElsewhere, WhatCannotMoveFails) {
    int tries = 0;
    const auto work = [&]() -> int {
        ++tries;
        runOut("allocator");
    };
    EXPECT_THROW(orElsewhere(work, [] { return false; }), c10::OutOfMemoryError);
    EXPECT_EQ(tries, 1);
    EXPECT_THROW(orElsewhere(work, [] { return true; }), c10::OutOfMemoryError);
    EXPECT_EQ(tries, 3) << "once there, and not again";
}

TEST(InParts, PartsShrinkUntilTheyFit) {
    std::vector<std::size_t> done, sizes;
    inParts(10, 8, [&](std::size_t begin, std::size_t end) {
        if (end - begin > 3) {
            runOut("allocator");
        }
        sizes.push_back(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            done.push_back(i);
        }
    });
    EXPECT_EQ(done, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2, 2, 2, 2}));
    EXPECT_THROW(inParts(3, 3, [](std::size_t, std::size_t) { runOut("allocator"); }), c10::OutOfMemoryError);
    int tries = 0;
    const auto broken = [&](std::size_t, std::size_t) {
        ++tries;
        throw std::runtime_error("a shape");
    };
    EXPECT_THROW(inParts(3, 3, broken), std::runtime_error);
    EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace maskwright::session
