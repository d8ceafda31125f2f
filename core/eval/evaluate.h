// A model measured on a data set in COCO's format.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/eval/metrics.h"
#include "core/session/engine.h"

namespace maskwright::eval {

struct EvaluateOptions {
    session::EngineOptions engine;
    std::string data;  // folder of {split}.json and images/
    std::string split = "val";
    std::int64_t size = 0;      // network input side; 0: the model's
    std::string prompt = "{}";  // how a name becomes a phrase
    std::vector<std::string>
        phrases;  // names to ask for; empty: the closed vocabulary (coco80.json), or all categories with a mask
    // One-shot: every name is asked by one marked object of this split, the same for all pictures; empty: by phrase.
    std::string supportSplit;
    std::string style = "crop_blur_highlight352";  // how it is shown, as visual_prompt::parseStyle has it
    double mix = 1;                                // x = mix * image + (1 - mix) * text
    std::uint64_t seed = 1;                        // of the draw of the objects
    std::int64_t pictures = 0;                     // only the first so many; 0: all
    bool refine = false;             // masks through the edge-aware filter, as `segment` writes them; off: bilinear
    std::vector<double> thresholds;  // 0..1, reported beside the model's default and the best
};

struct Report {
    std::string model, folder, data, split;
    std::int64_t size = 0, pictures = 0;
    std::string examples, style;  // one-shot: the split and the style; empty: phrases
    double mix = 0;
    double defaultThreshold = 0.5;                          // the model's
    double encodeMilliseconds = 0, decodeMilliseconds = 0;  // mean a picture, mean a phrase
    double seconds = 0;
    std::vector<double> thresholds;
    std::vector<std::string> photos;  // files by index
    Metrics metrics;

    [[nodiscard]] const Figures& atDefault() const { return metrics.figures[metrics.indexOf(defaultThreshold)]; }
    [[nodiscard]] const Figures& atBest() const { return metrics.figures[metrics.best]; }
};

// Asks for every phrase in every picture whose labels cover it: present where an annotation is the name's or below it,
// absent where the labels cover the name and there is none. Errors: the engine's, the reader's, cancelled.
Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress = {}, std::stop_token stop = {});

std::string asJson(const Report& report);      // everything but the single answers
std::string asCsv(const Report& report);       // a row a phrase at the default threshold
std::string asMarkdown(const Report& report);  // both tables

// The `count` best and worst answers of present phrases, at most one a picture where there are enough pictures:
// picture, truth, mask, each pair captioned; best on the left half. Empty where no phrase was present. Re-runs the
// model on them.
Result<Image> contactSheet(const EvaluateOptions& options, const Report& report, int count = 8);

// `threshold` as "default_threshold" of a model folder's config.json, the rest of the file kept. Errors: weights,
// output.
Result<void> recordThreshold(const std::string& folder, double threshold);

}  // namespace maskwright::eval
