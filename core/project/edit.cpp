#include "core/project/edit.h"

#include <algorithm>

#include "core/project/check.h"

namespace maskwright::project {

namespace {

Error missing(Message what) { return {ErrorKind::input, std::move(what), ""}; }

template <class T>
std::size_t placeOf(const std::vector<std::shared_ptr<const T>>& list, Id id) {
    return static_cast<std::size_t>(
        std::find_if(list.begin(), list.end(), [id](const auto& one) { return one->id == id; }) - list.begin());
}

template <class T>
void insertAt(std::vector<T>& list, std::size_t at, T value) {
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(std::min(at, list.size())), std::move(value));
}

template <class T>
T takeFrom(std::vector<T>& list, std::size_t at) {
    T taken = list[at];
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    return taken;
}

template <class T>
void move(std::vector<T>& list, std::size_t from, std::size_t to) {
    T taken = takeFrom(list, from);
    insertAt(list, to, std::move(taken));
}

// Carries one edit out on a copy of the project whose parts are copied only where they change.
class Applier {
  public:
    explicit Applier(const Project& project) : project_(project) {}

    Project take() { return std::move(project_); }

    Result<Edit> operator()(const AddPicture& edit) {
        if (!edit.picture) {
            return missing("a picture is to be added, and there is none");
        }
        MASKWRIGHT_TRY(check(*edit.picture));
        MASKWRIGHT_TRY(checkIds(project_, idsOf(*edit.picture)));
        insertAt(project_.pictures, edit.at, edit.picture);
        return Edit(RemovePicture{edit.picture->id});
    }
    Result<Edit> operator()(const RemovePicture& edit) {
        const auto at = find(edit.picture);
        return at ? Result<Edit>(Edit(AddPicture{*at, takeFrom(project_.pictures, *at)})) : at.error();
    }
    Result<Edit> operator()(const MovePicture& edit) {
        const auto at = find(edit.picture);
        if (!at) {
            return at.error();
        }
        move(project_.pictures, *at, edit.to);
        return Edit(MovePicture{edit.picture, *at});
    }
    Result<Edit> operator()(const SetPictureFile& edit) {
        MASKWRIGHT_TRY(check(edit.file));
        return change(edit.picture, [&](Picture& picture) -> Result<Edit> {
            if (edit.file.width != picture.file.width || edit.file.height != picture.file.height) {
                return missing(message("%1 has another size than the picture it stands for", quoted(edit.file.path)));
            }
            return Edit(SetPictureFile{edit.picture, std::exchange(picture.file, edit.file)});
        });
    }

    Result<Edit> operator()(const SetDraft& edit) {
        if (edit.row) {
            MASKWRIGHT_TRY(checkDraft(*edit.row));
            Project others = project_;
            others.draft = nullptr;
            MASKWRIGHT_TRY(checkIds(others, idsOf(*edit.row)));
        }
        return Edit(SetDraft{std::exchange(project_.draft, edit.row)});
    }

    Result<Edit> operator()(const AddRow& edit) {
        if (!edit.row) {
            return missing("a row is to be added, and there is none");
        }
        MASKWRIGHT_TRY(checkIds(project_, idsOf(*edit.row)));
        return change(edit.picture, [&](Picture& picture) -> Result<Edit> {
            MASKWRIGHT_TRY(check(*edit.row, picture.file));
            MASKWRIGHT_TRY(checkRowCount(picture.rows.size() + 1, picture.file));
            insertAt(picture.rows, edit.at, edit.row);
            return Edit(RemoveRow{edit.picture, edit.row->id});
        });
    }
    Result<Edit> operator()(const RemoveRow& edit) {
        return change(edit.picture, [&](Picture& picture) -> Result<Edit> {
            const std::size_t at = placeOf(picture.rows, edit.row);
            if (at == picture.rows.size()) {
                return noRow(edit.row);
            }
            return Edit(AddRow{edit.picture, at, takeFrom(picture.rows, at)});
        });
    }
    Result<Edit> operator()(const MoveRow& edit) {
        return change(edit.picture, [&](Picture& picture) -> Result<Edit> {
            const std::size_t at = placeOf(picture.rows, edit.row);
            if (at == picture.rows.size()) {
                return noRow(edit.row);
            }
            move(picture.rows, at, edit.to);
            return Edit(MoveRow{edit.picture, edit.row, at});
        });
    }

    Result<Edit> operator()(const SetRowName& edit) { return set(edit, &Row::name, &SetRowName::name); }
    Result<Edit> operator()(const SetRowColour& edit) { return set(edit, &Row::colour, &SetRowColour::colour); }
    Result<Edit> operator()(const SetRowVisible& edit) { return set(edit, &Row::visible, &SetRowVisible::visible); }
    Result<Edit> operator()(const SetRowRefine& edit) {
        MASKWRIGHT_TRY(checkRefineRadius(edit.radius));
        return changeRow(edit.picture, edit.row, [&](Row& row) -> Result<Edit> {
            return Edit(SetRowRefine{edit.picture, edit.row, std::exchange(row.refine, edit.refine),
                                     std::exchange(row.refineRadius, edit.radius)});
        });
    }
    Result<Edit> operator()(const SetRowThreshold& edit) {
        MASKWRIGHT_TRY(check(edit.threshold));
        return set(edit, &Row::threshold, &SetRowThreshold::threshold);
    }
    Result<Edit> operator()(const SetRowQuestion& edit) {
        MASKWRIGHT_TRY(check(edit.question));
        return set(edit, &Row::question, &SetRowQuestion::question);
    }
    Result<Edit> operator()(const SetRowObject& edit) {
        if (const Picture* picture = project_.picture(edit.picture)) {
            MASKWRIGHT_TRY(checkRuns(edit.object, picture->file));
        }
        return set(edit, &Row::object, &SetRowObject::object);
    }
    Result<Edit> operator()(const SetRowCorrection& edit) {
        if (const Picture* picture = project_.picture(edit.picture)) {
            MASKWRIGHT_TRY(check(edit.correction, picture->file));
        }
        return set(edit, &Row::correction, &SetRowCorrection::correction);
    }

