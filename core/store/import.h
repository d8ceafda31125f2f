// Taking a model that is on the disk already into the user's place: a folder, or one of the original projects' files.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/store/store.h"

namespace maskwright::store {

struct ImportOptions {
    std::string name;        // empty: the folder's or the file's
    std::string clip;        // of a CLIPSeg decoder (.pth): the folder of its CLIP
    std::string vocabulary;  // of one of OpenAI's CLIP files (.pt): a folder with a vocabulary
    std::string place;       // empty: userPlace()
    // Opens the model before it is published; empty: nobody does.
    std::function<Result<void>(const std::string& folder)> check;
};

// `path`: a model folder (also a snapshot in the hub's cache, or one with pytorch_model.bin, which is converted), a
// safetensors file in one, a decoder or a CLIP that `convert` knows. Everything is copied; what is there stays as it
// is. Appears whole or not at all. Errors: usage for names and what is missing beside a file, weights for the model,
// output, cancelled.
Result<Model> importModel(const std::string& path, const ImportOptions& options, const ProgressSink& progress = {},
                          const std::stop_token& stop = {});

}  // namespace maskwright::store
