// What an evaluation found, and how it is written down.
#pragma once

#include <string>
#include <vector>

#include "core/eval/contact_sheet.h"
#include "core/metrics/figures.h"

namespace maskwright::eval {

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
std::string asMarkdown(const Report& report);  // both tables

}  // namespace maskwright::eval
