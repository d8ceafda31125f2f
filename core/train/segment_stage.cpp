#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <memory>

#include "core/clipseg/decoder.h"
#include "core/clipseg/marked.h"
#include "core/clipseg/spoken.h"
#include "core/nn/device.h"
#include "core/nn/layers.h"
#include "core/train/batches_ahead.h"
#include "core/train/cached_features.h"
#include "core/train/loop.h"
#include "core/train/model_files.h"
#include "core/train/run_folders.h"
#include "core/train/segment_loss.h"
#include "core/train/validate.h"
#include "core/vision/detector_trunk.h"

namespace maskwright::train {
namespace {

constexpr double kMostScale = 100;  // of cosines (CLIP, section 2.5)

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
            return !fineTuning && !stage.cacheFeatures && stage.textRate > 0;
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

Plan segmentPlan(const Context& context) {
    const SegmentStage& stage = context.options.segment;
    const auto parameters = std::make_shared<const nn::Parameters>(clipseg::parameters(context.config));
    Plan plan = planOf("segment", stage, *parameters);
    plan.minutes = stage.minutes;
    plan.optimizer = {.beta2 = 0.99, .gradientNorm = stage.gradientNorm, .emaDecay = stage.emaDecay};
    plan.parts = context.shards();
    plan.checkpoint = context.workFile("segment.safetensors");
    plan.lookEvery = context.options.validation.empty() ? 0 : stage.evaluateEvery;
    plan.lineSeconds = 10;
    plan.learns = [&context, parameters](const std::string& name) { return learns(parameters->at(name), context); };
    plan.factor = [&stage, parameters](const std::string& name) { return rateFactor(parameters->at(name), stage); };
    return plan;
}

class SegmentObjective final : public Objective {
  public:
    SegmentObjective(const Context& context, const Checkpoint& state)
        : context_(context),
          stage_(context.options.segment),
          set_(*context.shown),
          photos_(need(
              PhotoStore::load(set_, context.options.photoSide, static_cast<std::size_t>(std::max(nn::threads(), 2))))),
          vocabulary_(context, set_, state.model, table()),
          composer_(set_, photos_, stage_, static_cast<std::uint64_t>(context.options.seed), preprocessingOf(context)),
          batches_(set_, composer_, vocabulary_, context.options, context.config.clip.vision.cell(),
                   context.config.eyes.jointSpace(), !clipseg::marksByNames(context.config)),
          cached_(context, set_, state.model),
          textFeatures_(vocabulary_.features().to(context.device)),
          threshold_(state.extra.contains("threshold") ? std::stod(state.extra.at("threshold"))
                                                       : context.config.defaultThreshold) {
        if (stage_.startShare > 0) {
            startTensors_ = tensorsOfStart(context);
        }
        if (context.validation) {
            std::vector<std::string> names;
            for (const std::size_t c : context.validation->closed) {
                names.push_back(context.validation->categories[c].name);
            }
            closedFeatures_ = textFeatures(context, state.model, *openTokenizer(context), names).to(context.device);
        }
    }

    void prepare(std::int64_t step, double over) override {
        batches_.setElapsed(over);
        if (stage_.loaders > 0 && context_.shards() == 1 && !ahead_) {
            const auto make = [this](std::int64_t of) {
                SegmentPart part = batches_.part(of, 0, stage_.batch);
                return context_.device.is_cuda() ? part.pinned() : part;
            };
            ahead_ = std::make_unique<BatchesAhead>(make, step, static_cast<std::size_t>(stage_.loaders));
        }
    }

    at::Tensor loss(const Part& of, const nn::TensorMap& model, Tally& tally) override {
        const std::int64_t from = stage_.batch * of.index / of.count, to = stage_.batch * (of.index + 1) / of.count;
        if (from == to) {
            return {};
        }
        const double share = static_cast<double>(to - from) / static_cast<double>(stage_.batch);
        const SegmentPart made = ahead_ ? ahead_->take(of.step) : batches_.part(of.step, from, to - from);
        if (made.rows.numel() == 0) {
            return {};  // no phrase is surely there or surely not: nothing to learn
        }
        return partLoss(made.to(context_.device), of.step, model, share, tally) * share;
    }

