// From what SOLOv2's network says of a picture to masks of it.
#pragma once

#include <vector>

#include "core/segmenters/segmenter.h"
#include "core/segmenters/solo_network.h"

namespace maskwright::segmenters {

// Defaults: FreeSOLO's test settings (freesolo/config.py).
struct SoloOptions {
    double score = 0.1;         // a cell's class must be surer
    double inside = 0.5;        // a mask is where the probability is above
    std::int64_t before = 500;  // masks that are compared with each other
    double sigma = 2;           // of matrix NMS with a Gaussian (Wang et al. 2020, section 3.3)
    double updated = 0.05;      // a score must not be below after it
    std::size_t most = 100;
};

// Of one picture: the input as the network got it, of which the first height x width pixels are the picture.
struct SoloSize {
    std::int64_t height = 0, width = 0;
    int pictureHeight = 0, pictureWidth = 0;
};

// The surest first. Masks of fewer pixels (at a quarter of the input) than their grid's stride are left out.
Candidates soloMasks(const SoloNetwork& network, const SoloAnswer& answer, const SoloSize& size,
                     const SoloOptions& options = {});

// Scores of masks [n, P] (0 and 1, the surest first) of `labels` [n], lowered by how much surer ones of their label lie
// over them.
at::Tensor matrixNms(const at::Tensor& masks, const at::Tensor& labels, const at::Tensor& scores, double sigma);

}  // namespace maskwright::segmenters
