#include "core/clipseg/config.h"

#include <gtest/gtest.h>

namespace maskwright::clipseg {
namespace {

std::int64_t count(const nn::Parameters& parameters) {
    std::int64_t total = 0;
    for (const auto& [name, parameter] : parameters) {
        std::int64_t size = 1;
        for (const std::int64_t side : parameter.shape) {
            size *= side;
        }
        total += size;
    }
    return total;
}

Json released(std::int64_t reduce, bool refined) {
    return {{"model_type", "clipseg"},
            {"reduce_dim", reduce},
            {"use_complex_transposed_convolution", refined},
            {"vision_config", {{"patch_size", 16}}}};
}

// Counted from the original's own modules, without its unused `reduce` layer.
TEST(ClipSegConfig, DecoderSizesAreThePublishedOnes) {
    const std::tuple<std::int64_t, bool, std::int64_t> cases[] = {
        {64, false, 1'073'153}, {64, true, 1'127'009}, {16, false, 263'681}, {128, false, 2'238'465}};
    for (const auto& [reduce, refined, parameters] : cases) {
        const auto config = readConfig(released(reduce, refined), "config.json");
        ASSERT_TRUE(config.ok());
        EXPECT_EQ(count(decoderParameters(*config)), parameters) << reduce << (refined ? " refined" : " plain");
    }
}

TEST(ClipSegConfig, TheWholeRefinedModel) {
    const auto config = readConfig(released(64, true), "config.json");
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(count(parameters(*config)), 150'747'746);
    EXPECT_EQ(config->extractLayers, (std::vector<std::int64_t>{3, 6, 9}));
}

TEST(ClipSegConfig, WritesWhatItReads) {
    Json json = released(12, false);
    json["decoder_num_attention_heads"] = 2;
    json["similarity_map"] = true;
    json["presence_head"] = true;
    json["extract_layers"] = {3, 5};
    json["pyramid_layers"] = {4, 2};
    json["pyramid_channels"] = {8, 6};
    json["default_threshold"] = 0.35;
    json["mask_shape"] = {{"share", 0.4}, {"cap", 2}, {"offset", -1.5}, {"anchor", -1}};
    json["vision_config"] = {{"model_type", "efficientnet_lite"}};
    const auto once = readConfig(json, "config.json");
    ASSERT_TRUE(once.ok()) << once.error().line();
    const auto again = readConfig(toJson(*once), "config.json");
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(toJson(*once), toJson(*again));
    EXPECT_DOUBLE_EQ(again->defaultThreshold, 0.35);
    ASSERT_TRUE(again->maskShape);
    EXPECT_DOUBLE_EQ(again->maskShape->share, 0.4);
    EXPECT_DOUBLE_EQ(again->maskShape->cap, 2);
    EXPECT_DOUBLE_EQ(again->maskShape->offset, -1.5);
    EXPECT_DOUBLE_EQ(again->maskShape->anchor, -1);
    EXPECT_TRUE(again->presenceHead);
    EXPECT_EQ(parameters(*once).at("decoder.presence.0.weight").shape, (std::vector<std::int64_t>{12, 26}));
}

// Which tensors a model keeps in its number type.
TEST(ClipSegConfig, TheBlocksProductsAloneTakeTheModelsType) {
    Json lite = released(64, false);
    lite["vision_config"] = {{"model_type", "efficientnet_lite"}};
    lite["similarity_map"] = lite["presence_head"] = true;
    lite["pyramid_layers"] = {6, 3};
    lite["pyramid_channels"] = {32, 16};
    const std::pair<Json, std::vector<std::pair<const char*, bool>>> cases[] = {
        {released(64, true),
         {{"clip.vision_model.encoder.layers.0.mlp.fc1.weight", true},
          {"clip.vision_model.encoder.layers.0.mlp.fc1.bias", true},
          {"clip.vision_model.encoder.layers.0.layer_norm1.weight", false},
          {"clip.vision_model.embeddings.patch_embedding.weight", false},
          {"clip.vision_model.embeddings.class_embedding", false},
          {"clip.vision_model.pre_layrnorm.bias", false},
          {"clip.text_model.encoder.layers.0.mlp.fc1.weight", false},
          {"clip.visual_projection.weight", false},
          {"decoder.layers.1.self_attn.q_proj.weight", true},
          {"decoder.layers.1.layer_norm2.weight", false},
          {"decoder.reduces.0.weight", false},
          {"decoder.film_mul.weight", false},
          {"decoder.transposed_convolution.0.weight", false},
          {"decoder.transposed_convolution.2.weight", false}}},
        {lite,
         {{"clip.vision_model.stem.weight", true},
          {"clip.vision_model.blocks.20.depthwise.bias", true},
          {"clip.vision_model.head.weight", true},
          {"decoder.pyramid.0.lateral.weight", true},
          {"decoder.pyramid.1.mix.bias", true},
          {"decoder.pyramid.out.weight", false},
          {"decoder.pyramid.similarity", false},
          {"decoder.presence.0.weight", false},
          {"decoder.similarity.weight", false}}}};
    for (const auto& [json, names] : cases) {
        const auto config = readConfig(json, "config.json");
        ASSERT_TRUE(config.ok()) << config.error().line();
        const nn::Parameters all = parameters(*config);
        for (const auto& [name, takes] : names) {
            ASSERT_TRUE(all.contains(name)) << name;
            EXPECT_EQ(nn::takesModelType(all.at(name)), takes) << name;
        }
    }
}

TEST(ClipSegConfig, MistakesAreNamed) {
    const std::pair<Json, const char*> cases[] = {
        {Json::array(), "object"},
        {{{"model_type", "bert"}}, "bert"},
        {{{"model_type", 3}}, "model_type"},
        {{{"extract_layers", {3, 6, 12}}}, "extract_layers"},
        {{{"extract_layers", Json::array()}}, "extract_layers"},
        {{{"extract_layers", {3, "six"}}}, "extract_layers"},
        {{{"reduce_dim", 30}}, "reduce_dim"},
        {{{"conditional_layer", 3}}, "conditional_layer"},
        {{{"use_complex_transposed_convolution", "yes"}}, "use_complex_transposed_convolution"},
        {{{"similarity_map", true}}, "similarity_map"},
        {{{"pyramid_layers", {2}}}, "pyramid"},
        {{{"default_threshold", 2}}, "default_threshold"},
    };
    for (const auto& [json, word] : cases) {
        const auto config = readConfig(json, "config.json");
        ASSERT_FALSE(config.ok()) << json;
        EXPECT_EQ(config.error().kind, ErrorKind::weights);
        EXPECT_NE(config.error().line().find(word), std::string::npos) << config.error().line();
    }
}

}  // namespace
}  // namespace maskwright::clipseg
