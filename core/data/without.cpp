#include <algorithm>
#include <cstdint>

#include "core/data/dataset.h"

namespace maskwright::data {
namespace {

// What stays of a list, and where each of it is afterwards.
struct Stays {
    std::vector<std::size_t> from;  // of what stays, its index before
    std::vector<std::size_t> to;    // by index before; kGone
    static constexpr std::size_t kGone = SIZE_MAX;

    template <class Keep>
    Stays(std::size_t count, const Keep& keep) : to(count, kGone) {
        for (std::size_t i = 0; i < count; ++i) {
            if (keep(i)) {
                to[i] = from.size();
                from.push_back(i);
            }
        }
    }
    void renumber(std::vector<std::size_t>& indices) const {
        std::erase_if(indices, [&](std::size_t i) { return to[i] == kGone; });
        for (std::size_t& i : indices) {
            i = to[i];
        }
    }
    template <class T>
    void pick(const std::vector<T>& all, std::vector<T>& picked) const {
        picked.clear();
        for (const std::size_t i : from) {
            picked.push_back(all[i]);
        }
    }
};

}  // namespace

DataSet without(const DataSet& set, const std::vector<std::size_t>& categories) {
    const auto isOut = [&](std::size_t category) {
        return std::any_of(categories.begin(), categories.end(),
                           [&](std::size_t out) { return set.covers(out, category); });
    };
    const Stays kinds(set.categories.size(), [&](std::size_t c) { return !isOut(c); });
    const auto gone = [&](std::size_t c) { return kinds.to[c] == Stays::kGone; };
    const Stays photos(set.photos.size(), [&](std::size_t i) {
        const Photo& photo = set.photos[i];
        return std::none_of(photo.annotations.begin(), photo.annotations.end(),
                            [&](std::size_t a) { return gone(set.annotations[a].category); }) &&
               std::none_of(photo.undrawn.begin(), photo.undrawn.end(),
                            [&](std::size_t u) { return gone(set.undrawn[u].category); }) &&
               std::none_of(photo.unmarked.begin(), photo.unmarked.end(), gone);
    });
    const auto photoStays = [&](const auto& of) {
        return [&](std::size_t i) { return photos.to[of[i].photo] != Stays::kGone; };
    };
    const Stays annotations(set.annotations.size(), photoStays(set.annotations));
    const Stays undrawn(set.undrawn.size(), photoStays(set.undrawn));

    DataSet rest = set;
    kinds.pick(set.categories, rest.categories);
    photos.pick(set.photos, rest.photos);
    annotations.pick(set.annotations, rest.annotations);
    undrawn.pick(set.undrawn, rest.undrawn);
    kinds.renumber(rest.closed);
    for (Category& category : rest.categories) {
        kinds.renumber(category.parents);
        kinds.renumber(category.ancestors);
    }
    for (Photo& photo : rest.photos) {
        annotations.renumber(photo.annotations);
        undrawn.renumber(photo.undrawn);
        kinds.renumber(photo.unmarked);
    }
    for (Annotation& annotation : rest.annotations) {
        annotation.photo = photos.to[annotation.photo];
        annotation.category = kinds.to[annotation.category];
    }
    for (Undrawn& one : rest.undrawn) {
        one.photo = photos.to[one.photo];
        one.category = kinds.to[one.category];
    }
    return rest;
}

}  // namespace maskwright::data
