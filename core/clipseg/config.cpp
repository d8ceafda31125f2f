#include "core/clipseg/config.h"

#include "core/clipseg/presence.h"

namespace maskwright::clipseg {

namespace {

// The maps that vision::Spoken makes (clipseg/spoken.h), and what each is worth in the logits before anything is
// learned; chosen on val.
constexpr double kMapWeights[] = {0, 0.5, 3, 1, -2, 0.2};
constexpr std::int64_t kMaps = std::size(kMapWeights);

Eyes readEyes(JsonReader& root, std::int64_t blocks) {
    Eyes eyes;
    eyes.conditionLength = root.number("condition_length", 0, 0, 1000);
    eyes.jointLayers = root.integers("joint_layers", {}, 0, blocks - 1, 16);
    eyes.jointFineLayers = root.integers("joint_fine_layers", {}, 0, blocks - 1, 16);
    eyes.jointFineChannels = root.integer("joint_fine_channels", eyes.jointFineChannels, 1, 1024);
    eyes.isAMlp = root.integer("is_a_mlp", 0, 0, 65536);
    eyes.names = root.integer("names", 0, 0, 65536);
    eyes.spokenMaps = root.boolean("spoken_maps", false);
    eyes.pyramidMaps = root.boolean("pyramid_maps", eyes.spokenMaps);
    eyes.presenceMlp = root.integer("presence_mlp", 0, 0, 65536);
    eyes.presenceTemperature = root.number("presence_temperature", 1, 0.01, 100);
    return eyes;
}

// Nothing of what is off, so that a model without them is written as ever.
void writeEyes(const Eyes& eyes, Json& json) {
    if (eyes.conditionLength > 0) {
        json["condition_length"] = eyes.conditionLength;
    }
    if (eyes.jointSpace()) {
        json["joint_layers"] = eyes.jointLayers;
        json["joint_fine_layers"] = eyes.jointFineLayers;
        json["joint_fine_channels"] = eyes.jointFineChannels;
    }
    if (eyes.isAMlp > 0) {
        json["is_a_mlp"] = eyes.isAMlp;
    }
    if (eyes.names > 0) {
        json["names"] = eyes.names;
    }
    if (eyes.spokenMaps) {
        json["spoken_maps"] = true;
        json["pyramid_maps"] = eyes.pyramidMaps;
    }
    if (eyes.presenceMlp > 0) {
        json["presence_mlp"] = eyes.presenceMlp;
        json["presence_temperature"] = eyes.presenceTemperature;
    }
}

// What is wrong with them, or nothing.
std::optional<Message> faultOfEyes(const Config& config) {
    const Eyes& eyes = config.eyes;
    const vision::Trunk& trunk = config.clip.vision;
    if ((eyes.jointSpace() || eyes.names > 0) && !trunk.hasMaps()) {
        return message("joint_layers and names need a vision model with maps");
    }
    if (eyes.jointSpace() != !eyes.jointFineLayers.empty()) {
        return message("joint_layers and joint_fine_layers need each other");
    }
    if ((eyes.isAMlp > 0 || eyes.spokenMaps) && trunk.names() == 0) {
        return message("is_a_mlp and spoken_maps need a vision model that detects");
    }
    if (eyes.spokenMaps && (eyes.isAMlp == 0 || !eyes.jointSpace() || eyes.names < trunk.names())) {
        return message("spoken_maps needs is_a_mlp, joint_layers and %1 names or more", trunk.names());
    }
    if (eyes.pyramidMaps && !eyes.spokenMaps) {
        return message("pyramid_maps needs spoken_maps");
    }
    if (eyes.jointSpace() && config.similarityMap) {
        return message("similarity_map is of a model without joint_layers");
    }
    if (eyes.spokenMaps && config.pyramidLayers.empty()) {
        return message("spoken_maps needs pyramid_layers");
    }
    if (eyes.presenceMlp > 0 && (!eyes.spokenMaps || !config.presenceHead || config.maskShape)) {
        return message("presence_mlp needs spoken_maps and presence_head, and goes without mask_shape");
    }
    for (const std::int64_t block : eyes.jointFineLayers) {
        if (2 * trunk.strideAfter(block) != trunk.gridStride()) {
            return message("joint_fine_layers are not at half the stride of extract_layers");
        }
    }
    return std::nullopt;
}

// What the members say together that no model can be; nothing where all is well.
std::optional<Message> faultOf(const Config& config) {
    if (config.extractLayers.empty()) {
        return message("extract_layers is empty");
    }
    if (config.conditionalLayer >= static_cast<std::int64_t>(config.extractLayers.size())) {
        return message("conditional_layer is past the last decoder step");
    }
    if (config.reduceDim % config.decoderHeads != 0) {
        return message("decoder_num_attention_heads does not divide reduce_dim");
    }
    if (config.complexTransposedConvolution && (config.clip.vision.cell() < 4 || config.reduceDim < 2)) {
        return message("the refined head needs a patch_size of 4 or more and a reduce_dim of 2 or more");
    }
    if (pyramidLevels(config).size() != config.pyramidChannels.size()) {
        return message("pyramid_layers and pyramid_channels have different lengths");
    }
    const vision::Trunk& trunk = config.clip.vision;
    for (std::size_t i = 1; i < config.pyramidLayers.size(); ++i) {
        const std::int64_t before = config.pyramidLayers[i - 1], after = config.pyramidLayers[i];
        // Blocks of a detector do not run from fine to coarse: it goes down and up again.
        const bool ordered = trunk.names() > 0 ? trunk.strideAfter(after) <= trunk.strideAfter(before) : after < before;
        if (!ordered) {
            return message("pyramid_layers does not run from coarse to fine");
        }
    }
    if (!trunk.hasMaps() && (config.similarityMap || !config.pyramidLayers.empty())) {
        return message("similarity_map and pyramid_layers need a vision model with maps");
    }
    return faultOfEyes(config);
}

}  // namespace

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
    config.eyes = readEyes(root, blocks);
    config.inputSize = root.integer("input_size", config.inputSize, 16, 8192);
    config.keepAspect = root.boolean("keep_aspect", false);
    config.knownWords = root.boolean("known_words", false);
    config.defaultThreshold = root.number("default_threshold", config.defaultThreshold, 0, 1);
    config.name = root.string("maskwright_name", "");
    MASKWRIGHT_TRY(root.status());

