// The model folder a training run starts from and the one it writes.
#pragma once

#include <functional>

#include "core/clip/preprocessing.h"
#include "core/nn/params.h"
#include "core/train/stages.h"

namespace maskwright::train {

// Just the tensors of `model` that the configuration names. Throws TrainError where one is missing or misshapen.
nn::TensorMap wholeModel(const clipseg::Config& config, const nn::TensorMap& model);

// How the model's pictures are normalised: as the folder that training starts from says; a trunk that detects takes
// them as they are. Throws TrainError.
clip::Preprocessing preprocessingOf(const Context& context);

// All tensors, in float32, that the stage segment begins with: of `base`, of `start` (decoder extensions it lacks begin
// fresh) or of the stage before. Throws TrainError for a tensor that is missing or misshapen.
nn::TensorMap startingModel(const Context& context);

// The tensors of a model folder, float32 where floating: those for which `wanted` is true. Throws TrainError.
nn::TensorMap tensorsIn(const std::string& folder, const std::function<bool(const std::string&)>& wanted);

// The floating tensors that `start` itself has, in float32: an extension that begins fresh is not among them.
nn::TensorMap tensorsOfStart(const Context& context);

// The model folder `output`, all of it or nothing, in the place of a model that was there: config.json with `threshold`
// as the default, model.safetensors, the frozen tensors of a trunk that detects in trunk.safetensors, tokenizer files,
// preprocessor_config.json. The built-in recipe writes float16; a fine-tuned model keeps its base's floating type, so
// that the encoder stays what it was bit for bit.
void writeModelFolder(const Context& context, const nn::TensorMap& tensors, double threshold);

}  // namespace maskwright::train
