#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/clipseg/decoder.h"
#include "core/nn/layers.h"
#include "core/train/cached_features.h"
#include "core/train/checkpoint.h"
#include "core/train/model_files.h"
#include "core/train/segment_batch.h"
#include "core/train/shards.h"
#include "core/train/validate.h"
#include "core/train/vision.h"

namespace maskwright::train {
namespace {

constexpr double kBackground =
    0.2;  // cosine at which a cell is as likely background: where decoder.similarity starts to be positive
constexpr std::int64_t kNone = 1000;  // no vision block is trained

struct Tally {
    double loss = 0, dense = 0, iou = 0, present = 0, phantom = 0, absent = 0;

    void add(const Tally& o) {
        loss += o.loss, dense += o.dense, iou += o.iou, present += o.present, phantom += o.phantom, absent += o.absent;
    }
};

// Picture feature against all names: softmax with a background of constant cosine. dense: [B, T, P], names: [K, P].
at::Tensor denseLoss(const SegmentPart& part, const at::Tensor& dense, const at::Tensor& names,
                     const at::Tensor& scale) {
    const at::Tensor logits = (clipseg::similarity(dense, names) * scale)
                                  .masked_fill(part.denseValid.logical_not().unsqueeze(-1), -1e4);  // [B, K, T]
    const at::Tensor background = (scale * kBackground).expand({logits.size(0), 1, logits.size(2)});
    const at::Tensor logp = at::log_softmax(at::cat({logits, background}, 1), 1);
    const at::Tensor rest = (1 - part.denseTarget.sum(1, true)).clamp_min(0);
    const at::Tensor loss = -(logp * at::cat({part.denseTarget, rest}, 1)).sum(1);  // [B, T]
    return (loss * part.denseWeight).mean();
}

// At the head's resolution: a quarter of the input's side, or all of it for CLIPSeg's own heads.
at::Tensor maskTargets(const SegmentPart& part, const at::Tensor& logits) {
    if (logits.sizes() == part.targets.sizes()) {
        return part.targets;
    }
    return at::upsample_bilinear2d(part.targets.unsqueeze(1), {logits.size(1), logits.size(2)}, false).squeeze(1);
}

// BCE and, for present phrases, soft Dice. logits, targets: [N, h, w].
at::Tensor maskLoss(const SegmentPart& part, const at::Tensor& logits, double diceWeight) {
    const at::Tensor targets = maskTargets(part, logits);
    at::Tensor loss = at::binary_cross_entropy_with_logits(logits, targets);
    const at::Tensor present = part.present.nonzero().squeeze(1);
    if (present.numel() > 0) {
        const at::Tensor p = at::sigmoid(logits.index_select(0, present)).flatten(1),
                         t = targets.index_select(0, present).flatten(1);
        const at::Tensor dice = 1 - (2 * (p * t).sum(1) + 1) / (p.sum(1) + t.sum(1) + 1);
        loss = loss + diceWeight * dice.mean() *
                          (static_cast<double>(present.numel()) / static_cast<double>(part.present.numel()));
    }
    return loss;
}

void tallyMasks(const SegmentPart& part, const at::Tensor& logits, Tally& tally) {
    at::NoGradGuard guard;
    const at::Tensor on = (logits > 0).flatten(1), truth = (maskTargets(part, logits) > 0.5).flatten(1);
    const at::Tensor both = on.logical_and(truth).sum(1).to(at::kFloat),
                     either = on.logical_or(truth).sum(1).to(at::kFloat);
    const at::Tensor iou = both / either.clamp_min(1), share = on.to(at::kFloat).mean(1);
    for (std::int64_t i = 0; i < iou.size(0); ++i) {
        if (part.present[i].item<bool>()) {
            tally.iou += iou[i].item<double>();
            tally.present += 1;
        } else {
            tally.phantom += share[i].item<double>() > 0.003 ? 1 : 0;
            tally.absent += 1;
        }
    }
}

SegmentPart onDevice(SegmentPart part, at::Device device) {
    for (at::Tensor* tensor : {&part.pixels, &part.rows, &part.pictures, &part.targets, &part.present,
                               &part.supportPixels, &part.supportOf, &part.supportShare, &part.supportColumn,
                               &part.denseRows, &part.denseTarget, &part.denseValid, &part.denseWeight}) {
        if (tensor->defined()) {
            *tensor = tensor->to(device);
        }
    }
    return part;
}

at::Tensor partLoss(const Context& context, const SegmentPart& part, const nn::TensorMap& model,
                    const at::Tensor& textFeatures, const CachedFeatures& cached, Tally& tally) {
    const SegmentStage& stage = context.options.segment;
    const nn::Params p(model);
    const bool frozen = stage.frozenEncoder || stage.cacheFeatures || !context.options.base.empty();
    const std::int64_t firstTrained = frozen ? kNone : stage.firstTrained;
    clip::VisionRequest request = clipseg::visionRequest(context.config);
    // The dense loss shapes the joint space of a model without a similarity map too.
    request.dense =
        request.dense || (stage.dense > 0 && part.denseRows.defined() && !context.config.clip.vision.isVit());
    const clip::VisionOutput features = stage.cacheFeatures
                                            ? cached.read(context, part, p["clip"])
                                            : visionForTraining(p["clip"], context.config.clip.vision, part.pixels,
                                                                request, firstTrained, stage.bfloat16);
    at::Tensor conditions = nn::linear(p["clip"]["text_projection"], textFeatures.index_select(0, part.rows));
    const at::Tensor scale = p["clip"].tensor("logit_scale").exp().clamp_max(100);
    at::Tensor names, support;
    if (part.denseRows.defined()) {
        names = nn::linear(p["clip"]["text_projection"], textFeatures.index_select(0, part.denseRows));
    }
    if (part.supportOf.defined()) {
        clip::VisionRequest pooled;
        pooled.pooled = true;
        // The blocks learn from the photographs; through the support pictures only the head and the projection do, at a
        // third of the time.
        const std::int64_t blocks = context.config.clip.vision.blockCount();
        support = visionForTraining(p["clip"], context.config.clip.vision, part.supportPixels, pooled,
                                    std::max(firstTrained, blocks), stage.bfloat16)
                      .pooled;
        const at::Tensor share = part.supportShare.unsqueeze(1);
        // x = a * image + (1 - a) * text, on raw embeddings.
        conditions = conditions.index_copy(0, part.supportOf,
                                           share * support + (1 - share) * conditions.index_select(0, part.supportOf));
    }
    const auto [logits, presence] =
        clipseg::decodeAll(p["decoder"], context.config, features, conditions, part.pictures);
    at::Tensor loss = maskLoss(part, logits, stage.dice);
    if (presence.defined() && stage.presence > 0) {
        loss = loss +
               stage.presence * at::binary_cross_entropy_with_logits(presence, part.present.to(presence.scalar_type()));
    }
    if (stage.dense > 0 && context.options.base.empty() && features.dense.defined() && names.defined()) {
        const at::Tensor dense = denseLoss(part, features.dense, names, scale);
        tally.dense += dense.item<double>();
        loss = loss + stage.dense * dense;
    }
    if (stage.contrast > 0 && support.defined() && names.defined()) {
        const at::Tensor known = (part.supportColumn >= 0).nonzero().squeeze(1);
        if (known.numel() > 0) {
            const at::Tensor mine = support.index_select(0, known);
            const at::Tensor cosine = clipseg::similarity(mine.unsqueeze(0), names).squeeze(0).t();  // [M, K]
            loss = loss +
                   stage.contrast * at::cross_entropy_loss(cosine * scale, part.supportColumn.index_select(0, known));
        }
    }
    tally.loss += loss.item<double>();
    tallyMasks(part, logits, tally);
    return loss;
}

bool trained(const std::string& name, const Context& context) {
    const SegmentStage& stage = context.options.segment;
    if (name.starts_with("decoder.")) {
        return true;
    }
    if (!context.options.base.empty()) {
        return false;  // fine-tuning touches the decoder alone
    }
    if (name == "clip.logit_scale") {
        return true;
    }
    if (stage.cacheFeatures) {
        return false;  // what the features were computed with stays
    }
    if (name == "clip.text_projection.weight" || name == "clip.visual_projection.weight") {
        return true;
    }
    if (stage.frozenEncoder || stage.cacheFeatures || !name.starts_with("clip.vision_model.")) {
        return false;
    }
    constexpr std::string_view kBlocks = "clip.vision_model.blocks.";
    if (name.starts_with(kBlocks)) {
        return std::stoll(name.substr(kBlocks.size())) >= stage.firstTrained;
    }
    return name.starts_with("clip.vision_model.head.");
}

}  // namespace

void segmentStage(const Context& context) {
    const Options& options = context.options;
    const SegmentStage& stage = options.segment;
    const data::DataSet set = need(data::readCoco(options.photos, options.split));
    const PhotoStore photos =
        need(PhotoStore::load(set, options.photoSide, std::max<std::size_t>(context.shards(), 2)));
    context.say("segment: " + std::to_string(set.photos.size()) + " pictures, " +
                std::to_string(set.annotations.size()) + " masks");

    const std::string path = context.workFile("segment.safetensors");
    Checkpoint state;
    state.stage = "segment";
    AdamW optimizer({.beta2 = 0.99, .gradientNorm = stage.gradientNorm, .emaDecay = stage.emaDecay});
    if (auto saved = context.resume ? need(readCheckpoint(path, "segment")) : std::nullopt) {
        state = std::move(*saved);
        optimizer.restore(state.optimizer, state.step, context.device);
    } else {
        state.model = startingModel(context);
    }
    std::optional<PhraseTable> table;
    if (!options.text.empty()) {
        table = need(readPhrases(options.text));
    }
    const Vocabulary vocabulary(context, set, state.model, table ? &*table : nullptr);
    const Composer composer(set, photos, stage, static_cast<std::uint64_t>(options.seed));
    std::optional<data::DataSet> validation;
    at::Tensor closedFeatures;
    if (!options.validation.empty() && stage.evaluateEvery > 0) {
        validation = need(data::readCoco(options.photos, options.validation));
        std::vector<std::string> names;
        for (const std::size_t c : validation->closed) {
            names.push_back(validation->categories[c].name);
        }
        closedFeatures = textFeatures(context, state.model, *openTokenizer(context), names);
    }
    for (auto& [name, tensor] : state.model) {
        tensor = tensor.to(context.device);
        tensor.set_requires_grad(trained(name, context));
    }
    const at::Tensor textTable = vocabulary.features().to(context.device);
    closedFeatures = closedFeatures.defined() ? closedFeatures.to(context.device) : closedFeatures;
    const nn::TensorMap startTensors = stage.startShare > 0 ? tensorsOfStart(context) : nn::TensorMap{};
    const auto written = [&] {
        nn::TensorMap model = optimizer.averaged(state.model);
        for (const auto& [name, tensor] : startTensors) {
            at::Tensor& own = model.at(name);
            own = stage.startShare * tensor.to(own.device()) + (1 - stage.startShare) * own.detach();
        }
        return model;
    };
    const CachedFeatures cached(context, set, state.model);
    Shards shards(state.model, context.shards());
    const auto save = [&](double threshold) {
        state.optimizer = optimizer.state();
        state.extra["threshold"] = std::to_string(threshold);
        need(writeCheckpoint(path, state));
    };
    const auto rate = [&](const std::string& name) {
        if (name.starts_with("decoder.") || name == "clip.logit_scale") {
            return stage.rate;
        }
        return stage.rate * (name.starts_with("clip.text_projection") ? stage.textRate : stage.encoderRate);
    };
    double threshold =
        state.extra.contains("threshold") ? std::stod(state.extra.at("threshold")) : context.config.defaultThreshold;
    using Clock = std::chrono::steady_clock;
    const auto seconds = [](Clock::time_point from) {
        return std::chrono::duration<double>(Clock::now() - from).count();
    };
    const double before = state.seconds;
    const auto began = Clock::now();
    auto lastSave = began, lastLine = began;
    Tally sum;
    std::int64_t counted = 0, lastStep = state.step;
    while (state.step < stage.steps) {
        std::vector<Tally> tallies(shards.count());
        const auto parts = static_cast<std::int64_t>(shards.count());
        shards.run([&](std::size_t i, const nn::TensorMap& model) {
            const std::int64_t from = stage.batch * static_cast<std::int64_t>(i) / parts,
                               to = stage.batch * static_cast<std::int64_t>(i + 1) / parts;
            if (from == to) {
                return;
            }
            const SegmentPart part =
                onDevice(makePart(set, composer, vocabulary, options, state.step, from, to - from), context.device);
            const at::Tensor loss = partLoss(context, part, model, textTable, cached, tallies[i]);
            if (std::isfinite(tallies[i].loss)) {
                (loss * (static_cast<double>(to - from) / static_cast<double>(stage.batch))).backward();
            }
        });
        shards.gather(state.model);
        for (const Tally& tally : tallies) {
            sum.add(tally);
        }
        ++counted;
        const double factor = warmupCosine(state.step, stage.warmup, stage.steps, 0.01);
        const double norm = std::isfinite(sum.loss)
                                ? optimizer.step(
                                      state.model, [&](const std::string& name) { return rate(name) * factor; },
                                      [&](const std::string& name) {
                                          return name.find("norm") != std::string::npos || !name.ends_with("weight")
                                                     ? 0.0
                                                     : stage.decay;
                                      })
                                : sum.loss;
        if (!std::isfinite(norm)) {
            throw TrainError({ErrorKind::resource, "the loss is no number at step " + std::to_string(state.step),
                              "lower segment.rate, and continue from the last checkpoint with --resume"});
        }
        ++state.step;
        state.seconds = before + seconds(began);
        const bool last = state.step == stage.steps, stopped = context.stop.stop_requested();
        const bool look =
            validation && !stopped && (last || (stage.evaluateEvery > 0 && state.step % stage.evaluateEvery == 0));
        if (last || look || seconds(lastLine) > 10) {
            LogLine line;
            line.stage = "segment";
            line.step = state.step;
            line.steps = stage.steps;
            line.loss = sum.loss / static_cast<double>(counted * parts);
            line.dense = sum.dense / static_cast<double>(counted * parts);
            line.iou = sum.iou / std::max(sum.present, 1.0);
            line.phantom = sum.phantom / std::max(sum.absent, 1.0);
            line.rate = stage.rate * factor;
            line.perSecond =
                static_cast<double>((state.step - lastStep) * stage.batch) / std::max(seconds(lastLine), 1e-9);
            line.etaSeconds = static_cast<double>((stage.steps - state.step) * stage.batch) / line.perSecond;
            if (look) {
                const Validation v =
                    validate(context, *validation, written(), closedFeatures,
                             last ? static_cast<std::int64_t>(validation->photos.size()) : stage.evaluatePictures);
                line.valIou = v.iou;
                line.valOverall = v.overall;
                line.valPhantom = v.phantom;
                line.valThreshold = threshold = v.threshold;
            }
            context.log(line);
            sum = {};
            counted = 0;
            lastStep = state.step;
            lastLine = Clock::now();
        }
        if (stopped || last || look || seconds(lastSave) > options.checkpointSeconds) {
            save(threshold);
            if (look || last) {
                writeModelFolder(context, written(), threshold);
            }
            lastSave = Clock::now();
        }
        if (stopped && !last) {
            throw Interrupted{};
        }
    }
}

}  // namespace maskwright::train
