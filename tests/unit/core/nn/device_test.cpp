#include "core/nn/device.h"

#include <gtest/gtest.h>

namespace maskwright::nn {
namespace {

TEST(Device, NamesAreChecked) {
    EXPECT_TRUE(deviceFromName("cpu")->is_cpu());
    EXPECT_EQ(nameOf(*deviceFromName("cpu")), "cpu");
    for (const char* name : {"", "gpu", "cpu:1", "cudax", "cuda:", "cuda:x", "cuda:-1", "CPU", "cuda:1x"}) {
        const auto device = deviceFromName(name);
        ASSERT_FALSE(device.ok()) << name;
        EXPECT_EQ(device.error().kind, ErrorKind::usage) << name;
    }
    const auto far = deviceFromName("cuda:99");
    ASSERT_FALSE(far.ok());
    EXPECT_EQ(far.error().kind, ErrorKind::resource);
}

TEST(Device, NumberTypesAreChecked) {
    EXPECT_EQ(*dtypeFromName("float32"), at::kFloat);
    EXPECT_EQ(*dtypeFromName("bfloat16"), at::kBFloat16);
    ASSERT_FALSE(dtypeFromName("float16").ok());
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
