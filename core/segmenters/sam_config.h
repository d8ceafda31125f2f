// What a folder in the layout of transformers' SamModel says of itself. Its encoder may be MobileSAM's, which
// transformers does not know: then vision_config is of the type "tiny_vit".
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/image/resize.h"
#include "core/nn/parameter.h"
#include "core/vision/sam_vit.h"
#include "core/vision/tiny_vit.h"

namespace maskwright::segmenters {

// Defaults: transformers' SamMaskDecoderConfig, which all published SAMs have.
struct SamDecoderConfig {
    std::int64_t heads = 8, mlp = 2048, layers = 2;
    std::int64_t downsample = 2;                 // how much narrower attention to the picture is
    std::int64_t masks = 3;                      // a point; one more is made, for several points
    std::int64_t iouLayers = 3, iouWidth = 256;  // of the head that predicts how good a mask is
    double eps = 1e-6;
    std::string activation = "relu";
};

struct SamConfig {
    using Encoder = std::variant<vision::SamVit, vision::TinyVit>;

    Encoder encoder;
    std::int64_t width = 256;       // of an embedding: of the map, of prompts, in the decoder
    std::int64_t imageSize = 1024;  // pixels: the side of the square that the encoder takes
    SamDecoderConfig decoder;
    std::array<float, 3> mean = kImageNetMean, deviation = kImageNetStd;  // in shares of 255
    std::int64_t longest = 1024;  // pixels: what the picture's longer side is made; zeros fill the square

    // Positions a side of the encoder's map.
    [[nodiscard]] std::int64_t grid() const;
    [[nodiscard]] std::string encoderName() const;
};

// config.json, and preprocessor_config.json where it is there. Errors: ErrorKind::weights, naming file and member.
Result<SamConfig> readSamConfig(const std::string& folder);

// Its tensors under transformers' names but for query, key and value of the decoder's attentions, which look at
// different things and so are no one product: there "query" stands for "q_proj", and so on.
nn::Parameters samParameters(const SamConfig& config);
// The name in the file.
std::string samFileName(const std::string& declared);

}  // namespace maskwright::segmenters
