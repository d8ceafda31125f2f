// What a repository of models is called on the Hugging Face hub.
#pragma once

#include <string_view>

namespace maskwright {

// OWNER/NAME, of such letters as the hub allows.
bool isRepository(std::string_view text);

}  // namespace maskwright
