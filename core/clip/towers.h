// CLIP's two towers as functions over a weight scope (`p` is the scope "clip"). Throws on shapes that do not fit.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <span>
#include <vector>

#include "core/clip/config.h"
#include "core/nn/params.h"

namespace maskwright::clip {

// The trunk's answer with its features projected, not L2-normalised: pooled [B, P], after the pooled head where there
// is one; dense [B, H*W, P]. pixels: as Trunk::forward() has them.
vision::Output vision(const nn::Params& p, const Config& config, const at::Tensor& pixels,
                      const vision::Request& request);

// ids: [N, T] int64, padded with anything after each row's end; ends: [N] int64, the position of each end marker.
// -> [N, P], projected, not L2-normalised. Text may be cut right after the end marker: attention is causal.
at::Tensor text(const nn::Params& p, const TextConfig& config, const at::Tensor& ids, const at::Tensor& ends);

// The same from the tokens' embeddings [N, T, C], positions not added yet.
at::Tensor textOf(const nn::Params& p, const TextConfig& config, const at::Tensor& embeddings, const at::Tensor& ends);

// ids [N, T] int64 on the CPU -> their embeddings [N, T, C] on the model's device; empty: a tensor of `p` has them.
using Embed = std::function<at::Tensor(const at::Tensor& ids)>;

// One text's ids, markers included -> [1, P] float32 on `device`, where the weights are. What is after the row that is
// its embedding is not computed: Hugging Face's CLIPSegTextModel and CLIPTextModel read the same row.
at::Tensor text(const nn::Params& p, const TextConfig& config, std::span<const std::int64_t> ids, at::Device device,
                const Embed& embed = {});

// The same of several texts, through the tower together: where a launch costs more than the numbers. -> [N, P]
at::Tensor texts(const nn::Params& p, const TextConfig& config, std::span<const std::vector<std::int64_t>> ids,
                 at::Device device, const Embed& embed = {});

}  // namespace maskwright::clip
