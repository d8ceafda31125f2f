// CLIP as a describer: the published method.
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <filesystem>

#include "core/clip/clip.h"
#include "core/global_local/describer.h"
#include "core/global_local/grid.h"
#include "core/image/antialias.h"
#include "core/image/resize.h"
#include "core/image/runs_cut.h"
#include "core/nn/own_cores.h"
#include "core/vision/regions.h"

namespace maskwright::global_local {

namespace {

// What a cut-out region is surrounded by, in normalised values: ImageNet's mean where 0 would be grey
// (Our_method_with_free_solo.py, pixel_mean).
constexpr std::array<float, 3> kAround = kImageNetMean;
// Numbers alive at once in a batch of regions, 64 MB: they stay cheap to get, and more together are no faster.
constexpr double kFloatsTogether = 16e6;

std::size_t together(double floatsEach) {
    return static_cast<std::size_t>(std::max(1.0, kFloatsTogether / std::max(floatsEach, 1.0)));
}

class ClipPicture final : public Picture {
  public:
    using Picture::Picture;
    vision::Passage passage;
};

class ClipDescriber final : public Describer {
  public:
    ClipDescriber(std::unique_ptr<clip::Clip> clip, const std::string& folder) : clip_(std::move(clip)) {
        const vision::Trunk& trunk = clip_->config().vision;
        facts_.name = std::filesystem::path(folder).filename().string();
        facts_.tower = trunk.name();
        facts_.width = clip_->config().projection;
        facts_.side = trunk.imageSize();
        vision::Request kept;  // what goes into each block
        for (std::int64_t i = 0; trunk.hidesTokens() && i < trunk.blocks(); ++i) {
            kept.taps.push_back(i);
        }
        kept.pooled = true;
        facts_.bytesAlive = trunk.bytesAlive(facts_.side, facts_.side, kept);
        facts_.tokens = trunk.hidesTokens();
        facts_.blocks = facts_.tokens ? trunk.blocks() : 0;
        facts_.parameters = clip_->parameterCount();
        facts_.logitScale = clip_->logitScale();
        facts_.normalisation = facts_.tokens ? Normalisation::mixtures : Normalisation::parts;
    }

    [[nodiscard]] const Facts& facts() const override { return facts_; }

    [[nodiscard]] std::shared_ptr<const Picture> encode(std::shared_ptr<const Image> image,
                                                        const std::stop_token& stop) const override {
        const c10::InferenceMode inference;
        const int side = int(facts_.side);
        Planar seen = resizeNormalized(*image, kImageNetMean, kImageNetStd, side, side);
        auto picture = std::make_shared<ClipPicture>(std::move(image));
        const at::Tensor pixels = at::from_blob(seen.values.data(), {1, 3, side, side}, at::kFloat);
        picture->passage = vision::passage(trunk(), tower(), pixels.to(clip_->device()), stop);
        return picture;
    }

    [[nodiscard]] at::Tensor global(const Picture& picture, std::span<const Region> regions, Silencing how,
                                    std::int64_t blocks, const std::stop_token& stop) const override {
        const c10::InferenceMode inference;
        const vision::Passage& passage = dynamic_cast<const ClipPicture&>(picture).passage;
        return inBatches(regions, together(vision::floatsPerRegion(trunk(), passage)), [&](auto some) {
            const vision::GridRegions grid = onGrid(some, passage.gridHeight, passage.gridWidth);
            return clip_->projected(vision::pooledUnder(trunk(), tower(), passage, grid, how, blocks, stop));
        });
    }

    [[nodiscard]] at::Tensor local(const Picture& picture, std::span<const Region> regions,
                                   const std::stop_token& stop) const override {
        const c10::InferenceMode inference;
        const int side = int(facts_.side);
        vision::Request pooled;
        pooled.pooled = true;
        return inBatches(regions, together(trunk().bytesAlive(side, side, pooled) / 4), [&](auto some) {
            const at::Tensor features = clip_->image(cutOut(*picture.image, some, side), stop);
            return facts_.normalisation == Normalisation::parts ? unit(features) : features;
        });
    }

    [[nodiscard]] TextFeature text(const std::string& text) const override {
        const c10::InferenceMode inference;
        const text::Tokens tokens = clip_->tokenizer().encode(text, clip_->config().text.positions);
        const nn::OwnCores cores(clip_->device());
        at::Tensor values = clip_->text(tokens);
        values = facts_.normalisation == Normalisation::parts ? unit(values) : values;
        return {values.to(at::kCPU), tokens.truncated, true, {}};
    }

  private:
    [[nodiscard]] const vision::Trunk& trunk() const { return clip_->config().vision; }
    [[nodiscard]] nn::Params tower() const { return clip_->params()["vision_model"]; }
    static at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, 1, true).clamp_min(1e-12); }

    // [n, 3, side, side]
    static at::Tensor cutOut(const Image& image, std::span<const Region> regions, int side) {
        at::Tensor pixels = at::empty({std::int64_t(regions.size()), 3, side, side}, at::kFloat);
        float* to = pixels.data_ptr<float>();
        for (const Region& region : regions) {
            const Box box = region.box.empty() ? boundingBox(region.mask) : region.box;
            const Planar cut = resizeCutOut(image, maskwright::cutOut(region.mask, box), box, kAround, kImageNetMean,
                                            kImageNetStd, side, side);
            to = std::copy(cut.values.begin(), cut.values.end(), to);
        }
        return pixels;
    }

    template <class F>
    [[nodiscard]] at::Tensor inBatches(std::span<const Region> regions, std::size_t size, F&& features) const {
        std::vector<at::Tensor> parts = {at::empty({0, facts_.width}, at::kFloat)};
        for (std::size_t begin = 0; begin < regions.size(); begin += size) {
            parts.push_back(features(regions.subspan(begin, std::min(size, regions.size() - begin))).to(at::kCPU));
        }
        return at::cat(parts);
    }

    std::unique_ptr<clip::Clip> clip_;
    Facts facts_;
};

}  // namespace

Result<std::unique_ptr<Describer>> openClipDescriber(const std::string& folder, at::Device device,
                                                     at::ScalarType dtype) {
    auto clip = clip::Clip::load(folder, device, dtype);
    if (!clip) {
        return clip.error();
    }
    const vision::Trunk& trunk = (*clip)->config().vision;
    if (!vision::takesRegions(trunk)) {
        return Error{ErrorKind::weights, message("%1 has the trunk %2, which takes no regions", folder, trunk.name()),
                     "choose a CLIP with a vision transformer or a modified ResNet"};
    }
    return std::unique_ptr<Describer>(std::make_unique<ClipDescriber>(std::move(*clip), folder));
}

}  // namespace maskwright::global_local
