#include "core/nn/parameter.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/nn/device.h"

namespace maskwright::nn {

namespace {

Initialisation weightOf(std::int64_t inputs, double gain = 1) {
    return normal(gain / std::sqrt(static_cast<double>(inputs)));
}

}  // namespace

bool takesModelType(const Parameter& parameter) {
    return parameter.bulk && (parameter.role == Role::matrix || parameter.role == Role::convolution ||
                              parameter.role == Role::transposedConvolution || parameter.role == Role::bias);
}

at::Tensor inModelType(const at::Tensor& tensor, at::ScalarType type, at::Device device) {
    const at::Tensor narrow = tensor.to(device, type);
    return type == at::kBFloat16 && device.is_cpu() && !fastBfloat16() ? narrow.to(at::kFloat) : narrow;
}

bool decays(const Parameter& parameter) {
    return parameter.role != Role::bias && parameter.role != Role::norm && parameter.role != Role::scalar;
}

at::Tensor fresh(const Parameter& parameter, std::optional<at::Generator> generator) {
    const Initialisation& start = parameter.initialisation;
    if (start.kind == Initialisation::Kind::constant) {
        return at::full(parameter.shape, start.value);
    }
    return (generator ? at::randn(parameter.shape, *generator) : at::randn(parameter.shape)) * start.value;
}

weights::ExpectedTensors shapesOf(const Parameters& parameters) {
    weights::ExpectedTensors shapes;
    for (const auto& [name, parameter] : parameters) {
        shapes.emplace(name, parameter.shape);
    }
    return shapes;
}

Declaration Declaration::operator[](std::string_view name) const {
    Declaration inner = *this;
    inner.prefix_ += std::string(name) + ".";
    return inner;
}

Declaration Declaration::operator[](std::int64_t index) const { return (*this)[std::to_string(index)]; }

Declaration Declaration::bulk() const {
    Declaration same = *this;
    same.like_.bulk = true;
    return same;
}

Declaration Declaration::block(std::int64_t index) const {
    Declaration same = *this;
    same.like_.block = index;
    return same;
}

Declaration Declaration::depth(std::int64_t blocks) const {
    Declaration same = *this;
    same.like_.depth = blocks;
    return same;
}

void Declaration::tensor(std::string_view name, std::vector<std::int64_t> shape, Role role,
                         Initialisation initialisation) const {
    Parameter parameter = like_;
    parameter.shape = std::move(shape);
    parameter.role = role;
    parameter.initialisation = initialisation;
    all_->insert_or_assign(prefix_ + std::string(name), std::move(parameter));
}

void Declaration::linear(std::int64_t out, std::int64_t in, double gain) const {
    tensor("weight", {out, in}, Role::matrix, weightOf(in, gain));
    tensor("bias", {out}, Role::bias);
}

void Declaration::conv2d(std::int64_t out, std::int64_t in, std::int64_t kernel, std::int64_t groups) const {
    Declaration grouped = *this;
    grouped.like_.groups = groups;
    grouped.tensor("weight", {out, in, kernel, kernel}, Role::convolution, weightOf(in * kernel * kernel));
    tensor("bias", {out}, Role::bias);
}

void Declaration::expandPixels(std::int64_t out, std::int64_t in, std::int64_t stride) const {
    // A kernel as wide as its stride: every result sums over the input channels alone.
    tensor("weight", {in, out, stride, stride}, Role::transposedConvolution, weightOf(in));
    tensor("bias", {out}, Role::bias);
}

void Declaration::layerNorm(std::int64_t width) const {
    tensor("weight", {width}, Role::norm, constant(1));
    tensor("bias", {width}, Role::norm);
}

void Declaration::transformerBlock(std::int64_t width, std::int64_t hidden, double gain) const {
    const Declaration attention = (*this)["self_attn"], mlp = (*this)["mlp"];
    for (const char* name : {"q_proj", "k_proj", "v_proj"}) {
        attention[name].linear(width, width);
    }
    attention["out_proj"].linear(width, width, gain);
    (*this)["layer_norm1"].layerNorm(width);
    (*this)["layer_norm2"].layerNorm(width);
    mlp["fc1"].linear(hidden, width);
    mlp["fc2"].linear(width, hidden, gain);
}

}  // namespace maskwright::nn
