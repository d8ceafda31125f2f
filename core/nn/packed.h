// A model's matrices and convolutions in the form that the processor multiplies fastest, made once when it is loaded.
// The functions of nn/layers.h find a layer there by its name and run it with its bias, and with its activation and
// residual where it has them; a layer that is not there is computed by LibTorch from its tensors.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/nn/parameter.h"
#include "core/nn/params.h"

namespace maskwright::nn {

// One product: a layer, or several of one input side by side.
struct PackedLayer {
    std::string name;                 // "...fc1"; of query, key and value together "...self_attn.qkv"
    std::vector<std::string> layers;  // whose weight and bias it has, one below the other
    Parameter weight;                 // the first one's
};

// What is packed of a model on `device`, by the roles of its tensors: nothing on a GPU, or where LibTorch carries a
// oneDNN of its own. Tensors of other layers stay as they are.
std::vector<PackedLayer> packable(const Parameters& declared, at::Device device);
// Fills `into` (float32, contiguous) with the tensor called `name`; false where there is none (a bias).
using ReadInto = std::function<bool(const std::string& name, const at::Tensor& into)>;
// Packs layers one after the other, through memory that it keeps: new memory for each would leave holes between them.
class Packer {
  public:
    Packer(const Parameters& declared, ReadInto read) : declared_(declared), read_(std::move(read)) {}
    // To be multiplied in `type`, float32 or bfloat16. Where bfloat16 is not multiplied in hardware the weights are
    // rounded to it, and multiplied in float32.
    PackedWeight pack(const PackedLayer& layer, at::ScalarType type);

  private:
    at::Tensor room(std::int64_t numbers);

    const Parameters& declared_;
    ReadInto read_;
    at::Tensor buffer_;
};
// The same for all layers of `tensors`, which loses them: for what is in memory already.
PackedLayers packAll(TensorMap& tensors, const Parameters& declared, at::ScalarType type);

}  // namespace maskwright::nn
