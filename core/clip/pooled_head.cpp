#include "core/clip/pooled_head.h"

#include <ATen/ATen.h>

#include "core/nn/layers.h"
#include "core/nn/product.h"

namespace maskwright::clip {

namespace {

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-6); }

}  // namespace

at::Tensor nameCosines(const nn::Params& head, const at::Tensor& mean, const at::Tensor& names) {
    const at::Tensor named = mean + nn::linear(head["fc2"], nn::linear(head["fc1"], mean, nn::Activation::gelu));
    return nn::matmul(unit(named), unit(names).t());
}

at::Tensor pooledEmbedding(const nn::Params& p, const PooledHead& config, const at::Tensor& mean) {
    if (config.names == 0) {
        return mean;
    }
    const nn::Params head = p["pooled_head"];
    const at::Tensor names = head.tensor("names").to(mean.scalar_type());
    const at::Tensor shares = at::softmax(nameCosines(head, mean, names) * config.scale, -1);
    // As long as names are, so that x = a * image + (1 - a) * text means what it says.
    return unit(nn::matmul(shares, names)) * names.norm(2, -1).mean();
}

}  // namespace maskwright::clip
