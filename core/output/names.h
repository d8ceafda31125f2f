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

// A phrase as part of a file name: letters and digits of any script, '-', '_' and '.' stay; the rest, also what turns
// the direction of text (base/controls.h), becomes '_'; at most 80 bytes. Never empty.
std::string fileNamePart(std::string_view phrase);

// What tells one picture's results from another's.
struct NameParts {
    std::string stem;    // {stem}: its name without the ending
    std::string ending;  // {ext}: without its dot, as the name has it; may be empty
    std::string folder;  // {folder}: its folder, below the one that all pictures asked for together share
    std::string below;   // of one found in a subfolder of a folder that was named: the way there; else empty
    std::string number;  // {n}: its place among all, with leading zeros
};

// `pattern` with {stem}, {ext}, {folder}, {n} and {phrase} filled in, in one pass: a picture's own name may hold
// "{phrase}". The levels of {folder} stay folders where a '/' follows, else '-' stands between them. A file name that
// would have more than 255 bytes, which no file system takes, gets less of the stem, whole characters only.
std::string filledPattern(std::string_view pattern, const NameParts& picture, std::string_view phrase);

// Whether a path is one below the folder that it is taken from: it neither begins with '/' nor has "..".
bool staysBelow(std::string_view path);

// Whether a text such as "{stem}" is a place of a pattern, and all of them as a list for people.
bool isPlace(std::string_view text);
std::string placeNames();

// What is equal for names that only differ in upper and lower case or in Unicode's composed and decomposed forms: one
// file on the disks of Windows and macOS.
std::string nameKey(std::string_view name);

// [picture][suffix]: a name for each, which ends in the suffix ("_cat.png"). It begins with the stem, of a picture from
// a subfolder with the way there before it. Where names would have one nameKey() or be `taken`, each of them gets more
// of what they differ in: the ending ("cat-jpg.png"), the folder ("spring-cat.png"), both, a number. So a picture's
// name does not depend on the order of the others, and the same pictures get the same names in every run. No two are
// the same. At most 255 bytes each, as in filledPattern().
std::vector<std::vector<std::string>> distinctNames(const std::vector<NameParts>& pictures,
                                                    std::vector<std::string> suffixes,
                                                    const std::function<bool(const std::string&)>& taken);

// A name as it stands in a line of a report or on a terminal: control characters become "\x0a" and the like.
std::string printable(std::string_view name);

// "holiday/cat.jpg", a kind and "two ears" -> "cat-two_ears-mask.png"; "picture" where the picture has no name, and
// nothing between where there is no phrase.
std::string suggestedName(std::string_view picture, Kind kind, std::string_view phrase = {});
// "-mask.png"
std::string suggestedSuffix(Kind kind);

// `path` itself, or the first of "cat-mask-2.png", "cat-mask-3.png", ... that is not taken.
std::string freePath(const std::string& path, const std::function<bool(const std::string&)>& taken);

}  // namespace maskwright::output
