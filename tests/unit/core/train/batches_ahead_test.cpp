#include "core/train/batches_ahead.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>

namespace maskwright::train {
namespace {

SegmentPart numbered(std::int64_t step) {
    SegmentPart part;
    part.rows = at::full({1}, step, at::kLong);
    return part;
}

TEST(BatchesAhead, ComeInOrderWhoeverMakesThem) {
    BatchesAhead ahead(
        [](std::int64_t step) {
            std::this_thread::sleep_for(std::chrono::milliseconds(step % 3 == 0 ? 8 : 1));
            return numbered(step);
        },
        7, 3);
    for (std::int64_t step = 7; step < 40; ++step) {
        EXPECT_EQ(ahead.take(step).rows.item<std::int64_t>(), step);
    }
}

TEST(BatchesAhead, NoMoreAreMadeThanTwoAThreadAhead) {
    std::atomic<std::int64_t> most = 0;
    BatchesAhead ahead(
        [&](std::int64_t step) {
            most = std::max<std::int64_t>(most, step);
            return numbered(step);
        },
        0, 1);
    (void)ahead.take(0);
    (void)ahead.take(1);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(most, 3);
}

TEST(BatchesAhead, AFailureIsThatOfItsStep) {
    BatchesAhead ahead(
        [](std::int64_t step) {
            if (step == 2) {
                throw std::runtime_error("no picture");
            }
            return numbered(step);
        },
        0, 2);
    EXPECT_NO_THROW((void)ahead.take(0));
    EXPECT_NO_THROW((void)ahead.take(1));
    EXPECT_THROW((void)ahead.take(2), std::runtime_error);
    EXPECT_EQ(ahead.take(3).rows.item<std::int64_t>(), 3);
}

}  // namespace
}  // namespace maskwright::train
