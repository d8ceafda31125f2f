#include "core/clipseg/config.h"

namespace maskwright::clipseg {

Result<Config> readConfig(const Json& json, const std::string& where) {
    Config config;
    if (!json.is_object()) {
        return Error{ErrorKind::weights, where + " is not a JSON object",
                     "take the config.json that belongs to the weights"};
    }
    JsonReader root(json, where, ErrorKind::weights);
    const std::string type = root.string("model_type", "clipseg");
    MASKWRIGHT_TRY(root.status());
    if (type != "clipseg") {
        return Error{ErrorKind::weights, where + " is of a " + quoted(type) + " model, not clipseg",
                     "choose a folder with CLIPSeg weights"};
    }
    auto clip = clip::readConfig(json, where);
    if (!clip) {
        return clip.error();
    }
    config.clip = *clip;
    const std::int64_t blocks = config.clip.vision.blockCount();
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

    const auto fault = [&](const std::string& what) {
        return Error{ErrorKind::weights, where + ": " + what, "take the config.json that belongs to the weights"};
    };
    const bool vit = config.clip.vision.isVit();
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
    if (vit && (config.similarityMap || !config.pyramidLayers.empty())) {
        return fault("similarity_map and pyramid_layers need an efficientnet_lite vision model");
    }
    if (config.inputSize % config.clip.vision.cell() != 0 && root.has("input_size")) {
        return fault("input_size is not a multiple of " + std::to_string(config.clip.vision.cell()));
    }
    return config;
}

Result<std::int64_t> readInputSize(const Json& json, const std::string& where, std::int64_t fallback) {
    const Error fault{ErrorKind::weights, where + ": size is not a square between 16 and 8192 pixels",
                      "take the preprocessor_config.json that belongs to the weights"};
    if (!json.is_object() || !json.contains("size")) {
        return fallback;
    }
    const Json& size = json["size"];
    const auto side = [](const Json& value) -> std::int64_t {
        return value.is_number_unsigned() && value.get<std::uint64_t>() <= 8192 ? value.get<std::int64_t>() : 0;
    };
    std::int64_t height = 0, width = 0;
    if (size.is_object()) {
        height = side(size.value("height", Json()));
        width = side(size.value("width", Json()));
        if (size.contains("shortest_edge")) {
            height = width = side(size["shortest_edge"]);
        }
    } else {
        height = width = side(size);
    }
    if (height != width || height < 16) {
        return fault;
    }
    return height;
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

clip::Shapes tensorShapes(const Config& config) {
    clip::Shapes shapes = clip::tensorShapes(config.clip);
    const std::int64_t d = config.reduceDim, projection = config.clip.projection, cell = config.clip.vision.cell();
    const std::string head = "decoder.transposed_convolution";
    for (const char* film : {"decoder.film_mul", "decoder.film_add"}) {
        shapes[std::string(film) + ".weight"] = {d, projection};
        shapes[std::string(film) + ".bias"] = {d};
    }
    for (std::size_t i = 0; i < config.extractLayers.size(); ++i) {
        // reduces run deepest first, so reduces.0 belongs to the last extract layer.
        const std::int64_t tap = config.extractLayers[config.extractLayers.size() - 1 - i];
        const std::string index = std::to_string(i);
        shapes["decoder.reduces." + index + ".weight"] = {d, config.clip.vision.channelsAfter(tap)};
        shapes["decoder.reduces." + index + ".bias"] = {d};
        clip::addTransformerBlock(shapes, "decoder.layers." + index, d, config.decoderMlp);
    }
    if (config.similarityMap) {
        shapes["decoder.similarity.scale"] = {};
        shapes["decoder.similarity.bias"] = {};
        shapes["decoder.similarity.weight"] = {d};
    }
    if (config.presenceHead) {
        const std::int64_t in = 2 * d + (config.similarityMap ? 2 : 0);
        shapes["decoder.presence.0.weight"] = {d, in};
        shapes["decoder.presence.0.bias"] = {d};
        shapes["decoder.presence.1.weight"] = {1, d};
        shapes["decoder.presence.1.bias"] = {1};
    }
    if (!config.pyramidLayers.empty()) {
        std::int64_t in = d;
        for (std::size_t i = 0; i < config.pyramidLayers.size(); ++i) {
            const std::int64_t c = config.pyramidChannels[i];
            const std::string name = "decoder.pyramid." + std::to_string(i);
            shapes[name + ".reduce.weight"] = {c, in, 1, 1};
            shapes[name + ".reduce.bias"] = {c};
            shapes[name + ".lateral.weight"] = {c, config.clip.vision.channelsAfter(config.pyramidLayers[i]), 1, 1};
            shapes[name + ".lateral.bias"] = {c};
            shapes[name + ".mix.weight"] = {c, c, 3, 3};
            shapes[name + ".mix.bias"] = {c};
            in = c;
        }
        shapes["decoder.pyramid.out.weight"] = {1, in, 1, 1};
        shapes["decoder.pyramid.out.bias"] = {1};
        if (config.similarityMap) {
            shapes["decoder.pyramid.similarity"] = {};
        }
    } else if (config.complexTransposedConvolution) {
        shapes[head + ".0.weight"] = {d, d, 3, 3};
        shapes[head + ".0.bias"] = {d};
        shapes[head + ".2.weight"] = {d, d / 2, cell / 4, cell / 4};
        shapes[head + ".2.bias"] = {d / 2};
        shapes[head + ".4.weight"] = {d / 2, 1, cell / 4, cell / 4};
        shapes[head + ".4.bias"] = {1};
    } else {
        shapes[head + ".weight"] = {d, 1, cell, cell};
        shapes[head + ".bias"] = {1};
    }
    return shapes;
}

}  // namespace maskwright::clipseg
