// Proposals of a network made for them: Segment Anything and its like. Torch-free. Threads: as Method.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "core/proposals/proposals.h"
#include "core/session/engine.h"

namespace maskwright::session {

struct SegmenterInfo {
    std::string kind;  // as in sam:FOLDER
    std::string name;  // the folder's
    std::string folder, network, device, dtype;
    std::int64_t parameters = 0, inputSize = 0;
    Message what, licence;  // as proposals::About
};

class SegmenterSource : public proposals::Source {
  public:
    [[nodiscard]] virtual const SegmenterInfo& info() const = 0;
};

// "sam" or "solo" where the folder's config.json says that it is one; empty for all other folders.
std::string segmenterKind(const std::string& folder);
// Points along each side of the picture that sam asks at: SamAutomaticMaskGenerator's points_per_side, and the most
// that may be asked for, whose 49,152 masks take 16 times as long.
inline constexpr int kPointsPerSide = 32;
inline constexpr int kMostPointsPerSide = 128;

// What sam is asked with; says nothing to solo.
struct SegmenterGrid {
    int pointsPerSide = kPointsPerSide;  // 1 to the most
    // Pixels: of a mask, smaller holes and parts go; 0, as in SamAutomaticMaskGenerator's min_mask_region_area and in
    // transformers' pipeline: none does.
    std::int64_t smallest = 0;
};

// options.model is the folder. Errors: usage (no such kind, device
// or dtype), weights (naming what is wrong with the folder), resource.
Result<std::unique_ptr<SegmenterSource>> openSegmenter(const std::string& kind, const EngineOptions& options,
                                                       proposals::Limits limits = {}, const SegmenterGrid& grid = {});

// Whether the file (.pth, .pt) is a release's own of such a network. Errors: weights.
Result<bool> holdsSegmenter(const std::string& file);
struct ConvertedSegmenter {
    std::string network;
    std::int64_t inputSize = 0, parameters = 0;
};
// The folder of it that openSegmenter() reads; made by this call, or empty. Errors: weights, output, cancelled.
Result<ConvertedSegmenter> convertSegmenter(const std::string& file, const std::string& outFolder,
                                            std::stop_token stop = {});

}  // namespace maskwright::session
