#include "core/clip/towers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/json.h"
#include "tests/support/tensors.h"

namespace maskwright::clip {
namespace {

Config fixtureConfig(const std::string& name) {
    const auto json = readJsonFile((test::reference() / "clipseg" / name / "config.json").string());
    return *readConfig(*json, name);
}

class Towers : public testing::TestWithParam<const char*> {};

TEST_P(Towers, TextEmbedsAreTheReferences) {
    const nn::TensorMap tensors = test::modelTensors(GetParam());
    const test::Expected expected = test::expected(GetParam());
    const Config config = fixtureConfig(GetParam());
    const at::Tensor ids = at::tensor(expected.integers("input_ids")).reshape(expected.shape("input_ids"));
    const at::Tensor ends = (ids == config.text.eos).to(at::kInt).argmax(1);
    const at::Tensor embeds = text(nn::Params(tensors)["clip"], config.text, ids, ends);
    EXPECT_LT(test::largestDifference(embeds, test::tensor(expected, "text_embeds")), test::kParity);
    // Causal: what follows the end marker changes nothing, so it can be cut.
    for (std::int64_t i = 0; i < ids.size(0); ++i) {
        const std::int64_t end = ends[i].item<std::int64_t>();
        const at::Tensor cut = text(nn::Params(tensors)["clip"], config.text,
                                    ids.slice(0, i, i + 1).slice(1, 0, end + 1), ends.slice(0, i, i + 1));
        EXPECT_LT(test::relativeDifference(cut, embeds.slice(0, i, i + 1)), test::kRounding);
    }
}

// Several texts of different lengths through the tower together are what each is alone.
TEST_P(Towers, TextsTogetherAreEachAlone) {
    const nn::TensorMap tensors = test::modelTensors(GetParam());
    const test::Expected expected = test::expected(GetParam());
    const Config config = fixtureConfig(GetParam());
    const std::vector<std::int64_t> all = expected.integers("input_ids");
    const auto width = static_cast<std::size_t>(expected.shape("input_ids")[1]);
    std::vector<std::vector<std::int64_t>> ids;
    for (std::size_t from = 0; from < all.size(); from += width) {
        ids.emplace_back(all.begin() + std::ptrdiff_t(from), all.begin() + std::ptrdiff_t(from + width));
    }
    ids.back().resize(static_cast<std::size_t>(std::find(ids.back().begin(), ids.back().end(), config.text.eos) -
                                               ids.back().begin() + 1));
    const at::Tensor together = texts(nn::Params(tensors)["clip"], config.text, ids, at::kCPU);
    EXPECT_LT(test::largestDifference(together, test::tensor(expected, "text_embeds")), test::kParity);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const at::Tensor alone = text(nn::Params(tensors)["clip"], config.text, ids[i], at::kCPU);
        EXPECT_LT(test::relativeDifference(alone, together.slice(0, std::int64_t(i), std::int64_t(i) + 1)),
                  test::kRounding);
    }
}

TEST_P(Towers, ActivationsAndEmbeddingAreTheReferences) {
    const nn::TensorMap tensors = test::modelTensors(GetParam());
    const test::Expected expected = test::expected(GetParam());
    const Config config = fixtureConfig(GetParam());
    vision::Request request;
    for (std::int64_t i = config.vision.blocks() - 1; i >= 0; --i) {
        request.taps.push_back(i);  // any order
    }
    const at::Tensor pixels = test::tensor(expected, "pixel_values");
    const vision::Output out = vision(nn::Params(tensors)["clip"], config, pixels, request);
    EXPECT_EQ(out.classTokens, 1);
    EXPECT_EQ(out.gridHeight, pixels.size(2) / config.vision.cell());
    int compared = 0;
    for (std::size_t k = 0; k < request.taps.size(); ++k) {
        const std::string name = "activation_" + std::to_string(request.taps[k]);
        if (std::string(GetParam()) == "refined" ? request.taps[k] != 2
                                                 : request.taps[k] == 1 || request.taps[k] == 2) {
            EXPECT_LT(test::largestDifference(out.taps[k], test::tensor(expected, name)), test::kParity) << name;
            ++compared;
        }
    }
    EXPECT_GE(compared, 2);
    EXPECT_FALSE(out.pooled.defined());

    vision::Request pooled;
    pooled.pooled = true;
    const vision::Output support =
        vision(nn::Params(tensors)["clip"], config, test::tensor(expected, "support_pixel_values"), pooled);
    EXPECT_LT(test::largestDifference(support.pooled, test::tensor(expected, "support_embeds")), test::kParity);
}

TEST_P(Towers, GridsNeedNotBeSquare) {
    const nn::TensorMap tensors = test::modelTensors(GetParam());
    const test::Expected expected = test::expected(GetParam());
    const Config config = fixtureConfig(GetParam());
    vision::Request request;
    request.taps = {config.vision.blocks() - 1};
    const vision::Output out =
        vision(nn::Params(tensors)["clip"], config, test::tensor(expected, "wide_pixel_values"), request);
    EXPECT_EQ(out.gridWidth, out.gridHeight + 2);
    EXPECT_LT(test::largestDifference(out.taps[0], test::tensor(expected, "wide_last")), test::kParity);
}

// tests/reference/make_token_mask_fixture.py: the scores before the softmax times the mask, as the reference does.
TEST_P(Towers, TokensHiddenInsideTheEncoder) {
    const nn::TensorMap tensors = test::modelTensors(GetParam());
    const Config config = fixtureConfig(GetParam());
    const test::Expected masked(test::reference() / "clipseg" / GetParam() / "token_masks.safetensors");
    const at::Tensor pixels = test::tensor(test::expected(GetParam()), "pixel_values");
    const auto pooled = [&](vision::TokenMask::Queries queries, std::int64_t from) {
        vision::Request request;
        request.pooled = true;
        request.tokenMask = {queries, test::tensor(masked, "inside"), from};
        return vision(nn::Params(tensors)["clip"], config, pixels, request).pooled;
    };
    using Queries = vision::TokenMask::Queries;
    EXPECT_LT(test::relativeDifference(pooled(Queries::classToken, 0), test::tensor(masked, "cls_0")), test::kRounding);
    EXPECT_LT(test::relativeDifference(pooled(Queries::classToken, 3), test::tensor(masked, "cls_3")), test::kRounding);
    EXPECT_LT(test::relativeDifference(pooled(Queries::patches, 0), test::tensor(masked, "all")), test::kRounding);
    EXPECT_LT(test::relativeDifference(pooled(Queries::patches, 2), test::tensor(masked, "from_2")), test::kRounding);
    EXPECT_GT(test::relativeDifference(pooled(Queries::none, 0), test::tensor(masked, "all")), 1e-2);
}

TEST_P(Towers, BlocksPastTheLastTapAreNotRun) {
    nn::TensorMap tensors = test::modelTensors(GetParam());
    const test::Expected expected = test::expected(GetParam());
    const Config config = fixtureConfig(GetParam());
    // Without the weights of the last block only a run that never reaches it can succeed.
    std::erase_if(tensors,
                  [](const auto& item) { return item.first.starts_with("clip.vision_model.encoder.layers.3."); });
    vision::Request request;
    request.taps = {2};
    const at::Tensor pixels = test::tensor(expected, "pixel_values");
    EXPECT_NO_THROW((void)vision(nn::Params(tensors)["clip"], config, pixels, request));
    request.pooled = true;
    EXPECT_THROW((void)vision(nn::Params(tensors)["clip"], config, pixels, request), std::out_of_range);
}

TEST_P(Towers, StopBetweenBlocks) {
    const nn::TensorMap tensors = test::modelTensors(GetParam());
    std::stop_source source;
    source.request_stop();
    vision::Request request;
    request.taps = {1};
    request.stop = source.get_token();
    const at::Tensor pixels = test::tensor(test::expected(GetParam()), "pixel_values");
    EXPECT_THROW((void)vision(nn::Params(tensors)["clip"], fixtureConfig(GetParam()), pixels, request),
                 vision::Stopped);
}

INSTANTIATE_TEST_SUITE_P(Clip, Towers, testing::Values("refined", "plain"));

}  // namespace
}  // namespace maskwright::clip
