// open_clip's model folders: open_clip_config.json and open_clip_model.safetensors under OpenAI's names
// (mlfoundations/open_clip src/open_clip/model.py, CLIPVisionCfg and CLIPTextCfg).
#pragma once

#include <string>

#include "core/clip/config.h"
#include "core/nn/params.h"

namespace maskwright::clip {

inline constexpr const char* kOpenClipConfig = "open_clip_config.json";
inline constexpr const char* kOpenClipWeights = "open_clip_model.safetensors";

// Reads model_cfg: embed_dim, quick_gelu, vision_cfg (image_size, layers, width, head_width, mlp_ratio, patch_size;
// four numbers under "layers" are a modified ResNet's) and text_cfg (context_length, vocab_size, width, heads, layers,
// mlp_ratio). Errors: ErrorKind::weights, naming the member, also for members that ask for another network.
Result<Config> readOpenClipConfig(const Json& json, const std::string& where);

// Of `config`, a vision transformer or a modified ResNet: the shapes under OpenAI's names, and such tensors under the
// names that clip::parameters() declares. The second throws where one is missing.
weights::ExpectedTensors openClipShapes(const Config& config);
nn::TensorMap fromOpenClip(const nn::TensorMap& tensors, const Config& config);

}  // namespace maskwright::clip
