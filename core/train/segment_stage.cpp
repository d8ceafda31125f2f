#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <memory>

#include "core/clipseg/decoder.h"
#include "core/data/formats/coco.h"
#include "core/metrics/counts.h"
#include "core/nn/layers.h"
#include "core/train/cached_features.h"
#include "core/train/loop.h"
#include "core/train/model_files.h"
#include "core/train/segment_batch.h"
#include "core/train/validate.h"

namespace maskwright::train {
namespace {

constexpr double kBackground =
    0.2;  // cosine at which a cell is as likely background: where decoder.similarity starts to be positive
constexpr double kMostScale = 100;  // of cosines (CLIP, section 2.5)

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

// Support pictures [M, P] against the names: cross entropy of those whose name is a column; undefined where none is.
at::Tensor contrastLoss(const SegmentPart& part, const at::Tensor& support, const at::Tensor& names,
                        const at::Tensor& scale) {
    const at::Tensor known = (part.supportColumn >= 0).nonzero().squeeze(1);
    if (known.numel() == 0) {
        return {};
    }
    const at::Tensor mine = support.index_select(0, known);
    const at::Tensor cosine = clipseg::similarity(mine.unsqueeze(0), names).squeeze(0).t();  // [M, K]
    return at::cross_entropy_loss(cosine * scale, part.supportColumn.index_select(0, known));
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

// Masks at probability 0.5, the truth where half of a cell is in it.
void tallyMasks(const SegmentPart& part, const at::Tensor& logits, Tally& tally) {
    at::NoGradGuard guard;
    const at::Tensor on = (logits > 0).flatten(1), truth = (maskTargets(part, logits) > 0.5).flatten(1);
    const at::Tensor counts =
        at::stack({part.present.to(at::kLong), on.logical_and(truth).sum(1), on.sum(1), truth.sum(1)})
            .to(at::kCPU)
            .contiguous();  // [4, N]
    const auto count = counts.accessor<std::int64_t, 2>();
    for (std::int64_t i = 0; i < counts.size(1); ++i) {
        const std::int64_t hit = count[1][i], extra = count[2][i] - hit;
        if (count[0][i] != 0) {
            tally.iou += metrics::iou(hit, extra, count[3][i]);
            tally.present += 1;
        } else {
            tally.phantoms += metrics::isPhantom(extra, on.size(1)) ? 1 : 0;
            tally.absent += 1;
        }
    }
}

// Whether a tensor learns. Fine-tuning touches the decoder alone; features that are cached stay what they were computed
// with.
bool learns(const nn::Parameter& parameter, const Context& context) {
    const SegmentStage& stage = context.options.segment;
    const bool fineTuning = !context.options.base.empty();
    switch (parameter.part) {
        case nn::Part::decoder:
            return true;
        case nn::Part::temperature:
            return !fineTuning;
        case nn::Part::textProjection:
        case nn::Part::visualProjection:
            return !fineTuning && !stage.cacheFeatures;
        case nn::Part::visionTower:
            return !fineTuning && !stage.cacheFeatures && !stage.frozenEncoder && parameter.block >= 0 &&
                   parameter.block >= stage.firstTrained;
        case nn::Part::textTower:
        case nn::Part::pooledHead:
        case nn::Part::isA:
        case nn::Part::names:
            return false;
    }
    return false;
}

// On the decoder's rate.
double rateFactor(const nn::Parameter& parameter, const SegmentStage& stage) {
    switch (parameter.part) {
        case nn::Part::decoder:
        case nn::Part::temperature:
            return 1;
        case nn::Part::textProjection:
            return stage.textRate;
        default:
            return stage.encoderRate;
    }
}

Plan planOf(const Context& context) {
    const SegmentStage& stage = context.options.segment;
    Plan plan;
    plan.stage = "segment";
    plan.steps = stage.steps;
    plan.batch = stage.batch;
    plan.warmup = stage.warmup;
    plan.rate = stage.rate;
    plan.decay = stage.decay;
    plan.optimizer = {.beta2 = 0.99, .gradientNorm = stage.gradientNorm, .emaDecay = stage.emaDecay};
    plan.parts = context.shards();
    plan.checkpoint = context.workFile("segment.safetensors");
    plan.lookEvery = context.options.validation.empty() ? 0 : stage.evaluateEvery;
    plan.lineSeconds = 10;
    const auto parameters = std::make_shared<const nn::Parameters>(clipseg::parameters(context.config));
    plan.learns = [&context, parameters](const std::string& name) { return learns(parameters->at(name), context); };
    plan.factor = [&stage, parameters](const std::string& name) { return rateFactor(parameters->at(name), stage); };
    plan.decays = [parameters](const std::string& name) { return nn::decays(parameters->at(name)); };
    return plan;
}

class SegmentObjective final : public Objective {
  public:
    SegmentObjective(const Context& context, const Plan& plan, data::DataSet set, const Checkpoint& state)
        : context_(context),
          stage_(context.options.segment),
          set_(std::move(set)),
          photos_(need(PhotoStore::load(set_, context.options.photoSide, std::max<std::size_t>(context.shards(), 2)))),
          vocabulary_(context, set_, state.model, table()),
          composer_(set_, photos_, stage_, static_cast<std::uint64_t>(context.options.seed)),
          batches_(set_, composer_, vocabulary_, context.options),
          cached_(context, set_, state.model),
          textFeatures_(vocabulary_.features().to(context.device)),
          threshold_(state.extra.contains("threshold") ? std::stod(state.extra.at("threshold"))
                                                       : context.config.defaultThreshold) {
        if (stage_.startShare > 0) {
            startTensors_ = tensorsOfStart(context);
        }
        if (plan.lookEvery > 0) {
            validation_ = need(data::readCoco(context.options.photos, context.options.validation));
            std::vector<std::string> names;
            for (const std::size_t c : validation_.closed) {
                names.push_back(validation_.categories[c].name);
            }
            closedFeatures_ = textFeatures(context, state.model, *openTokenizer(context), names).to(context.device);
        }
    }

    at::Tensor loss(const Part& of, const nn::TensorMap& model, Tally& tally) override {
        const std::int64_t from = stage_.batch * of.index / of.count, to = stage_.batch * (of.index + 1) / of.count;
        if (from == to) {
            return {};
        }
        const double share = static_cast<double>(to - from) / static_cast<double>(stage_.batch);
        const SegmentPart part = batches_.part(of.step, from, to - from).to(context_.device);
        return partLoss(part, model, share, tally) * share;
    }

    void look(const nn::TensorMap& averaged, bool last, LogLine& line) override {
        const metrics::Figures figures =
            validate(context_, validation_, written(averaged), closedFeatures_,
                     last ? static_cast<std::int64_t>(validation_.photos.size()) : stage_.evaluatePictures);
        threshold_ = figures.threshold;
        line.valIou = figures.phraseIou;
        line.valOverall = figures.overallIou;
        line.valPhantom = figures.phantomRate;
        line.valThreshold = figures.threshold;
    }

    void keep(const nn::TensorMap& averaged) override { writeModelFolder(context_, written(averaged), threshold_); }

    [[nodiscard]] std::map<std::string, std::string> notes() const override {
        return {{"threshold", std::to_string(threshold_)}};
    }

  private:
    // What the decoder is asked with, and what the joint space is learnt from.
    struct Conditions {
        at::Tensor phrases;  // [N, P], some of them mixed with support pictures
        at::Tensor support;  // [M, P], or undefined
        at::Tensor names;    // [K, P] of the dense loss, or undefined
    };

    [[nodiscard]] const PhraseTable* table() {
        if (!context_.options.text.empty()) {
            table_ = need(readPhrases(context_.options.text));
        }
        return table_ ? &*table_ : nullptr;
    }

    [[nodiscard]] bool fineTunes() const { return !context_.options.base.empty(); }
    [[nodiscard]] std::int64_t firstTrained() const {
        return stage_.frozenEncoder || stage_.cacheFeatures || fineTunes() ? vision::kNoneTrained : stage_.firstTrained;
    }

    // The pictures as the decoder reads them.
    [[nodiscard]] vision::Output features(const SegmentPart& part, const nn::Params& p) const {
        if (stage_.cacheFeatures) {
            return cached_.read(context_, part, p["clip"]);
        }
        vision::Request request = clipseg::visionRequest(context_.config);
        // The dense loss shapes the joint space of a model without a similarity map too.
        request.dense =
            request.dense || (stage_.dense > 0 && part.denseRows.defined() && context_.config.clip.vision.hasMaps());
        request.arithmetic = nn::trainingArithmetic(stage_.bfloat16);
        request.firstTrained = firstTrained();
        return clip::vision(p["clip"], context_.config.clip, part.pixels, request);
    }

    [[nodiscard]] Conditions conditions(const SegmentPart& part, const nn::Params& p) const {
        const auto project = [&](const at::Tensor& rows) {
            return nn::linear(p["clip"]["text_projection"], textFeatures_.index_select(0, rows));
        };
        Conditions made;
        made.phrases = project(part.rows);
        if (part.denseRows.defined()) {
            made.names = project(part.denseRows);
        }
        if (part.supportOf.defined()) {
            vision::Request pooled;
            pooled.pooled = true;
            // The blocks learn from the photographs; through the support pictures only the head and the projection do,
            // at a third of the time.
            pooled.arithmetic = nn::trainingArithmetic(stage_.bfloat16);
            pooled.firstTrained = std::max(firstTrained(), context_.config.clip.vision.blocks());
            made.support = clip::vision(p["clip"], context_.config.clip, part.supportPixels, pooled).pooled;
            const at::Tensor share = part.supportShare.unsqueeze(1);
            // x = a * image + (1 - a) * text, on raw embeddings (CLIPSeg, image-text interpolation).
            made.phrases = made.phrases.index_copy(
                0, part.supportOf, share * made.support + (1 - share) * made.phrases.index_select(0, part.supportOf));
        }
        return made;
    }

    // The mean over the part. `share`: of the part in the batch.
    [[nodiscard]] at::Tensor partLoss(const SegmentPart& part, const nn::TensorMap& model, double share,
                                      Tally& tally) const {
        const nn::Params p(model);
        const clipseg::Features pictures = clipseg::featuresOf(p["decoder"], context_.config, features(part, p));
        const Conditions asked = conditions(part, p);
        const at::Tensor scale = p["clip"].tensor("logit_scale").exp().clamp_max(kMostScale);
        const auto [logits, presence] =
            clipseg::decodeAll(p["decoder"], context_.config, pictures, asked.phrases, part.pictures);
        at::Tensor loss = maskLoss(part, logits, stage_.dice);
        if (presence.defined() && stage_.presence > 0) {
            loss = loss + stage_.presence *
                              at::binary_cross_entropy_with_logits(presence, part.present.to(presence.scalar_type()));
        }
        if (stage_.dense > 0 && !fineTunes() && pictures.dense.defined() && asked.names.defined()) {
            const at::Tensor dense = denseLoss(part, pictures.dense, asked.names, scale);
            tally.dense += share * dense.item<double>();
            loss = loss + stage_.dense * dense;
        }
        if (stage_.contrast > 0 && asked.support.defined() && asked.names.defined()) {
            if (const at::Tensor contrast = contrastLoss(part, asked.support, asked.names, scale); contrast.defined()) {
                loss = loss + stage_.contrast * contrast;
            }
        }
        tallyMasks(part, logits, tally);
        return loss;
    }

    // The averaged weights, or their mean with those of `start`.
    [[nodiscard]] nn::TensorMap written(nn::TensorMap averaged) const {
        for (const auto& [name, tensor] : startTensors_) {
            at::Tensor& own = averaged.at(name);
            own = stage_.startShare * tensor.to(own.device()) + (1 - stage_.startShare) * own.detach();
        }
        return averaged;
    }

    const Context& context_;
    const SegmentStage& stage_;
    const data::DataSet set_;
    const PhotoStore photos_;
    std::optional<PhraseTable> table_;
    const Vocabulary vocabulary_;
    const Composer composer_;
    const SegmentBatches batches_;
    const CachedFeatures cached_;
    const at::Tensor textFeatures_;
    double threshold_;  // the best of the last look
    nn::TensorMap startTensors_;
    data::DataSet validation_;
    at::Tensor closedFeatures_;
};

}  // namespace

void segmentStage(const Context& context) {
    const Plan plan = planOf(context);
    data::DataSet set = need(data::readCoco(context.options.photos, context.options.split));
    context.say("segment: " + std::to_string(set.photos.size()) + " pictures, " +
                std::to_string(set.annotations.size()) + " masks");
    Checkpoint state = beginning(context, plan, [&] { return startingModel(context); });
    SegmentObjective objective(context, plan, std::move(set), state);
    runLoop(context, plan, objective, state);
}

}  // namespace maskwright::train