    void look(const nn::TensorMap& averaged, bool last, LogLine& line) override {
        const data::DataSet& set = *context_.validation;
        const metrics::Summary summary =
            validate(context_, set, written(averaged), closedFeatures_,
                     last ? static_cast<std::int64_t>(set.photos.size()) : stage_.evaluatePictures);
        if (summary.present == 0) {
            return;  // the first pictures of the set may have no object: neither figures nor a threshold come from them
        }
        const metrics::Figures& figures = summary.figures[summary.best];
        threshold_ = figures.threshold;
        line.valIou = figures.phraseIou;
        line.valOverall = figures.overallIou;
        line.valPhantom = summary.absent > 0 ? figures.phantomRate : -1;
        line.valThreshold = figures.threshold;
    }

    void keep(const nn::TensorMap& averaged) override { writeModelFolder(context_, written(averaged), threshold_); }

    [[nodiscard]] std::map<std::string, std::string> notes() const override {
        return {{"threshold", std::to_string(threshold_)}, {"output", outputFromWork(context_.options)}};
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
        request.dense = request.dense || (stage_.dense > 0 && part.denseRows.defined() &&
                                          context_.config.clip.vision.hasMaps() && !context_.config.eyes.jointSpace());
        request.arithmetic = nn::trainingArithmetic(stage_.bfloat16);
        request.firstTrained = firstTrained();
        return clip::vision(p["clip"], context_.config.clip, part.pixels, request);
    }

    // [M, P] of the support pictures.
    [[nodiscard]] at::Tensor supportConditions(const SegmentPart& part, const nn::Params& p) const {
        vision::Request request;
        request.arithmetic = nn::trainingArithmetic(stage_.bfloat16);
        if (!clipseg::marksByNames(context_.config)) {
            request.pooled = true;
            // The blocks learn from the photographs; through the support pictures only the head and the projection do,
            // at a third of the time.
            request.firstTrained = std::max(firstTrained(), context_.config.clip.vision.blocks());
            return clip::vision(p["clip"], context_.config.clip, part.supportPixels, request).pooled;
        }
        // A mixture of names, which are what they are.
        at::NoGradGuard guard;
        const vision::Request whole = clipseg::visionRequest(context_.config);
        request.pyramid = whole.pyramid;
        request.spoken = whole.spoken;
        request.firstTrained = vision::kNoneTrained;
        const clipseg::Features features = clipseg::featuresOf(
            p["decoder"], context_.config, clip::vision(p["clip"], context_.config.clip, part.supportPixels, request));
        return clipseg::markedConditions(p["decoder"], context_.config, features, part.supportRegion,
                                         at::arange(part.supportOf.size(0), part.supportOf.options()));
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
            made.support = supportConditions(part, p);
            const at::Tensor share = part.supportShare.unsqueeze(1);
            // x = a * image + (1 - a) * text, on raw embeddings (CLIPSeg, image-text interpolation).
            made.phrases = made.phrases.index_copy(
                0, part.supportOf, share * made.support + (1 - share) * made.phrases.index_select(0, part.supportOf));
        }
        return made;
    }

    // The trunk's answer with a speaker silenced in some of the steps, so that the decoder learns to do without.
    [[nodiscard]] vision::Output withoutSome(vision::Output pictures, std::int64_t step) const {
        Random random(static_cast<std::uint64_t>(context_.options.seed), 12, static_cast<std::uint64_t>(step));
        if (random.chance(stage_.dropClasses)) {
            pictures.spoken.classes = pictures.spoken.whole = at::Tensor();
            const std::vector<std::int64_t> blocks = clipseg::visionRequest(context_.config).pyramid;
            for (std::size_t i = 0; i < blocks.size(); ++i) {
                if (blocks[i] == vision::DetectorTrunk::kFeatures) {
                    pictures.pyramid[i] = at::zeros_like(pictures.pyramid[i]);
                }
            }
        }
        if (random.chance(stage_.dropEvidence)) {
            pictures.spoken.evidence = at::Tensor();
        }
        return pictures;
    }

