#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/clip/towers.h"
#include "core/clipseg/decoder.h"
#include "core/train/checkpoint.h"
#include "core/train/pixels.h"
#include "core/train/shards.h"
#include "core/train/stages.h"
#include "core/vision/efficientnet_import.h"

namespace maskwright::train {
namespace {

constexpr double kNorm = 8;          // mean length of conditions from either tower: FiLM takes them as they are
constexpr std::int64_t kSide = 224;  // of a picture shown to the classifier

struct Sample {
    std::size_t photo = 0, category = 0;
    std::string synset;
};

// Photographs that stand for one class each, in the order of their synsets, which is the classifier's order.
std::vector<Sample> classPhotos(const data::DataSet& set) {
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < set.photos.size(); ++i) {
        if (set.photos[i].coverage != data::Coverage::saliency) {
            continue;
        }
        for (const std::size_t index : set.photos[i].annotations) {
            const data::Category& category = set.categories[set.annotations[index].category];
            if (!category.synset.empty() && set.photos[i].file.find(category.synset) != std::string::npos) {
                samples.push_back({i, set.annotations[index].category, category.synset});
                break;
            }
        }
    }
    std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.synset < b.synset; });
    return samples;
}

// Which class each sample is, given log-probabilities [samples, classes]: increasing, with the highest sum. A few
// classes have no sample.
std::vector<std::int64_t> align(const at::Tensor& scores) {
    const std::int64_t n = scores.size(0), classes = scores.size(1), gaps = classes - n;
    const float* s = scores.data_ptr<float>();
    std::vector<std::vector<double>> best(static_cast<std::size_t>(n + 1),
                                          std::vector<double>(static_cast<std::size_t>(gaps + 1), 0));
    std::vector<std::vector<std::int64_t>> from(static_cast<std::size_t>(n + 1),
                                                std::vector<std::int64_t>(static_cast<std::size_t>(gaps + 1), 0));
    for (std::int64_t i = 0; i < n; ++i) {
        double running = -1e300;
        std::int64_t where = 0;
        for (std::int64_t g = 0; g <= gaps; ++g) {
            const auto row = static_cast<std::size_t>(i), column = static_cast<std::size_t>(g);
            if (best[row][column] > running) {
                running = best[row][column];
                where = g;
            }
            best[row + 1][column] = running + s[i * classes + i + g];
            from[row + 1][column] = where;
        }
    }
    std::vector<std::int64_t> result(static_cast<std::size_t>(n));
    const auto& last = best[static_cast<std::size_t>(n)];
    std::int64_t g = std::max_element(last.begin(), last.end()) - last.begin();
    for (std::int64_t i = n; i > 0; --i) {
        result[static_cast<std::size_t>(i - 1)] = i - 1 + g;
        g = from[static_cast<std::size_t>(i)][static_cast<std::size_t>(g)];
    }
    return result;
}

// The head's mean feature of every class photograph, [samples, hidden].
at::Tensor classFeatures(const Context& context, const data::DataSet& set, const std::vector<Sample>& samples,
                         const vision::ImportedClassifier& backbone) {
    const clip::Config& config = context.config.clip;
    at::Tensor features = at::zeros({static_cast<std::int64_t>(samples.size()), backbone.classifierWeight.size(1)});
    vision::Request request;
    request.dense = true;  // at the picture's own size, not at the one of marked objects
    request.arithmetic = nn::trainingArithmetic(false);
    const Shards shards(backbone.trunk, context.shards());
    shards.run([&](std::size_t shard, const nn::TensorMap& tensors) {
        at::NoGradGuard guard;
        for (std::size_t i = shard; i < samples.size(); i += shards.count()) {
            if (context.stop.stop_requested()) {
                return;
            }
            const Image image = need(data::readPhoto(set, set.photos[samples[i].photo]));
            features[static_cast<std::int64_t>(i)] =
                config.vision.forward(nn::Params(tensors), pixelsOf(image, kSide), request).dense[0].mean(0);
        }
    });
    if (context.stop.stop_requested()) {
        throw Interrupted{};
    }
    return features;
}

