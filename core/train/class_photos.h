// Photographs that stand for one class of a classifier each, and which class that is.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/train/stages.h"
#include "core/vision/efficientnet_import.h"

namespace maskwright::train {

struct ClassPhoto {
    std::size_t photo = 0, category = 0;  // indices
    std::string synset;
    std::int64_t number = 0;  // of the class
};

struct ClassPhotos {
    std::vector<ClassPhoto> photos;  // in the order of their synsets, which is the classifier's order
    at::Tensor features;             // [photos, hidden]: the head's mean feature of each
};

// Shows `backbone`, an EfficientNet-Lite as `trunk` says, every photograph of `set` whose file name holds the synset of
// something saliently in it. A few classes may have none; the rest falls into place by the classifier's own answers.
// Throws TrainError where there are fewer than 2 photographs or more than classes, Interrupted at a stop.
ClassPhotos showClasses(const Context& context, const data::DataSet& set, const vision::ImportedClassifier& backbone,
                        const vision::Trunk& trunk);

}  // namespace maskwright::train
