#include "core/eval/certainty.h"

#include <algorithm>

namespace maskwright::eval {

Certainty::Certainty(const data::DataSet& set)
    : set_(set), closed_(set.categories.size(), 0), classes_(set.categories.size(), 0) {
    for (const std::size_t category : set.closed) {
        closed_[category] = 1;
    }
    for (const data::Annotation& a : set.annotations) {
        if (set.photos[a.photo].coverage == data::Coverage::saliency && closed_[a.category] == 0) {
            classes_[a.category] = 1;
        }
    }
}

bool Certainty::kin(std::size_t a, std::size_t b) const {
    const auto& ofA = set_.categories[a].parents;
    const auto& ofB = set_.categories[b].parents;
    return set_.covers(a, b) || set_.covers(b, a) || std::any_of(ofA.begin(), ofA.end(), [&](std::size_t one) {
               return std::find(ofB.begin(), ofB.end(), one) != ofB.end();
           });
}

bool Certainty::knows(const data::Photo& photo, std::size_t category) const {
    if (set_.holds(photo, category)) {
        return true;
    }
    if (closed_[category] != 0) {
        return photo.coverage != data::Coverage::listed && !set_.unsure(photo, category);
    }
    return classes_[category] != 0 && photo.coverage == data::Coverage::saliency &&
           std::none_of(photo.annotations.begin(), photo.annotations.end(),
                        [&](std::size_t a) { return kin(category, set_.annotations[a].category); });
}

}  // namespace maskwright::eval
