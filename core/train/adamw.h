// AdamW (Loshchilov & Hutter 2019) over named tensors, with its state as named tensors, so that a checkpoint is one
// file of tensors. Also the exponential moving average of the weights that evaluation and the shipped model use.
#pragma once

#include <functional>
#include <string>

#include "core/nn/params.h"

namespace maskwright::train {

// Linear warm-up, then half a cosine from 1 down to `floor`, over steps 0 .. total - 1.
double warmupCosine(std::int64_t step, std::int64_t warmup, std::int64_t total, double floor = 0.0);
// The same where the clock says when it ends: `over` of 0..1 is.
double cosineByTime(std::int64_t step, std::int64_t warmup, double over, double floor = 0.0);

class AdamW {
  public:
    struct Options {
        double beta1 = 0.9, beta2 = 0.98, eps = 1e-8;
        double gradientNorm = 1.0;  // gradients are scaled down to this norm over all tensors; 0: never
        double emaDecay = 0.0;      // 0: no average is kept
    };
    AdamW() = default;
    explicit AdamW(Options options) : options_(options) {}

    // One step for every tensor of `model` that has a gradient; clears the gradients. `rate` and `decay` give the
    // learning rate and weight decay by name. Returns the gradient norm before scaling; when it is not finite nothing
    // is changed.
    double step(nn::TensorMap& model, const std::function<double(const std::string&)>& rate,
                const std::function<double(const std::string&)>& decay);

    // The averaged weights: `model` with averaged tensors in place of the trained ones.
    [[nodiscard]] nn::TensorMap averaged(const nn::TensorMap& model) const;

    // State for checkpoints: "m.", "v.", "ema." + name; the step count is the caller's to store.
    [[nodiscard]] nn::TensorMap state() const;
    void restore(const nn::TensorMap& state, std::int64_t steps, at::Device device = at::kCPU);
    [[nodiscard]] std::int64_t steps() const { return steps_; }

  private:
    Options options_;
    std::int64_t steps_ = 0;
    nn::TensorMap first_, second_, average_;
    std::map<std::string, std::int64_t, std::less<>> counts_;  // steps a tensor has had, for the bias correction
};

}  // namespace maskwright::train
