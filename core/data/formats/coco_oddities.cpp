#include "core/data/formats/coco_oddities.h"

namespace maskwright::data {
namespace {

Message nameOf(Oddity kind) {
    switch (kind) {
        case Oddity::picture:
            return "picture entries that cannot be used";
        case Oddity::pictureTwice:
            return "pictures with an id that was used before";
        case Oddity::missingFile:
            return "pictures that are not there";
        case Oddity::unreadableFile:
            return "pictures that cannot be read";
        case Oddity::otherSize:
            return "pictures of another size than their entry's";
        case Oddity::exifSize:
            return "pictures whose size was stored before EXIF's turn (--exif-as-stored reads them, in training the "
                   "setting exif_as_stored)";
        case Oddity::category:
            return "category entries that cannot be used";
        case Oddity::categoryTwice:
            return "categories with an id that was used before";
        case Oddity::unknownCategory:
            return "parents or closed names that are no category";
        case Oddity::annotation:
            return "annotations that cannot be used";
        case Oddity::orphan:
            return "annotations of a picture that is not listed";
        case Oddity::annotationCategory:
            return "annotations of a category that is not listed";
        case Oddity::noMask:
            return "annotations without a mask";
        case Oddity::notAMask:
            return "segmentations that are neither polygons nor runs";
        case Oddity::runs:
            return "masks whose runs do not fit";
        case Oddity::polygon:
            return "polygons that enclose nothing";
        case Oddity::coordinate:
            return "polygons with something that is no coordinate";
        case Oddity::emptyMask:
            return "masks that cover no pixel";
        case Oddity::member:
            return "members of an unknown kind";
        case Oddity::number:
            return "whole numbers that are not written as such";
        case Oddity::form:
            return "polygons without a list around them";
        case Oddity::annotationId:
            return "annotations without an id of their own";
        case Oddity::categoryName:
            return "categories with a name that was used before, read as one";
        case Oddity::fileName:
            return "files that were found under another name";
        case Oddity::fileTwice:
            return "pictures that are listed more than once";
        case Oddity::noSize:
            return "pictures without a size, which was measured";
        case Oddity::noAnnotations:
            return "missing lists of annotations";
        case Oddity::score:
            return "scores that are no number from 0 to 1, read as the nearer of both or as 1";
        case Oddity::token:
            return "numbers that JSON does not have";
        case Oddity::key:
            return "keys that are there twice, of which the last counts";
        case Oddity::character:
            return "characters that Unicode does not have, read as U+FFFD";
    }
    return {};
}

}  // namespace

Result<void> Oddities::add(Oddity kind, const std::string& where, Message what) {
    Message first = where.empty() ? std::move(what) : message("%1: %2", where, std::move(what));
    if (strict_) {
        return Error{ErrorKind::input, message("%1: %2", file_, std::move(first)),
                     "correct the file, or read it without strict, which passes such entries over"};
    }
    Seen& seen = seen_[kind];
    if (++seen.count == 1) {
        seen.first = std::move(first);
    }
    return {};
}

Message Oddities::list(bool skipped) const {
    Message all;
    for (const auto& [kind, seen] : seen_) {
        if ((kind < Oddity::number) == skipped) {
            Message one = message("%1: %2 (first: %3)", nameOf(kind), seen.count, seen.first);
            all = all.empty() ? std::move(one) : message("%1, %2", std::move(all), std::move(one));
        }
    }
    return all;
}

Message Oddities::summary() const {
    const Message skipped = list(true), kept = list(false);
    if (skipped.empty() && kept.empty()) {
        return {};
    }
    if (kept.empty()) {
        return message("passed over: %1", skipped);
    }
    if (skipped.empty()) {
        return message("read all the same: %1", kept);
    }
    return message("passed over: %1; read all the same: %2", skipped, kept);
}

}  // namespace maskwright::data
