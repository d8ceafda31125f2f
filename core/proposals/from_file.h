// Proposals that lie in files: a label picture, a folder of masks, or JSON in COCO's format.
#pragma once

#include <memory>
#include <string>

#include "core/image_io/image_io.h"
#include "core/proposals/proposals.h"

namespace maskwright::proposals {

// A JSON as it was read once, for one who asks of picture after picture; FileOptions::once.
class ReadJson;
std::shared_ptr<ReadJson> readOnce();

struct FileOptions {
    // A picture: each label is a proposal (image_io/mask.h says what a label is), in the order of the labels; a file
    // without labels is one. A folder: each picture file in it is a proposal, by name. A JSON: COCO's file with
    // "annotations", or a bare list of them as detectors write it; `score` is the objectness. Without scores all are 1.
    std::string path;
    // The picture's file name: which of several pictures in a JSON is meant. With one picture it is not looked at; in a
    // bare list the stem is its image_id ("000000000139" is 139).
    std::string picture;
    image_io::ReadOptions read;
    Limits limits = {1, 0};    // all, in the file's order where none is surer
    bool inFileOrder = false;  // all, as they come, whatever their scores
    // Sources with the same one read their JSON when the first is asked, and not again; null: each reads its own.
    std::shared_ptr<ReadJson> once{};
};

// Everything must be of the picture's size. Files, labels and entries with nothing inside, and JSON entries that cannot
// be used, are passed over with a warning. propose()'s errors: input, naming the file, where it cannot be read, is of
// another size, or holds nothing that can be used.
std::unique_ptr<Source> fromFile(FileOptions options);

}  // namespace maskwright::proposals
