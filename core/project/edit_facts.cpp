// What is told about edits without carrying them out.
#include <type_traits>

#include "core/project/edit.h"

namespace maskwright::project {

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

template <class E>
concept OfRow = requires(const E& edit) {
    edit.picture;
    edit.row;
};

// Sets a value of a row: all its other members are what the value is.
template <class E>
inline constexpr bool kSetsRow =
    std::is_same_v<E, SetRowName> || std::is_same_v<E, SetRowColour> || std::is_same_v<E, SetRowVisible> ||
    std::is_same_v<E, SetRowThreshold> || std::is_same_v<E, SetRowRefine> || std::is_same_v<E, SetRowQuestion> ||
    std::is_same_v<E, SetRowObject> || std::is_same_v<E, SetRowCorrection>;

std::size_t bytesOf(const RunsPtr& runs) {
    return runs ? sizeof(Runs) + runs->counts.capacity() * sizeof(runs->counts[0]) : 0;
}
std::size_t bytesOf(const PictureFile& file) { return sizeof(file) + file.path.size() + file.sha256.size(); }
std::size_t bytesOf(const Question& question) {
    return sizeof(question) + question.phrase.size() + question.negativePhrase.size();
}
std::size_t bytesOf(const Correction& correction) { return bytesOf(correction.added) + bytesOf(correction.removed); }
std::size_t bytesOf(const Example& example) {
    return sizeof(example) + example.name.size() + bytesOf(example.picture) + bytesOf(example.region);
}
std::size_t bytesOf(const Row& row) {
    std::size_t bytes =
        sizeof(row) + row.name.size() + bytesOf(row.question) + bytesOf(row.object) + bytesOf(row.correction);
    for (const ExamplePtr& example : row.examples) {
        bytes += bytesOf(*example);
    }
    return bytes;
}
std::size_t bytesOf(const Picture& picture) {
    std::size_t bytes = sizeof(picture) + bytesOf(picture.file);
    for (const RowPtr& row : picture.rows) {
        bytes += bytesOf(*row);
    }
    return bytes;
}
template <class T>
std::size_t bytesOf(const std::shared_ptr<const T>& shared) {
    return shared ? bytesOf(*shared) : 0;
}

// The draft is in no picture.
void addPicturesOf(const Edit& edit, std::vector<Id>& pictures) {
    std::visit(
        [&]<class E>(const E& one) {
            if constexpr (std::is_same_v<E, AddPicture>) {
                pictures.push_back(one.picture->id);
            } else if constexpr (requires { one.picture; }) {
                if (one.picture != 0) {
                    pictures.push_back(one.picture);
                }
            } else if constexpr (std::is_same_v<E, Together>) {
                for (const Edit& part : one.edits) {
                    addPicturesOf(part, pictures);
                }
            }
        },
        edit.what);
}

}  // namespace

bool overrides(const Edit& later, const Edit& earlier) {
    if (later.what.index() != earlier.what.index()) {
        return false;
    }
    return std::visit(
        [&]<class E>(const E& edit) {
            [[maybe_unused]] const E& before = std::get<E>(earlier.what);
            if constexpr (kSetsRow<E>) {
                return edit.picture == before.picture && edit.row == before.row;
            } else if constexpr (std::is_same_v<E, SetExample>) {
                return edit.row == before.row && edit.example && before.example &&
                       edit.example->id == before.example->id;
            } else if constexpr (std::is_same_v<E, SetPictureFile>) {
                return edit.picture == before.picture;
            } else if constexpr (std::is_same_v<E, Together>) {
                if (edit.edits.size() != before.edits.size()) {
                    return false;
                }
                for (std::size_t i = 0; i < edit.edits.size(); ++i) {
                    if (!overrides(edit.edits[i], before.edits[i])) {
                        return false;
                    }
                }
                return true;
            } else {
                return std::is_same_v<E, SetDraft> || std::is_same_v<E, SetModel> || std::is_same_v<E, SetSettings>;
            }
        },
        later.what);
}

