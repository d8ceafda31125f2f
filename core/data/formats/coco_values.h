// Values of COCO's entries as programs write them: ids and sizes with a point or as texts, segmentations in all their
// forms, numbers that JSON does not have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/data/formats/coco_oddities.h"
#include "core/image/runs.h"

namespace maskwright::data {

// A file of COCO's kind, also one that holds what JSON does not have (see replaceNonNumbers()) or a key twice in one
// object, of which the last value counts, as in pycocotools. Errors: ErrorKind::input; those of `oddities`.
Result<Json> readCocoFile(const std::string& path, Oddities& oddities);

// The member, or none where it is missing or null.
const Json* member(const Json& object, const char* key);

struct Whole {
    std::int64_t value = 0;
    bool odd = false;  // written with a point, or as a text
};
// A whole number; none where it is something else.
std::optional<Whole> wholeOf(const Json* value);
// An id. A text that is no number is one too, and so is a whole number from 2^63 to 2^64: a negative number made of its
// letters or digits, the same in every file.
std::optional<Whole> idOf(const Json* value);

// What is wrong with an id that idOf() gives nothing for.
Message noId(const Json& object, const char* key);

// A value for a message, cut where it is long.
std::string shown(const Json& value);

// "annotations[3] (id 17)"
std::string entryName(const char* list, std::size_t index, const Json& object);

// Counts that the value of `object`'s member `key` is not written as a whole number, where it is not.
Result<void> countWriting(const Whole& whole, const Json& object, const char* key, const std::string& where,
                          Oddities& oddities);

// An optional member into `out`, empty where it is not there; one that is no text is odd and counts as not there.
Result<void> textOf(const Json& object, const char* key, const std::string& where, std::string& out,
                    Oddities& oddities);

// The mask of one annotation on a picture of width x height. Nothing where none can be made of it, which `oddities`
// then holds for `where`. Errors: those of `oddities`.
Result<std::optional<Runs>> maskOf(const Json* segmentation, int width, int height, const std::string& where,
                                   Oddities& oddities);

// Puts a text, as long as it was, in the place of every NaN, Infinity and number that neither 64 bits nor a double
// holds, and U+FFFD in that of half a pair of "\\u" escapes, as Python writes bytes of names that are not UTF-8: a
// reader of JSON stops at them, wherever they are. Counted in `oddities`. Errors: those of `oddities`.
Result<void> replaceNonNumbers(std::string& json, Oddities& oddities);

}  // namespace maskwright::data
