// Names that a model is not shown, so that it can be asked afterwards for what it never saw: a file of names, what of a
// data set goes by them, and which phrases hold one.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/dataset.h"

namespace maskwright::train {

struct KeptOut {
    std::vector<std::size_t> categories;  // of the data set, as the file names them
    std::vector<std::string> words;  // all that those and the kinds below them are called, and plurals, as isIn() reads
    std::set<std::string> synsets;   // theirs

    // Whether the phrase holds one of the names, or its plural, as whole words; never for none.
    [[nodiscard]] bool isIn(const std::string& phrase) const;
};

// The names in `file`, one a line. Errors: ErrorKind::input for a file without a name, a name that no category has, and
// where nothing else would be left.
Result<KeptOut> readKeptOut(const std::string& file, const data::DataSet& set);

}  // namespace maskwright::train
