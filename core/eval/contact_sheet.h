// The best and the worst answers of an evaluation, side by side.
#pragma once

#include <string>
#include <vector>

#include "core/image/runs.h"

namespace maskwright::eval {

// One answer about a phrase that was present.
struct Shown {
    std::size_t photo = 0;   // index in the data set
    std::string path, file;  // of the picture; as it is read, as the data set names it
    std::string name;        // of what was asked for
    double iou = 0;
    Runs truth, mask;       // at the picture's size
    std::size_t order = 0;  // among all answers: set by Extremes
};

// Gathers answers a picture at a time and keeps only those that a sheet shows: `rows` best and as many worst, at most
// one a picture where there are enough pictures.
class Extremes {
  public:
    explicit Extremes(std::size_t rows = 0) : rows_(rows) {}
    [[nodiscard]] std::size_t rows() const { return rows_; }
    // All answers about one picture, in the order in which they were asked. The ones left out now could never come in
    // later: what follows can only push them further back.
    void add(std::vector<Shown> answers);
    [[nodiscard]] const std::vector<Shown>& best() const { return best_; }    // best first
    [[nodiscard]] const std::vector<Shown>& worst() const { return worst_; }  // worst first

  private:
    std::size_t rows_, added_ = 0;
    std::vector<Shown> best_, worst_;
};

// Picture, truth and mask of each, captioned; best on the left half. Reads the pictures again. Empty where there is
// nothing to show. Errors: the reader's.
Result<Image> contactSheet(const Extremes& extremes);

}  // namespace maskwright::eval
