#include "core/train/seen_photos.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <filesystem>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/clip/towers.h"
#include "core/clipseg/marked.h"
#include "core/train/model_files.h"
#include "core/train/pixels.h"
#include "core/train/random.h"
#include "core/train/run_folders.h"

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

// The object as the evidence's grid has it, a quarter of the input's. [1, height, width]
at::Tensor regionOf(const Mask& mask, std::int64_t height, std::int64_t width) {
    at::Tensor region = at::empty({1, mask.height, mask.width});
    std::transform(mask.pixels.begin(), mask.pixels.end(), region.data_ptr<float>(),
                   [](std::uint8_t value) { return value != 0 ? 1.0f : 0.0f; });
    return at::adaptive_avg_pool2d(region, {height, width});
}

SeenPhoto photoOf(const nn::TensorMap& tensors, const nn::TensorMap& model) {
    const auto one = [&](const char* name) { return tensors.at(name).to(at::kFloat); };
    SeenPhoto photo;
    photo.input = {one("whole"), one("anywhere"), one("surest"), one("area"), one("joint"), {}};
    photo.input.names =
        clipseg::nameCosines(nn::Params(model)["decoder"], photo.input.joint, photo.input.surest.size(1));
    if (tensors.contains("marked")) {
        photo.marked = one("marked");
    }
    return photo;
}

}  // namespace

PhotoViewer::PhotoViewer(const Context& context, const clipseg::Config& config, const nn::TensorMap& model)
    : context_(context), config_(config), preprocessing_(preprocessingOf(context)) {
    Sha256 digest;
    for (const auto& [name, tensor] : model) {
        // Nothing of what is seen passes the heads.
        if (!name.starts_with("decoder.presence.") && !name.starts_with("decoder.named_presence.") &&
            !name.starts_with("decoder.is_a.")) {
            const at::Tensor host = tensor.detach().to(at::kCPU).contiguous();
            digest.update(std::as_bytes(std::span(name)));
            digest.update({static_cast<const std::byte*>(host.data_ptr()), static_cast<std::size_t>(host.nbytes())});
        }
    }
    const std::string size = std::to_string(config.inputSize) + (config.keepAspect ? " keep" : " square");
    digest.update(std::as_bytes(std::span(size)));
    const fs::path folder = fs::path(context.workFile("seen")) / digest.finish().substr(0, 16);
    need(context.folders->make(folder));
    folder_ = folder.string();
}

std::string PhotoViewer::fileOf(const std::string& path) const {
    Sha256 digest;
    digest.update(std::as_bytes(std::span(path)));
    return folder_ + "/" + digest.finish().substr(0, 16) + ".safetensors";
}

nn::TensorMap PhotoViewer::look(const nn::TensorMap& model, const Image& image, const std::vector<Mask>& marks) const {
    const at::NoGradGuard guard;
    const nn::Params p(model);
    vision::Request request = clipseg::visionRequest(config_);
    request.firstTrained = vision::kNoneTrained;
    const at::Tensor pixels = pixelsAsAsked(image, config_, preprocessing_);
    const clipseg::Features features =
        clipseg::featuresOf(p["decoder"], config_, clip::vision(p["clip"], config_.clip, pixels, request));
    const clipseg::PresenceInput input =
        clipseg::presenceInput(features.spoken, features.joint,
                               clipseg::nameCosines(p["decoder"], features.joint.coarse, config_.clip.vision.names()),
                               config_.clip.vision.classes());
    nn::TensorMap tensors = {{"whole", input.whole},
                             {"anywhere", input.anywhere},
                             {"surest", input.surest},
                             {"area", input.area},
                             {"joint", input.joint}};
    if (!marks.empty()) {
        std::vector<at::Tensor> regions;
        for (const Mask& mask : marks) {
            regions.push_back(regionOf(mask, pixels.size(2) / 4, pixels.size(3) / 4));
        }
        const auto count = static_cast<std::int64_t>(regions.size());
        tensors["marked"] =
            clipseg::markedConditions(p["decoder"], config_, features, at::cat(regions), at::zeros({count}, at::kLong));
    }
    // What a later run will read, so that it sees the same numbers.
    for (auto& [name, tensor] : tensors) {
        tensor = tensor.to(at::kHalf);
    }
    return tensors;
}

SeenPhoto PhotoViewer::see(const nn::TensorMap& model, const data::DataSet& set, std::size_t photo, std::size_t marks,
                           double least) const {
    const data::Photo& of = set.photos[photo];
    const double pixels = static_cast<double>(of.width) * of.height;
    std::vector<std::size_t> chosen;
    Random random(static_cast<std::uint64_t>(context_.options.seed), 15, photo);
    std::vector<std::size_t> annotations = of.annotations;
    random.shuffle(annotations);
    for (const std::size_t i : annotations) {
        const data::Annotation& annotation = set.annotations[i];
        if (chosen.size() < marks && !annotation.crowd && static_cast<double>(annotation.area) >= least * pixels) {
            chosen.push_back(i);
        }
    }
    const std::string path = fileOf(of.file + " " + std::to_string(marks));
    nn::TensorMap tensors;
    if (auto file = weights::SafetensorsFile::open(path)) {
        tensors = nn::readTensors(*file);
    } else {
        std::vector<Mask> masks;
        for (const std::size_t i : chosen) {
            masks.push_back(toMask(set.annotations[i].runs));
        }
        tensors = look(model, need(data::readPhoto(set, of)), masks);
        need(nn::writeTensors(path, tensors, weights::DType::f16, {}));
    }
    SeenPhoto seen = photoOf(tensors, model);
    for (const std::size_t i : chosen) {
        seen.markedAs.push_back(set.annotations[i].category);
    }
    return seen;
}

SeenPhoto PhotoViewer::see(const nn::TensorMap& model, const data::NamedPicture& photo) const {
    const std::string path = fileOf(photo.path);
    if (auto file = weights::SafetensorsFile::open(path)) {
        return photoOf(nn::readTensors(*file), model);
    }
    nn::TensorMap tensors = look(model, need(data::readPicture(photo)), {});
    need(nn::writeTensors(path, tensors, weights::DType::f16, {}));
    return photoOf(tensors, model);
}

}  // namespace maskwright::train
