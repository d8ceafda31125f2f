#include "core/clipseg/model_weights.h"

#include <ATen/ops/empty.h>

#include "core/clipseg/model.h"

namespace maskwright::clipseg {

ModelWeights::ModelWeights(weights::SafetensorsFile file, nn::Parameters declared, nn::Placement place,
                           std::function<std::string(const std::string&)> fileOf)
    : file_(std::move(file)),
      declared_(std::move(declared)),
      place_(place),
      fileOf_(std::move(fileOf)),
      layers_(nn::packable(declared_, place.device)) {
    for (const nn::PackedLayer& layer : layers_) {
        for (const std::string& one : layer.layers) {
            ofLayers_.insert({one + ".weight", one + ".bias"});
        }
    }
}

void ModelWeights::checkFinite(const std::string& name, const at::Tensor& tensor) const {
    if (!nn::isFinite(tensor)) {
        throw ModelError(nn::notFinite(fileOf_(name), name));
    }
}

bool ModelWeights::readInto(nn::TensorReader& reader, const std::string& name, const at::Tensor& into) const {
    const auto found = file_.tensors().find(name);
    if (found == file_.tensors().end()) {
        return false;
    }
    reader.readInto(found->second, into);
    checkFinite(name, into);
    return true;
}

void ModelWeights::read(const std::function<bool(const std::string&, const nn::Parameter&)>& wanted) {
    nn::TensorReader reader(file_);
    // A layer is packed as it is read: no second copy of the weights at any moment.
    nn::Packer packer(declared_,
                      [&](const std::string& name, const at::Tensor& into) { return readInto(reader, name, into); });
    for (const nn::PackedLayer& layer : layers_) {
        if (!packed_.contains(layer.name) && wanted(layer.name, layer.weight)) {
            const at::ScalarType type = nn::takesModelType(layer.weight) ? place_.dtype : at::kFloat;
            packed_.emplace(layer.name, packer.pack(layer, type));
        }
    }
    for (const auto& [name, parameter] : declared_) {
        if (ofLayers_.contains(name) || tensors_.contains(name) || !file_.tensors().contains(name) ||
            !wanted(name, parameter)) {
            continue;
        }
        const at::Tensor tensor = at::empty(parameter.shape, at::kFloat);
        readInto(reader, name, tensor);
        tensors_.emplace(name, nn::placed(tensor, parameter, place_));
    }
}

at::Tensor ModelWeights::rows(const std::string& name, std::span<const std::int64_t> ids) const {
    const weights::TensorInfo& whole = file_.tensors().at(name);
    const std::int64_t width = whole.shape.at(1);
    const std::uint64_t bytes = (whole.end - whole.begin) / static_cast<std::uint64_t>(whole.shape.at(0));
    at::Tensor rows = at::empty({static_cast<std::int64_t>(ids.size()), width}, at::kFloat);
    nn::TensorReader reader(file_);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        weights::TensorInfo row = whole;
        row.shape = {width};
        row.begin = whole.begin + static_cast<std::uint64_t>(ids[i]) * bytes;
        row.end = row.begin + bytes;
        reader.readInto(row, rows[static_cast<std::int64_t>(i)]);
    }
    checkFinite(name, rows);
    return rows;
}

std::int64_t ModelWeights::parameterCount() const {
    std::int64_t all = 0;
    for (const auto& [name, parameter] : declared_) {
        std::int64_t count = 1;
        for (const std::int64_t side : parameter.shape) {
            count *= side;
        }
        all += count;
    }
    return all;
}

}  // namespace maskwright::clipseg
