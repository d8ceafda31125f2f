#include "core/base/repository.h"

#include <gtest/gtest.h>

#include <string>

namespace maskwright {
namespace {

TEST(Repository, AnOwnerAndAName) {
    EXPECT_TRUE(isRepository("CIDAS/clipseg-rd64-refined"));
    EXPECT_TRUE(isRepository("some_one.2/a.b_c-3"));
    EXPECT_TRUE(isRepository("o/" + std::string(96, 'n')));
}

TEST(Repository, WhatTheHubCallsNothing) {
    for (const char* none : {"", "/", "name", "/name", "owner/", "a/b/c", "a b/c", "a/b ", "a/.b", "-a/b", "a/b..c",
                             "\xC3\xA4/b", "a/b?c", "../b"}) {
        EXPECT_FALSE(isRepository(none)) << none;
    }
    EXPECT_FALSE(isRepository("o/" + std::string(97, 'n')));
}

}  // namespace
}  // namespace maskwright
