#include <gtest/gtest.h>

#include <cmath>

#include "core/base/json.h"
#include "core/clip/towers.h"
#include "tests/support/tensors.h"

namespace maskwright::clip {
namespace {

class EfficientNet : public testing::Test {
  protected:
    const nn::TensorMap tensors = test::modelTensors("lite");
    const test::Expected expected = test::expected("lite");
    const Config config =
        *readConfig(*readJsonFile((test::reference() / "clipseg" / "lite" / "config.json").string()), "lite");
    const at::Tensor pixels = test::tensor(expected, "pixel_values");
};

TEST_F(EfficientNet, EveryOutputIsTheReferences) {
    vision::Request request;
    request.taps = {6, 9};
    request.pyramid = {4, 2};
    request.pooled = request.dense = true;
    const vision::Output out = vision(nn::Params(tensors)["clip"], config, pixels, request);
    EXPECT_EQ(out.classTokens, 0);
    EXPECT_EQ(out.gridHeight, 4);
    EXPECT_LT(test::largestDifference(out.taps[0], test::tensor(expected, "activation_6")), test::kParity);
    EXPECT_LT(test::largestDifference(out.taps[1], test::tensor(expected, "activation_9")), test::kParity);
    EXPECT_LT(test::largestDifference(out.pyramid[0], test::tensor(expected, "map_4")), test::kParity);
    EXPECT_LT(test::largestDifference(out.pyramid[1], test::tensor(expected, "map_2")), test::kParity);
    EXPECT_LT(test::largestDifference(out.dense, test::tensor(expected, "dense")), test::kParity);
    EXPECT_LT(test::largestDifference(out.pooled, test::tensor(expected, "pooled")), test::kParity);
}

TEST_F(EfficientNet, PooledAloneIsTheSame) {
    vision::Request request;
    request.pooled = true;
    const vision::Output out = vision(nn::Params(tensors)["clip"], config, pixels, request);
    EXPECT_LT(test::largestDifference(out.pooled, test::tensor(expected, "pooled")), test::kParity);
    EXPECT_FALSE(out.dense.defined());
}

TEST_F(EfficientNet, APictureThatIsOnlyPooledIsLookedAtAtThePooledSize) {
    auto efficientNet = std::get<vision::EfficientNet>(config.vision.type());
    efficientNet.pooledSize = 32;
    Config small = config;
    small.vision = efficientNet;
    const nn::Params p = nn::Params(tensors)["clip"];
    vision::Request request;
    request.pooled = true;
    const at::Tensor reduced = at::adaptive_avg_pool2d(pixels, {32, 32});
    ASSERT_GT(pixels.size(2), 32);
    EXPECT_TRUE(at::equal(vision(p, small, pixels, request).pooled, vision(p, config, reduced, request).pooled));
    EXPECT_TRUE(at::equal(vision(p, small, reduced, request).pooled, vision(p, config, reduced, request).pooled))
        << "a small one is not enlarged";
    // A picture that is searched keeps its size.
    request.dense = true;
    EXPECT_TRUE(at::equal(vision(p, small, pixels, request).dense, vision(p, config, pixels, request).dense));
}

TEST_F(EfficientNet, APooledPictureIsAMixtureOfNames) {
    Config named = config;
    named.pooledHead = {3, 5, 7};
    const std::int64_t width = config.projection;
    at::manual_seed(4);
    nn::TensorMap with = tensors;
    const at::Tensor fc1 = at::randn({5, width}), fc2 = at::randn({width, 5}), names = 3 * at::randn({3, width});
    const at::Tensor bias1 = at::randn({5}), bias2 = at::randn({width});
    with["clip.pooled_head.fc1.weight"] = fc1;
    with["clip.pooled_head.fc1.bias"] = bias1;
    with["clip.pooled_head.fc2.weight"] = fc2;
    with["clip.pooled_head.fc2.bias"] = bias2;
    with["clip.pooled_head.names"] = names;
    vision::Request request;
    request.pooled = request.dense = true;
    const vision::Output plain = vision(nn::Params(tensors)["clip"], config, pixels, request),
                         out = vision(nn::Params(with)["clip"], named, pixels, request);
    EXPECT_TRUE(at::equal(plain.dense, out.dense)) << "positions of a searched picture stay what they are";
    // By hand, in float64.
    const at::Tensor mean = plain.pooled[0].to(at::kDouble);
    const at::Tensor hidden = fc1.to(at::kDouble).mv(mean) + bias1;
    const at::Tensor x = mean + fc2.to(at::kDouble).mv(hidden * 0.5 * (1 + at::erf(hidden / std::sqrt(2.0)))) + bias2;
    at::Tensor mixture = at::zeros({width}, at::kDouble);
    double sum = 0, length = 0;
    for (std::int64_t k = 0; k < 3; ++k) {
        const at::Tensor name = names[k].to(at::kDouble);
        const double share = std::exp(7 * (x.dot(name) / x.norm() / name.norm()).item<double>());
        mixture += share * name;
        sum += share;
        length += name.norm().item<double>() / 3;
    }
    mixture = mixture / mixture.norm() * length;
    EXPECT_GT(sum, 0);
    EXPECT_LT(test::relativeDifference(out.pooled[0], mixture.to(at::kFloat)), test::kRounding);
}

TEST_F(EfficientNet, StopBetweenBlocks) {
    std::stop_source source;
    source.request_stop();
    vision::Request request;
    request.taps = {9};
    request.stop = source.get_token();
    EXPECT_THROW((void)vision(nn::Params(tensors)["clip"], config, pixels, request), vision::Stopped);
}

}  // namespace
}  // namespace maskwright::clip
