#include "core/vision/yolov7_seg.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/nn/parameter.h"
#include "core/vision/output.h"
#include "tests/support/tensors.h"

namespace maskwright::vision::yolo {
namespace {

constexpr std::int64_t kNumbers = 5 + 2 + kCoefficients;  // of a box, with two names

TEST(Yolov7Seg, ABoxIsDecodedFromItsCellAnchorAndStride) {
    // 64 x 32 pixels: 8 x 4, 4 x 2 and 2 x 1 cells.
    std::array<at::Tensor, 3> raw = {at::zeros({1, 3 * kNumbers, 4, 8}), at::zeros({1, 3 * kNumbers, 2, 4}),
                                     at::zeros({1, 3 * kNumbers, 1, 2})};
    const at::Tensor anchors = at::arange(1, 19, at::kFloat).view({3, 3, 2});
    // Level 1, anchor 2, row 1, column 3.
    const auto set = [&](std::int64_t number, float value) { raw[1][0][2 * kNumbers + number][1][3] = value; };
    for (std::int64_t i = 0; i < kNumbers; ++i) {
        set(i, 0.1f * static_cast<float>(i + 1));
    }
    const at::Tensor boxes = decoded(raw, anchors);
    ASSERT_EQ(boxes.sizes().vec(), (std::vector<std::int64_t>{1, 3 * (32 + 8 + 2), kNumbers}));
    const at::Tensor box = boxes[0][3 * 32 + 2 * 8 + 1 * 4 + 3];
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    const auto number = [&](std::int64_t i) { return box[i].item<double>(); };
    EXPECT_NEAR(number(0), (2 * sigmoid(0.1) - 0.5 + 3) * 16, 1e-4);
    EXPECT_NEAR(number(1), (2 * sigmoid(0.2) - 0.5 + 1) * 16, 1e-4);
    EXPECT_NEAR(number(2), std::pow(2 * sigmoid(0.3), 2) * 11, 1e-4);  // anchors[1][2] is 11, 12
    EXPECT_NEAR(number(3), std::pow(2 * sigmoid(0.4), 2) * 12, 1e-4);
    EXPECT_NEAR(number(4), sigmoid(0.5), 1e-6);
    EXPECT_NEAR(number(6), sigmoid(0.7), 1e-6);
    EXPECT_NEAR(number(7), 0.8, 1e-6) << "coefficients are no probabilities";
    // Its neighbour is untouched: the cell's middle, the anchor's size.
    EXPECT_NEAR(boxes[0][3 * 32 + 2 * 8 + 1 * 4 + 2][0].item<double>(), 2.5 * 16, 1e-4);
}

TEST(Yolov7Seg, ItsNeckAndHeadHaveTheWidthsAndStridesOfThePaper) {
    const auto is = [](std::int64_t layer, std::int64_t channels, std::int64_t stride) {
        EXPECT_EQ(channelsOf(layer), channels) << layer;
        EXPECT_EQ(strideOf(layer), stride) << layer;
    };
    is(0, 32, 1);
    is(11, 256, 4);
    is(37, 1024, 16);
    is(51, 512, 32);
    is(62, 1024, 16);
    is(65, 128, 8);
    is(75, 128, 8);
    is(88, 256, 16);
    is(101, 512, 32);
    is(104, 1024, 32);
    is(kPrototypes, 32, 4);
    std::int64_t numbers = 0;
    nn::Parameters all;
    declare(nn::Declaration(all, nn::Part::visionTower), 80);
    for (const auto& [name, parameter] : all) {
        std::int64_t count = 1;
        for (const std::int64_t side : parameter.shape) {
            count *= side;
        }
        numbers += count;
    }
    EXPECT_EQ(numbers, 38'266'063) << "values in the published checkpoint, folded";
}

TEST(Yolov7Seg, OnlyWhatIsNeededIsRunAndStopIsHeard) {
    // The stem's and one stage's tensors are enough for layer 11.
    nn::Parameters all;
    declare(nn::Declaration(all, nn::Part::visionTower), 80);
    nn::TensorMap few;
    for (const char* layer : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "11"}) {
        for (const char* kind : {".weight", ".bias"}) {
            const std::string name = std::string("layers.") + layer + kind;
            few[name] = nn::fresh(all.at(name));
        }
    }
    const at::Tensor pixels = at::rand({1, 3, 32, 64});
    const Maps maps = run(nn::Params(few), pixels, {11, 3}, {});
    ASSERT_EQ(maps.size(), 2u);
    EXPECT_EQ(maps.at(11).sizes().vec(), (std::vector<std::int64_t>{1, 256, 8, 16}));
    EXPECT_EQ(maps.at(3).size(1), 128);
    EXPECT_THROW((void)run(nn::Params(few), pixels, {12, 13}, {}), std::out_of_range);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW((void)run(nn::Params(few), pixels, {3}, stop.get_token()), Stopped);
}

}  // namespace
}  // namespace maskwright::vision::yolo
