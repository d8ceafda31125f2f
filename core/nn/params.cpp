#include "core/nn/params.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <cstring>
#include <vector>

namespace maskwright::nn {

namespace {

struct TypePair {
    weights::DType file;
    at::ScalarType memory;
};

constexpr TypePair kTypes[] = {
    {weights::DType::f64, at::kDouble},    {weights::DType::f32, at::kFloat}, {weights::DType::f16, at::kHalf},
    {weights::DType::bf16, at::kBFloat16}, {weights::DType::i64, at::kLong},  {weights::DType::i32, at::kInt},
    {weights::DType::i16, at::kShort},     {weights::DType::i8, at::kChar},   {weights::DType::u8, at::kByte},
    {weights::DType::boolean, at::kBool},
};

at::ScalarType scalarType(weights::DType type) {
    for (const TypePair& pair : kTypes) {
        if (pair.file == type) {
            return pair.memory;
        }
    }
    throw std::runtime_error("a tensor type LibTorch does not know");
}

weights::DType fileType(at::ScalarType type) {
    for (const TypePair& pair : kTypes) {
        if (pair.memory == type) {
            return pair.file;
        }
    }
    throw std::runtime_error("a tensor type safetensors does not know");
}

}  // namespace

Params Params::operator[](std::string_view name) const {
    return {tensors_, packed_, prefix_ + std::string(name) + "."};
}

Params Params::operator[](std::int64_t index) const { return (*this)[std::to_string(index)]; }

const at::Tensor& Params::tensor(std::string_view name) const {
    const auto found = tensors_->find(prefix_ + std::string(name));
    if (found == tensors_->end()) {
        throw std::out_of_range("the tensor " + prefix_ + std::string(name) + " is missing");
    }
    return found->second;
}

at::Tensor Params::optional(std::string_view name) const {
    const auto found = tensors_->find(prefix_ + std::string(name));
    return found == tensors_->end() ? at::Tensor() : found->second;
}

const onednn::Weight* Params::packed() const {
    if (packed_ == nullptr || prefix_.empty()) {
        return nullptr;
    }
    const auto found = packed_->find(std::string_view(prefix_).substr(0, prefix_.size() - 1));
    return found == packed_->end() ? nullptr : found->second.get();
}

at::Tensor TensorReader::read(const weights::TensorInfo& info) {
    const at::ScalarType type = scalarType(info.dtype);
    at::Tensor tensor = at::empty(info.shape, at::TensorOptions().dtype(at::isFloatingType(type) ? at::kFloat : type));
    readInto(info, tensor);
    return tensor;
}

void TensorReader::readInto(const weights::TensorInfo& info, const at::Tensor& into) {
    const auto bytes = static_cast<std::size_t>(info.end - info.begin);
    const at::ScalarType type = scalarType(info.dtype);
    const bool converted = type != into.scalar_type();
    if (converted && narrow_.size() < bytes) {
        narrow_.resize(bytes);
    }
    auto* to = converted ? narrow_.data() : static_cast<std::byte*>(into.data_ptr());
    if (const auto read = file_.read(info, {to, bytes}); !read) {
        throw std::runtime_error(read.error().line());
    }
    if (converted) {
        into.view(-1).copy_(at::from_blob(to, {into.numel()}, at::TensorOptions().dtype(type)));
    }
}

TensorMap readTensors(const weights::SafetensorsFile& file, const std::function<bool(const std::string&)>& wanted) {
    TensorMap tensors;
    TensorReader reader(file);
    for (const auto& [name, info] : file.tensors()) {
        if (!wanted || wanted(name)) {
            tensors.emplace(name, reader.read(info));
        }
    }
    return tensors;
}

Result<void> writeTensors(const std::string& path, const TensorMap& tensors, weights::DType floating,
                          const std::map<std::string, std::string>& metadata) {
    std::vector<at::Tensor> kept;  // owns the bytes while they are written
    std::vector<weights::TensorToWrite> items;
    for (const auto& [name, tensor] : tensors) {
        at::Tensor host = tensor.detach().to(at::kCPU);
        if (host.is_floating_point()) {
            host = host.to(scalarType(floating));
        }
        host = host.contiguous();
        kept.push_back(host);
        items.push_back({name,
                         fileType(host.scalar_type()),
                         host.sizes().vec(),
                         {static_cast<const std::byte*>(host.data_ptr()), static_cast<std::size_t>(host.nbytes())}});
    }
    return weights::writeSafetensors(path, items, metadata);
}

}  // namespace maskwright::nn
