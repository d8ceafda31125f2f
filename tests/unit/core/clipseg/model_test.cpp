#include "core/clipseg/model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/support/tensors.h"

namespace maskwright::clipseg {
namespace {

std::string problemOf(const std::string& folder) {
    try {
        (void)Model::load(folder, at::kCPU, at::kFloat);
    } catch (const ModelError& error) {
        EXPECT_EQ(error.error.kind, ErrorKind::weights);
        EXPECT_EQ(error.error.line().find('\n'), std::string::npos);
        return error.error.line();
    }
    ADD_FAILURE() << "loaded";
    return {};
}

void rewrite(const std::string& folder, const nn::TensorMap& tensors) {
    ASSERT_TRUE(nn::writeTensors(folder + "/model.safetensors", tensors, weights::DType::f32).ok());
}

class ModelFolder : public testing::Test {
  protected:
    test::TemporaryFolder place;
    std::string folder = test::copyModel(place, "refined");
    nn::TensorMap tensors = test::modelTensors("refined");
};

TEST_F(ModelFolder, MissingTensorIsNamed) {
    tensors.erase("decoder.film_mul.bias");
    rewrite(folder, tensors);
    EXPECT_NE(problemOf(folder).find("decoder.film_mul.bias"), std::string::npos);
}

TEST_F(ModelFolder, ExtraTensorIsNamed) {
    tensors["decoder.film_div.bias"] = at::zeros({3});
    rewrite(folder, tensors);
    EXPECT_NE(problemOf(folder).find("decoder.film_div.bias"), std::string::npos);
}

TEST_F(ModelFolder, PositionIdsOfOldCheckpointsArePassedOver) {
    tensors["clip.vision_model.embeddings.position_ids"] = at::arange(17, at::kLong).unsqueeze(0);
    rewrite(folder, tensors);
    EXPECT_NO_THROW((void)Model::load(folder, at::kCPU, at::kFloat));
}

TEST_F(ModelFolder, MisshapenTensorIsNamedWithBothShapes) {
    tensors["decoder.film_mul.weight"] = at::zeros({12, 21});
    rewrite(folder, tensors);
    const std::string problem = problemOf(folder);
    EXPECT_NE(problem.find("decoder.film_mul.weight"), std::string::npos);
    EXPECT_NE(problem.find("[12, 21]"), std::string::npos) << problem;
    EXPECT_NE(problem.find("[12, 20]"), std::string::npos) << problem;
}

TEST_F(ModelFolder, LargeVocabularyNeedsItsEmbeddings) {
    Json config = Json::parse(test::readText(folder + "/config.json"));
    config["text_config"]["vocab_size"] = 700;
    test::writeText(folder + "/config.json", config.dump());
    tensors["clip.text_model.embeddings.token_embedding.weight"] = at::zeros({700, 16});
    rewrite(folder, tensors);
    EXPECT_NE(problemOf(folder).find("814"), std::string::npos);
}

TEST_F(ModelFolder, EachMissingFileIsNamed) {
    for (const char* file : {"config.json", "model.safetensors", "merges.txt"}) {
        test::TemporaryFolder other;
        const std::string copy = test::copyModel(other, "refined");
        std::filesystem::remove(copy + "/" + file);
        EXPECT_NE(problemOf(copy).find(file), std::string::npos) << file;
    }
}

TEST_F(ModelFolder, TensorThatIsNotFiniteIsNamed) {
    for (const double bad : {NAN, -INFINITY}) {
        tensors["decoder.film_mul.bias"] = at::full({12}, 0.5);
        tensors["decoder.film_mul.bias"][7] = bad;
        rewrite(folder, tensors);
        const std::string problem = problemOf(folder);
        EXPECT_NE(problem.find("decoder.film_mul.bias"), std::string::npos) << problem;
        EXPECT_NE(problem.find("not finite"), std::string::npos) << problem;
    }
}

// CLIPSegTextModel.forward: the first eos_token_id, but the first of the highest ids where eos_token_id is 2.
TEST_F(ModelFolder, PhrasesArePooledWhereTheConfigurationSays) {
    const std::vector<std::int64_t> ids = {1, 9, 700, 5, 700, 2};
    const auto pooledAt = [&](std::int64_t eos) {
        Json config = Json::parse(test::readText(folder + "/config.json"));
        config["text_config"]["eos_token_id"] = eos;
        test::writeText(folder + "/config.json", config.dump());
        const auto model = Model::load(folder, at::kCPU, at::kFloat);
        const at::Tensor pooled = model->textCondition({ids, false});
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const at::Tensor row =
                at::tensor(std::vector<std::int64_t>(ids.begin(), ids.begin() + 1 + std::ptrdiff_t(i)));
            const at::Tensor end = at::full({1}, std::int64_t(i), at::kLong);
            const at::Tensor table = tensors.at("clip.text_model.embeddings.token_embedding.weight").to(at::kFloat);
            const at::Tensor cut = clip::textOf(model->params()["clip"], model->config().clip.text,
                                                at::embedding(table, row.unsqueeze(0)), end);
            if (test::relativeDifference(pooled, cut) < test::kRounding) {
                return static_cast<int>(i);
            }
        }
        return -1;
    };
    EXPECT_EQ(pooledAt(2), 2);
    EXPECT_EQ(pooledAt(5), 3);
    EXPECT_EQ(pooledAt(700), 2);
    EXPECT_EQ(pooledAt(813), 5) << "no such id: the tokenizer's end marker";
}

TEST_F(ModelFolder, PhrasesTogetherAreEachAlone) {
    const auto model = Model::load(folder, at::kCPU, at::kFloat);
    std::vector<text::Tokens> phrases;
    for (const char* phrase : {"a cat", "x", "the man's hat"}) {
        phrases.push_back(model->tokenizer().encode(phrase, model->config().clip.text.positions));
    }
    const at::Tensor together = model->textConditions(phrases);
    ASSERT_EQ(together.size(0), 3);
    for (std::int64_t i = 0; i < 3; ++i) {
        const at::Tensor alone = model->textCondition(phrases[std::size_t(i)]);
        EXPECT_LT(test::relativeDifference(together.slice(0, i, i + 1), alone), test::kRounding) << i;
    }
}

// The file may be renamed or removed while the model is open.
TEST_F(ModelFolder, WhatNoPhraseNeedsIsReadWhenAMarkedObjectDoes) {
    const test::Expected expected = test::expected("refined");
    const at::Tensor pixels = test::tensor(expected, "pixel_values");
    const auto model = Model::load(folder, at::kCPU, at::kFloat);
    const auto there = [&](const char* name) {
        const nn::Params scope = model->params()["clip"][name];
        return scope.packed() != nullptr || scope.optional("weight").defined();
    };
    EXPECT_FALSE(there("visual_projection"));
    EXPECT_FALSE(there("vision_model.post_layernorm"));
    EXPECT_FALSE(there("text_model.embeddings.token_embedding"));
    (void)model->encode(pixels);
    EXPECT_FALSE(there("visual_projection")) << "phrases end before it";
    std::filesystem::remove(folder + "/model.safetensors");
    (void)model->textCondition(model->tokenizer().encode("a cat", 16));
    const at::Tensor late = model->imageCondition(pixels);
    EXPECT_TRUE(there("visual_projection"));
    rewrite(folder, tensors);
    const auto again = Model::load(folder, at::kCPU, at::kFloat);
    EXPECT_TRUE(again->imageCondition(pixels).equal(late));
    EXPECT_EQ(again->parameterCount(), model->parameterCount());
}

TEST_F(ModelFolder, DamageInWhatIsReadLaterIsNamedThen) {
    tensors["clip.visual_projection.weight"] = tensors["clip.visual_projection.weight"].clone();
    tensors["clip.visual_projection.weight"].view(-1)[3] = NAN;
    tensors["clip.text_model.embeddings.token_embedding.weight"] =
        at::full_like(tensors["clip.text_model.embeddings.token_embedding.weight"], INFINITY);
    rewrite(folder, tensors);
    const auto model = Model::load(folder, at::kCPU, at::kFloat);
    const auto named = [](const std::function<void()>& work) {
        try {
            work();
        } catch (const ModelError& error) {
            return error.error.line();
        }
        return std::string();
    };
    EXPECT_NE(named([&] {
                  (void)model->imageCondition(test::tensor(test::expected("refined"), "pixel_values"));
              }).find("visual_projection"),
              std::string::npos);
    EXPECT_NE(
        named([&] { (void)model->textCondition(model->tokenizer().encode("a cat", 16)); }).find("token_embedding"),
        std::string::npos);
}

TEST_F(ModelFolder, BfloatAnswersNearFloat) {
    const auto exact = Model::load(folder, at::kCPU, at::kFloat);
    const auto rough = Model::load(folder, at::kCPU, at::kBFloat16);
    EXPECT_EQ(exact->parameterCount(), rough->parameterCount());
    const test::Expected expected = test::expected("refined");
    const at::Tensor pixels = test::tensor(expected, "pixel_values"), text = test::tensor(expected, "text_embeds");
    const at::Tensor a = exact->decode(exact->encode(pixels), text), b = rough->decode(rough->encode(pixels), text);
    EXPECT_EQ(b.scalar_type(), at::kFloat);
    const at::Tensor inA = a > 0, inB = b > 0;
    const double iou = (inA & inB).sum().item<double>() / (inA | inB).sum().item<double>();
    EXPECT_GT(iou, 0.97);
}

}  // namespace
}  // namespace maskwright::clipseg
