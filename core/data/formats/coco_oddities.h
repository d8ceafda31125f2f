// What a COCO file has that the format does not, or that nothing can be made of: counted by kind, the first of each
// remembered.
#pragma once

#include <map>
#include <string>

#include "core/base/result.h"

namespace maskwright::data {

// In the order in which the summary names them. Up to `member` what has it is passed over; the rest is read all the
// same.
enum class Oddity {
    picture,             // an entry without a usable id, file name or size
    pictureTwice,        // its id was used before
    missingFile,         // not on the disk
    unreadableFile,      // no picture, or a damaged one
    otherSize,           // the file's size is not the entry's
    exifSize,            // it is, before EXIF's turn
    category,            // an entry without a usable id or name
    categoryTwice,       // its id was used before
    unknownCategory,     // in coco80.json or among the parents
    annotation,          // an entry without usable ids
    orphan,              // its picture is not listed
    annotationCategory,  // its category is not listed
    noMask,              // a box alone: segmentation absent, null or empty
    notAMask,            // neither polygons nor runs
    runs,                // they do not fit the picture, or are broken
    polygon,             // of fewer than three points
    coordinate,          // a polygon with a number that is none
    emptyMask,           // it covers the centre of no pixel
    member,              // an optional member of an unknown kind
    number,              // an id, a size or another whole number with a point or as a text
    form,                // a polygon without the list around it
    annotationId,        // none, or used before
    categoryName,        // used before: both are one
    fileName,            // found under another name than it says
    fileTwice,           // another picture's too: each has annotations of its own
    noSize,              // measured from the picture
    noAnnotations,       // no list of them
    score,               // how sure an annotation is, by something that is no number from 0 to 1
    token,               // NaN, Infinity or a number that no program can hold
    key,                 // twice in one object: the last counts
    character,           // half a pair of escapes, which stands for none
};

class Oddities {
  public:
    // `file` opens every error.
    Oddities(std::string file, bool strict) : file_(std::move(file)), strict_(strict) {}
    // `where`: the entry, "annotations[3] (id 17)". `what`: what is wrong there. Errors: with `strict`, always.
    Result<void> add(Oddity kind, const std::string& where, Message what);
    // One line; empty where there was nothing odd.
    [[nodiscard]] Message summary() const;

  private:
    struct Seen {
        std::size_t count = 0;
        Message first;
    };
    [[nodiscard]] Message list(bool skipped) const;
    std::string file_;
    bool strict_;
    std::map<Oddity, Seen> seen_;
};

}  // namespace maskwright::data
