#include "core/clipseg/memory.h"

#include <algorithm>

#include "core/clipseg/decoder.h"
#include "core/nn/attention.h"

namespace maskwright::clipseg {

namespace {

constexpr double kBytes = 4;

// Numbers that stay of an encoded picture.
double floatsKept(const Config& config, double pixels) {
    const vision::Trunk& trunk = config.clip.vision;
    const auto positions = [&](std::int64_t stride) { return pixels / double(stride * stride); };
    double kept = config.similarityMap ? double(config.clip.projection) * positions(trunk.cell()) : 0;
    for (const auto* blocks : {&config.extractLayers, &config.pyramidLayers}) {
        for (const std::int64_t block : *blocks) {
            kept += double(trunk.channelsAfter(block)) * positions(trunk.strideAfter(block));
        }
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
    for (std::size_t i = 0; i < config.pyramidLayers.size(); ++i) {
        const std::int64_t stride = config.clip.vision.strideAfter(config.pyramidLayers[i]);
        const double map = double(config.pyramidChannels[i]) * pixels / double(stride * stride);
        most = std::max(most, map + 5 * map * conditions);
    }
    return most;
}

double floatsInHead(const Config& config, double pixels, double conditions) {
    if (!config.pyramidLayers.empty()) {
        return floatsInPyramid(config, pixels, conditions);
    }
    const double cell = double(config.clip.vision.cell());
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

double bytesAlive(const Config& config, std::int64_t width, std::int64_t height) {
    const double pixels = double(width) * double(height), cell = double(config.clip.vision.cell());
    const double tokens = pixels / (cell * cell) + 1;
    const auto conditions = double(conditionsAtOnce(static_cast<std::int64_t>(tokens)));
    const double encoding = config.clip.vision.bytesAlive(width, height, visionRequest(config));
    // The similarity map takes the dense features once more, at length one.
    const double similarity = config.similarityMap ? double(config.clip.projection) * tokens : 0;
    // Logits at the head's resolution and at the input's, and the copy that leaves the model.
    const double answers = 2 * pixels * conditions;
    const double decoding =
        floatsKept(config, pixels) +
        std::max({similarity, floatsInBlock(config, tokens * conditions, tokens),
                  floatsInHead(config, pixels, conditions) + double(config.reduceDim) * tokens * conditions, answers});
    return std::max(encoding, kBytes * decoding);
}

double bytesAlivePooled(const Config& config, std::int64_t width, std::int64_t height) {
    vision::Request request;
    request.pooled = true;
    return config.clip.vision.bytesAlive(width, height, request);
}

}  // namespace maskwright::clipseg
