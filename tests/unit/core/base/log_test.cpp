#include "core/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

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

}  // namespace
}  // namespace maskwright
