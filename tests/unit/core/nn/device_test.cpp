#include "core/nn/device.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <atomic>

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
    EXPECT_EQ(*dtypeFromName("float32", at::kCPU), at::kFloat);
    EXPECT_EQ(*dtypeFromName("bfloat16", at::kCPU), at::kBFloat16);
    ASSERT_FALSE(dtypeFromName("half", at::kCPU).ok());
    const auto onProcessor = dtypeFromName("float16", at::kCPU);
    ASSERT_FALSE(onProcessor.ok());
    EXPECT_EQ(onProcessor.error().kind, ErrorKind::usage);
    EXPECT_EQ(*dtypeFromName("float16", at::Device(at::kCUDA, 0)), at::kHalf);
    EXPECT_EQ(nameOf(at::kHalf), "float16");
    EXPECT_EQ(*dtypeFromName("auto", at::kCPU), fastBfloat16() ? at::kBFloat16 : at::kFloat);
    EXPECT_EQ(*dtypeFromName("auto", at::Device(at::kCUDA, 0)), at::kHalf);
}

TEST(Device, ThreadsAreWhatWasAsked) {
    setThreads(1, Products::blas);
    EXPECT_EQ(threads(), 1);
    setThreads(0, Products::oneDnn);
    EXPECT_GE(threads(), 1);
}

TEST(Device, LibTorchsLoopsRunOnAllThreads) {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "built without OpenMP";
#endif
    const int before = at::get_num_threads();
    at::set_num_threads(2);
    std::atomic<int> parts = 0;
    at::parallel_for(0, 2, 1, [&](std::int64_t, std::int64_t) { ++parts; });
    EXPECT_EQ(parts, 2);
    at::set_num_threads(before);
}

TEST(Device, TheBlasHasAName) { EXPECT_FALSE(blas().name.empty()); }

}  // namespace
}  // namespace maskwright::nn
