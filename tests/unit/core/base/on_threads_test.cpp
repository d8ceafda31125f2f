#include "core/base/on_threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace maskwright {
namespace {

TEST(OnThreads, EachIsDoneOnAThreadOfItsOwn) {
    std::vector<std::thread::id> ids(5);
    onThreads(ids.size(), [&](std::size_t i) { ids[i] = std::this_thread::get_id(); });
    for (const std::thread::id id : ids) {
        EXPECT_NE(id, std::thread::id());
        EXPECT_NE(id, std::this_thread::get_id());
    }
    onThreads(0, [](std::size_t) { FAIL(); });
}

TEST(OnThreads, WhatIsThrownComesBackWhenAllHaveEnded) {
    std::atomic<int> ended{0};
    std::string said;
    try {
        onThreads(4, [&](std::size_t i) {
            ++ended;
            if (i % 2 == 1) {
                throw std::runtime_error("of " + std::to_string(i));
            }
        });
    } catch (const std::runtime_error& error) {
        said = error.what();
    }
    EXPECT_EQ(said, "of 1");
    EXPECT_EQ(ended, 4);
}

}  // namespace
}  // namespace maskwright
