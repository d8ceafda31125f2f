#include "core/train/options.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace maskwright::train {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMost = 1'000'000'000;

Result<void> onlyKnown(const Json& object, const std::string& where, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            return Error{ErrorKind::input, where + ": " + quoted(key) + " is no setting",
                         "see core/train/README.md for the settings"};
        }
    }
    return {};
}

}  // namespace

Result<Options> readOptions(const std::string& file) {
    auto json = readJsonFile(file, ErrorKind::input);
    if (!json) {
        return json.error();
    }
    if (!json->is_object()) {
        return Error{ErrorKind::input, file + ": the top level is not an object",
                     "see core/train/README.md for the settings"};
    }
    MASKWRIGHT_TRY(onlyKnown(*json, file,
                             {"output", "work",  "photos",    "split", "validation", "text_data",  "backbone",
                              "base",   "start", "device",    "seed",  "threads",    "photo_side", "checkpoint_seconds",
                              "stages", "model", "tokenizer", "text",  "joint",      "segment",    "support",
                              "comment"}));
    Options o;
    o.file = file;
    JsonReader root(*json, file, ErrorKind::input);
    root.require("output");
    root.require("photos");
    const fs::path folder = fs::path(file).parent_path();
    const auto path = [&](const char* key) {
        const std::string value = root.string(key, "");
        return value.empty() || fs::path(value).is_absolute() ? value : (folder / value).lexically_normal().string();
    };
    o.output = path("output");
    o.work = path("work");
    o.photos = path("photos");
    o.text = path("text_data");
    o.backbone = path("backbone");
    o.base = path("base");
    o.start = path("start");
    if (o.work.empty()) {
        o.work = o.output;
    }
    o.split = root.string("split", o.split);
    o.validation = root.string("validation", o.validation);
    o.device = root.string("device", o.device);
    o.seed = root.integer("seed", o.seed, 0, kMost);
    o.threads = root.integer("threads", o.threads, 0, 1024);
    o.photoSide = root.integer("photo_side", o.photoSide, 32, 4096);
    o.checkpointSeconds = root.number("checkpoint_seconds", o.checkpointSeconds, 1, 1e6);

    JsonReader tokenizer = root.object("tokenizer");
    o.tokenizer.pieces = tokenizer.integer("pieces", o.tokenizer.pieces, 300, 1'000'000);

    JsonReader text = root.object("text");
    TextStage& t = o.textStage;
    t.steps = text.integer("steps", t.steps, 1, kMost);
    t.batch = text.integer("batch", t.batch, 1, 65536);
    t.warmup = text.integer("warmup", t.warmup, 0, kMost);
    t.rate = text.number("rate", t.rate, 0, 1);
    t.decay = text.number("decay", t.decay, 0, 10);
    t.tokens = text.integer("tokens", t.tokens, 3, 1024);

    JsonReader joint = root.object("joint");
    o.joint.ridge = joint.number("ridge", o.joint.ridge, 1e-9, 1e9);

    JsonReader segment = root.object("segment");
    SegmentStage& s = o.segment;
    s.steps = segment.integer("steps", s.steps, 1, kMost);
    s.batch = segment.integer("batch", s.batch, 1, 4096);
    s.warmup = segment.integer("warmup", s.warmup, 0, kMost);
    s.size = segment.integer("size", s.size, 32, 4096);
    s.phrases = segment.integer("phrases", s.phrases, 1, 1024);
    s.present = segment.number("present", s.present, 0, 1);
    s.rate = segment.number("rate", s.rate, 0, 1);
    s.encoderRate = segment.number("encoder_rate", s.encoderRate, 0, 100);
    s.textRate = segment.number("text_rate", s.textRate, 0, 100);
    s.startShare = segment.number("start_share", s.startShare, 0, 1);
    s.decay = segment.number("decay", s.decay, 0, 10);
    s.emaDecay = segment.number("ema", s.emaDecay, 0, 0.999999);
    s.gradientNorm = segment.number("gradient_norm", s.gradientNorm, 0, 1e9);
    s.firstTrained = segment.integer("first_trained_block", s.firstTrained, 0, 1000);
    s.dense = segment.number("dense", s.dense, 0, 1e6);
    s.dice = segment.number("dice", s.dice, 0, 1e6);
    s.presence = segment.number("presence", s.presence, 0, 1e6);
    s.contrast = segment.number("contrast", s.contrast, 0, 1e6);
    s.support = segment.number("support", s.support, 0, 1);
    s.supportSize = segment.integer("support_size", s.supportSize, 160, 4096);
    s.mosaic = segment.number("mosaic", s.mosaic, 0, 1);
    s.paste = segment.number("paste", s.paste, 0, 1);
    s.minArea = segment.number("min_area", s.minArea, 0, 1);
    s.bfloat16 = segment.boolean("bfloat16", s.bfloat16);
    s.frozenEncoder = segment.boolean("frozen_encoder", s.frozenEncoder);
    s.cacheFeatures = segment.boolean("cache_features", s.cacheFeatures);
    s.evaluateEvery = segment.integer("evaluate_every", s.evaluateEvery, 0, kMost);
    s.evaluatePictures = segment.integer("evaluate_pictures", s.evaluatePictures, 1, kMost);

    JsonReader support = root.object("support");
    SupportStage& u = o.support;
    u.examples = support.integer("examples", u.examples, 1, kMost);
    u.steps = support.integer("steps", u.steps, 1, kMost);
    u.batch = support.integer("batch", u.batch, 1, 65536);
    u.warmup = support.integer("warmup", u.warmup, 0, kMost);
    u.rate = support.number("rate", u.rate, 0, 1);
    u.decay = support.number("decay", u.decay, 0, 10);
    u.least = support.integer("least", u.least, 1, kMost);
    u.closed = support.number("closed", u.closed, 0, 1);
    u.noise = support.number("noise", u.noise, 0, 100);
    u.mlp = support.integer("mlp", u.mlp, 1, 16384);
    u.scale = support.number("scale", u.scale, 0, 1000);
    MASKWRIGHT_TRY(root.status());

    const auto section = [&](const char* key, std::initializer_list<std::string_view> known) -> Result<void> {
        return json->contains(key) ? onlyKnown((*json)[key], file + ": " + key, known) : Result<void>();
    };
    MASKWRIGHT_TRY(section("tokenizer", {"pieces"}));
    MASKWRIGHT_TRY(section("text", {"steps", "batch", "warmup", "rate", "decay", "tokens"}));
    MASKWRIGHT_TRY(section("joint", {"ridge"}));
    MASKWRIGHT_TRY(section("support", {"examples", "steps", "batch", "warmup", "rate", "decay", "least", "closed",
                                       "noise", "mlp", "scale"}));
    MASKWRIGHT_TRY(section("segment", {"steps",          "batch",
                                       "warmup",         "size",
                                       "phrases",        "present",
                                       "presence",       "dice",
                                       "rate",           "encoder_rate",
                                       "text_rate",      "start_share",
                                       "decay",          "ema",
                                       "gradient_norm",  "first_trained_block",
                                       "dense",          "contrast",
                                       "support",        "support_size",
                                       "mosaic",         "paste",
                                       "min_area",       "bfloat16",
                                       "frozen_encoder", "cache_features",
                                       "evaluate_every", "evaluate_pictures"}));
    if (json->contains("model")) {
        if (!(*json)["model"].is_object()) {
            return Error{ErrorKind::input, file + ": \"model\" is not an object",
                         "it is the config.json of the model to build"};
        }
        o.model = (*json)["model"];
    }
    if (json->contains("stages")) {
        const Json& stages = (*json)["stages"];
        constexpr std::array kStages = {"tokenizer", "text", "joint", "segment", "support"};
        o.stages.clear();
        const bool list = stages.is_array() && !stages.empty();
        for (const Json& stage : list ? stages : Json::array()) {
            const std::string name = stage.is_string() ? stage.get<std::string>() : std::string();
            if (std::find(kStages.begin(), kStages.end(), name) == kStages.end()) {
                return Error{ErrorKind::input, file + ": stages holds " + quoted(stage.dump()),
                             "the stages are tokenizer, text, joint, segment and support"};
            }
            o.stages.push_back(name);
        }
        if (!list) {
            return Error{ErrorKind::input, file + ": stages is not a list of stages",
                         "the stages are tokenizer, text, joint, segment and support"};
        }
    }
    const auto needs = [&](const char* stage) {
        return std::find(o.stages.begin(), o.stages.end(), stage) != o.stages.end();
    };
    if ((needs("tokenizer") || needs("text") || needs("joint")) && o.text.empty()) {
        return Error{ErrorKind::input, file + ": text_data is missing",
                     "name the folder of phrases.tsv and phrase_targets.safetensors"};
    }
    if (needs("joint") && o.backbone.empty()) {
        return Error{ErrorKind::input, file + ": backbone is missing", "name the EfficientNet-Lite safetensors file"};
    }
    if (!o.start.empty() &&
        (!o.base.empty() || needs("tokenizer") || needs("text") || needs("joint") || o.stages.size() > 2)) {
        return Error{ErrorKind::input,
                     file + ": start goes with the stages segment and support alone, and without base",
                     "set stages to [\"segment\"], or leave start out"};
    }
    if (needs("support") && o.start.empty() && !needs("segment")) {
        return Error{ErrorKind::input, file + ": the stage support has no model to go on with",
                     "name the model folder to start from, or run the stage segment before it"};
    }
    if (o.segment.startShare > 0) {
        std::error_code none;
        if (o.start.empty()) {
            return Error{ErrorKind::input, file + ": segment.start_share goes with start",
                         "name the model folder to start from, or leave start_share out"};
        }
        if (fs::weakly_canonical(o.start, none) == fs::weakly_canonical(o.output, none)) {
            return Error{ErrorKind::input,
                         file + ": output is the folder of start, which a later --resume with start_share still needs",
                         "choose another output"};
        }
    }
    if (o.base.empty() && o.model.is_null() && o.stages != std::vector<std::string>{"support"}) {
        return Error{ErrorKind::input, file + ": neither model nor base is there",
                     "give the model to build, or the model folder to fine-tune"};
    }
    return o;
}

}  // namespace maskwright::train
