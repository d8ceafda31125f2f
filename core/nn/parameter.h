// What a configuration says of each tensor of a model: its shape, what it is in the network, how it begins where
// nothing is trained yet. Whoever treats tensors differently (number type, weight decay, memory layout, which of them
// learn) reads it here; a tensor's name is for finding it in a checkpoint, and for nothing else. Values; any thread.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/weights/model_folder.h"

namespace maskwright::nn {

enum class Role {
    matrix,                 // [O, I] of a product; [O] where its input is one number
    convolution,            // [O, I / groups, k, k]
    transposedConvolution,  // [I, O, s, s], as wide as its stride
    bias,                   // [O], added to a product
    norm,                   // [C], scale or shift of a normalised vector
    embedding,              // rows that are looked up or put in as they are
    scalar                  // one number
};

// Which part of a model a tensor belongs to.
enum class Part {
    textTower,
    textProjection,
    visionTower,
    visualProjection,
    temperature,
    pooledHead,
    isA,    // which of the trunk's own names a condition means
    names,  // joint vectors of names, as the text tower gives them: put in, never learned
    decoder
};

struct Initialisation {
    enum class Kind { constant, normal };
    Kind kind = Kind::constant;
    double value = 0;  // the constant, or the standard deviation around 0
    bool operator==(const Initialisation&) const = default;
};
inline Initialisation constant(double value) { return {Initialisation::Kind::constant, value}; }
inline Initialisation normal(double deviation) { return {Initialisation::Kind::normal, deviation}; }

struct Parameter {
    std::vector<std::int64_t> shape;
    Role role = Role::matrix;
    Initialisation initialisation;
    Part part = Part::decoder;
    bool bulk = false;        // in one of the blocks that nearly all of the work is done in
    std::int64_t groups = 1;  // of a convolution
    std::int64_t block = -1;  // where a vision tower may be trained: its block, the head being one past the last
    std::int64_t depth = -1;  // in a vision tower that may be left early: how many of its blocks come before
    bool operator==(const Parameter&) const = default;
};

// By name, as in the checkpoint.
using Parameters = std::map<std::string, Parameter, std::less<>>;

// Whether the tensor is kept and multiplied in the model's number type: the products of the blocks. All else stays
// float32: it costs nothing, and a condition, a residual stream or logits in bfloat16 would move the masks' edges.
bool takesModelType(const Parameter& parameter);
// A tensor as it is multiplied in the model's type. LibTorch adds bfloat16 products up in bfloat16 where the processor
// has no instructions for them, which moves masks and takes many times as long: there the weights are rounded, and
// multiplied in float32.
at::Tensor inModelType(const at::Tensor& tensor, at::ScalarType type, at::Device device);
// Whether weight decay applies: to what is multiplied with, not to norms, biases and single numbers.
bool decays(const Parameter& parameter);
// A tensor as it begins, float32 on the CPU. Without a generator the global one draws.
at::Tensor fresh(const Parameter& parameter, std::optional<at::Generator> generator = std::nullopt);
// What a file's header is compared with.
weights::ExpectedTensors shapesOf(const Parameters& parameters);

// Declares tensors under a scope that reads as Params does: d["layers"][3]["mlp"]["fc1"].linear(out, in). Its functions
// are named after those of nn/layers.h that read what they declare. Cheap to copy; `all` must outlive it.
class Declaration {
  public:
    Declaration(Parameters& all, Part part) : all_(&all) { like_.part = part; }

    Declaration operator[](std::string_view name) const;
    Declaration operator[](std::int64_t index) const;
    // The same scope, what is declared in it being bulk, in a block that may be trained, or after so many blocks.
    [[nodiscard]] Declaration bulk() const;
    [[nodiscard]] Declaration block(std::int64_t index) const;
    [[nodiscard]] Declaration depth(std::int64_t blocks) const;

    void tensor(std::string_view name, std::vector<std::int64_t> shape, Role role,
                Initialisation initialisation = {}) const;
    // weight and bias. Weights begin normal, their deviation `gain` over the root of the inputs a result sums over.
    void linear(std::int64_t out, std::int64_t in, double gain = 1) const;
    // in: channels of one group
    void conv2d(std::int64_t out, std::int64_t in, std::int64_t kernel, std::int64_t groups = 1) const;
    void expandPixels(std::int64_t out, std::int64_t in, std::int64_t stride) const;
    void layerNorm(std::int64_t width) const;
    // self_attn, two norms and mlp, of preNormBlock() and postNormBlock(). `gain`: of what is added to the residual
    // stream.
    void transformerBlock(std::int64_t width, std::int64_t hidden, double gain = 1) const;

  private:
    Parameters* all_;
    std::string prefix_;
    Parameter like_;  // part, bulk and block of what is declared
};

}  // namespace maskwright::nn
