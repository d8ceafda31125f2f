// The configuration of one training run: what a JSON file says, with every setting's default. Names, ranges and
// meanings are in fields.cpp, one table a struct. models/mini/train.json is the configuration the built-in model was
// trained with. Relative paths are relative to the file's folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace maskwright::train {

struct TokenizerStage {
    std::int64_t pieces = 16000;
};

struct TextStage {
    std::int64_t steps = 2000, batch = 256, warmup = 100;
    double rate = 1e-3, decay = 0.05;
    std::int64_t tokens = 32;  // longest phrase
};

struct JointStage {
    double ridge = 0.3;  // of the regression from phrase targets onto classifier directions
};

// The head that tells which of the trunk's own names a phrase means (clipseg/spoken.h).
struct NamesStage {
    std::int64_t steps = 2500, batch = 512, warmup = 50;
    double rate = 2e-3, decay = 0.01;
    double closed = 0.35;  // share of the phrases that mean one of the detector's names, each name as often as the next
    double classes = 0.12;  // share of those that mean a class of the classifier, each class as often as the next
    double unknown = 0.1;   // share of made-up words
};

struct SegmentStage {
    std::int64_t steps = 4000, batch = 8, warmup = 200, size = 256;
    std::int64_t phrases = 6;                  // decoded for each picture
    double present = 0.6;                      // share of them that is in the picture
    double rate = 1.5e-3;                      // decoder
    double encoderRate = 0.2, textRate = 0.2;  // factors on `rate`: vision tower and projections, text projection
    // What is written is the mean of `start`'s weights, so much of it, and of the trained ones (model soups, Wortsman
    // et al. 2022).
    double startShare = 0;
    double decay = 0.01, emaDecay = 0.998, gradientNorm = 1.0;
    std::int64_t firstTrained = 7;       // vision blocks before it stay as they are
    double dense = 1.0;                  // weight of the dense joint-space loss
    double dice = 0.5;                   // weight of the overlap loss of present phrases, which small objects need
    double presence = 0.2;               // weight of the presence head's own loss
    double contrast = 0.05;              // weight of masked-pooled picture against phrase
    double support = 0.25;               // share of steps whose conditions are mixed with support pictures
    std::int64_t supportSize = 352;      // their largest side in pixels; each step draws one from 160 up to it
    double mosaic = 0.25, paste = 0.25;  // shares of pictures
    double minArea = 0.003;              // of the picture: smaller objects are not asked for
    double minutes = 0;                  // 0: as long as the steps take; otherwise the rate falls by the clock
    std::int64_t firstSize = 0;          // size in the first part of the training; 0: none
    double firstShare = 0.5;             // that part
    std::int64_t smallestSize = 0;       // after it, each step draws a size from this one up; 0: always `size`
    bool keepAspect = false;             // a step's pictures are of one shape drawn for it, as photographs are
    double mask = 1;                     // weight of BCE
    double doubt = 0;                    // evidence above which pixels that a detector left undrawn are left out
    double dropClasses = 0, dropEvidence = 0;  // shares of steps without the classifier; without the detector's word
    double people = 0;                         // share of photographs that people labelled; 0: as they come
    double unknown = 0;                        // share of made-up words among the absent phrases
    std::int64_t otherNames = 0;  // columns of the dense loss beside the closed names and the pictures' own
    std::int64_t loaders = 0;     // threads that make batches ahead
    bool tf32 = false;
    bool bfloat16 = false;
    bool frozenEncoder = false;
    bool cacheFeatures = false;  // frozenEncoder: encode every picture once, to a file in `work`
    std::int64_t evaluateEvery = 400, evaluatePictures = 40;
};

// The head that turns a marked object's picture into a mixture of names (clip::PooledHead).
struct SupportStage {
    std::int64_t examples = 12000;  // marked objects looked at
    std::int64_t steps = 800, batch = 128, warmup = 50;
    double rate = 1e-3, decay = 1;
    std::int64_t least = 8;  // annotations a name needs to be in the table: a name with one photograph names only that
    double closed = 0.75;    // share of the examples whose name is one of the closed ones; the rest is any of the table
    double noise = 0.5;      // added to the features in training, in their standard deviations
    std::int64_t mlp = 256;
    double scale = 30;  // of cosines, in training and in the model
};

// The head that tells whether what a condition means is in a picture at all (clipseg/presence.h).
struct PresenceStage {
    std::int64_t photos = 0;  // shown at most, besides those of class_photos; 0: all
    std::int64_t mlp = 32;
    std::int64_t names = 60;     // asked of each photograph, at most
    std::int64_t others = 4000;  // phrases of text_data that no category is called by
    std::int64_t marks = 3;      // objects marked in each
    double least = 0.01;         // of the picture: smaller objects are not marked
    double dropCondition = 0.5;  // share of questions in which the head sees the facts alone
    std::int64_t steps = 4000, batch = 2048, warmup = 50;
    double rate = 2e-3, decay = 0.01;
};

struct Options {
    std::string file;    // the JSON's own path, for messages
    std::string output;  // model folder to write
    std::string work;    // checkpoints, logs
    std::string photos, split = "train", validation = "val";
    bool strict = false;         // an odd entry of the data set is an error (data::CocoOptions)
    bool exifAsStored = false;   // sizes and masks are of the pictures as stored, before EXIF's turn
    std::string text, backbone;  // of the built-in recipe
    std::string detector, textModel, wordnet, classes;  // of the stage names
    std::string classPhotos;                            // of the stage presence
    std::string keepOut;  // file of names that the stages segment, support and presence are not shown (kept_out.h)
    std::string base;     // fine-tuning: the model folder to start from
    std::string start;  // going on with the built-in recipe: the model folder the stage segment, support, presence or,
                        // alone, names starts from
    std::string device = "auto";
    std::int64_t seed = 1, threads = 0, photoSide = 288;
    double checkpointSeconds = 180;
    std::vector<std::string> stages = {"tokenizer", "text", "joint", "segment"};
    Json model;  // config.json of the model to build
    TokenizerStage tokenizer;
    TextStage textStage;
    JointStage joint;
    NamesStage names;
    SegmentStage segment;
    SupportStage support;
    PresenceStage presence;

    [[nodiscard]] bool runs(std::string_view stage) const;
    // The model folder that training starts from, empty where it starts from nothing.
    [[nodiscard]] const std::string& modelBefore() const { return base.empty() ? start : base; }
};

// Errors name the file and the member: ErrorKind::input.
Result<Options> readOptions(const std::string& file);

}  // namespace maskwright::train
