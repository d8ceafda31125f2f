// Pictures with a name each, asked for that name and for others: is its own the surest, and do the others leave masks?
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/eval/left.h"
#include "core/eval/measuring.h"

namespace maskwright::eval {

// `data` is a folder of data::readNamedPictures.
struct KindsOptions : Measuring {
    std::size_t others = 19;  // names that a picture is asked for beside its own, fewer where there are not so many
    // Folder of WordNet 3.0's index.noun and data.noun: no picture is asked for a name that is kin of its own
    // (data::WordNet::kin). Empty: only the same name is left out, which is warned of.
    std::string wordnet;
};

struct KindsReport {
    struct Answer {
        std::string name;
        double presence = 0;
        bool mask = false;  // one is left at the model's threshold
    };
    struct Picture {
        std::string file;
        Answer own;
        std::vector<Answer> others;
        [[nodiscard]] bool surest() const;  // its own presence is higher than all others
    };
    std::string model, data, split;
    std::int64_t size = 0;
    std::vector<Picture> pictures;
    std::vector<Left> own, others;  // at the model's threshold, then those asked for
    double seconds = 0;

    [[nodiscard]] std::int64_t surest() const;  // pictures
};

// Which names a picture of `own` is asked for besides: drawn evenly from those that are not kin. Indices of `names`.
// `number`: the picture's, so that its draw is the same whichever others are measured.
using Kin = std::function<bool(std::size_t, std::size_t)>;
std::vector<std::size_t> drawOthers(std::size_t own, std::size_t names, std::size_t wanted, const Kin& kin,
                                    std::uint64_t seed, std::size_t number);

// Errors: the engine's, the reader's, cancelled; input where a picture has no other name to be asked for.
Result<KindsReport> evaluateKinds(const KindsOptions& options, const ProgressSink& progress = {},
                                  std::stop_token stop = {});

std::string asJson(const KindsReport& report);      // all answers
std::string asMarkdown(const KindsReport& report);  // the figures, and the names that most often are wrong

}  // namespace maskwright::eval
