#include "core/project/work.h"

#include <algorithm>

namespace maskwright::project {
namespace {

bool isMarked(const RowPtr& draft) { return draft && !draft->examples.empty(); }

}  // namespace

bool hasWork(const Project& project) {
    return isMarked(project.draft) || std::any_of(project.pictures.begin(), project.pictures.end(),
                                                  [](const PicturePtr& picture) { return !picture->rows.empty(); });
}

bool typesAlone(const Edit& edit) {
    return std::visit(
        []<class E>(const E& one) {
            if constexpr (std::is_same_v<E, SetDraft>) {
                return !isMarked(one.row);
            } else if constexpr (std::is_same_v<E, SetRowQuestion> || std::is_same_v<E, SetRowThreshold> ||
                                 std::is_same_v<E, SetRowRefine>) {
                return one.picture == 0;  // the draft's
            } else if constexpr (std::is_same_v<E, Together>) {
                return std::all_of(one.edits.begin(), one.edits.end(), typesAlone);
            } else {
                return false;
            }
        },
        edit.what);
}

bool sameButTyped(const Project& a, const Project& b) {
    Project first = a, second = b;
    for (Project* project : {&first, &second}) {
        if (!isMarked(project->draft)) {
            project->draft = nullptr;
        }
    }
    return first == second;
}

}  // namespace maskwright::project
