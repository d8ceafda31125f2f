// What layers do to each number.
#pragma once

#include <ATen/core/Tensor.h>

#include <string_view>

namespace maskwright::nn {

enum class Activation { none, quickGelu, gelu, relu, relu6, silu };
// "quick_gelu", "gelu", "relu", as configurations of transformers name them; throws std::invalid_argument naming any
// other.
Activation activationFromName(std::string_view name);
at::Tensor activate(Activation activation, const at::Tensor& x);

inline constexpr double kQuickGelu = 1.702;  // openai/CLIP clip/model.py, QuickGELU

}  // namespace maskwright::nn
