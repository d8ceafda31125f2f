// A tiny CLIP in Hugging Face's layout, for the tests that convert it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/weights/safetensors.h"
#include "tests/unit/core/weights/scratch.h"

namespace maskwright::weights {

namespace tiny_clip {
// The sizes that tests/reference/make_pickle_fixtures.py gave its decoders.
inline constexpr std::int64_t kWidth = 8, kMlp = 12, kProjection = 6, kVision = 16, kPatch = 8;
}  // namespace tiny_clip

// Every value is different. A test may alter `config` before write() and `tensors` in `change`.
class ClipFolder {
  public:
    explicit ClipFolder(const Scratch& scratch) : scratch_(scratch) {}

    void write(const std::string& folder, const std::string& prefix = "",
               const std::function<void(ClipFolder&)>& change = {}) {
        tensors.clear();
        add(prefix + "logit_scale", {});
        add(prefix + "text_model.embeddings.token_embedding.weight", {20, 8});
        add(prefix + "text_model.embeddings.position_embedding.weight", {7, 8});
        tower(prefix + "text_model", 8, 10, 2);
        both(prefix + "text_model.final_layer_norm", {8});
        add(prefix + "vision_model.embeddings.class_embedding", {tiny_clip::kVision});
        add(prefix + "vision_model.embeddings.patch_embedding.weight",
            {tiny_clip::kVision, 3, tiny_clip::kPatch, tiny_clip::kPatch});
        add(prefix + "vision_model.embeddings.position_embedding.weight", {17, tiny_clip::kVision});
        both(prefix + "vision_model.pre_layrnorm", {tiny_clip::kVision});
        tower(prefix + "vision_model", tiny_clip::kVision, 12, 10);
        both(prefix + "vision_model.post_layernorm", {tiny_clip::kVision});
        add(prefix + "visual_projection.weight", {tiny_clip::kProjection, tiny_clip::kVision});
        add(prefix + "text_projection.weight", {tiny_clip::kProjection, 8});
        if (!prefix.empty()) {
            add("decoder.anything", {3});
        }
        if (change) {
            change(*this);
        }
        std::filesystem::create_directories(scratch_.path(folder));
        std::vector<TensorToWrite> list;
        for (const auto& [name, tensor] : tensors) {
            list.push_back({name, DType::f32, tensor.first, std::as_bytes(std::span(tensor.second))});
        }
        // As older transformers stored them.
        const std::vector<std::int64_t> ids = {0, 1, 2, 3, 4, 5, 6};
        list.push_back(
            {prefix + "text_model.embeddings.position_ids", DType::i64, {1, 7}, std::as_bytes(std::span(ids))});
        ASSERT_TRUE(writeSafetensors(scratch_.path(folder + "/model.safetensors"), list));
        scratch_.put(folder + "/config.json", config.dump());
        scratch_.put(folder + "/vocab.json", "{\"a\":0}");
        scratch_.put(folder + "/merges.txt", "#version: 0.2\n");
        scratch_.put(folder + "/tokenizer_config.json", "{}");
        scratch_.put(folder + "/added_tokens.json", "{}");
        scratch_.put(folder + "/README.md", "not copied");
    }

    std::map<std::string, std::pair<std::vector<std::int64_t>, std::vector<float>>> tensors;
    Json config = {
        {"model_type", "clip"},
        {"projection_dim", tiny_clip::kProjection},
        {"text_config", {{"num_attention_heads", 2}, {"hidden_size", 8}, {"eos_token_id", 2}}},
        {"vision_config", {{"num_attention_heads", 4}, {"image_size", 32}, {"patch_size", tiny_clip::kPatch}}}};

    void add(const std::string& name, std::vector<std::int64_t> shape) {
        TensorInfo info;
        info.shape = shape;
        std::vector<float> values(static_cast<std::size_t>(info.count()));
        std::iota(values.begin(), values.end(), next_);
        next_ += static_cast<float>(values.size());
        tensors[name] = {std::move(shape), std::move(values)};
    }

  private:
    void both(const std::string& name, const std::vector<std::int64_t>& shape) {
        add(name + ".weight", shape);
        add(name + ".bias", {shape.front()});
    }
    void tower(const std::string& name, std::int64_t width, std::int64_t mlp, int layers) {
        for (int i = 0; i < layers; ++i) {
            const std::string layer = name + ".encoder.layers." + std::to_string(i);
            for (const char* part :
                 {".self_attn.q_proj", ".self_attn.k_proj", ".self_attn.v_proj", ".self_attn.out_proj"}) {
                both(layer + part, {width, width});
            }
            both(layer + ".layer_norm1", {width});
            both(layer + ".layer_norm2", {width});
            both(layer + ".mlp.fc1", {mlp, width});
            both(layer + ".mlp.fc2", {width, mlp});
        }
    }
    const Scratch& scratch_;
    float next_ = 0;
};

}  // namespace maskwright::weights
