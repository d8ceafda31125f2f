#include "core/project/project.h"

#include <algorithm>

namespace maskwright::project {

namespace {

template <class T>
bool same(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b) {
    return a == b || (a && b && *a == *b);
}

template <class T>
bool same(const std::vector<std::shared_ptr<const T>>& a, const std::vector<std::shared_ptr<const T>>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return same(x, y); });
}

}  // namespace

bool Example::operator==(const Example& other) const {
    return id == other.id && name == other.name && picture == other.picture && same(region, other.region) &&
           weight == other.weight && enabled == other.enabled && negative == other.negative;
}

bool Correction::operator==(const Correction& other) const {
    return same(added, other.added) && same(removed, other.removed);
}

bool Row::operator==(const Row& other) const {
    return id == other.id && name == other.name && question == other.question && same(examples, other.examples) &&
           same(object, other.object) && colour == other.colour && visible == other.visible &&
           threshold == other.threshold && refine == other.refine && refineRadius == other.refineRadius &&
           correction == other.correction;
}

std::string Row::label() const {
    if (!name.empty()) {
        return name;
    }
    if (!object && !question.phrase.empty()) {
        return question.phrase;
    }
    const auto example = std::find_if(examples.begin(), examples.end(),
                                      [](const ExamplePtr& one) { return one->enabled && !one->negative; });
    return !object && example != examples.end() && !(*example)->name.empty() ? (*example)->name : "object";
}

bool Row::asks() const {
    return !object && (!question.phrase.empty() || std::any_of(examples.begin(), examples.end(), [](const auto& one) {
        return one->enabled && !one->negative;
    }));
}

bool Picture::operator==(const Picture& other) const {
    return id == other.id && file == other.file && same(rows, other.rows);
}

bool Project::operator==(const Project& other) const {
    return model == other.model && settings == other.settings && same(pictures, other.pictures) &&
           same(draft, other.draft);
}

const Picture* Project::picture(Id id) const {
    const auto found =
        std::find_if(pictures.begin(), pictures.end(), [id](const PicturePtr& one) { return one->id == id; });
    return found != pictures.end() ? found->get() : nullptr;
}

const Row* Project::row(Id pictureId, Id id) const {
    const Picture* owner = picture(pictureId);
    if (owner == nullptr) {
        return nullptr;
    }
    const auto found =
        std::find_if(owner->rows.begin(), owner->rows.end(), [id](const RowPtr& one) { return one->id == id; });
    return found != owner->rows.end() ? found->get() : nullptr;
}

Id Project::highestId() const {
    Id highest = 0;
    const auto see = [&highest](const Row& row) {
        highest = std::max(highest, row.id);
        for (const ExamplePtr& example : row.examples) {
            highest = std::max(highest, example->id);
        }
    };
    for (const PicturePtr& one : pictures) {
        highest = std::max(highest, one->id);
        for (const RowPtr& row : one->rows) {
            see(*row);
        }
    }
    if (draft) {
        see(*draft);
    }
    return highest;
}

}  // namespace maskwright::project
