// Names of files that results go to. Paths are UTF-8. Pure, unless said; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/output/kind.h"

namespace maskwright::output {

// What a result is called by when nothing but marked objects was asked for.
inline constexpr std::string_view kSupportLabel = "support";

// A phrase as part of a file name: letters and digits of any script, '-', '_' and '.' stay, the rest becomes '_'; at
// most 80 bytes. Never empty.
std::string fileNamePart(std::string_view phrase);

// `pattern` with {stem} and {phrase} filled in, in one pass: a picture's own name may hold "{phrase}".
std::string filledPattern(std::string_view pattern, std::string_view stem, std::string_view phrase);

// "holiday/cat.jpg" and a kind -> "cat-mask.png"; "picture-mask.png" where the picture has no name.
std::string suggestedName(std::string_view picture, Kind kind);

// One path in `folder` a picture, as suggestedName() has it; where that is taken by another of the pictures the name
// keeps the picture's ending ("cat-jpg-mask.png") or gets a number. No two are the same.
std::vector<std::string> suggestedPaths(const std::vector<std::string>& pictures, const std::string& folder, Kind kind);

// `path` itself, or the first of "cat-mask-2.png", "cat-mask-3.png", ... that is not taken.
std::string freePath(const std::string& path, const std::function<bool(const std::string&)>& taken);

}  // namespace maskwright::output
