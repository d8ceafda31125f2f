// Lists that a person writes: names, texts and picture files, one a line.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "core/base/result.h"

namespace maskwright::eval {

// The lines of a text file (UTF-8), white space at their ends left out, empty ones passed over. Errors: the reader's;
// input where there is no line, or one is not UTF-8.
Result<std::vector<std::string>> readLines(const std::string& file);

// Which pictures are meant: those that are listed by their file name, with or without folders and ending, or all of
// them.
class PictureList {
  public:
    PictureList() = default;  // all
    explicit PictureList(const std::vector<std::string>& files);
    [[nodiscard]] bool all() const { return listed_.empty(); }
    [[nodiscard]] std::size_t size() const { return listed_.size(); }
    [[nodiscard]] bool holds(const std::string& file) const;
    // The indices of those of `files` that are meant, the first `limit` of them (0: all). Errors: input where none is.
    // `owner`: the file that names them, for messages.
    [[nodiscard]] Result<std::vector<std::size_t>> chosen(const std::vector<std::string>& files, std::int64_t limit,
                                                          const std::string& owner) const;

  private:
    std::unordered_set<std::string> listed_;
};

}  // namespace maskwright::eval
