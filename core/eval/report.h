// What an evaluation found, and how it is written down.
#pragma once

#include <string>
#include <vector>

#include "core/eval/contact_sheet.h"
#include "core/metrics/figures.h"
#include "core/metrics/reliability.h"

namespace maskwright::eval {

// The names asked for in other words (protocols/wordings.h), where what they name is there; masks at the default
// threshold.
struct WordingFigures {
    std::string kind;
    std::int64_t phrases = 0;      // other words
    std::int64_t asked = 0;        // pairs of phrase and picture
    double iou = 0, namesIou = 0;  // mean over them: of its mask; of the masks of the names that say the same, united
};

struct Report {
    std::string model, folder, data, split;
    std::int64_t size = 0, pictures = 0;
    std::string examples, style;  // one-shot: the split and the style; empty: phrases
    double mix = 0;
    double defaultThreshold = 0.5;                          // the model's
    double encodeMilliseconds = 0, decodeMilliseconds = 0;  // mean a picture, mean a phrase
    double seconds = 0;
    std::vector<double> thresholds;  // that were asked for
    std::vector<std::string> names;  // of the phrases, in the order of summary.phrases
    metrics::Summary summary;
    std::vector<std::string> unknown;  // those of them that the model does not know: it finds nothing for them
    std::vector<double> atPhantom;     // that were asked for
    metrics::Calibration calibration;  // of all that was asked, at the default threshold
    std::vector<WordingFigures> wordings;
    Extremes extremes;  // at the default threshold

    [[nodiscard]] const metrics::Figures& at(double threshold) const {
        return summary.figures[summary.indexOf(threshold)];
    }
    [[nodiscard]] const metrics::Figures& atDefault() const { return at(defaultThreshold); }
    [[nodiscard]] const metrics::Figures& atBest() const { return summary.figures[summary.best]; }
    [[nodiscard]] const std::vector<metrics::PhraseFigures>& phrases() const {
        return summary.phrases[summary.indexOf(defaultThreshold)];
    }
};

// A figure of objects that are there, where none was, or of absences, where there was none, is not 0: it is null in
// JSON and empty in the tables.
std::string asJson(const Report& report);      // all figures
std::string asCsv(const Report& report);       // a row a phrase at the default threshold
std::string asMarkdown(const Report& report);  // all tables

}  // namespace maskwright::eval
