// Matrix products, convolutions and softmax by oneDNN, which LibTorch brings along and which knows newer processors
// than a distribution's BLAS. Internal to core/nn. For tensors on the CPU that nothing is recorded of; any thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/nn/activation.h"

namespace maskwright::nn::onednn {

// Whether this build has it. Without: a LibTorch that carries a oneDNN of its own inside, which must not meet Debian's.
bool available();
// The instructions it computes with, by oneDNN's own names: "avx2", "avx512_core_bf16"; "none" where it is not there.
// The variable ONEDNN_MAX_CPU_ISA lowers it.
std::string instructions();
// Whether bfloat16 is multiplied in hardware (avx512_bf16, AMX).
bool multipliesBfloat16();
// Whether the functions below take this tensor: on the CPU, float32 (or bfloat16 where that is multiplied in hardware),
// nothing recorded.
bool computes(const at::Tensor& x);

// scale * a b. a: [..., M, K], b: [..., K, N], the same batch sides or 1 -> out [..., M, N], whose strides stay.
void product(const at::Tensor& a, const at::Tensor& b, double scale, const at::Tensor& out);
// Softmax over the last side. scores: contiguous float32; out: contiguous, float32 or bfloat16; may be `scores`.
void softmax(const at::Tensor& scores, const at::Tensor& out);

// One layer's weight in the form that the processor multiplies fastest, and its bias.
class Weight;
using WeightPtr = std::shared_ptr<const Weight>;

// weight: [O, I] float32; bias: [O] float32 or undefined. Multiplied in `type`.
// `kernel`: what kernelOf() says of it.
WeightPtr packMatrix(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type, std::int64_t kernel = 1);
// weight: [O, I / groups, k, k].
WeightPtr packConvolution(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type, std::int64_t groups);

// What is done to a result before it is written.
struct After {
    Activation activation = Activation::none;
    at::Tensor residual;  // added last, of the result's shape; or undefined
};
// x: [..., I] -> [..., O], in the weight's type, or the residual's.
at::Tensor linear(const Weight& weight, const at::Tensor& x, const After& after);
// x: [B, I, H, W] -> [B, O, h, w], channels-last.
struct Window {
    std::int64_t stride = 1, dilation = 1;
    std::int64_t top = 0, left = 0, bottom = 0, right = 0;  // zeros around
};
at::Tensor conv2d(const Weight& weight, const at::Tensor& x, const Window& window, const After& after);

std::int64_t kernelOf(const Weight& weight);

}  // namespace maskwright::nn::onednn
