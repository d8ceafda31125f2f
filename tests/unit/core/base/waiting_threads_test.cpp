#include "core/base/waiting_threads.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace maskwright {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

TEST(WaitingThreads, SleepSoonUnlessTheUserSaysOtherwise) {
    for (const char* name : {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "OPENBLAS_THREAD_TIMEOUT"}) {
        ::unsetenv(name);
    }
    ::setenv("OMP_WAIT_POLICY", "active", 1);
    ::setenv("OPENBLAS_THREAD_TIMEOUT", "20", 1);
    EXPECT_FALSE(letWaitingThreadsSleep());
    EXPECT_EQ(variable("GOMP_SPINCOUNT"), "");
    EXPECT_EQ(variable("OPENBLAS_THREAD_TIMEOUT"), "20");
    ::unsetenv("OMP_WAIT_POLICY");
    ::unsetenv("OPENBLAS_THREAD_TIMEOUT");
    EXPECT_TRUE(letWaitingThreadsSleep());
    EXPECT_EQ(variable("GOMP_SPINCOUNT"), "1000");
    EXPECT_EQ(variable("OPENBLAS_THREAD_TIMEOUT"), "17");
    EXPECT_FALSE(letWaitingThreadsSleep()) << "a program that is run again would run itself for ever";
}

}  // namespace
}  // namespace maskwright
