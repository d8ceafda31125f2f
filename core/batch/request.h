// What is asked of every picture of a batch, and the model that answers. Values only; any thread.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/image/refine.h"
#include "core/image_io/image_io.h"
#include "core/output/appearance.h"
#include "core/output/kind.h"
#include "core/session/engine.h"
#include "core/session/tiles.h"

namespace maskwright::batch {

struct Request {
    output::Kind kind = output::Kind::mask;
    output::Appearance appearance;  // its threshold is the masks'
    std::vector<session::Prompt> prompts;
    std::vector<std::string> labels;  // one a prompt: the phrase for people and files, or output::kSupportLabel
    session::EncodeOptions encode;
    int tiles = session::kNoTiles;        // beside the whole picture, see session/tiles.h
    bool refine = true;                   // masks whose edges follow the picture; false: plain bilinear
    double refineRadius = kRefineRadius;  // see image/refine.h
    image_io::ReadOptions read;
    bool keepRuns = false;  // outcomes have the masks; it has no effect on the results
};

struct Model {
    std::string name, dtype, folder;  // as session::ModelInfo has them
    std::string content;              // contentHash() of the folder; empty: not asked for
};

// What tells the models of two folders apart, or one before and after it was trained: a SHA-256 over the names and
// bytes of its weights (.safetensors, .bin) and settings (.json, .txt), not over where it lies. Some 2 s for each GB.
// Empty where there is no such folder.
std::string contentHash(const std::string& folder);

// All that decides the results, as a JSON object in one line: what requestHash() is made of.
std::string requestText(const Request& request, const Model& model);

// 64 hexadecimal digits that are equal where the same is asked of the same model by the same version of the program:
// same picture, same results. What has no effect (a mixture without examples, an outline where no overlay is drawn) is
// left out. Marked pictures count by their pixels, wherever they lie.
std::string requestHash(const Request& request, const Model& model);

}  // namespace maskwright::batch
