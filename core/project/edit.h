// Changes of a project, as values: what a history keeps, a journal writes, and undo turns round. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/project/project.h"

namespace maskwright::project {

// A place beyond the end is the end. Pictures, rows and examples bring their ids along; History::freshId() gives new
// ones.
struct AddPicture {
    std::size_t at = 0;
    PicturePtr picture;
};
struct RemovePicture {
    Id picture = 0;
};
struct MovePicture {
    Id picture = 0;
    std::size_t to = 0;  // its place afterwards
};
// It was moved, or saved anew. The size must stay.
struct SetPictureFile {
    Id picture = 0;
    PictureFile file;
};

// All of it; null for nothing. Its values and examples are changed as those of a row in the picture 0.
struct SetDraft {
    RowPtr row;
};

struct AddRow {
    Id picture = 0;
    std::size_t at = 0;
    RowPtr row;
};
struct RemoveRow {
    Id picture = 0, row = 0;
};
struct MoveRow {
    Id picture = 0, row = 0;
    std::size_t to = 0;  // its place afterwards
};
struct SetRowName {
    Id picture = 0, row = 0;
    std::string name;
};
struct SetRowColour {
    Id picture = 0, row = 0;
    Colour colour{};
};
struct SetRowVisible {
    Id picture = 0, row = 0;
    bool visible = true;
};
struct SetRowThreshold {
    Id picture = 0, row = 0;
    Threshold threshold;
};
struct SetRowRefine {
    Id picture = 0, row = 0;
    bool refine = true;
    double radius = kRefineRadius;
};
struct SetRowQuestion {
    Id picture = 0, row = 0;
    Question question;
};
struct SetRowObject {
    Id picture = 0, row = 0;
    RunsPtr object;
};
struct SetRowCorrection {
    Id picture = 0, row = 0;
    Correction correction;
};

struct AddExample {
    Id picture = 0, row = 0;
    std::size_t at = 0;
    ExamplePtr example;
};
struct RemoveExample {
    Id picture = 0, row = 0, example = 0;
};
// Replaces the example that has its id.
struct SetExample {
    Id picture = 0, row = 0;
    ExamplePtr example;
};

struct SetModel {
    Model model;
};
struct SetSettings {
    Settings settings;
};

struct Edit;
// Several as one: all of them or none.
struct Together {
    std::vector<Edit> edits;
};

using EditVariant =
    std::variant<AddPicture, RemovePicture, MovePicture, SetPictureFile, AddRow, RemoveRow, MoveRow, SetRowName,
                 SetRowColour, SetRowVisible, SetRowThreshold, SetRowRefine, SetRowQuestion, SetRowObject,
                 SetRowCorrection, AddExample, RemoveExample, SetExample, SetDraft, SetModel, SetSettings, Together>;
struct Edit {
    EditVariant what;

    Edit() = default;
    template <class E>
    requires(!std::is_same_v<std::remove_cvref_t<E>, Edit> && std::is_constructible_v<EditVariant, E>) Edit(E&& edit)
        : what(std::forward<E>(edit)) {}  // NOLINT: implicit, so that each of the above is an Edit
};

// The project after a change, and the change that takes it back: apply(after.project, after.inverse) gives a project
// that equals the first.
struct Applied {
    Project project;
    Edit inverse;
};

// Pure: `project` stays as it was. Errors: ErrorKind::input for an edit that does not fit the project (a thing that is
// not there, an id that is taken, a mask of another size, a number out of range): a journal may be damaged.
Result<Applied> apply(const Project& project, const Edit& edit);

// Whether `later`, done right after `earlier`, leaves nothing of it: both set the same of the same thing.
bool overrides(const Edit& later, const Edit& earlier);

// The pictures that it is of; what is typed is of none.
std::vector<Id> picturesOf(const Edit& edit);
// The row whose search it changes, the first of several: of the draft's, 0. None for edits that change no search.
std::optional<Id> searchedRow(const Edit& edit);

// What a menu calls it: "Add picture", "Change threshold".
Message nameOf(const Edit& edit);

// About how many bytes of memory it holds, of what it shares with others too.
std::size_t footprint(const Edit& edit);

}  // namespace maskwright::project