Message nameOf(const Edit& edit) {
    return std::visit(
        Overloaded{[](const AddPicture&) { return Message("Add picture"); },
                   [](const RemovePicture&) { return Message("Remove picture"); },
                   [](const MovePicture&) { return Message("Move picture"); },
                   [](const SetPictureFile&) { return Message("Change picture file"); },
                   [](const AddRow&) { return Message("Add row"); },
                   [](const RemoveRow&) { return Message("Remove row"); },
                   [](const MoveRow&) { return Message("Move row"); },
                   [](const SetRowName&) { return Message("Rename row"); },
                   [](const SetRowColour&) { return Message("Change colour"); },
                   [](const SetRowVisible& set) { return set.visible ? Message("Show row") : Message("Hide row"); },
                   [](const SetRowThreshold&) { return Message("Change threshold"); },
                   [](const SetRowRefine&) { return Message("Change edges"); },
                   [](const SetRowQuestion&) { return Message("Change phrase"); },
                   [](const SetRowObject&) { return Message("Change object"); },
                   [](const SetRowCorrection&) { return Message("Correct mask"); },
                   [](const AddExample&) { return Message("Add example"); },
                   [](const RemoveExample&) { return Message("Remove example"); },
                   [](const SetExample&) { return Message("Change example"); },
                   [](const SetDraft&) { return Message("Change phrase"); },
                   [](const SetModel&) { return Message("Change model"); },
                   [](const SetSettings&) { return Message("Change settings"); },
                   [](const Together& all) {
                       return all.edits.empty() ? Message("Change nothing") : nameOf(all.edits.front());
                   }},
        edit.what);
}

std::size_t footprint(const Edit& edit) {
    return sizeof(Edit) + std::visit(Overloaded{[](const AddPicture& e) { return bytesOf(e.picture); },
                                                [](const SetPictureFile& e) { return bytesOf(e.file); },
                                                [](const AddRow& e) { return bytesOf(e.row); },
                                                [](const SetRowName& e) { return e.name.size(); },
                                                [](const SetRowQuestion& e) { return bytesOf(e.question); },
                                                [](const SetRowObject& e) { return bytesOf(e.object); },
                                                [](const SetRowCorrection& e) { return bytesOf(e.correction); },
                                                [](const SetDraft& e) { return bytesOf(e.row); },
                                                [](const AddExample& e) { return bytesOf(e.example); },
                                                [](const SetExample& e) { return bytesOf(e.example); },
                                                [](const Together& e) {
                                                    std::size_t bytes = 0;
                                                    for (const Edit& one : e.edits) {
                                                        bytes += footprint(one);
                                                    }
                                                    return bytes;
                                                },
                                                [](const auto&) { return std::size_t{0}; }},
                                     edit.what);
}

std::vector<Id> picturesOf(const Edit& edit) {
    std::vector<Id> pictures;
    addPicturesOf(edit, pictures);
    return pictures;
}

std::optional<Id> searchedRow(const Edit& edit) {
    return std::visit(
        []<class E>(const E& one) -> std::optional<Id> {
            if constexpr (std::is_same_v<E, SetDraft>) {
                return Id{0};
            } else if constexpr (std::is_same_v<E, SetRowQuestion> || std::is_same_v<E, SetRowThreshold> ||
                                 std::is_same_v<E, SetRowRefine> || std::is_same_v<E, SetRowCorrection> ||
                                 std::is_same_v<E, AddExample> || std::is_same_v<E, RemoveExample> ||
                                 std::is_same_v<E, SetExample>) {
                return one.picture == 0 ? Id{0} : one.row;
            } else if constexpr (std::is_same_v<E, Together>) {
                for (const Edit& part : one.edits) {
                    if (const auto row = searchedRow(part)) {
                        return row;
                    }
                }
            }
            return std::nullopt;
        },
        edit.what);
}

}  // namespace maskwright::project