    auto wrong = faultOf(config);
    if (!wrong && config.inputSize % config.clip.vision.cell() != 0 && root.has("input_size")) {
        wrong = message("input_size is not a multiple of %1", config.clip.vision.cell());
    }
    if (wrong) {
        return Error{ErrorKind::weights, message("%1: %2", where, std::move(*wrong)),
                     "take the config.json that belongs to the weights"};
    }
    return config;
}

std::vector<std::vector<std::size_t>> pyramidLevels(const Config& config) {
    const bool grouped = config.pyramidChannels.size() < config.pyramidLayers.size();
    std::vector<std::vector<std::size_t>> levels;
    std::int64_t stride = 0;
    for (std::size_t i = 0; i < config.pyramidLayers.size(); ++i) {
        const std::int64_t own = config.clip.vision.strideAfter(config.pyramidLayers[i]);
        if (!grouped || own != stride) {
            levels.emplace_back();
        }
        levels.back().push_back(i);
        stride = own;
    }
    return levels;
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
    writeEyes(config.eyes, json);
    json["input_size"] = config.inputSize;
    if (config.keepAspect) {
        json["keep_aspect"] = true;
    }
    if (config.knownWords) {
        json["known_words"] = true;
    }
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
    const auto levels = pyramidLevels(config);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const std::int64_t channels = config.pyramidChannels[i];
        std::int64_t lateral = 0;
        for (const std::size_t layer : levels[i]) {
            lateral += config.clip.vision.channelsAfter(config.pyramidLayers[layer]);
        }
        const nn::Declaration level = d[static_cast<std::int64_t>(i)].bulk();
        level["reduce"].conv2d(channels, in, 1);
        level["lateral"].conv2d(channels, lateral, 1);
        level["mix"].conv2d(channels, channels, 3);
        if (config.eyes.pyramidMaps) {
            level["maps"].conv2d(channels, kMaps, 1);
        }
        in = channels;
    }
    d["out"].conv2d(1, in, 1);
    if (config.eyes.spokenMaps) {
        // Begins by adding nothing to what the maps say.
        d["out"].tensor("weight", {1, in, 1, 1}, nn::Role::convolution);
    }
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
        const std::int64_t maps = config.eyes.spokenMaps ? kMaps : config.similarityMap ? 1 : 0;
        d["presence"]["0"].linear(width, 2 * width + 2 * maps);
        d["presence"]["1"].tensor("weight", {1, width}, nn::Role::matrix, nn::normal(0));
        d["presence"]["1"].tensor("bias", {1}, nn::Role::bias, nn::constant(4));
    }
}

