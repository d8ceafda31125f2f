// The data sets of a run, read once for all its stages before the first of them, and refused where there is nothing to
// learn from or nothing to measure.
#pragma once

#include "core/train/stages.h"

namespace maskwright::train {

// Fills in context.photos, where a stage reads it, and context.validation, where the model is looked at; says in a line
// what was odd in them. Throws TrainError: the reader's errors; input for a data set without a mask where masks are
// learnt from, or without an object of a closed name where the figures are to be of such objects.
void readTrainingData(Context& context);

}  // namespace maskwright::train
