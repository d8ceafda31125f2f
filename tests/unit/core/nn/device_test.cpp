#include "core/nn/device.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace maskwright::nn {
namespace {

TEST(Device, NamesAreChecked) {
    EXPECT_TRUE(deviceFromName("cpu").is_cpu());
    EXPECT_EQ(nameOf(deviceFromName("cpu")), "cpu");
    for (const char* name : {"", "gpu", "cpu:1", "cudax", "cuda:", "cuda:x", "cuda:-1", "CPU", "cuda:1x"}) {
        EXPECT_ANY_THROW((void)deviceFromName(name)) << name;
    }
    EXPECT_ANY_THROW((void)deviceFromName("cuda:99"));
}

TEST(Device, NumberTypesAreChecked) {
    EXPECT_EQ(dtypeFromName("float32"), at::kFloat);
    EXPECT_EQ(dtypeFromName("bfloat16"), at::kBFloat16);
    EXPECT_THROW((void)dtypeFromName("float16"), std::invalid_argument);
}

TEST(Device, ThreadsAreWhatWasAsked) {
    setThreads(1);
    EXPECT_EQ(threads(), 1);
    setThreads(0);
    EXPECT_GE(threads(), 1);
}

TEST(Device, TheBlasHasAName) { EXPECT_FALSE(blas().name.empty()); }

}  // namespace
}  // namespace maskwright::nn
