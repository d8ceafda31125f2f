#include "core/train/segment_loss.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "core/clipseg/decoder.h"
#include "core/metrics/counts.h"

namespace maskwright::train {
namespace {

constexpr double kBackground =
    0.2;  // cosine at which a cell is as likely background: where decoder.similarity starts to be positive
constexpr double kNothing = -1e4;  // a logit of what takes no part
constexpr double kLabelled = 0.5;  // of a cell: the rest is nobody's
constexpr double kDrawn = 0.5;     // of a cell: less is as good as undrawn

at::Tensor resized(const at::Tensor& maps, const at::Tensor& like) {
    return at::upsample_bilinear2d(maps.unsqueeze(1), {like.size(1), like.size(2)}, false).squeeze(1);
}

// At the head's resolution: a quarter of the input's side, or all of it for CLIPSeg's own heads.
at::Tensor maskTargets(const SegmentPart& part, const at::Tensor& logits) {
    return logits.sizes() == part.targets.sizes() ? part.targets : resized(part.targets, logits);
}

}  // namespace

at::Tensor pixelWeight(const SegmentPart& part, const at::Tensor& logits, const at::Tensor& evidence, double doubt) {
    at::NoGradGuard guard;
    at::Tensor out;  // left out
    if (part.undrawn.defined()) {
        out = resized(part.undrawn.to(at::kFloat), logits) > 0;
    }
    if (evidence.defined() && doubt > 0) {
        const at::Tensor believed = evidence.sizes() == logits.sizes() ? evidence : resized(evidence, logits);
        const at::Tensor more = (believed > doubt).logical_and(part.doubtful.view({-1, 1, 1}));
        out = out.defined() ? out.logical_or(more) : more;
    }
    if (!out.defined()) {
        return {};
    }
    return out.logical_and(maskTargets(part, logits) < kDrawn).logical_not().to(logits.scalar_type());
}

at::Tensor maskLoss(const SegmentPart& part, const at::Tensor& logits, const at::Tensor& weight, double mask,
                    double dice) {
    const at::Tensor targets = maskTargets(part, logits);
    // A mean over all pixels, also those left out: a phrase with few pixels left counts for little.
    at::Tensor loss = mask * at::binary_cross_entropy_with_logits(logits, targets, weight);
    const at::Tensor present = part.present.nonzero().squeeze(1);
    if (present.numel() > 0) {
        at::Tensor p = at::sigmoid(logits.index_select(0, present)), t = targets.index_select(0, present);
        if (weight.defined()) {
            const at::Tensor taken = weight.index_select(0, present);
            p = p * taken;
            t = t * taken;
        }
        p = p.flatten(1);
        t = t.flatten(1);
        const at::Tensor overlap = 1 - (2 * (p * t).sum(1) + 1) / (p.sum(1) + t.sum(1) + 1);
        loss = loss + dice * overlap.mean() *
                          (static_cast<double>(present.numel()) / static_cast<double>(part.present.numel()));
    }
    return loss;
}

at::Tensor presenceLoss(const SegmentPart& part, const at::Tensor& presence, const at::Tensor& evidence, double doubt) {
    const at::Tensor wanted = part.present.to(presence.scalar_type());
    if (!evidence.defined() || doubt == 0) {
        return at::binary_cross_entropy_with_logits(presence, wanted);
    }
    const at::Tensor left = (evidence.flatten(1).amax(1) > doubt).logical_and(part.uncertain);
    return at::binary_cross_entropy_with_logits(presence, wanted, left.logical_not().to(presence.scalar_type()));
}

at::Tensor denseLoss(const SegmentPart& part, const SegmentPart::Dense& targets, const at::Tensor& features,
                     const at::Tensor& names, const at::Tensor& scale) {
    const at::Tensor sum = targets.target.sum(1, true);  // [B, 1, T]
    const at::Tensor without = part.denseValid.logical_not().unsqueeze(-1).logical_or(
        part.denseLabelled.unsqueeze(-1).logical_and(sum < kLabelled));  // [B, K, T]
    const at::Tensor logits = (clipseg::similarity(features, names) * scale).masked_fill(without, kNothing);
    const at::Tensor background = (scale * kBackground).expand({logits.size(0), 1, logits.size(2)});
    const at::Tensor logp = at::log_softmax(at::cat({logits, background}, 1), 1);
    const at::Tensor rest = (1 - sum).clamp_min(0);
    const at::Tensor loss = -(logp * at::cat({targets.target, rest}, 1)).sum(1);  // [B, T]
    return (loss * targets.weight).mean();
}

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

}  // namespace maskwright::train
