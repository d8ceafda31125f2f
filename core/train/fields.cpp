#include "core/train/fields.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

namespace maskwright::train {
namespace {

constexpr double kMost = 1e9;

constexpr std::string_view kAdamWRate = "AdamW's rate, after the warm-up", kAdamWDecay = "AdamW's weight decay",
                           kWarmup = "steps in which the rate rises";

const std::array kOptions = {
    Field<Options>{"output", &Options::output, 0, 0, "model folder to write", true, true},
    Field<Options>{"work", &Options::work, 0, 0, "checkpoints, `log.csv`, cached features", true, false, "`output`"},
    Field<Options>{"photos", &Options::photos, 0, 0, "folder of the data set, in COCO's format", true, true},
    Field<Options>{"split", &Options::split, 0, 0, "its file to train on"},
    Field<Options>{"validation", &Options::validation, 0, 0, "its file to look at the model on; empty: none"},
    Field<Options>{"strict", &Options::strict, 0, 0,
                   "an entry of the data set that cannot be used, or is not as COCO has it, stops the run, which "
                   "otherwise passes it over and says how many there were"},
    Field<Options>{"exif_as_stored", &Options::exifAsStored, 0, 0,
                   "the data set's sizes and masks are of the pictures as they are stored, before EXIF's turn"},
    Field<Options>{"text_data", &Options::text, 0, 0, "folder of `phrases.tsv` and `phrase_targets.safetensors`", true},
    Field<Options>{"backbone", &Options::backbone, 0, 0,
                   "EfficientNet-Lite weights (PyTorch port's names, safetensors)", true},
    Field<Options>{"detector", &Options::detector, 0, 0, "YOLOv7-seg weights (safetensors, `names` in its metadata)",
                   true},
    Field<Options>{"text_model", &Options::textModel, 0, 0,
                   "the model folder whose vocabulary and text tower the stage `names` takes over", true},
    Field<Options>{"wordnet", &Options::wordnet, 0, 0,
                   "folder of WordNet 3.0's `index.noun` and `data.noun`, for what phrases are kinds of", true},
    Field<Options>{"classes", &Options::classes, 0, 0,
                   "text file with the synset of each class of the classifier, one a line in its order, for the stage "
                   "`names`; otherwise they are told from photographs of `photos`, and a class without one has no name",
                   true},
    Field<Options>{"class_photos", &Options::classPhotos, 0, 0,
                   "folder of `kinds.json` and `images/`: photographs with a name each and no masks, for the stage "
                   "`presence`",
                   true},
    Field<Options>{"keep_out", &Options::keepOut, 0, 0,
                   "text file of names in `photos`, one a line: what is called so, or is a kind of it, is kept from "
                   "the stages `segment`, `support` and `presence`, with all photographs of it and all phrases that "
                   "hold the name, so that `evaluate` can ask for what a model never saw",
                   true},
    Field<Options>{"base", &Options::base, 0, 0, "fine-tuning: the model folder to start from (instead of `model`)",
                   true},
    Field<Options>{"start", &Options::start, 0, 0,
                   "going on with the whole recipe: the model folder whose tensors the stage `segment` begins with "
                   "(tensors of `model` that it lacks begin fresh), that the stages `support` and `presence` add "
                   "their heads to, or whose is-a head the stage `names`, alone, trains again",
                   true},
    Field<Options>{"model", &Options::model, 0, 0, "config.json of the model to build"},
    Field<Options>{"stages", &Options::stages, 0, 0, "which stages to run"},
    Field<Options>{"device", &Options::device, 0, 0, "`auto`, `cpu` or `cuda`"},
    Field<Options>{"threads", &Options::threads, 0, 1024,
                   "0: one a core; a batch is cut in as many parts as there are threads, so the numbers of a run "
                   "depend on it"},
    Field<Options>{"seed", &Options::seed, 0, kMost, "of every draw"},
    Field<Options>{"photo_side", &Options::photoSide, 32, 4096,
                   "photographs are kept in memory with at most this shorter side"},
    Field<Options>{"checkpoint_seconds", &Options::checkpointSeconds, 1, 1e6, "time between checkpoints"},
};

const std::array kTokenizer = {
    Field<TokenizerStage>{"pieces", &TokenizerStage::pieces, 300, 1e6, "size of the vocabulary"},
};

const std::array kText = {
    Field<TextStage>{"steps", &TextStage::steps, 1, kMost, "steps of training"},
    Field<TextStage>{"batch", &TextStage::batch, 1, 65536, "phrases a step"},
    Field<TextStage>{"warmup", &TextStage::warmup, 0, kMost, kWarmup},
    Field<TextStage>{"rate", &TextStage::rate, 0, 1, kAdamWRate},
    Field<TextStage>{"decay", &TextStage::decay, 0, 10, kAdamWDecay},
    Field<TextStage>{"tokens", &TextStage::tokens, 3, 1024, "longest phrase; what is longer is cut"},
};

const std::array kJoint = {
    Field<JointStage>{"ridge", &JointStage::ridge, 1e-9, 1e9,
                      "of the regression from phrase targets onto classifier directions"},
};

const std::array kNames = {
    Field<NamesStage>{"steps", &NamesStage::steps, 1, kMost, "steps of the head's training"},
    Field<NamesStage>{"batch", &NamesStage::batch, 1, 65536, "phrases a step"},
    Field<NamesStage>{"warmup", &NamesStage::warmup, 0, kMost, kWarmup},
    Field<NamesStage>{"rate", &NamesStage::rate, 0, 1, kAdamWRate},
    Field<NamesStage>{"decay", &NamesStage::decay, 0, 10, kAdamWDecay},
    Field<NamesStage>{"closed", &NamesStage::closed, 0, 1,
                      "share of the phrases that mean one of the detector's names, each name as often as the next"},
    Field<NamesStage>{"classes", &NamesStage::classes, 0, 1,
                      "share of the phrases that mean a class of the classifier and few others, each class as often as "
                      "the next"},
    Field<NamesStage>{"unknown", &NamesStage::unknown, 0, 1, "share of made-up words, which mean none"},
};

const std::array kSegment = {
    Field<SegmentStage>{"steps", &SegmentStage::steps, 1, kMost, "steps of training"},
    Field<SegmentStage>{"batch", &SegmentStage::batch, 1, 4096, "pictures a step"},
    Field<SegmentStage>{"warmup", &SegmentStage::warmup, 0, kMost, kWarmup},
    Field<SegmentStage>{"size", &SegmentStage::size, 32, 4096, "side of a training picture in pixels"},
    Field<SegmentStage>{"phrases", &SegmentStage::phrases, 1, 1024, "phrases decoded a picture"},
    Field<SegmentStage>{"present", &SegmentStage::present, 0, 1, "share of them that is in it"},
    Field<SegmentStage>{"rate", &SegmentStage::rate, 0, 1, "AdamW's rate for the decoder, after the warm-up"},
    Field<SegmentStage>{"encoder_rate", &SegmentStage::encoderRate, 0, 100,
                        "factor on it for the vision tower with its projection"},
    Field<SegmentStage>{"text_rate", &SegmentStage::textRate, 0, 100, "factor on it for the text projection"},
    Field<SegmentStage>{"decay", &SegmentStage::decay, 0, 10, kAdamWDecay},
    Field<SegmentStage>{"ema", &SegmentStage::emaDecay, 0, 0.999999,
                        "of the moving average of the weights, which is what is written; 0: none"},
    Field<SegmentStage>{"gradient_norm", &SegmentStage::gradientNorm, 0, 1e9,
                        "gradients are scaled down to this norm; 0: never"},
    Field<SegmentStage>{"first_trained_block", &SegmentStage::firstTrained, 0, 1000,
                        "vision blocks before it stay as they are"},
    Field<SegmentStage>{"dense", &SegmentStage::dense, 0, 1e6,
                        "weight of the dense loss: every position of the picture against all closed names"},
    Field<SegmentStage>{"dice", &SegmentStage::dice, 0, 1e6,
                        "weight of the overlap loss of present phrases, beside BCE"},
    Field<SegmentStage>{"start_share", &SegmentStage::startShare, 0, 1,
                        "with `start`: what is written is the mean of its weights, so much of it, and of the trained "
                        "ones"},
    Field<SegmentStage>{"presence", &SegmentStage::presence, 0, 1e6,
                        "weight of the presence head's loss, where the model has one"},
    Field<SegmentStage>{"contrast", &SegmentStage::contrast, 0, 1e6, "weight of support pictures against names"},
    Field<SegmentStage>{"support", &SegmentStage::support, 0, 1,
                        "share of steps in which phrases are mixed with pictures of the object"},
    Field<SegmentStage>{"support_size", &SegmentStage::supportSize, 160, 4096,
                        "largest side of those pictures; each step draws one from 160 up to it, in steps of 32"},
    Field<SegmentStage>{"mosaic", &SegmentStage::mosaic, 0, 1, "share of mosaics of 2 to 4 photographs"},
    Field<SegmentStage>{"paste", &SegmentStage::paste, 0, 1, "share of pictures with a pasted object"},
    Field<SegmentStage>{"min_area", &SegmentStage::minArea, 0, 1,
                        "share of the picture; smaller objects are not asked for"},
    Field<SegmentStage>{"minutes", &SegmentStage::minutes, 0, 1e6,
                        "training ends after so many, its rate falling by the clock, if `steps` has not ended it; 0: "
                        "by the steps alone"},
    Field<SegmentStage>{"first_size", &SegmentStage::firstSize, 0, 4096,
                        "side of a picture in the first part of the training; 0: none"},
    Field<SegmentStage>{"first_share", &SegmentStage::firstShare, 0, 1, "how large that part is"},
    Field<SegmentStage>{"smallest_size", &SegmentStage::smallestSize, 0, 4096,
                        "after it each step draws a side from this one up to `size`; 0: always `size`"},
    Field<SegmentStage>{"keep_aspect", &SegmentStage::keepAspect, 0, 0,
                        "the pictures of a step have one shape, drawn for it: lying, standing or square; sizes are "
                        "then of the longer side"},
    Field<SegmentStage>{"mask", &SegmentStage::mask, 0, 1e6, "weight of the masks' BCE"},
    Field<SegmentStage>{"doubt", &SegmentStage::doubt, 0, 1,
                        "where the labels are a detector's, pixels that it left undrawn and the trunk gives more than "
                        "so much evidence are left out of the loss; 0: none"},
    Field<SegmentStage>{"drop_classes", &SegmentStage::dropClasses, 0, 1,
                        "share of steps in which the trunk's classifier is silent"},
    Field<SegmentStage>{"drop_evidence", &SegmentStage::dropEvidence, 0, 1,
                        "share of steps in which its detector's word is"},
    Field<SegmentStage>{"people", &SegmentStage::people, 0, 1,
                        "share of the photographs drawn that people drew the masks of; 0: as they come"},
    Field<SegmentStage>{"unknown", &SegmentStage::unknown, 0, 1, "share of made-up words among the absent phrases"},
    Field<SegmentStage>{"other_names", &SegmentStage::otherNames, 0, 10000,
                        "names in the dense loss beside the closed ones and the pictures' own"},
    Field<SegmentStage>{"loaders", &SegmentStage::loaders, 0, 1024,
                        "threads that make batches ahead, for a device that computes faster than one makes them; the "
                        "numbers of a run do not depend on it"},
    Field<SegmentStage>{"tf32", &SegmentStage::tf32, 0, 0, "float32 products of a GPU in TF32"},
    Field<SegmentStage>{"bfloat16", &SegmentStage::bfloat16, 0, 0,
                        "matrix products of the vision tower in bfloat16, where the processor has instructions for it "
                        "(avx512_bf16); float32 elsewhere"},
    Field<SegmentStage>{"frozen_encoder", &SegmentStage::frozenEncoder, 0, 0, "the vision tower stays as it is"},
    Field<SegmentStage>{"cache_features", &SegmentStage::cacheFeatures, 0, 0,
                        "and every picture is encoded once, to a file in `work`"},
    Field<SegmentStage>{"evaluate_every", &SegmentStage::evaluateEvery, 0, kMost,
                        "steps between looks at the model; 0: none"},
    Field<SegmentStage>{"evaluate_pictures", &SegmentStage::evaluatePictures, 1, kMost,
                        "pictures of `validation` looked at; after the last step all of them"},
};

const std::array kSupport = {
    Field<SupportStage>{"examples", &SupportStage::examples, 1, kMost, "marked objects looked at"},
    Field<SupportStage>{"steps", &SupportStage::steps, 1, kMost, "steps of the head's training"},
    Field<SupportStage>{"batch", &SupportStage::batch, 1, 65536, "objects a step"},
    Field<SupportStage>{"warmup", &SupportStage::warmup, 0, kMost, kWarmup},
    Field<SupportStage>{"rate", &SupportStage::rate, 0, 1, kAdamWRate},
    Field<SupportStage>{"decay", &SupportStage::decay, 0, 10, kAdamWDecay},
    Field<SupportStage>{"least", &SupportStage::least, 1, kMost,
                        "annotations a name needs to be among those that a marked object can be: one with a single "
                        "photograph would name that photograph only"},
    Field<SupportStage>{"closed", &SupportStage::closed, 0, 1,
                        "share of the objects whose name is one of the closed ones; the rest is any of the names"},
    Field<SupportStage>{"noise", &SupportStage::noise, 0, 100, "added to the features, in their standard deviations"},
    Field<SupportStage>{"mlp", &SupportStage::mlp, 1, 16384, "width of the head's perceptron"},
    Field<SupportStage>{"scale", &SupportStage::scale, 0, 1000, "what cosines are multiplied by"},
};

const std::array kPresence = {
    Field<PresenceStage>{"photos", &PresenceStage::photos, 0, kMost,
                         "photographs shown at most, besides those of `class_photos`; 0: all"},
    Field<PresenceStage>{"mlp", &PresenceStage::mlp, 1, 16384, "width of the head's perceptron"},
    Field<PresenceStage>{"names", &PresenceStage::names, 1, 10000, "phrases asked of each photograph, at most"},
    Field<PresenceStage>{"others", &PresenceStage::others, 0, kMost,
                         "phrases of `text_data` that no category is called by: what they mean is mostly not there"},
    Field<PresenceStage>{"marks", &PresenceStage::marks, 0, 1000, "objects marked in each photograph, at most"},
    Field<PresenceStage>{"least", &PresenceStage::least, 0, 1, "share of the picture; smaller objects are not marked"},
    Field<PresenceStage>{"drop_condition", &PresenceStage::dropCondition, 0, 1,
                         "share of the questions in which the head sees the facts alone, without the phrase"},
    Field<PresenceStage>{"steps", &PresenceStage::steps, 1, kMost, "steps of the head's training"},
    Field<PresenceStage>{"batch", &PresenceStage::batch, 1, 1e6, "questions a step"},
    Field<PresenceStage>{"warmup", &PresenceStage::warmup, 0, kMost, kWarmup},
    Field<PresenceStage>{"rate", &PresenceStage::rate, 0, 1, kAdamWRate},
    Field<PresenceStage>{"decay", &PresenceStage::decay, 0, 10, kAdamWDecay},
};

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

std::string shown(std::int64_t value) { return std::to_string(value); }
std::string shown(double value) { return plain(value); }
std::string shown(bool value) { return value ? "true" : "false"; }
std::string shown(const std::string& value) { return value.empty() ? "" : "`" + value + "`"; }
std::string shown(const Json& value) { return value.is_null() ? "" : value.dump(); }
std::string shown(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) {
        text += (text.empty() ? "" : ", ") + shown(value);
    }
    return text;
}

template <class S>
void addRows(std::string& table, const std::string& prefix) {
    static const S defaults{};
    for (const Field<S>& field : fieldsOf<S>()) {
        std::string value = std::visit([&](auto member) { return shown(defaults.*member); }, field.member);
        if (!field.shownDefault.empty()) {
            value = field.shownDefault;
        }
        const std::string range = field.high > field.low ? plain(field.low) + " to " + plain(field.high) : "";
        table += "| `" + prefix + std::string(field.name) + "` | " + value + " | " + range + " | " +
                 std::string(field.meaning) + " |\n";
    }
}

// How many letters have to be put in, left out, changed, or swapped with their neighbour to make b of a.
std::size_t slips(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + 1);
            }
        }
        before = std::exchange(last, now);
    }
    return last[b.size()];
}

}  // namespace

