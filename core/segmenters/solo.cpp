// SOLOv2 as a segmenter, with FreeSOLO's test settings.
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

#include "core/image/resize.h"
#include "core/segmenters/segmenter.h"
#include "core/segmenters/solo_masks.h"

namespace maskwright::segmenters {

namespace {

// detectron2's ResizeShortestEdge: the shorter side as wanted, but the longer not beyond.
void fit(const SoloConfig& config, const Image& picture, SoloSize& size) {
    double scale = double(config.shortSide) / std::min(picture.width, picture.height);
    const double most = double(config.longSide) / std::max(picture.width, picture.height);
    scale = std::min(scale, most);
    const auto side = [&](int length) { return std::max<std::int64_t>(1, std::int64_t(length * scale + 0.5)); };
    size = {side(picture.height), side(picture.width), picture.height, picture.width};
}

class Solo final : public Segmenter {
  public:
    explicit Solo(std::unique_ptr<SoloNetwork> network) : network_(std::move(network)) {
        facts_ = {"SOLOv2", network_->parameterCount(), network_->config().shortSide, false};
    }

    [[nodiscard]] const SegmenterFacts& facts() const override { return facts_; }

    [[nodiscard]] Candidates find(const Image& picture, const std::stop_token& stop) override {
        const c10::InferenceMode inference;
        const SoloConfig& config = network_->config();
        SoloSize size;
        fit(config, picture, size);
        Planar seen = normalize(resizeBilinearAntialiased(picture, int(size.width), int(size.height)), config.mean,
                                config.deviation);
        const auto whole = [](std::int64_t side) {
            constexpr std::int64_t kCell = vision::ResNetFpn::kCell;
            return (side + kCell - 1) / kCell * kCell;
        };
        const at::Tensor pixels = at::zeros({1, 3, whole(size.height), whole(size.width)}, at::kFloat);
        pixels.slice(2, 0, size.height)
            .slice(3, 0, size.width)
            .copy_(at::from_blob(seen.values.data(), {1, 3, size.height, size.width}, at::kFloat));
        return soloMasks(*network_, network_->ask(pixels, stop), size);
    }

  private:
    std::unique_ptr<SoloNetwork> network_;
    SegmenterFacts facts_;
};

}  // namespace

Result<std::unique_ptr<Segmenter>> openSolo(const std::string& folder, at::Device device, at::ScalarType dtype) {
    auto network = SoloNetwork::load(folder, device, dtype);
    if (!network) {
        return network.error();
    }
    return std::unique_ptr<Segmenter>(std::make_unique<Solo>(std::move(*network)));
}

}  // namespace maskwright::segmenters
