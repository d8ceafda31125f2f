#include "core/clipseg/memory.h"

#include <algorithm>

#include "core/clipseg/decoder.h"
#include "core/clipseg/marked.h"
#include "core/clipseg/spoken.h"
#include "core/nn/attention.h"

namespace maskwright::clipseg {

namespace {

constexpr double kBytes = 4;
constexpr std::int64_t kEvidenceStride = 4;  // vision::Spoken

// Numbers that stay of an encoded picture.
double floatsKept(const Config& config, double pixels) {
    const vision::Trunk& trunk = config.clip.vision;
    const auto positions = [&](std::int64_t stride) { return pixels / double(stride * stride); };
    double kept = config.similarityMap ? double(config.clip.projection) * positions(trunk.gridStride()) : 0;
    const Eyes& eyes = config.eyes;
    for (const auto* blocks :
         {&config.extractLayers, &config.pyramidLayers, &eyes.jointLayers, &eyes.jointFineLayers}) {
        for (const std::int64_t block : *blocks) {
            kept += double(trunk.channelsAfter(block)) * positions(trunk.strideAfter(block));
        }
    }
    if (eyes.jointSpace()) {
        kept += 5 * double(config.clip.projection) * positions(trunk.gridStride());  // the finer has four times as many
    }
    if (eyes.spokenMaps) {
        kept += double(trunk.names()) * positions(kEvidenceStride) +
                double(trunk.classes()) * positions(trunk.gridStride());
    }
    return kept;
}

// Of one decoder block for `rows` tokens of all conditions together.
double floatsInBlock(const Config& config, double rows, double tokens) {
    const double width = double(config.reduceDim), wide = double(config.decoderMlp);
    // Input, query, key and value, the query scaled, and the answer; or input, norm and the MLP's inside twice.
    const double looking = 6 * width * rows + nn::scoresAlive(double(config.decoderHeads) * rows / tokens, tokens);
    return std::max(looking, (3 * width + 2 * wide) * rows);
}

// Of the finest level of the pyramid head: input, lateral, their product and sums.
double floatsInPyramid(const Config& config, double pixels, double conditions) {
    double most = 0;
    const auto levels = pyramidLevels(config);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::int64_t stride = config.clip.vision.strideAfter(config.pyramidLayers[levels[i].front()]);
        const double map = double(config.pyramidChannels[i]) * pixels / double(stride * stride);
        most = std::max(most, map + 5 * map * conditions);
    }
    return most;
}

// While the joint space is made: the largest of its maps, what is added to it, and the sum.
double floatsInJointSpace(const Config& config, double pixels) {
    if (!config.eyes.jointSpace()) {
        return 0;
    }
    const double grid = pixels / double(config.clip.vision.gridStride() * config.clip.vision.gridStride());
    return 4 * grid * double(2 * config.clip.projection + 3 * config.eyes.jointFineChannels);
}

// While the six maps are made: those of one condition, and they side by side, at the evidence's resolution, the
// similarity of every name, and the names' maps that are compared at a time (clipseg/spoken.cpp).
double floatsInSpokenMaps(const Config& config, double pixels, double conditions) {
    if (!config.eyes.spokenMaps) {
        return 0;
    }
    const vision::Trunk& trunk = config.clip.vision;
    const double grid = pixels / double(trunk.gridStride() * trunk.gridStride()),
                 quarter = pixels / double(kEvidenceStride * kEvidenceStride);
    const double names = double(trunk.names());
    return conditions * (12 * quarter + 2 * names * grid) + 2 * std::max(double(kSpokenAtOnce), names * quarter);
}

double floatsInHead(const Config& config, double pixels, double conditions) {
    if (!config.pyramidLayers.empty()) {
        return floatsInPyramid(config, pixels, conditions);
    }
    const double cell = double(config.clip.vision.gridStride());
    if (!config.complexTransposedConvolution) {
        return 3 * pixels * conditions;  // the product, and it put in order and shifted
    }
    // After the first expansion a position is a quarter of a cell wide.
    const double middle = double(config.reduceDim / 2) * pixels * 16 / (cell * cell);
    return std::max(3 * middle, middle + 3 * pixels) * conditions;
}

}  // namespace

std::int64_t conditionsAtOnce(std::int64_t tokens) {
    return std::clamp<std::int64_t>(8192 / std::max<std::int64_t>(tokens, 1), 1, 64);
}

std::int64_t conditionsTogether(std::int64_t tokens) {
    return std::clamp<std::int64_t>(2048 / std::max<std::int64_t>(tokens, 1), 1, conditionsAtOnce(tokens));
}

double bytesAlive(const Config& config, std::int64_t width, std::int64_t height) {
    const double pixels = double(width) * double(height), cell = double(config.clip.vision.gridStride());
    const double tokens = pixels / (cell * cell) + 1;
    const auto conditions = double(conditionsAtOnce(static_cast<std::int64_t>(tokens)));
    const double encoding = config.clip.vision.bytesAlive(width, height, visionRequest(config));
    // The similarity map takes the dense features once more, at length one.
    const double similarity = config.similarityMap ? double(config.clip.projection) * tokens : 0;
    // Logits at the head's resolution and at the input's, and the copy that leaves the model.
    const double answers = 2 * pixels * conditions;
    const double decoding =
        floatsKept(config, pixels) +
        std::max({similarity, floatsInJointSpace(config, pixels), floatsInSpokenMaps(config, pixels, conditions),
                  floatsInBlock(config, tokens * conditions, tokens),
                  floatsInHead(config, pixels, conditions) + double(config.reduceDim) * tokens * conditions, answers});
    return std::max(encoding, kBytes * decoding);
}

double bytesAlivePooled(const Config& config, std::int64_t width, std::int64_t height) {
    if (marksByNames(config)) {
        return bytesAlive(config, width, height);
    }
    vision::Request request;
    request.pooled = true;
    return config.clip.vision.bytesAlive(width, height, request);
}

}  // namespace maskwright::clipseg
