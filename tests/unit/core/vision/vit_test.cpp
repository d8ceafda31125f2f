#include "core/vision/vit.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/vision/trunk.h"
#include "tests/support/fresh_tensors.h"
#include "tests/support/peak_memory.h"

namespace maskwright::vision {
namespace {

using test::freshTensors;

TEST(Vit, DeclaresWhatItReads) {
    Vit small;
    small.hiddenSize = 24;
    small.heads = 4;
    small.mlp = 40;
    small.layers = 3;
    small.patch = 8;
    small.imageSize = 32;
    const nn::TensorMap tensors = freshTensors(small);
    Request request;
    request.taps = {2, 0};
    request.pooled = true;
    const Output out = small.forward(nn::Params(tensors), at::randn({2, 3, 40, 24}), request);
    EXPECT_EQ(out.taps[0].sizes(), at::IntArrayRef({2, 1 + 5 * 3, 24}));
    EXPECT_EQ(out.pooled.sizes(), at::IntArrayRef({2, 24}));
    EXPECT_EQ(out.classTokens, 1);
    // Every tensor is used: none can be missing.
    for (const auto& [name, tensor] : tensors) {
        nn::TensorMap without = tensors;
        without.erase(name);
        const bool optional = name.ends_with("_proj.bias") || name.ends_with("fc1.bias") || name.ends_with("fc2.bias");
        if (!optional) {
            EXPECT_THROW((void)small.forward(nn::Params(without), at::randn({1, 3, 32, 32}), request),
                         std::out_of_range)
                << name;
        }
    }
}

class MeasuredVit : public testing::TestWithParam<int> {};

// Two blocks as wide as ViT-B/16's: a block's memory is what counts.
TEST_P(MeasuredVit, TakesTheMemoryItSays) {
    Vit wide;
    wide.layers = 2;
    const nn::TensorMap tensors = freshTensors(wide);
    Request request;
    request.taps = {0, 1};
    const std::int64_t side = GetParam();
    const at::NoGradGuard guard;
    (void)wide.forward(nn::Params(tensors), at::zeros({1, 3, 224, 224}), request);
    const double measured = test::bytesOfTensors([&] {
        (void)wide.forward(nn::Params(tensors), at::rand({1, 3, side, side}), request);
    });
    const double estimated = Trunk(wide).bytesAlive(side, side, request);
    EXPECT_GT(estimated, measured / 2) << estimated / 1e6 << " MB estimated, " << measured / 1e6;
    EXPECT_LT(estimated, measured * 2) << estimated / 1e6 << " MB estimated, " << measured / 1e6;
}

// At 1536 pixels the scores of all queries together would not fit.
INSTANTIATE_TEST_SUITE_P(Sides, MeasuredVit, testing::Values(704, 1536));

}  // namespace
}  // namespace maskwright::vision
