#include "core/nn/own_cores.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "core/nn/device.h"

namespace maskwright::nn {
namespace {

std::set<int> coresOf(pid_t thread) {
    cpu_set_t allowed;
    std::set<int> cores;
    if (sched_getaffinity(thread, sizeof allowed, &allowed) == 0) {
        for (int i = 0; i < CPU_SETSIZE; ++i) {
            if (CPU_ISSET(static_cast<std::size_t>(i), &allowed)) {
                cores.insert(i);
            }
        }
    }
    return cores;
}

// Of all threads of this program, those that may compute on one core alone.
std::multiset<int> ownCores() {
    std::multiset<int> cores;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
        const std::set<int> own = coresOf(std::stoi(task.path().filename().string()));
        if (own.size() == 1) {
            cores.insert(*own.begin());
        }
    }
    return cores;
}

class OwnCoresTest : public testing::Test {
  protected:
    void SetUp() override {
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP() << "built without OpenMP";
#endif
        if (!oneDnnMultiplies() || before_.size() < 2) {
            GTEST_SKIP() << "takes two cores, and oneDNN";
        }
        setThreads(2, Products::oneDnn);
    }
    void TearDown() override {
        cpu_set_t all;
        CPU_ZERO(&all);
        for (const int core : before_) {
            CPU_SET(static_cast<std::size_t>(core), &all);
        }
        sched_setaffinity(0, sizeof all, &all);
        setThreads(0, Products::oneDnn);
    }
    const std::set<int> before_ = coresOf(0);
};

TEST_F(OwnCoresTest, TwoThreadsStayOnACoreEachAndAreLetGoAgain) {
    for (int again = 0; again < 3; ++again) {
        {
            const OwnCores cores(at::kCPU, 1);
            const std::multiset<int> own = ownCores();
            EXPECT_EQ(own.size(), 2u);
            EXPECT_EQ(std::set<int>(own.begin(), own.end()).size(), 2u) << "two on one core";
            EXPECT_EQ(coresOf(0).size(), 1u);
        }
        EXPECT_TRUE(ownCores().empty());
        EXPECT_EQ(coresOf(0), before_);
    }
}

TEST_F(OwnCoresTest, OneThreadAndAnotherDeviceAreLeftAlone) {
    {
        const OwnCores cores(c10::Device(at::kCUDA, 0), 1);
        EXPECT_TRUE(ownCores().empty());
    }
    setThreads(1, Products::oneDnn);
    const OwnCores cores(at::kCPU, 1);
    EXPECT_TRUE(ownCores().empty());
}

TEST_F(OwnCoresTest, NothingIsDoneBesideOtherProgramsThatNeedTheCores) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // this program's own are asleep again
    const OwnCores cores(at::kCPU, static_cast<int>(before_.size()));
    EXPECT_TRUE(ownCores().empty());
    EXPECT_GE(runnableThreads(), 1);
}

// As where several programs are given a core each.
TEST_F(OwnCoresTest, NothingIsDoneWhereThereAreFewerCoresThanThreads) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(*before_.rbegin()), &one);
    ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
    const OwnCores cores(at::kCPU, 1);
    EXPECT_EQ(ownCores(), (std::multiset<int>{*before_.rbegin()})) << "this thread alone, by our own doing";
}

}  // namespace
}  // namespace maskwright::nn
