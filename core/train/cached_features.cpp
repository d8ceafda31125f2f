#include "core/train/cached_features.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <filesystem>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/clipseg/decoder.h"

namespace maskwright::train {
namespace {

// Encodes one picture and leaves the result in the file.
nn::TensorMap compute(const Context& context, const at::Tensor& pixels, const nn::Params& p, const std::string& path) {
    at::NoGradGuard guard;
    vision::Request request = clipseg::visionRequest(context.config);
    request.arithmetic = nn::trainingArithmetic(false);
    request.firstTrained = vision::kNoneTrained;
    const vision::Output one = clip::vision(p, context.config.clip, pixels, request);
    nn::TensorMap tensors;
    for (std::size_t i = 0; i < one.taps.size(); ++i) {
        tensors["tap." + std::to_string(i)] = one.taps[i];
    }
    for (std::size_t i = 0; i < one.pyramid.size(); ++i) {
        tensors["pyramid." + std::to_string(i)] = one.pyramid[i];
    }
    if (one.dense.defined()) {
        tensors["dense"] = one.dense;
    }
    for (const auto& [name, said] :
         {std::pair("evidence", one.spoken.evidence), {"classes", one.spoken.classes}, {"whole", one.spoken.whole}}) {
        if (said.defined()) {
            tensors[name] = said;
        }
    }
    tensors["grid"] = at::tensor({one.gridHeight, one.gridWidth, one.classTokens}, at::kLong);
    need(nn::writeTensors(path, tensors, weights::DType::f16, {}));
    // What a later pass will read, in its layout too, so that a resumed run computes the same numbers.
    for (auto& [name, tensor] : tensors) {
        tensor = tensor.is_floating_point() ? tensor.to(at::kHalf).to(at::kFloat).contiguous() : tensor;
    }
    return tensors;
}

// Several pictures' files as one answer of the tower.
vision::Output stacked(const std::vector<nn::TensorMap>& pictures, const vision::Request& request, at::Device device) {
    const auto stack = [&](const std::string& name) {
        std::vector<at::Tensor> all;
        for (const nn::TensorMap& tensors : pictures) {
            all.push_back(tensors.at(name).to(device));
        }
        return at::cat(all);
    };
    vision::Output out;
    for (std::size_t i = 0; i < request.taps.size(); ++i) {
        out.taps.push_back(stack("tap." + std::to_string(i)));
    }
    for (std::size_t i = 0; i < request.pyramid.size(); ++i) {
        out.pyramid.push_back(stack("pyramid." + std::to_string(i)));
    }
    if (request.dense) {
        out.dense = stack("dense");
    }
    if (request.spoken) {
        out.spoken = {stack("evidence"), stack("classes"), stack("whole")};
    }
    const at::Tensor grid = pictures.front().at("grid").to(at::kCPU);
    out.gridHeight = grid[0].item<std::int64_t>();
    out.gridWidth = grid[1].item<std::int64_t>();
    out.classTokens = grid[2].item<std::int64_t>();
    return out;
}

}  // namespace

CachedFeatures::CachedFeatures(const Context& context, const data::DataSet& set, const nn::TensorMap& model) {
    if (!context.options.segment.cacheFeatures) {
        return;
    }
    Sha256 digest;
    const auto add = [&](const std::string& text) { digest.update(std::as_bytes(std::span(text))); };
    for (const auto& [name, parameter] : clip::parameters(context.config.clip)) {
        if (parameter.part == nn::Part::visionTower || parameter.part == nn::Part::visualProjection) {
            const at::Tensor host = model.at(name).detach().to(at::kCPU).contiguous();
            add(name);
            digest.update({static_cast<const std::byte*>(host.data_ptr()), static_cast<std::size_t>(host.nbytes())});
        }
    }
    add(clipseg::toJson(context.config).dump() + " " + std::to_string(context.options.segment.size) + " " +
        std::to_string(context.options.photoSide));
    for (const data::Photo& photo : set.photos) {
        std::error_code missing;
        add(photo.file + " " + std::to_string(std::filesystem::file_size(set.pathOf(photo), missing)) + "\n");
    }
    const std::filesystem::path folder =
        std::filesystem::path(context.workFile("features")) / digest.finish().substr(0, 16);
    need(context.folders->make(folder));
    folder_ = folder.string();
}

vision::Output CachedFeatures::read(const Context& context, const SegmentPart& part, const nn::Params& p) const {
    std::vector<nn::TensorMap> pictures;
    for (std::size_t b = 0; b < part.photos.size(); ++b) {
        const std::string path = folder_ + "/" + std::to_string(part.photos[b]) + ".safetensors";
        if (auto file = weights::SafetensorsFile::open(path)) {
            pictures.push_back(nn::readTensors(*file));
        } else {
            const auto row = static_cast<std::int64_t>(b);
            pictures.push_back(compute(context, part.pixels.slice(0, row, row + 1), p, path));
        }
    }
    return stacked(pictures, clipseg::visionRequest(context.config), part.pixels.device());
}

}  // namespace maskwright::train
