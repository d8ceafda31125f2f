// The model of a folder that something else of this thread has open already, so that its weights are in memory once:
// the built-in model both proposes regions and describes them.
#pragma once

#include <memory>
#include <string>

#include "core/clipseg/model.h"

namespace maskwright::clipseg {

// As Model::load(); the one that is open where it is of the same folder, device and number type, by this thread, and
// none of the folder's files has changed since. Threads share nothing: a model belongs to one.
std::shared_ptr<Model> sharedModel(const std::string& folder, at::Device device, at::ScalarType dtype);

}  // namespace maskwright::clipseg
