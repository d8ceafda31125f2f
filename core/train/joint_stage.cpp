#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/clip/towers.h"
#include "core/clipseg/decoder.h"
#include "core/train/checkpoint.h"
#include "core/train/class_photos.h"
#include "core/train/model_files.h"
#include "core/train/stages.h"
#include "core/vision/efficientnet_import.h"

namespace maskwright::train {
namespace {

constexpr double kNorm = 8;  // mean length of conditions from either tower: FiLM takes them as they are

// The classifier's leading directions, [P, hidden], without the feature all pictures share. centred: [classes, hidden].
at::Tensor leadingDirections(const at::Tensor& centred, const at::Tensor& features, std::int64_t projection) {
    const at::Tensor common = features.mean(0);
    const at::Tensor shared = common / common.norm();
    const at::Tensor clean = centred - at::outer(at::mv(centred, shared), shared);
    const auto [values, vectors] = at::linalg_eigh(at::mm(clean.t(), clean));  // ascending
    return vectors.slice(1, vectors.size(1) - projection).flip({1}).t().contiguous();
}

// The text projection: ridge regression from the phrases' targets, as the tower in `model` gives them, onto `places`
// [classes, P], those of the classes among the directions.
at::Tensor textProjection(const Context& context, const nn::TensorMap& model, const data::DataSet& set,
                          const ClassPhotos& shown, const at::Tensor& places) {
    const at::Tensor toTargets = model.at("clip.text_projection.weight");  // [targets, hidden]
    const std::unique_ptr<text::Tokenizer> tokenizer = openTokenizer(context);
    std::vector<std::string> names;
    std::vector<std::int64_t> rows;
    for (const ClassPhoto& photo : shown.photos) {
        for (const std::string& name : set.categories[photo.category].names) {
            names.push_back(name);
            rows.push_back(photo.number);
        }
    }
    const auto [ids, ends] = idsOf(*tokenizer, names, context.options.textStage.tokens);
    const at::Tensor raw = clip::text(nn::Params(model)["clip"], context.config.clip.text, ids, ends);
    const at::Tensor x = raw / raw.norm(2, -1, true);
    at::Tensor y =
        places.index_select(0, at::from_blob(rows.data(), {static_cast<std::int64_t>(rows.size())}, at::kLong));
    y = y / y.norm(2, -1, true);
    const at::Tensor gram = at::mm(x.t(), x) + context.options.joint.ridge * at::eye(x.size(1));
    const at::Tensor regression = at::linalg_solve(gram, at::mm(x.t(), y)).t();  // [P, targets]
    const at::Tensor conditions = at::mm(raw, regression.t());
    const double cosine = ((conditions * y).sum(-1) / conditions.norm(2, -1)).mean().item<double>();
    const double scale = kNorm / conditions.norm(2, -1).mean().item<double>();
    context.say("joint: ridge regression of " + std::to_string(names.size()) + " names, mean cosine " +
                std::to_string(cosine));
    return at::mm(regression, toTargets) * scale;  // [P, hidden]
}

}  // namespace

void jointStage(const Context& context) {
    at::NoGradGuard noGrad;
    const Options& options = context.options;
    const clip::Config& config = context.config.clip;
    auto file = need(weights::SafetensorsFile::open(options.backbone));
    const vision::ImportedClassifier backbone = vision::importClassifier(nn::readTensors(file), config.vision);
    const data::DataSet& set = *context.photos;
    const at::Tensor& fc = backbone.classifierWeight;  // [classes, hidden]
    const ClassPhotos shown = showClasses(context, set, backbone, config.vision);
    const at::Tensor& features = shown.features;
    const at::Tensor centred = fc - fc.mean(0, true);
    const at::Tensor directions = leadingDirections(centred, features, config.projection);
    const double pictureScale = kNorm / at::mm(features, directions.t()).norm(2, -1).mean().item<double>();

    auto saved = need(readCheckpoint(context.workFile("text.safetensors"), "text"));
    if (!saved) {
        throw TrainError({ErrorKind::input, message("there is no %1", context.workFile("text.safetensors")),
                          "run the text stage first"});
    }
    nn::TensorMap model = std::move(saved->model);
    model["clip.text_projection.weight"] = textProjection(context, model, set, shown, at::mm(centred, directions.t()));
    model["clip.visual_projection.weight"] = directions * pictureScale;
    model["clip.logit_scale"] = at::full({}, std::log(20.0));
    for (const auto& [name, tensor] : backbone.trunk) {
        model["clip.vision_model." + name] = tensor;
    }
    // Seeded here: a run resumed after an earlier stage must draw the same decoder.
    at::manual_seed(static_cast<std::uint64_t>(options.seed));
    for (const auto& [name, tensor] : clipseg::freshDecoder(context.config)) {
        model[name] = tensor;
    }
    need(nn::writeTensors(context.workFile("joint.safetensors"), wholeModel(context.config, model),
                          weights::DType::f32));
}

}  // namespace maskwright::train
