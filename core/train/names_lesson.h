// What the stage names learns from: phrases, and which of the trunk's own names each of them means.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/data/dataset.h"
#include "core/nn/params.h"
#include "core/train/meanings.h"
#include "core/train/stages.h"

namespace maskwright::train {

struct NamesLesson {
    at::Tensor features;                             // [N, hidden] of the phrases
    std::vector<Meaning> meanings;                   // of each
    std::vector<std::vector<std::int64_t>> saying;   // by detector name: phrases that mean it and few others
    std::vector<std::vector<std::int64_t>> classes;  // by class: the same
    std::vector<std::int64_t> known, none, madeUp;   // phrases that mean something, nothing, and no words at all
};

// All phrases of the table whose meaning can be told, names of `set`'s categories, ways of saying them, and made-up
// words. names: how many the detector has; model: with a text tower. The same for the same seed. Throws TrainError.
NamesLesson namesLesson(const Context& context, const data::DataSet& set, const Meanings& meanings, std::int64_t names,
                        const nn::TensorMap& model);

}  // namespace maskwright::train
