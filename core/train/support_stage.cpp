// Marked objects as names: the tower's mean feature of many marked objects, seen once, and on them a small head that
// names them. Everything else of the model stays as it is.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>

#include "core/clip/towers.h"
#include "core/clipseg/model.h"
#include "core/nn/layers.h"
#include "core/train/adamw.h"
#include "core/train/compose.h"
#include "core/train/model_files.h"
#include "core/train/shards.h"
#include "core/train/stages.h"
#include "core/train/vision.h"
#include "core/train/vocabulary.h"
#include "core/weights/model_folder.h"

namespace maskwright::train {
namespace {

constexpr std::size_t kTogether = 16;    // pictures encoded at once
constexpr std::int64_t kSide = 160;      // of a support picture, where the model says none
constexpr std::int64_t kNoBlock = 1000;  // no vision block is trained
constexpr float kKin = -1e4f;            // a name that is also right is no wrong answer
const std::string kHead = "clip.pooled_head.";

struct Examples {
    at::Tensor means;       // [N, P]
    at::Tensor categories;  // [N] int64
};

// The categories that go into the table: annotated often enough, in the data set's order.
std::vector<std::size_t> known(const data::DataSet& set, std::int64_t least) {
    std::vector<std::int64_t> count(set.categories.size(), 0);
    for (const data::Annotation& annotation : set.annotations) {
        ++count[annotation.category];
    }
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < count.size(); ++i) {
        if (count[i] >= least) {
            known.push_back(i);
        }
    }
    return known;
}

// `tower` has no head: its pooled embedding is the mean. Examples::categories are positions in `table`.
Examples look(const Context& context, const clip::VisionConfig& tower, const data::DataSet& set,
              const std::vector<std::size_t>& table, const nn::TensorMap& model) {
    const SupportStage& stage = context.options.support;
    const PhotoStore photos =
        need(PhotoStore::load(set, context.options.photoSide, std::max<std::size_t>(context.shards(), 2)));
    const auto seed = static_cast<std::uint64_t>(context.options.seed);
    const Composer composer(set, photos, context.options.segment, seed);
    std::vector<std::size_t> closed;
    std::set_intersection(table.begin(), table.end(), set.closed.begin(), set.closed.end(),
                          std::back_inserter(closed));  // both in order
    const std::int64_t side = tower.pooledSize > 0 ? tower.pooledSize : kSide;
    const auto wanted = static_cast<std::size_t>(stage.examples), parts = context.shards();
    std::vector<std::vector<at::Tensor>> means(parts);
    std::vector<std::vector<std::int64_t>> categories(parts);
    const Shards shards(model, parts);
    const auto began = std::chrono::steady_clock::now();
    auto lastLine = began;
    // In batches, so that a stop is heard and a line is written in between.
    for (std::size_t from = 0; from < wanted; from += parts * kTogether) {
        shards.run([&](std::size_t part, const nn::TensorMap& tensors) {
            at::NoGradGuard guard;
            std::vector<float> pixels;
            std::int64_t count = 0;
            const std::size_t first = from + part * kTogether;
            for (std::size_t i = first; i < std::min(first + kTogether, wanted); ++i) {
                Random random(seed, 7, 0, i);
                const std::size_t category =
                    random.chance(stage.closed) && !closed.empty() ? random.pick(closed) : random.pick(table);
                const std::vector<float> shown = composer.support(category, side, random);
                if (!shown.empty()) {
                    pixels.insert(pixels.end(), shown.begin(), shown.end());
                    categories[part].push_back(std::lower_bound(table.begin(), table.end(), category) - table.begin());
                    ++count;
                }
            }
            if (count > 0) {
                clip::VisionRequest request;
                request.pooled = true;
                means[part].push_back(visionForTraining(nn::Params(tensors)["clip"], tower,
                                                        at::tensor(pixels).view({count, 3, side, side}), request,
                                                        kNoBlock, false)
                                          .pooled);
            }
        });
        if (context.stop.stop_requested()) {
            throw Interrupted{};
        }
        const auto now = std::chrono::steady_clock::now();
        if (std::chrono::duration<double>(now - lastLine).count() > 20) {
            context.say("support: " + std::to_string(std::min(from + parts * kTogether, wanted)) + " of " +
                        std::to_string(wanted) + " marked objects seen");
            lastLine = now;
        }
    }
    std::vector<at::Tensor> allMeans;
    std::vector<std::int64_t> allCategories;
    for (std::size_t part = 0; part < parts; ++part) {
        allMeans.insert(allMeans.end(), means[part].begin(), means[part].end());
        allCategories.insert(allCategories.end(), categories[part].begin(), categories[part].end());
    }
    if (allMeans.empty()) {
        throw TrainError({ErrorKind::input, "the photographs have no object large enough to be marked",
                          "use masks that cover more of their pictures"});
    }
    return {at::cat(allMeans), at::tensor(allCategories, at::kLong)};
}

// [K, K]: kKin where one name covers the other or is the same word, and it is not the name itself.
at::Tensor kinOf(const data::DataSet& set, const std::vector<std::size_t>& table) {
    const auto count = static_cast<std::int64_t>(table.size());
    at::Tensor kin = at::zeros({count, count});
    float* value = kin.data_ptr<float>();
    for (std::int64_t a = 0; a < count; ++a) {
        for (std::int64_t b = 0; b < count; ++b) {
            if (a != b && !unrelated(set, table[static_cast<std::size_t>(a)], table[static_cast<std::size_t>(b)])) {
                value[a * count + b] = kKin;
            }
        }
    }
    return kin;
}

}  // namespace

