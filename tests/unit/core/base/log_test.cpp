#include "core/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace maskwright {
namespace {

std::string written(const char* level) {
    ::setenv("MASKWRIGHT_LOG", level, 1);
    log::setUp();
    testing::internal::CaptureStderr();
    log::debug("a debug line {}");
    log::info("an info line");
    log::warn("a warning");
    return testing::internal::GetCapturedStderr();
}

TEST(Log, TheLevelChoosesWhatIsShown) {
    EXPECT_EQ(written("warn"), "maskwright: warning: a warning\n");
    EXPECT_EQ(written("off"), "");
    EXPECT_EQ(written("nonsense"), "maskwright: warning: a warning\n");
    // A message is never taken for a format.
    EXPECT_THAT(written("debug"), testing::HasSubstr("a debug line {}"));
    ::unsetenv("MASKWRIGHT_LOG");
    log::setUp();
}

TEST(Log, KeepsTheLatestLinesWhateverStderrShows) {
    const std::uint64_t before = log::written();
    log::debug("of little interest");
    log::info("of some");
    const auto lines = log::latest();
    ASSERT_GE(lines.size(), 2u);
    EXPECT_EQ(lines.back().text, "of some");
    EXPECT_EQ(lines.back().level, log::Level::info);
    EXPECT_EQ(lines[lines.size() - 2].level, log::Level::debug);
    EXPECT_LE(lines[lines.size() - 2].when, lines.back().when);
    EXPECT_EQ(log::written(), before + 2);
}

TEST(Log, ForgetsTheOldest) {
    for (std::size_t i = 0; i < log::kKept + 5; ++i) {
        log::keep(log::Level::info, std::to_string(i));
    }
    const auto lines = log::latest();
    ASSERT_EQ(lines.size(), log::kKept);
    EXPECT_EQ(lines.front().text, "5") << "of those written here";
    EXPECT_EQ(lines.back().text, std::to_string(log::kKept + 4));
}

TEST(Log, AListenerHearsEveryLineUntilItLeaves) {
    std::vector<std::string> heard;
    log::listen([&](log::Level level, std::string_view text) {
        heard.push_back((level == log::Level::debug ? "debug " : "other ") + std::string(text));
    });
    log::debug("one");
    log::keep(log::Level::error, "two");
    log::listen({});
    log::debug("three");
    EXPECT_EQ(heard, (std::vector<std::string>{"debug one", "other two"}));
}

}  // namespace
}  // namespace maskwright