// Which class of the classifier each photograph stands for.
std::vector<std::int64_t> classesOf(const Context& context, const at::Tensor& features,
                                    const vision::ImportedClassifier& backbone) {
    const at::Tensor scores =
        at::log_softmax(at::addmm(backbone.classifierBias, features, backbone.classifierWeight.t()), -1).contiguous();
    std::vector<std::int64_t> classes = align(scores);
    std::int64_t right = 0;
    for (std::int64_t i = 0; i < scores.size(0); ++i) {
        right += scores[i].argmax().item<std::int64_t>() == classes[static_cast<std::size_t>(i)] ? 1 : 0;
    }
    context.say("joint: " + std::to_string(scores.size(0)) + " class photographs, " + std::to_string(right) +
                " recognised by the classifier");
    return classes;
}

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
                          const std::vector<Sample>& samples, const std::vector<std::int64_t>& classes,
                          const at::Tensor& places) {
    const at::Tensor toTargets = model.at("clip.text_projection.weight");  // [targets, hidden]
    const std::unique_ptr<text::Tokenizer> tokenizer = openTokenizer(context);
    std::vector<std::string> names;
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        for (const std::string& name : set.categories[samples[i].category].names) {
            names.push_back(name);
            rows.push_back(classes[i]);
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

// Just the tensors that the configuration names.
nn::TensorMap whole(const clipseg::Config& config, const nn::TensorMap& model) {
    nn::TensorMap tensors;
    for (const auto& [name, parameter] : clipseg::parameters(config)) {
        const auto found = model.find(name);
        if (found == model.end() || found->second.sizes().vec() != parameter.shape) {
            throw TrainError({ErrorKind::input,
                              message("the stages left no tensor %1 of the shape the model needs", name),
                              "train all stages with one configuration"});
        }
        tensors[name] = found->second;
    }
    return tensors;
}

}  // namespace

void jointStage(const Context& context) {
    at::NoGradGuard noGrad;
    const Options& options = context.options;
    const clip::Config& config = context.config.clip;
    auto file = need(weights::SafetensorsFile::open(options.backbone));
    const vision::ImportedClassifier backbone = vision::importClassifier(nn::readTensors(file), config.vision);
    const data::DataSet& set = *context.photos;
    const std::vector<Sample> samples = classPhotos(set);
    const at::Tensor& fc = backbone.classifierWeight;  // [classes, hidden]
    if (samples.size() < 2 || static_cast<std::int64_t>(samples.size()) > fc.size(0)) {
        throw TrainError({ErrorKind::input,
                          message("%1 has %2 pictures that stand for one class", set.file, samples.size()),
                          message("the joint stage needs at least 2 and at most %1", fc.size(0))});
    }
    const at::Tensor features = classFeatures(context, set, samples, backbone);
    const std::vector<std::int64_t> classes = classesOf(context, features, backbone);
    const at::Tensor centred = fc - fc.mean(0, true);
    const at::Tensor directions = leadingDirections(centred, features, config.projection);
    const double pictureScale = kNorm / at::mm(features, directions.t()).norm(2, -1).mean().item<double>();

    auto saved = need(readCheckpoint(context.workFile("text.safetensors"), "text"));
    if (!saved) {
        throw TrainError({ErrorKind::input, message("there is no %1", context.workFile("text.safetensors")),
                          "run the text stage first"});
    }
    nn::TensorMap model = std::move(saved->model);
    model["clip.text_projection.weight"] =
        textProjection(context, model, set, samples, classes, at::mm(centred, directions.t()));
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
    need(nn::writeTensors(context.workFile("joint.safetensors"), whole(context.config, model), weights::DType::f32));
}

}  // namespace maskwright::train