void supportStage(const Context& context) {
    const Options& options = context.options;
    const SupportStage& stage = options.support;
    const bool afterSegment =
        std::find(options.stages.begin(), options.stages.end(), "segment") != options.stages.end();
    const std::string from = afterSegment ? options.output : options.start;
    Context with = context;
    with.config = clipseg::readModelConfig(from);
    clip::VisionConfig& vision = with.config.clip.vision;
    if (vision.isVit()) {
        throw TrainError({ErrorKind::input, from + ": CLIP's own pooled embedding already lies where phrases lie",
                          "leave the stage support out"});
    }
    const auto file = need(weights::SafetensorsFile::open(need(weights::locateModel(from)).weights));
    nn::TensorMap model = nn::readTensors(file, [](const std::string& name) { return !name.starts_with(kHead); });
    for (auto& [name, tensor] : model) {
        tensor = tensor.is_floating_point() ? tensor.to(at::kFloat) : tensor;
    }
    const data::DataSet set = need(data::readCoco(options.photos, options.split));
    const std::vector<std::size_t> table = known(set, stage.least);
    if (table.empty()) {
        throw TrainError({ErrorKind::input, set.file + ": no name is annotated as often as support.least asks",
                          "lower support.least"});
    }
    vision.pooledNames = 0;
    const Examples examples = look(context, vision, set, table, model);

    std::vector<std::string> names;
    for (const std::size_t category : table) {
        names.push_back(set.categories[category].name);
    }
    context.say("support: " + std::to_string(names.size()) + " names");
    vision.pooledNames = static_cast<std::int64_t>(names.size());
    vision.pooledMlp = stage.mlp;
    vision.pooledScale = stage.scale;
    at::Tensor embeddings;
    {
        at::NoGradGuard guard;
        embeddings = nn::linear(nn::Params(model)["clip"]["text_projection"],
                                textFeatures(context, model, *openTokenizer(context), names));
    }
    const std::int64_t width = with.config.clip.projection;
    at::manual_seed(static_cast<std::uint64_t>(options.seed));
    nn::TensorMap head;
    head[kHead + "fc1.weight"] = at::randn({stage.mlp, width}) / std::sqrt(3.0 * static_cast<double>(width));
    head[kHead + "fc1.bias"] = at::zeros({stage.mlp});
    head[kHead + "fc2.weight"] = at::zeros({width, stage.mlp});
    head[kHead + "fc2.bias"] = at::zeros({width});
    for (auto& [name, tensor] : head) {
        tensor.requires_grad_();
    }
    const at::Tensor kin = kinOf(set, table), deviation = examples.means.std(0, false, true);
    AdamW optimizer;
    const std::int64_t count = examples.means.size(0), batch = std::min(stage.batch, count);
    const auto began = std::chrono::steady_clock::now();
    double sum = 0;
    std::int64_t summed = 0;
    for (std::int64_t step = 0; step < stage.steps; ++step) {
        Random random(static_cast<std::uint64_t>(options.seed), 8, static_cast<std::uint64_t>(step));
        std::vector<std::int64_t> rows;
        for (std::int64_t i = 0; i < batch; ++i) {
            rows.push_back(static_cast<std::int64_t>(random.below(static_cast<std::size_t>(count))));
        }
        const at::Tensor chosen = at::tensor(rows, at::kLong), wanted = examples.categories.index_select(0, chosen),
                         clean = examples.means.index_select(0, chosen),
                         means = clean + stage.noise * deviation * at::randn_like(clean);
        const at::Tensor cosines = clip::nameCosines(nn::Params(head)["clip"]["pooled_head"], means, embeddings);
        const at::Tensor loss = at::cross_entropy_loss(cosines * stage.scale + kin.index_select(0, wanted), wanted);
        const double value = loss.item<double>();
        if (!std::isfinite(value)) {
            throw TrainError({ErrorKind::resource,
                              "the loss of the support stage is no number at step " + std::to_string(step),
                              "lower support.rate"});
        }
        loss.backward();
        const double factor = warmupCosine(step, stage.warmup, stage.steps, 0.01);
        optimizer.step(
            head, [&](const std::string&) { return stage.rate * factor; },
            [&](const std::string& name) { return name.ends_with("bias") ? 0.0 : stage.decay; });
        sum += value;
        ++summed;
        if (step + 1 == stage.steps || (step + 1) % 100 == 0) {
            LogLine line;
            line.stage = "support";
            line.step = step + 1;
            line.steps = stage.steps;
            line.loss = sum / static_cast<double>(summed);
            line.rate = stage.rate * factor;
            const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
            line.perSecond = static_cast<double>((step + 1) * batch) / std::max(seconds, 1e-9);
            line.etaSeconds = static_cast<double>((stage.steps - step - 1) * batch) / line.perSecond;
            context.log(line);
            sum = 0;
            summed = 0;
        }
        if (context.stop.stop_requested()) {
            throw Interrupted{};
        }
    }
    for (const auto& [name, tensor] : head) {
        model[name] = tensor.detach();
    }
    model[kHead + "names"] = embeddings;
    writeModelFolder(with, model, with.config.defaultThreshold);
}

}  // namespace maskwright::train
