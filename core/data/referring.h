// Referring expressions: texts that each mean something in a picture, and what they mean, in whatever format they were
// read from. Plain values.
#pragma once

#include <string>
#include <vector>

#include "core/data/dataset.h"

namespace maskwright::data {

struct ReferringText {
    std::string text;
    std::size_t photo = 0;                 // index
    std::vector<std::size_t> annotations;  // indices; what is meant is their union, most often of one
};

struct ReferringSet {
    std::string file;    // that has the texts, for messages
    std::string format;  // "RefCOCO", "PhraseCut", "list"
    DataSet data;        // the pictures, and all their objects
    std::vector<ReferringText> texts;
};

struct ReferringOptions {
    std::string folder, split;
    std::string list;     // a file of formats/expression_list.h for `folder`/`split`.json; empty: what the folder has
    std::string splitBy;  // RefCOCO: who made the splits ("unc", "umd", "google"); empty: where there is but one file
    std::string images;   // folder of the pictures; empty: as each format looks for them
};

// RefCOCO where the folder has a refs(*).p, PhraseCut where it has a refer_`split`.json. Texts whose picture or object
// is not there are passed over; DataSet::oddities says how many. Errors: ErrorKind::input, naming the file; usage where
// it is not clear which file is meant.
Result<ReferringSet> readReferring(const ReferringOptions& options);

// What `text` means, on its picture.
Mask truthOf(const ReferringSet& set, const ReferringText& text);

// Adds to the set's oddities how many texts were passed over of how many. Errors: input where none is left.
Result<void> finishTexts(ReferringSet& set, std::size_t all);

}  // namespace maskwright::data
