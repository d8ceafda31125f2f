// Token-id fixtures: texts with the ids that a reference library gives.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace maskwright::text {

struct Case {
    std::string text;
    std::vector<std::int64_t> ids;
};

inline std::vector<Case> readCases(const std::string& file) {
    std::vector<Case> out;
    const auto json = readJsonFile(file);
    EXPECT_TRUE(json.ok()) << file;
    if (json) {
        for (const Json& entry : *json) {
            out.push_back({entry["text"].get<std::string>(), entry["ids"].get<std::vector<std::int64_t>>()});
        }
    }
    return out;
}

// A folder of its own for each test, gone with it.
class FolderTest : public testing::Test {
  protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(testing::TempDir()) / ("maskwright_text_" + std::to_string(::getpid()) + "_" +
                                                               info->test_suite_name() + "_" + info->name());
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
    }
    void copy(const std::string& from, const std::string& name) const {
        std::filesystem::copy_file(from, folder_ / name, std::filesystem::copy_options::overwrite_existing);
    }
    std::filesystem::path folder_;
};

}  // namespace maskwright::text
