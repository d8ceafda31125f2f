// What a describer of regions is, and what it is given. No torch in sight; values.
#pragma once

#include <cstdint>
#include <string>

#include "core/image/image.h"
#include "core/image/runs.h"
#include "core/referring/scoring.h"
#include "core/vision/silencing.h"

namespace maskwright::global_local {

using referring::Normalisation;
using vision::Silencing;

// One region, of its picture's size.
struct Region {
    Runs mask;
    Box box;  // what the local crop shows; tight where it is empty. FreeSOLO's own are not tight.
};

struct Facts {
    std::string name, tower;
    std::int64_t width = 0;       // P
    std::int64_t side = 0;        // of the picture that the tower gets, in pixels; the longer where it keeps its shape
    double bytesAlive = 0;        // at once while a picture goes through, about
    std::int64_t blocks = 0;      // that k counts from the last; 0: k says nothing
    std::int64_t parameters = 0;  // numbers in the weights
    bool finds = false;           // a decoder is beside it, which says where something is
    bool tokens = false;          // Silencing other than tokens is possible
    double logitScale = 100;
    Normalisation normalisation = Normalisation::mixtures;
};

}  // namespace maskwright::global_local
