// Segment Anything as a segmenter: its automatic generator.
#include <algorithm>

#include "core/segmenters/sam_generator.h"
#include "core/segmenters/segmenter.h"

namespace maskwright::segmenters {

namespace {

class Sam final : public Segmenter {
  public:
    Sam(std::unique_ptr<SamNetwork> network, int pointsPerSide, std::int64_t smallest) : network_(std::move(network)) {
        options_.side = pointsPerSide;
        options_.smallest = smallest;
        facts_ = {network_->config().encoderName(), network_->parameterCount(), network_->config().imageSize, true};
    }

    [[nodiscard]] const SegmenterFacts& facts() const override { return facts_; }

    [[nodiscard]] Candidates find(const Image& picture, const std::stop_token& stop) override {
        SamFound found = generate(*network_, picture, options_, stop, begun_);
        Candidates candidates;
        candidates.before = found.before;
        for (SamMask& one : found.masks) {
            // Predictions may be a little above 1.
            candidates.all.push_back({std::move(one.runs), std::clamp(one.iou, 0.0F, 1.0F)});
        }
        return candidates;
    }

  private:
    std::unique_ptr<SamNetwork> network_;
    SamOptions options_;
    SegmenterFacts facts_;
    SamBegun begun_;  // of the picture that was asked for last, where it was stopped
};

}  // namespace

Result<std::unique_ptr<Segmenter>> openSam(const std::string& folder, at::Device device, at::ScalarType dtype,
                                           int pointsPerSide, std::int64_t smallest) {
    auto network = SamNetwork::load(folder, device, dtype);
    if (!network) {
        return network.error();
    }
    return std::unique_ptr<Segmenter>(std::make_unique<Sam>(std::move(*network), pointsPerSide, smallest));
}

}  // namespace maskwright::segmenters