template <>
std::span<const Field<Options>> fieldsOf<Options>() {
    return kOptions;
}
template <>
std::span<const Field<TokenizerStage>> fieldsOf<TokenizerStage>() {
    return kTokenizer;
}
template <>
std::span<const Field<TextStage>> fieldsOf<TextStage>() {
    return kText;
}
template <>
std::span<const Field<JointStage>> fieldsOf<JointStage>() {
    return kJoint;
}
template <>
std::span<const Field<NamesStage>> fieldsOf<NamesStage>() {
    return kNames;
}
template <>
std::span<const Field<SegmentStage>> fieldsOf<SegmentStage>() {
    return kSegment;
}
template <>
std::span<const Field<SupportStage>> fieldsOf<SupportStage>() {
    return kSupport;
}

template <>
std::span<const Field<PresenceStage>> fieldsOf<PresenceStage>() {
    return kPresence;
}

std::string settingsTable() {
    std::string table = "| setting | default | range | meaning |\n|---|---|---|---|\n";
    addRows<Options>(table, "");
    forEachSection([&]<class S>(const char* name, S Options::*) { addRows<S>(table, std::string(name) + "."); });
    return table;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    std::string_view best;
    std::size_t fewest = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (const std::string_view candidate : known) {
        if (const std::size_t count = slips(word, candidate); count < fewest) {
            fewest = count;
            best = candidate;
        }
    }
    return best;
}

}  // namespace maskwright::train
