#include "core/clipseg/decoder.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/json.h"
#include "tests/support/tensors.h"

namespace maskwright::clipseg {
namespace {

struct Fixture {
    explicit Fixture(const std::string& name)
        : tensors(test::modelTensors(name)),
          expected(test::expected(name)),
          config(*readConfig(*readJsonFile((test::reference() / "clipseg" / name / "config.json").string()), name)) {}

    [[nodiscard]] at::Tensor run(const at::Tensor& conditions) const {
        const Features features{clip::vision(nn::Params(tensors)["clip"], config.clip,
                                             test::tensor(expected, "pixel_values"), visionRequest(config)),
                                {}};
        const at::Tensor pictureOf = at::zeros({conditions.size(0)}, at::kLong);
        return decode(nn::Params(tensors)["decoder"], config, features, conditions, pictureOf);
    }

    nn::TensorMap tensors;
    test::Expected expected;
    Config config;
};

class Decoder : public testing::TestWithParam<const char*> {};

TEST_P(Decoder, LogitsAreTheReferences) {
    const Fixture f(GetParam());
    const at::Tensor text = test::tensor(f.expected, "text_embeds"), image = test::tensor(f.expected, "support_embeds");
    EXPECT_LT(test::largestDifference(f.run(text), test::tensor(f.expected, "logits")), test::kParity);
    EXPECT_LT(test::largestDifference(f.run(image), test::tensor(f.expected, "support_logits")), test::kParity);
    const at::Tensor mixed = 0.3 * image + 0.7 * text.slice(0, 0, 1);
    EXPECT_LT(test::largestDifference(f.run(mixed), test::tensor(f.expected, "mixed_logits")), test::kParity);
}

INSTANTIATE_TEST_SUITE_P(ClipSeg, Decoder, testing::Values("refined", "plain"));

TEST(LiteDecoder, LogitsAreTheReferences) {
    const Fixture f("lite");
    const at::Tensor conditions = test::tensor(f.expected, "conditions");
    EXPECT_LT(test::largestDifference(f.run(conditions), test::tensor(f.expected, "logits")), test::kParity);
    const at::Tensor cosine = similarity(test::tensor(f.expected, "dense"), conditions);
    EXPECT_LT(test::relativeDifference(cosine.squeeze(0), test::tensor(f.expected, "cosine")), test::kRounding);
}

TEST(LiteDecoder, EachConditionHasItsOwnPicture) {
    const Fixture f("lite");
    const at::Tensor one = test::tensor(f.expected, "pixel_values"), two = one.flip({3});
    const auto encode = [&](const at::Tensor& pixels) {
        return Features{clip::vision(nn::Params(f.tensors)["clip"], f.config.clip, pixels, visionRequest(f.config)),
                        {}};
    };
    const at::Tensor conditions = test::tensor(f.expected, "conditions");
    const nn::Params p = nn::Params(f.tensors)["decoder"];
    const at::Tensor both =
        decode(p, f.config, encode(at::cat({one, two})), conditions, at::tensor(std::vector<std::int64_t>{1, 0, 1}));
    const at::Tensor first = decode(p, f.config, encode(one), conditions, at::zeros({3}, at::kLong));
    const at::Tensor second = decode(p, f.config, encode(two), conditions, at::zeros({3}, at::kLong));
    EXPECT_LT(test::relativeDifference(both[0], second[0]), test::kLogitRounding);
    EXPECT_LT(test::relativeDifference(both[1], first[1]), test::kLogitRounding);
    EXPECT_LT(test::relativeDifference(both[2], second[2]), test::kLogitRounding);
    EXPECT_GT(test::relativeDifference(first[0], second[0]), 1e-2);
}

TEST(LiteDecoder, FreshTensorsAreTheConfigurations) {
    const Fixture f("lite");
    const nn::TensorMap fresh = freshDecoder(f.config);
    const nn::Parameters wanted = decoderParameters(f.config);
    for (const auto& [name, parameter] : wanted) {
        ASSERT_TRUE(fresh.contains(name)) << name;
        EXPECT_EQ(fresh.at(name).sizes().vec(), parameter.shape) << name;
    }
    EXPECT_EQ(fresh.size(), wanted.size());
    // FiLM begins by scaling with 1.
    EXPECT_EQ(fresh.at("decoder.film_mul.weight").abs().max().item<float>(), 0);
    EXPECT_EQ(fresh.at("decoder.film_mul.bias").min().item<float>(), 1);
    EXPECT_EQ(fresh.at("decoder.layers.0.layer_norm1.weight").min().item<float>(), 1);
    EXPECT_EQ(fresh.at("decoder.similarity.scale").item<float>(), 10);
    const at::Tensor& wide = fresh.at("decoder.layers.0.mlp.fc1.weight");
    EXPECT_NEAR(wide.std().item<double>() * std::sqrt(static_cast<double>(wide.size(1))), 1, 0.2);
}

TEST(PresenceHead, SinksEachConditionsMapAsAWhole) {
    Fixture f("lite");
    const at::Tensor conditions = test::tensor(f.expected, "conditions");
    const at::Tensor without = f.run(conditions);
    f.config.presenceHead = true;
    const auto put = [&](const nn::TensorMap& decoder) {
        for (const auto& [name, tensor] : decoder) {
            if (name.starts_with("decoder.presence.")) {
                f.tensors[name] = tensor;
            }
        }
    };
    put(freshDecoder(f.config));
    // Fresh, the head takes everything to be there: log(sigmoid(4)).
    EXPECT_LT(test::relativeDifference(f.run(conditions), without - 0.018149928), test::kLogitRounding);

    at::manual_seed(5);
    f.tensors["decoder.presence.1.weight"] = at::randn({1, f.config.reduceDim});
    f.tensors["decoder.presence.1.bias"] = at::full({1}, -1.0);
    const Features features{clip::vision(nn::Params(f.tensors)["clip"], f.config.clip,
                                         test::tensor(f.expected, "pixel_values"), visionRequest(f.config)),
                            {}};
    const Decoded decoded = decodeAll(nn::Params(f.tensors)["decoder"], f.config, features, conditions,
                                      at::zeros({conditions.size(0)}, at::kLong));
    ASSERT_EQ(decoded.presence.sizes(), at::IntArrayRef({conditions.size(0)}));
    const at::Tensor shifted = without + at::log_sigmoid(decoded.presence).view({-1, 1, 1});
    EXPECT_LT(test::relativeDifference(decoded.logits, shifted), test::kLogitRounding);
    EXPECT_GT((decoded.presence[0] - decoded.presence[1]).abs().item<float>(), 1e-3);
}

TEST(MaskShape, OneThresholdFitsSureAndUnsureMaps) {
    const MaskShape shape{.share = 0.5, .cap = 3, .offset = -2, .anchor = -2};
    // Sure (peak 4: cut at 0.5 * 3 - 2), unsure (peak -1: cut at -2.5), and one whose peak is under the anchor.
    const at::Tensor logits =
        at::tensor({4.0f, 1.75f, -0.5f, -1.5f, -1.0f, -1.75f, -2.5f, -4.5f, -3.0f, -3.2f, -3.5f, -9.5f})
            .reshape({3, 2, 2});
    const at::Tensor expected =
        at::tensor({4.0f, 1.0f, -2.0f, -3.0f, -1.0f, -1.5f, -2.0f, -4.0f, -3.0f, -3.0f, -3.0f, -9.0f})
            .reshape({3, 2, 2});
    EXPECT_LT(test::relativeDifference(stretched(shape, logits, {}), expected), test::kRounding);
}

TEST(MaskShape, ThePresenceHeadMovesThePeakButNotTheShape) {
    const MaskShape shape{.share = 0.5, .cap = 3, .offset = -2, .anchor = -2};
    const at::Tensor map = at::tensor({2.0f, 0.5f, -1.0f, -2.0f}).reshape({1, 2, 2});  // cut at -1
    const auto with = [&](double presence) {
        const at::Tensor number = at::full({1}, presence);
        return stretched(shape, map + at::log_sigmoid(number).view({1, 1, 1}), number).flatten();
    };
    for (const double presence : {8.0, 0.0, -2.0}) {
        const at::Tensor out = with(presence);
        const double peak = 2 + std::log(1 / (1 + std::exp(-presence)));
        const at::Tensor expected = at::tensor({peak, (peak - 2) / 2, -2.0, -3.0}, at::kFloat);
        EXPECT_LT(test::relativeDifference(out, expected), test::kRounding) << presence;
    }
    EXPECT_LT(with(-6).max().item<float>(), -3.9) << "what is not there stays under the anchor as a whole";
}

TEST(ToInputSize, IsBilinearWithHalfPixelCentres) {
    const at::Tensor two = at::tensor({0.0f, 4.0f}).reshape({1, 1, 2});
    const at::Tensor four = toInputSize(two, 1, 4);
    EXPECT_LT(test::relativeDifference(four.flatten(), at::tensor({0.0f, 1.0f, 3.0f, 4.0f})), test::kRounding);
    EXPECT_TRUE(at::equal(toInputSize(two, 1, 2), two));
}

}  // namespace
}  // namespace maskwright::clipseg
