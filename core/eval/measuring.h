// What every measurement is told: the model, the pictures, the thresholds.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/eval/lists.h"
#include "core/session/engine.h"
#include "core/session/tiles.h"

namespace maskwright::eval {

struct Measuring {
    session::EngineOptions engine;
    std::string data;  // folder of the data set
    std::string split = "val";
    std::int64_t size = 0;          // network input side; 0: the model's
    int tiles = session::kNoTiles;  // beside the whole picture, see session/tiles.h
    std::string prompt = "{}";      // how a name becomes a phrase: "{}" stands for the name, and must be there
    PictureList list;               // of the split's pictures, only these
    std::int64_t pictures = 0;      // only the first so many of them; 0: all
    std::uint64_t seed = 1;         // of what is drawn
    bool refine = false;            // masks through the edge-aware filter, as `segment` writes them; off: bilinear
    bool strict = false, exifAsStored = false;  // how a data set in COCO's format is read (data::CocoOptions)
    std::vector<double> thresholds;             // 0..1, reported beside the model's default
    // What was odd in the data set and in a picture's file, and that a model had to leave its device.
    std::function<void(const Message&)> warn;
};

// Errors: usage for a threshold outside 0 to 1, and a wording without "{}".
Result<void> checkMeasuring(const Measuring& options);

// PictureList::chosen, with a warning where some that are listed are not among `files`.
Result<std::vector<std::size_t>> chosenOf(const Measuring& options, const std::vector<std::string>& files,
                                          const std::string& owner);

}  // namespace maskwright::eval