    Result<Edit> operator()(const AddExample& edit) {
        if (!edit.example) {
            return missing("an example is to be added, and there is none");
        }
        MASKWRIGHT_TRY(check(*edit.example));
        MASKWRIGHT_TRY(checkIds(project_, {edit.example->id}));
        return changeRow(edit.picture, edit.row, [&](Row& row) -> Result<Edit> {
            insertAt(row.examples, edit.at, edit.example);
            return Edit(RemoveExample{edit.picture, edit.row, edit.example->id});
        });
    }
    Result<Edit> operator()(const RemoveExample& edit) {
        return changeRow(edit.picture, edit.row, [&](Row& row) -> Result<Edit> {
            const std::size_t at = placeOf(row.examples, edit.example);
            if (at == row.examples.size()) {
                return missing(message("the row has no example %1", edit.example));
            }
            return Edit(AddExample{edit.picture, edit.row, at, takeFrom(row.examples, at)});
        });
    }
    Result<Edit> operator()(const SetExample& edit) {
        if (!edit.example) {
            return missing("an example is to be changed, and there is none");
        }
        MASKWRIGHT_TRY(check(*edit.example));
        return changeRow(edit.picture, edit.row, [&](Row& row) -> Result<Edit> {
            const std::size_t at = placeOf(row.examples, edit.example->id);
            if (at == row.examples.size()) {
                return missing(message("the row has no example %1", edit.example->id));
            }
            return Edit(SetExample{edit.picture, edit.row, std::exchange(row.examples[at], edit.example)});
        });
    }

    Result<Edit> operator()(const SetModel& edit) { return Edit(SetModel{std::exchange(project_.model, edit.model)}); }
    Result<Edit> operator()(const SetSettings& edit) {
        MASKWRIGHT_TRY(check(edit.settings));
        return Edit(SetSettings{std::exchange(project_.settings, edit.settings)});
    }
    Result<Edit> operator()(const Together& edit) {
        Together inverse;
        for (const Edit& one : edit.edits) {
            auto undo = std::visit(*this, one.what);
            if (!undo) {
                return undo.error();
            }
            inverse.edits.push_back(std::move(*undo));
        }
        std::reverse(inverse.edits.begin(), inverse.edits.end());
        return Edit(std::move(inverse));
    }

  private:
    static Error noRow(Id id) { return missing(message("the picture has no row %1", id)); }

    [[nodiscard]] Result<std::size_t> find(Id picture) const {
        const std::size_t at = placeOf(project_.pictures, picture);
        return at < project_.pictures.size() ? Result<std::size_t>(at)
                                             : missing(message("the project has no picture %1", picture));
    }
    template <class Change>
    Result<Edit> change(Id id, Change change) {
        const auto at = find(id);
        if (!at) {
            return at.error();
        }
        auto picture = std::make_shared<Picture>(*project_.pictures[*at]);
        auto inverse = change(*picture);
        if (inverse) {
            project_.pictures[*at] = std::move(picture);
        }
        return inverse;
    }
    template <class Change>
    Result<Edit> changeRow(Id pictureId, Id rowId, Change changeIt) {
        if (pictureId == 0) {
            return changeDraft(rowId, changeIt);
        }
        return change(pictureId, [&](Picture& picture) -> Result<Edit> {
            const std::size_t at = placeOf(picture.rows, rowId);
            if (at == picture.rows.size()) {
                return noRow(rowId);
            }
            auto row = std::make_shared<Row>(*picture.rows[at]);
            auto inverse = changeIt(*row);
            picture.rows[at] = std::move(row);
            return inverse;
        });
    }
    template <class Change>
    Result<Edit> changeDraft(Id id, Change changeIt) {
        if (!project_.draft || project_.draft->id != id) {
            return missing(message("nothing that is being typed has the id %1", id));
        }
        auto row = std::make_shared<Row>(*project_.draft);
        auto inverse = changeIt(*row);
        if (inverse) {
            MASKWRIGHT_TRY(checkDraft(*row));
            project_.draft = std::move(row);
        }
        return inverse;
    }
    // A member of a row takes the value of the edit's, and the inverse sets the old one.
    template <class E, class T>
    Result<Edit> set(const E& edit, T Row::*member, T E::*value) {
        return changeRow(edit.picture, edit.row, [&](Row& row) -> Result<Edit> {
            E inverse = edit;
            inverse.*value = std::exchange(row.*member, edit.*value);
            return Edit(std::move(inverse));
        });
    }

    Project project_;
};

}  // namespace

Result<Applied> apply(const Project& project, const Edit& edit) {
    Applier applier(project);
    auto inverse = std::visit(applier, edit.what);
    if (!inverse) {
        return inverse.error();
    }
    return Applied{applier.take(), std::move(*inverse)};
}

}  // namespace maskwright::project
