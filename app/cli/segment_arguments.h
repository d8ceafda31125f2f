// What segment takes: values for the loaded part, options and help for the command line. Empty and zero mean the
// default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/model_arguments.h"
#include "core/image/refine.h"
#include "core/output/appearance.h"
#include "core/output/kind.h"

namespace CLI {
class App;
}

namespace maskwright::cli {

struct SupportArguments {
    std::vector<std::string> images, regions;  // as many of each, or one picture for several regions
    std::optional<std::int64_t> label;         // of the masks among the regions; none: all labels
};

struct SegmentArguments {
    ModelArguments model;
    std::vector<std::string> images;    // files and folders; with `merge` the folders of shards' results
    std::size_t shard = 0, shards = 0;  // the one of how many, from 1; 0: not a shard
    bool merge = false;                 // nothing is searched: shards are put together
    std::vector<std::string> phrases;
    std::string wording = "{}";  // what the encoder reads for a phrase
    std::string output, saveLogits;
    std::string format;  // coco, labelme or yolo; empty: pictures of `kind`
    bool polygons = false, overwrite = false;
    output::Kind kind = output::Kind::mask;
    std::optional<output::CutoutEdge> edge;  // none: soft
    std::optional<double> threshold;         // none: the model's own
    bool refine = true, json = false, rank = false, flat = false, skipExisting = false, keepAspect = false,
         compete = false;
    double refineRadius = kRefineRadius;
    std::int64_t size = 0;
    int tiles = 0;  // see session/tiles.h
    double maxMegapixels = 100;
    std::string background = "ffffff";
    SupportArguments support, negativeSupport;
    std::string style = "crop_blur_highlight352", negative;
    double mix = 0.5, negativeWeight = 1;
};

void addSegment(CLI::App& app, SegmentArguments& a);

}  // namespace maskwright::cli
