// A model measured on a data set in COCO's format: one loop over pictures; what is asked comes from protocols/, what
// the answers are worth from core/metrics. Blocking; call it from the thread that may own the engine it opens.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/eval/report.h"
#include "core/session/engine.h"

namespace maskwright::eval {

struct EvaluateOptions {
    session::EngineOptions engine;
    std::string data;  // folder of {split}.json and images/
    std::string split = "val";
    std::int64_t size = 0;      // network input side; 0: the model's
    std::string prompt = "{}";  // how a name becomes a phrase: "{}" stands for the name, and must be there
    std::vector<std::string>
        phrases;  // names to ask for; empty: the closed vocabulary (coco80.json), or all categories with a mask
    // One-shot: every name is asked by one marked object of this split, the same for all pictures; empty: by phrase.
    std::string supportSplit;
    std::string style = "crop_blur_highlight352";  // how it is shown, as visual_prompt::parseStyle has it
    double mix = 1;                                // x = mix * image + (1 - mix) * text
    std::uint64_t seed = 1;                        // of the draw of the objects
    std::int64_t pictures = 0;                     // only the first so many; 0: all
    bool refine = false;  // masks through the edge-aware filter, as `segment` writes them; off: bilinear
    bool strict = false, exifAsStored = false;  // how the data set is read (data::CocoOptions)
    bool needsPresent = false;                  // an error where no object that is asked for is in any of the pictures
    std::vector<double> thresholds;             // 0..1, reported beside the model's default and the best
    std::function<void(const Message&)> warn;   // what was odd in the data set, and in a picture's file
    std::size_t sheetRows = 0;                  // best and worst answers kept for a contact sheet
};

// Asks for every phrase in every picture whose labels cover it: present where an annotation is the name's or below it,
// absent where the labels cover the name and there is none. Not asked where the only objects of the name have no mask.
// Errors: the engine's, the reader's, cancelled; usage for a wording without "{}"; input where there is no annotation
// that can be used, or nothing to ask.
Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress = {}, std::stop_token stop = {});

// `threshold` as "default_threshold" of a model folder's config.json, the rest of the file kept. Errors: weights,
// output.
Result<void> recordThreshold(const std::string& folder, double threshold);

}  // namespace maskwright::eval
