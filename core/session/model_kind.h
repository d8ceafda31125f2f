// What a model folder is for, told by its files without their weights.
#pragma once

#include <string>

namespace maskwright::session {

// `model`: a built-in model's name or a folder. Whether it is a CLIP by itself (transformers' CLIPModel or
// open_clip's), which GlobalLocal opens and Engine does not. False where there is no such model.
bool isClipAlone(const std::string& model);

}  // namespace maskwright::session