void declareJoint(const nn::Declaration& d, const Config& config) {
    const Eyes& eyes = config.eyes;
    const std::int64_t width = config.clip.projection, fine = eyes.jointFineChannels;
    const auto channels = [&](std::int64_t block) { return config.clip.vision.channelsAfter(block); };
    for (std::size_t i = 0; i < eyes.jointLayers.size(); ++i) {
        d["in"][static_cast<std::int64_t>(i)].conv2d(width, channels(eyes.jointLayers[i]), 1);
    }
    d["mix"]["0"].conv2d(width, width, 3);
    d["mix"]["1"].conv2d(width, width, 3);
    for (std::size_t i = 0; i < eyes.jointFineLayers.size(); ++i) {
        d["fine"]["in"][static_cast<std::int64_t>(i)].conv2d(fine, channels(eyes.jointFineLayers[i]), 1);
    }
    d["fine"]["reduce"].conv2d(fine, width, 1);
    d["fine"]["mix"].conv2d(width, fine, 3);
}

void declareMaps(const nn::Declaration& d, const Config& config) {
    // The similarity starts to be positive at a cosine of 0.2.
    d.tensor("scale", {}, nn::Role::scalar, nn::constant(10));
    d.tensor("bias", {}, nn::Role::scalar, nn::constant(-2));
    // What the classifier says of a place and of the whole picture: each counts this much at first, chosen on val.
    d.tensor("class_here", {}, nn::Role::scalar, nn::constant(0.7));
    d.tensor("class_whole", {}, nn::Role::scalar, nn::constant(0.7));
    d["tokens"].linear(config.reduceDim, kMaps);
    for (std::int64_t i = 0; i < kMaps; ++i) {
        d["logits"].tensor(std::to_string(i), {}, nn::Role::scalar, nn::constant(kMapWeights[i]));
    }
}

void declareEyes(nn::Parameters& all, const Config& config) {
    const Eyes& eyes = config.eyes;
    const std::int64_t projection = config.clip.projection;
    const auto under = [&](nn::Part part) { return nn::Declaration(all, part)["decoder"]; };
    if (eyes.jointSpace()) {
        declareJoint(under(nn::Part::decoder)["joint"].bulk(), config);
    }
    if (eyes.isAMlp > 0) {
        const nn::Declaration d = under(nn::Part::isA)["is_a"];
        const std::int64_t answers = config.clip.vision.names() + config.clip.vision.classes();
        d["fc1"].linear(eyes.isAMlp, projection);
        // Begins as "a little of each name": about one in eighty.
        d["fc2"].tensor("weight", {answers, eyes.isAMlp}, nn::Role::matrix, nn::normal(0.02));
        d["fc2"].tensor("bias", {answers}, nn::Role::bias, nn::constant(-4));
    }
    if (eyes.names > 0) {
        under(nn::Part::names).tensor("names", {eyes.names, projection}, nn::Role::embedding, nn::normal(1));
    }
    if (eyes.presenceMlp > 0) {
        const nn::Declaration d = under(nn::Part::decoder)["named_presence"];
        d["facts"].linear(eyes.presenceMlp, kPresenceFacts);
        // Begins as a head of the facts alone.
        d.tensor("condition", {eyes.presenceMlp, projection}, nn::Role::matrix, nn::normal(0));
        d["inner"].linear(eyes.presenceMlp, eyes.presenceMlp);
        d["out"].linear(1, eyes.presenceMlp);
    }
    if (eyes.spokenMaps) {
        declareMaps(under(nn::Part::decoder)["maps"], config);
    }
}

}  // namespace

nn::Parameters decoderParameters(const Config& config) {
    nn::Parameters all;
    const nn::Declaration d = nn::Declaration(all, nn::Part::decoder)["decoder"];
    declareFilm(d, config.reduceDim, config.clip.projection);
    // Deepest first, so reduces.0 belongs to the joint space or to the last extract layer.
    std::vector<std::int64_t> widths;
    if (config.eyes.jointSpace()) {
        widths.push_back(config.clip.projection);
    }
    for (auto block = config.extractLayers.rbegin(); block != config.extractLayers.rend(); ++block) {
        widths.push_back(config.clip.vision.channelsAfter(*block));
    }
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const auto step = static_cast<std::int64_t>(i);
        d["reduces"][step].linear(config.reduceDim, widths[i]);
        d["layers"][step].bulk().transformerBlock(config.reduceDim, config.decoderMlp);
    }
    declareExtensions(d, config);
    declareEyes(all, config);
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
