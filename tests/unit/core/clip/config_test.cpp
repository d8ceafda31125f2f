#include "core/clip/config.h"

#include <gtest/gtest.h>

namespace maskwright::clip {
namespace {

Json lite() {
    return Json::parse(R"({"projection_dim": 20, "text_config": {"hidden_size": 16, "num_attention_heads": 2},
        "vision_config": {"model_type": "efficientnet_lite", "output_stride": 16}})");
}

TEST(ClipConfig, DefaultsAreHuggingFaces) {
    const auto config = readConfig(Json::parse(R"({"vision_config": {"patch_size": 16}})"), "config.json");
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->text.hiddenSize, 512);
    EXPECT_EQ(config->text.vocabulary, 49408);
    EXPECT_EQ(config->vision.hiddenSize(), 768);
    EXPECT_EQ(config->vision.cell(), 16);
    EXPECT_EQ(config->projection, 512);
}

TEST(ClipConfig, WritesWhatItReads) {
    for (const Json& json :
         {Json::parse(R"({"vision_config": {"hidden_size": 32, "num_attention_heads": 4, "patch_size": 8},
                                             "text_config": {"eos_token_id": 2}})"),
          lite()}) {
        const auto once = readConfig(json, "config.json");
        ASSERT_TRUE(once.ok());
        const auto again = readConfig(toJson(*once), "config.json");
        ASSERT_TRUE(again.ok());
        EXPECT_EQ(toJson(*once), toJson(*again));
        EXPECT_EQ(parameters(*once), parameters(*again));
    }
}

TEST(ClipConfig, Lite2AtStride16) {
    const auto config = readConfig(lite(), "config.json");
    ASSERT_TRUE(config.ok());
    const auto blocks = std::get<vision::EfficientNet>(config->vision.type()).blocks();
    ASSERT_EQ(blocks.size(), 21u);
    // Strides at blocks 1, 4 and 7; block 15's becomes 1 and the depthwise kernels after it dilate by 2.
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        EXPECT_EQ(blocks[i].stride, i == 1 || i == 4 || i == 7 ? 2 : 1) << "block " << i;
        EXPECT_EQ(blocks[i].dilation, i > 15 ? 2 : 1) << "block " << i;
    }
    EXPECT_EQ(config->vision.channelsAfter(20), 352);
    EXPECT_EQ(config->vision.strideAfter(0), 2);
    EXPECT_EQ(config->vision.strideAfter(3), 4);
    EXPECT_EQ(config->vision.strideAfter(6), 8);
    EXPECT_EQ(config->vision.strideAfter(20), 16);
    EXPECT_EQ(config->vision.cell(), 16);
}

TEST(ClipConfig, ATrunkSaysWhatItCan) {
    const auto vit = readConfig(Json::parse(R"({"vision_config": {"patch_size": 16}})"), "config.json");
    const auto efficientNet = readConfig(lite(), "config.json");
    ASSERT_TRUE(vit.ok() && efficientNet.ok());
    EXPECT_TRUE(vit->vision.hidesTokens());
    EXPECT_FALSE(vit->vision.hasMaps());
    EXPECT_FALSE(efficientNet->vision.hidesTokens());
    EXPECT_TRUE(efficientNet->vision.hasMaps());
    EXPECT_EQ(vit->vision.name(), "clip_vit");
    EXPECT_EQ(efficientNet->vision.name(), "efficientnet_lite");
}

TEST(ClipConfig, EveryTensorSaysItsPart) {
    Json json = lite();
    json["vision_config"]["pooled_names"] = 3;
    const auto config = readConfig(json, "config.json");
    ASSERT_TRUE(config.ok());
    const nn::Parameters all = parameters(*config);
    using nn::Part, nn::Role;
    const std::tuple<const char*, Part, Role, std::int64_t> cases[] = {
        {"clip.logit_scale", Part::temperature, Role::scalar, -1},
        {"clip.text_model.embeddings.token_embedding.weight", Part::textTower, Role::embedding, -1},
        {"clip.text_model.encoder.layers.3.layer_norm1.bias", Part::textTower, Role::norm, -1},
        {"clip.text_projection.weight", Part::textProjection, Role::matrix, -1},
        {"clip.visual_projection.weight", Part::visualProjection, Role::matrix, -1},
        {"clip.vision_model.stem.weight", Part::visionTower, Role::convolution, -1},
        {"clip.vision_model.blocks.12.depthwise.weight", Part::visionTower, Role::convolution, 12},
        {"clip.vision_model.blocks.12.project.bias", Part::visionTower, Role::bias, 12},
        {"clip.vision_model.head.weight", Part::visionTower, Role::convolution, 21},
        {"clip.pooled_head.names", Part::pooledHead, Role::embedding, -1},
    };
    for (const auto& [name, part, role, block] : cases) {
        ASSERT_TRUE(all.contains(name)) << name;
        EXPECT_EQ(all.at(name).part, part) << name;
        EXPECT_EQ(all.at(name).role, role) << name;
        EXPECT_EQ(all.at(name).block, block) << name;
    }
    const nn::Parameters head = pooledHeadParameters(config->pooledHead, config->projection);
    EXPECT_EQ(head.size(), 5u);
    EXPECT_EQ(head.at("clip.pooled_head.names").shape, (std::vector<std::int64_t>{3, 20}));
}

TEST(ClipConfig, MistakesAreNamed) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"text_config": {"hidden_size": 10, "num_attention_heads": 3}})", "heads"},
        {R"({"text_config": {"hidden_act": "swish"}})", "swish"},
        {R"({"text_config": {"tokenizer": "words"}})", "words"},
        {R"({"text_config": []})", "text_config"},
        {R"({"text_config": {"hidden_size": -1}})", "hidden_size"},
        {R"({"text_config": {"hidden_size": 1e300}})", "hidden_size"},
        {R"({"text_config": {"num_hidden_layers": 100000}})", "num_hidden_layers"},
        {R"({"vision_config": {"model_type": "resnet"}})", "resnet"},
        {R"({"vision_config": {"patch_size": 0}})", "patch_size"},
        {R"({"vision_config": {"patch_size": 64, "image_size": 32}})", "image_size"},
        {R"({"vision_config": {"num_channels": 1}})", "num_channels"},
        {R"({"vision_config": {"model_type": "efficientnet_lite", "stages": [1, 3, 1, 16]}})", "stages"},
        {R"({"vision_config": {"model_type": "efficientnet_lite", "stages": [1, 4, 1, 16, 1]}})", "stages"},
        {R"({"vision_config": {"model_type": "efficientnet_lite", "stages": [1, 3, 1, 16, 1000]}})", "stages"},
        {R"({"vision_config": {"model_type": "efficientnet_lite", "output_stride": 12}})", "output_stride"},
        {R"({"projection_dim": "wide"})", "projection_dim"},
    };
    for (const auto& [text, word] : cases) {
        const auto config = readConfig(Json::parse(text), "config.json");
        ASSERT_FALSE(config.ok()) << text;
        EXPECT_EQ(config.error().kind, ErrorKind::weights);
        EXPECT_NE(config.error().line().find(word), std::string::npos) << config.error().line();
        EXPECT_NE(config.error().line().find("config.json"), std::string::npos) << config.error().line();
    }
}

}  // namespace
}  // namespace maskwright::clip
