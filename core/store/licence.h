// What a model folder says of the licence of its weights.
#pragma once

#include <string>

#include "core/base/message.h"

namespace maskwright::store {

// As licenceOf() finds them, without a sentence: "GPL-3.0, Apache-2.0". Empty where the folder says nothing.
std::string licencesIn(const std::string& folder);

// The lines of NOTICE that begin with "Licence", as the built-in models have them; else "license" at the head of
// README.md, as Hugging Face has it. `name`: the model's, for the sentence.
Message licenceOf(const std::string& folder, const std::string& name);

}  // namespace maskwright::store