    // What the trunk's detector has for each phrase, [N, h4, w4]; undefined where there is none.
    [[nodiscard]] at::Tensor evidenceOf(const SegmentPart& part, const at::Tensor& evidence,
                                        const at::Tensor& isA) const {
        if (!evidence.defined() || !isA.defined() || stage_.doubt == 0) {
            return {};
        }
        at::NoGradGuard guard;
        const at::Tensor meant = at::sigmoid(isA.slice(1, 0, evidence.size(1)));
        return clipseg::evidenceFor(evidence, meant, part.pictures);
    }

    // Of the dense joint space, on both its grids where there are two.
    [[nodiscard]] at::Tensor jointLoss(const SegmentPart& part, const clipseg::Features& pictures,
                                       const at::Tensor& names, const at::Tensor& scale) const {
        if (!context_.config.eyes.jointSpace()) {
            return pictures.dense.defined() ? denseLoss(part, part.coarse, pictures.dense, names, scale) : at::Tensor();
        }
        const auto rows = [](const at::Tensor& map) { return map.flatten(2).transpose(1, 2); };
        return denseLoss(part, part.coarse, rows(pictures.joint.coarse), names, scale) +
               denseLoss(part, part.fine, rows(pictures.joint.fine), names, scale);
    }

    // The mean over the part. `share`: of the part in the batch.
    [[nodiscard]] at::Tensor partLoss(const SegmentPart& part, std::int64_t step, const nn::TensorMap& model,
                                      double share, Tally& tally) const {
        const nn::Params p(model);
        vision::Output seen = features(part, p);
        const at::Tensor evidence = seen.spoken.evidence;
        const clipseg::Features pictures =
            clipseg::featuresOf(p["decoder"], context_.config, withoutSome(std::move(seen), step));
        const Conditions asked = conditions(part, p);
        const at::Tensor scale = p["clip"].tensor("logit_scale").exp().clamp_max(kMostScale);
        const auto [logits, presence, isA] =
            clipseg::decodeAll(p["decoder"], context_.config, pictures, asked.phrases, part.pictures);
        const at::Tensor known = evidenceOf(part, evidence, isA);
        at::Tensor loss =
            maskLoss(part, logits, pixelWeight(part, logits, known, stage_.doubt), stage_.mask, stage_.dice);
        if (presence.defined() && stage_.presence > 0) {
            loss = loss + stage_.presence * presenceLoss(part, presence, known, stage_.doubt);
        }
        if (stage_.dense > 0 && !fineTunes() && asked.names.defined()) {
            if (const at::Tensor dense = jointLoss(part, pictures, asked.names, scale); dense.defined()) {
                tally.dense += share * dense.item<double>();
                loss = loss + stage_.dense * dense;
            }
        }
        if (stage_.contrast > 0 && !clipseg::marksByNames(context_.config) && asked.support.defined() &&
            asked.names.defined()) {
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
    const data::DataSet& set_;
    const PhotoStore photos_;
    std::optional<PhraseTable> table_;
    const Vocabulary vocabulary_;
    const Composer composer_;
    SegmentBatches batches_;
    const CachedFeatures cached_;
    const at::Tensor textFeatures_;
    double threshold_;  // the best of the last look
    nn::TensorMap startTensors_;
    at::Tensor closedFeatures_;
    std::unique_ptr<BatchesAhead> ahead_;  // last: its threads use the others
};

}  // namespace

void segmentStage(const Context& context) {
    const Plan plan = segmentPlan(context);
    context.say("segment: " + std::to_string(context.shown->photos.size()) + " pictures, " +
                std::to_string(context.shown->annotations.size()) + " masks");
    if (context.options.segment.tf32) {
        at::globalContext().setAllowTF32CuBLAS(true);
        at::globalContext().setAllowTF32CuDNN(true);
    }
    Checkpoint state = beginning(context, plan, [&] { return startingModel(context); });
    SegmentObjective objective(context, state);
    runLoop(context, plan, objective, state);
}

}  // namespace maskwright::train
