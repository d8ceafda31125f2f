#include "core/clipseg/shared_model.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/clipseg_fixture.h"

namespace maskwright::clipseg {
namespace {

TEST(SharedModel, IsOneAsLongAsTheFolderStaysAndSomebodyHasIt) {
    test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    auto first = sharedModel(folder, at::kCPU, at::kFloat);
    EXPECT_EQ(sharedModel(folder, at::kCPU, at::kFloat), first);
    EXPECT_EQ(sharedModel(folder + "/.", at::kCPU, at::kFloat), first);
    EXPECT_NE(sharedModel(folder, at::kCPU, at::kBFloat16), first);
    std::shared_ptr<Model> elsewhere;
    std::thread([&] { elsewhere = sharedModel(folder, at::kCPU, at::kFloat); }).join();
    EXPECT_NE(elsewhere, first);
    const std::weak_ptr<Model> watched = first;
    first.reset();
    EXPECT_TRUE(watched.expired());
}

TEST(SharedModel, WhatWasReplacedIsReadAnew) {
    test::TemporaryFolder place;
    const std::string folder = test::copyModel(place, "plain");
    const auto first = sharedModel(folder, at::kCPU, at::kFloat);
    const auto config = test::fs::path(folder) / "config.json";
    test::fs::last_write_time(config, test::fs::last_write_time(config) + std::chrono::seconds(1));
    EXPECT_NE(sharedModel(folder, at::kCPU, at::kFloat), first);
}

}  // namespace
}  // namespace maskwright::clipseg
