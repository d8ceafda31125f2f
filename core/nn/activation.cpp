#include "core/nn/activation.h"

#include <ATen/ATen.h>

#include <stdexcept>
#include <string>

namespace maskwright::nn {

Activation activationFromName(std::string_view name) {
    if (name == "quick_gelu") {
        return Activation::quickGelu;
    }
    if (name == "gelu") {
        return Activation::gelu;
    }
    if (name == "relu") {
        return Activation::relu;
    }
    throw std::invalid_argument("the activation " + std::string(name) + " is not one of quick_gelu, gelu, relu");
}

at::Tensor activate(Activation activation, const at::Tensor& x) {
    switch (activation) {
        case Activation::none:
            return x;
        case Activation::quickGelu:
            return x * at::sigmoid(x * kQuickGelu);
        case Activation::gelu:
            return at::gelu(x);
        case Activation::relu:
            return at::relu(x);
        case Activation::relu6:
            return at::clamp(x, 0, 6);
        case Activation::silu:
            return at::silu(x);
    }
    return x;
}

}  // namespace maskwright::nn
