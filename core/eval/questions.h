// What a measured model is asked: names of a data set's categories, each as a phrase, as an example (one marked object
// of some split), or as a mixture of both.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/data/coco.h"
#include "core/eval/evaluate.h"
#include "core/session/clipseg_method.h"

namespace maskwright::eval {

struct Question {
    std::size_t category = 0;  // of the measured data set
    std::string name;
    session::Condition condition;
    std::string example;  // the picture file that its example is from; empty: a phrase alone
};

// In the order of `options.phrases`, or of the closed vocabulary. With `options.supportSplit` a name that no object of
// that split stands for is left out. Errors: the method's, the reader's; usage for an unknown name, a style, or no
// example at all.
Result<std::vector<Question>> questions(session::ClipSegMethod& clipseg, const EvaluateOptions& options,
                                        const data::DataSet& set, std::stop_token stop = {});

}  // namespace maskwright::eval
