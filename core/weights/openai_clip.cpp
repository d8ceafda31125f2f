#include "core/weights/openai_clip.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/weights/clip_source.h"

namespace maskwright::weights {

namespace {

void both(OpenAiOrigins& origins, const std::string& to, const std::string& from) {
    origins[to + ".weight"] = {from + ".weight"};
    origins[to + ".bias"] = {from + ".bias"};
}

void blocks(OpenAiOrigins& origins, const std::string& model, const std::string& transformer, std::int64_t layers) {
    for (std::int64_t i = 0; i < layers; ++i) {
        const std::string to = model + ".encoder.layers." + std::to_string(i) + ".";
        const std::string from = transformer + ".resblocks." + std::to_string(i) + ".";
        // Query, key and value lie in one matrix, one below the other.
        for (std::size_t part = 0; part < 3; ++part) {
            const std::string name = to + "self_attn." + "qkv"[part] + "_proj.";
            origins[name + "weight"] = {from + "attn.in_proj_weight", part, 3};
            origins[name + "bias"] = {from + "attn.in_proj_bias", part, 3};
        }
        both(origins, to + "self_attn.out_proj", from + "attn.out_proj");
        both(origins, to + "layer_norm1", from + "ln_1");
        both(origins, to + "layer_norm2", from + "ln_2");
        both(origins, to + "mlp.fc1", from + "mlp.c_fc");
        both(origins, to + "mlp.fc2", from + "mlp.c_proj");
    }
}

void blockShapes(ExpectedTensors& shapes, const std::string& transformer, const OpenAiTower& tower) {
    const std::int64_t w = tower.width;
    for (std::int64_t i = 0; i < tower.layers; ++i) {
        const std::string name = transformer + ".resblocks." + std::to_string(i) + ".";
        shapes[name + "attn.in_proj_weight"] = {3 * w, w};
        shapes[name + "attn.in_proj_bias"] = {3 * w};
        expectLinear(shapes, name + "attn.out_proj", w, w);
        expectNorm(shapes, name + "ln_1", w);
        expectNorm(shapes, name + "ln_2", w);
        expectLinear(shapes, name + "mlp.c_fc", tower.mlp, w);
        expectLinear(shapes, name + "mlp.c_proj", w, tower.mlp);
    }
}

// A convolution without bias and the batch norm behind it.
void convolution(ExpectedTensors& shapes, const std::string& conv, const std::string& norm, std::int64_t out,
                 std::int64_t in, std::int64_t kernel) {
    shapes[conv + ".weight"] = {out, in, kernel, kernel};
    for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"}) {
        shapes[norm + part] = {out};
    }
}

}  // namespace

OpenAiOrigins openAiText(std::int64_t layers) {
    OpenAiOrigins origins = {{"logit_scale", {"logit_scale"}},
                             {"text_projection.weight", {"text_projection", 0, 1, true}},
                             {"text_model.embeddings.token_embedding.weight", {"token_embedding.weight"}},
                             {"text_model.embeddings.position_embedding.weight", {"positional_embedding"}}};
    both(origins, "text_model.final_layer_norm", "ln_final");
    blocks(origins, "text_model", "transformer", layers);
    return origins;
}

OpenAiOrigins openAiVit(std::int64_t layers) {
    OpenAiOrigins origins = {{"visual_projection.weight", {"visual.proj", 0, 1, true}},
                             {"vision_model.embeddings.class_embedding", {"visual.class_embedding"}},
                             {"vision_model.embeddings.patch_embedding.weight", {"visual.conv1.weight"}},
                             {"vision_model.embeddings.position_embedding.weight", {"visual.positional_embedding"}}};
    both(origins, "vision_model.pre_layrnorm", "visual.ln_pre");  // spelt so in every checkpoint
    both(origins, "vision_model.post_layernorm", "visual.ln_post");
    blocks(origins, "vision_model", "visual.transformer", layers);
    return origins;
}

bool isOpenAiNote(std::string_view name) {
    static constexpr std::array<std::string_view, 3> kNotes = {"input_resolution", "context_length", "vocab_size"};
    return std::ranges::find(kNotes, name) != kNotes.end() || name.ends_with(".num_batches_tracked") ||
           name == "attn_mask" || name.ends_with(".attn_mask");
}

ExpectedTensors openAiTextShapes(const OpenAiTower& text, std::int64_t vocabulary, std::int64_t positions,
                                 std::int64_t projection) {
    ExpectedTensors shapes = {{"logit_scale", {}},
                              {"text_projection", {text.width, projection}},
                              {"token_embedding.weight", {vocabulary, text.width}},
                              {"positional_embedding", {positions, text.width}}};
    expectNorm(shapes, "ln_final", text.width);
    blockShapes(shapes, "transformer", text);
    return shapes;
}

ExpectedTensors openAiVitShapes(const OpenAiTower& vision, std::int64_t patch, std::int64_t places,
                                std::int64_t projection) {
    ExpectedTensors shapes = {{"visual.proj", {vision.width, projection}},
                              {"visual.class_embedding", {vision.width}},
                              {"visual.conv1.weight", {vision.width, 3, patch, patch}},
                              {"visual.positional_embedding", {places, vision.width}}};
    expectNorm(shapes, "visual.ln_pre", vision.width);
    expectNorm(shapes, "visual.ln_post", vision.width);
    blockShapes(shapes, "visual.transformer", vision);
    return shapes;
}

ExpectedTensors openAiResNetShapes(const OpenAiResNet& resnet, std::int64_t projection) {
    const std::int64_t w = resnet.width, wide = 32 * w;
    ExpectedTensors shapes;
    convolution(shapes, "visual.conv1", "visual.bn1", w / 2, 3, 3);
    convolution(shapes, "visual.conv2", "visual.bn2", w / 2, w / 2, 3);
    convolution(shapes, "visual.conv3", "visual.bn3", w, w / 2, 3);
    std::int64_t in = w, planes = w;
    for (std::size_t stage = 0; stage < resnet.layers.size(); ++stage, planes *= 2) {
        for (std::int64_t i = 0; i < resnet.layers[stage]; ++i, in = 4 * planes) {
            const std::string block = "visual.layer" + std::to_string(stage + 1) + "." + std::to_string(i) + ".";
            convolution(shapes, block + "conv1", block + "bn1", planes, in, 1);
            convolution(shapes, block + "conv2", block + "bn2", planes, planes, 3);
            convolution(shapes, block + "conv3", block + "bn3", 4 * planes, planes, 1);
            if (i == 0) {
                convolution(shapes, block + "downsample.0", block + "downsample.1", 4 * planes, in, 1);
            }
        }
    }
    const std::string pool = "visual.attnpool.";
    shapes[pool + "positional_embedding"] = {resnet.grid * resnet.grid + 1, wide};
    for (const char* name : {"q_proj", "k_proj", "v_proj"}) {
        expectLinear(shapes, pool + name, wide, wide);
    }
    expectLinear(shapes, pool + "c_proj", projection, wide);
    return shapes;
}

}  // namespace maskwright::weights
