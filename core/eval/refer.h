// Referring expressions, each asked of its picture: is the proposal that is taken the one that is meant? Every picture
// is looked at once a source of proposals, and all settings are compared on the features that were kept.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/referring.h"
#include "core/eval/measuring.h"
#include "core/metrics/referring.h"
#include "core/session/refer.h"

namespace maskwright::eval {

// Proposals by name. `open` gives the source for a picture's file, which stays whoever gave it's; none: the objects
// that people drew are the proposals, which tells the choice apart from the proposals.
struct Proposing {
    std::string name;
    std::function<Result<proposals::Source*>(const std::string& picture)> open;
};

// How an expression is compared with regions.
struct Setting {
    referring::Mixture mixture;
    std::int64_t k = 3;
    bool prior = true;
    bool operator==(const Setting&) const = default;
};

// `data` and `split` as data::readReferring() has them; of Measuring's other values list, pictures and warn are used.
struct ReferOptions : Measuring {
    std::string expressions, splitBy, images;  // as data::ReferringOptions
    std::vector<Proposing> sources;
    Setting setting;
    session::Silencing silencing = session::Silencing::tokens;
    bool ablations = false;  // global and local alone, each kind of text alone, other v and k
};

struct ReferReport {
    struct Row {
        std::string source;
        Setting setting;
        metrics::ReferringFigures figures;
    };
    struct Source {
        std::string name;
        // Of pictures without a proposal, and of their texts: skipped, as the published program does it.
        std::int64_t emptyPictures = 0, emptyTexts = 0;
        std::int64_t pictures = 0, proposals = 0;  // with at least one
        metrics::ReferringFigures oracle;          // were the best proposal always taken
    };
    // The first setting's, for each source.
    struct Answer {
        std::string image, expression, nounPhrase, readAs, source;
        std::int64_t meant = 0;    // the annotation's id; of several the first's
        double iou = 0, best = 0;  // of the region taken, and of the best one there was
    };
    std::string model, data, split, format, file;
    std::int64_t pictures = 0, texts = 0;
    std::vector<Source> sources;
    std::vector<Row> rows;  // by source, then as settingsOf() has them
    std::vector<Answer> answers;
    double seconds = 0;
};

// The setting itself, then without or with the prior; with `ablations` also each part alone and other values, v of 0 to
// 1, r of 0, 0.5 and 1, k of 1 to 6, one changed at a time. `blocks`: of the model's tower; 0: k says nothing.
std::vector<Setting> settingsOf(const Setting& setting, bool ablations, std::int64_t blocks);

// `method` stays the caller's. Errors: the reader's, the sources', the model's, cancelled.
Result<ReferReport> evaluateRefer(const ReferOptions& options, session::GlobalLocal& method,
                                  const ProgressSink& progress = {}, std::stop_token stop = {});

std::string asJson(const ReferReport& report);      // with all answers
std::string asMarkdown(const ReferReport& report);  // the tables
std::string asCsv(const ReferReport& report);       // a line a row

}  // namespace maskwright::eval
