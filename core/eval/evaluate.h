// A model measured on a data set in COCO's format: one loop over pictures; what is asked comes from protocols/, what
// the answers are worth from core/metrics. Blocking; call it from the thread that may own the engine it opens.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/eval/measuring.h"
#include "core/eval/protocols/wordings.h"
#include "core/eval/report.h"

namespace maskwright::eval {

// `data` is a folder of {split}.json and images/.
struct EvaluateOptions : Measuring {
    std::vector<std::string>
        phrases;  // names to ask for; empty: the closed vocabulary (coco80.json), or all categories with a mask
    // One-shot: every name is asked by one marked object of this split, the same for all pictures; empty: by phrase.
    std::string supportSplit;
    std::string style = "crop_blur_highlight352";  // how it is shown, as visual_prompt::parseStyle has it
    double mix = 1;                                // x = mix * image + (1 - mix) * text
    WordingKinds wordings;  // other words for the names, compared with them where they are there; by phrase only
    std::vector<double> atPhantom;  // 0..1: report the best threshold whose phantom rate is at most this, too
    bool showing = false;           // only pictures that show one of the names
    bool needsPresent = false;      // an error where no object that is asked for is in any of the pictures
    std::size_t sheetRows = 0;      // best and worst answers kept for a contact sheet
};

// Asks for every phrase in every picture whose labels cover it: present where an annotation is the name's or below it,
// absent where the labels cover the name and there is none (Certainty). Not asked where the only objects of the name
// have no mask. Errors: the engine's, the reader's, cancelled; usage for a wording without "{}", and wordingsOf()'s;
// input where there is no annotation that can be used, or nothing to ask.
Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress = {}, std::stop_token stop = {});

// `threshold` as "default_threshold" of a model folder's config.json, the rest of the file kept. Errors: weights,
// output.
Result<void> recordThreshold(const std::string& folder, double threshold);

}  // namespace maskwright::eval
