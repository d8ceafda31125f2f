// Of which names a picture is asked: an absence counts only where it is sure.
#pragma once

#include <vector>

#include "core/data/dataset.h"

namespace maskwright::eval {

class Certainty {
  public:
    explicit Certainty(const data::DataSet& set);  // which must outlive it
    // Whether it is known that the category is in the photo, or that it is not. Closed names: where the labels cover
    // them. A class, one of the things for which the pictures of Coverage::saliency stand: in those pictures, unless it
    // covers or is covered by what is annotated there, or has a parent with it in common.
    [[nodiscard]] bool knows(const data::Photo& photo, std::size_t category) const;

  private:
    [[nodiscard]] bool kin(std::size_t a, std::size_t b) const;
    const data::DataSet& set_;
    std::vector<char> closed_, classes_;  // by category
};

}  // namespace maskwright::eval
