#include "core/clipseg/config.h"

namespace maskwright::clipseg {

Result<Config> readConfig(const Json& json, const std::string& where) {
    Config config;
    if (!json.is_object()) {
        return Error{ErrorKind::weights, message("%1 is not a JSON object", where),
                     "take the config.json that belongs to the weights"};
    }
    JsonReader root(json, where, ErrorKind::weights);
    const std::string type = root.string("model_type", "clipseg");
    MASKWRIGHT_TRY(root.status());
    if (type != "clipseg") {
        return Error{ErrorKind::weights, message("%1 is of a %2 model, not clipseg", where, quoted(type)),
                     "choose a folder with CLIPSeg weights"};
    }
    auto clip = clip::readConfig(json, where);
    if (!clip) {
        return clip.error();
    }
    config.clip = *clip;
    const std::int64_t blocks = config.clip.vision.blocks();
    config.extractLayers = root.integers("extract_layers", config.extractLayers, 0, blocks - 1, 32);
    config.reduceDim = root.integer("reduce_dim", config.reduceDim, 1, 4096);
    config.conditionalLayer = root.integer("conditional_layer", config.conditionalLayer, 0, 31);
    config.decoderHeads = root.integer("decoder_num_attention_heads", config.decoderHeads, 1, 1024);
    config.decoderMlp = root.integer("decoder_intermediate_size", config.decoderMlp, 1, 65536);
    config.complexTransposedConvolution =
        root.boolean("use_complex_transposed_convolution", config.complexTransposedConvolution);
    config.similarityMap = root.boolean("similarity_map", false);
    config.pyramidLayers = root.integers("pyramid_layers", {}, 0, blocks - 1, 4);
    config.pyramidChannels = root.integers("pyramid_channels", {}, 1, 1024, 4);
    config.presenceHead = root.boolean("presence_head", false);
    if (root.has("mask_shape")) {
        JsonReader shape = root.object("mask_shape");
        MaskShape& m = config.maskShape.emplace();
        m.share = shape.number("share", m.share, 0, 1);
        m.cap = shape.number("cap", m.cap, -100, 100);
        m.offset = shape.number("offset", m.offset, -100, 0);
        m.anchor = shape.number("anchor", m.anchor, -100, 100);
    }
    config.inputSize = root.integer("input_size", config.inputSize, 16, 8192);
    config.defaultThreshold = root.number("default_threshold", config.defaultThreshold, 0, 1);
    config.name = root.string("maskwright_name", "");
    MASKWRIGHT_TRY(root.status());

    const auto fault = [&](Message what) {
        return Error{ErrorKind::weights, message("%1: %2", where, std::move(what)),
                     "take the config.json that belongs to the weights"};
    };
    if (config.extractLayers.empty()) {
        return fault("extract_layers is empty");
    }
    if (config.conditionalLayer >= static_cast<std::int64_t>(config.extractLayers.size())) {
        return fault("conditional_layer is past the last decoder step");
    }
    if (config.reduceDim % config.decoderHeads != 0) {
        return fault("decoder_num_attention_heads does not divide reduce_dim");
    }
    if (config.complexTransposedConvolution && (config.clip.vision.cell() < 4 || config.reduceDim < 2)) {
        return fault("the refined head needs a patch_size of 4 or more and a reduce_dim of 2 or more");
    }
    if (config.pyramidLayers.size() != config.pyramidChannels.size()) {
        return fault("pyramid_layers and pyramid_channels have different lengths");
    }
    for (std::size_t i = 1; i < config.pyramidLayers.size(); ++i) {
        if (config.pyramidLayers[i] >= config.pyramidLayers[i - 1]) {
            return fault("pyramid_layers does not run from coarse to fine");
        }
    }
    if (!config.clip.vision.hasMaps() && (config.similarityMap || !config.pyramidLayers.empty())) {
        return fault("similarity_map and pyramid_layers need an efficientnet_lite vision model");
    }
    if (config.inputSize % config.clip.vision.cell() != 0 && root.has("input_size")) {
        return fault(message("input_size is not a multiple of %1", config.clip.vision.cell()));
    }
    return config;
}

Json toJson(const Config& config) {
    Json json = clip::toJson(config.clip);
    json["architectures"] = {"CLIPSegForImageSegmentation"};
    json["model_type"] = "clipseg";
    json["extract_layers"] = config.extractLayers;
    json["reduce_dim"] = config.reduceDim;
    json["conditional_layer"] = config.conditionalLayer;
    json["decoder_num_attention_heads"] = config.decoderHeads;
    json["decoder_intermediate_size"] = config.decoderMlp;
    json["use_complex_transposed_convolution"] = config.complexTransposedConvolution;
    json["similarity_map"] = config.similarityMap;
    json["pyramid_layers"] = config.pyramidLayers;
    json["pyramid_channels"] = config.pyramidChannels;
    json["presence_head"] = config.presenceHead;
    if (config.maskShape) {
        const MaskShape& m = *config.maskShape;
        json["mask_shape"] = {{"share", m.share}, {"cap", m.cap}, {"offset", m.offset}, {"anchor", m.anchor}};
    }
    json["input_size"] = config.inputSize;
    json["default_threshold"] = config.defaultThreshold;
    if (!config.name.empty()) {
        json["maskwright_name"] = config.name;
    }
    return json;
}

namespace {

// FiLM begins by scaling with 1 whatever the condition; what it adds is drawn.
void declareFilm(const nn::Declaration& d, std::int64_t width, std::int64_t projection) {
    d["film_mul"].tensor("weight", {width, projection}, nn::Role::matrix);
    d["film_mul"].tensor("bias", {width}, nn::Role::bias, nn::constant(1));
    d["film_add"].linear(width, projection);
}

void declarePyramid(const nn::Declaration& d, const Config& config) {
    std::int64_t in = config.reduceDim;
    for (std::size_t i = 0; i < config.pyramidLayers.size(); ++i) {
        const std::int64_t channels = config.pyramidChannels[i];
        const nn::Declaration level = d[static_cast<std::int64_t>(i)].bulk();
        level["reduce"].conv2d(channels, in, 1);
        level["lateral"].conv2d(channels, config.clip.vision.channelsAfter(config.pyramidLayers[i]), 1);
        level["mix"].conv2d(channels, channels, 3);
        in = channels;
    }
    d["out"].conv2d(1, in, 1);
    if (config.similarityMap) {
        d.tensor("similarity", {}, nn::Role::scalar, nn::constant(0.5));
    }
}

void declareTransposedHead(const nn::Declaration& d, const Config& config) {
    const std::int64_t width = config.reduceDim, cell = config.clip.vision.cell();
    if (!config.complexTransposedConvolution) {
        d.expandPixels(1, width, cell);
        return;
    }
    d["0"].conv2d(width, width, 3);
    d["2"].expandPixels(width / 2, width, cell / 4);
    d["4"].expandPixels(1, width / 2, cell / 4);
}

void declareExtensions(const nn::Declaration& d, const Config& config) {
    const std::int64_t width = config.reduceDim;
    if (config.similarityMap) {
        // Starts to be positive at a cosine of 0.2.
        d["similarity"].tensor("scale", {}, nn::Role::scalar, nn::constant(10));
        d["similarity"].tensor("bias", {}, nn::Role::scalar, nn::constant(-2));
        d["similarity"].tensor("weight", {width}, nn::Role::matrix, nn::normal(1));
    }
    if (config.presenceHead) {
        // Begins as "everything is there". The zeros are drawn, so that what a seed gives the tensors after them stays
        // what the built-in model began with.
        d["presence"]["0"].linear(width, 2 * width + (config.similarityMap ? 2 : 0));
        d["presence"]["1"].tensor("weight", {1, width}, nn::Role::matrix, nn::normal(0));
        d["presence"]["1"].tensor("bias", {1}, nn::Role::bias, nn::constant(4));
    }
}

}  // namespace

nn::Parameters decoderParameters(const Config& config) {
    nn::Parameters all;
    const nn::Declaration d = nn::Declaration(all, nn::Part::decoder)["decoder"];
    declareFilm(d, config.reduceDim, config.clip.projection);
    const std::size_t depth = config.extractLayers.size();
    for (std::size_t i = 0; i < depth; ++i) {
        // reduces run deepest first, so reduces.0 belongs to the last extract layer.
        const auto step = static_cast<std::int64_t>(i);
        d["reduces"][step].linear(config.reduceDim,
                                  config.clip.vision.channelsAfter(config.extractLayers[depth - 1 - i]));
        d["layers"][step].bulk().transformerBlock(config.reduceDim, config.decoderMlp);
    }
    declareExtensions(d, config);
    if (config.pyramidLayers.empty()) {
        declareTransposedHead(d["transposed_convolution"], config);
    } else {
        declarePyramid(d["pyramid"], config);
    }
    return all;
}

nn::Parameters parameters(const Config& config) {
    nn::Parameters all = clip::parameters(config.clip);
    all.merge(decoderParameters(config));
    return all;
}

}  // namespace maskwright::clipseg
