// Edits as the lines of a journal. {"edit": "set_row_colour", "picture": 1, "row": 2, "colour": "ff2e7e"}
#include <functional>
#include <map>

#include "core/project/json.h"

namespace maskwright::project {

namespace {

constexpr int kMostLevels = 16;  // of edits within edits; the program makes one

// What the edits say, in one place for writing and reading each: names are the file's.
class Writer {
  public:
    explicit Writer(const Base& base) : base_(base) {}

    OrderedJson operator()(const AddPicture& e) const {
        return {{"edit", "add_picture"}, {"at", e.at}, {"value", jsonOf(*e.picture, base_)}};
    }
    OrderedJson operator()(const RemovePicture& e) const {
        return {{"edit", "remove_picture"}, {"picture", e.picture}};
    }
    OrderedJson operator()(const MovePicture& e) const {
        return {{"edit", "move_picture"}, {"picture", e.picture}, {"to", e.to}};
    }
    OrderedJson operator()(const SetPictureFile& e) const {
        return {{"edit", "set_picture_file"}, {"picture", e.picture}, {"value", jsonOf(e.file, base_)}};
    }
    OrderedJson operator()(const AddRow& e) const {
        return {{"edit", "add_row"}, {"picture", e.picture}, {"at", e.at}, {"value", jsonOf(*e.row, base_)}};
    }
    OrderedJson operator()(const RemoveRow& e) const { return row("remove_row", e); }
    OrderedJson operator()(const MoveRow& e) const { return row("move_row", e, "to", e.to); }
    OrderedJson operator()(const SetRowName& e) const { return row("set_row_name", e, "name", e.name); }
    OrderedJson operator()(const SetRowColour& e) const { return row("set_row_colour", e, "colour", jsonOf(e.colour)); }
    OrderedJson operator()(const SetRowVisible& e) const { return row("set_row_visible", e, "visible", e.visible); }
    OrderedJson operator()(const SetRowThreshold& e) const {
        return row("set_row_threshold", e, "value", jsonOf(e.threshold));
    }
    OrderedJson operator()(const SetRowRefine& e) const {
        OrderedJson json = row("set_row_refine", e, "refine", e.refine);
        json["radius"] = e.radius;
        return json;
    }
    OrderedJson operator()(const SetRowQuestion& e) const {
        return row("set_row_question", e, "value", jsonOf(e.question));
    }
    OrderedJson operator()(const SetRowObject& e) const { return row("set_row_object", e, "object", jsonOf(e.object)); }
    OrderedJson operator()(const SetRowCorrection& e) const {
        OrderedJson json = row("set_row_correction", e, "added", jsonOf(e.correction.added));
        json["removed"] = jsonOf(e.correction.removed);
        return json;
    }
    OrderedJson operator()(const AddExample& e) const {
        OrderedJson json = row("add_example", e, "at", e.at);
        json["value"] = jsonOf(*e.example, base_);
        return json;
    }
    OrderedJson operator()(const RemoveExample& e) const { return row("remove_example", e, "example", e.example); }
    OrderedJson operator()(const SetExample& e) const {
        return row("set_example", e, "value", jsonOf(*e.example, base_));
    }
    OrderedJson operator()(const SetDraft& e) const {
        return {{"edit", "set_draft"}, {"value", e.row ? jsonOf(*e.row, base_) : OrderedJson(nullptr)}};
    }
    OrderedJson operator()(const SetModel& e) const {
        return {{"edit", "set_model"}, {"value", jsonOf(e.model, base_)}};
    }
    OrderedJson operator()(const SetSettings& e) const {
        return {{"edit", "set_settings"}, {"value", jsonOf(e.settings)}};
    }
    OrderedJson operator()(const Together& e) const {
        OrderedJson edits = OrderedJson::array();
        for (const Edit& one : e.edits) {
            edits.push_back(std::visit(*this, one.what));
        }
        return {{"edit", "together"}, {"edits", std::move(edits)}};
    }

  private:
    template <class E>
    static OrderedJson row(const char* name, const E& edit) {
        return {{"edit", name}, {"picture", edit.picture}, {"row", edit.row}};
    }
    template <class E, class T>
    static OrderedJson row(const char* name, const E& edit, const char* key, T value) {
        OrderedJson json = row(name, edit);
        json[key] = std::move(value);
        return json;
    }
    const Base& base_;
};

// Reads the members of one edit; the first error is kept, and what comes after it is not looked at.
class Reader {
  public:
    Reader(const Json& object, std::string where, const Base& base, int level)
        : object_(object),
          where_(std::move(where)),
          base_(base),
          level_(level),
          plain_(object, where_, ErrorKind::input) {}

    Id id(const char* key) {
        plain_.require(key);
        return take(readId(object_, key, where_));
    }
    // The draft's rows are in the picture 0.
    Id picture() {
        const auto found = object_.find("picture");
        return found != object_.end() && *found == 0 ? 0 : id("picture");
    }
    std::size_t place(const char* key) {
        plain_.require(key);
        return static_cast<std::size_t>(plain_.integer(key, 0, 0, INT64_MAX));
    }
    bool boolean(const char* key) {
        plain_.require(key);
        return plain_.boolean(key, false);
    }
    // A journal from before there was one has none.
    double refineRadius() { return plain_.number("radius", kRefineRadius, kLeastRefineRadius, kMostRefineRadius); }
    std::string string(const char* key) {
        plain_.require(key);
        return plain_.string(key, "");
    }
    Colour colour() {
        plain_.require("colour");
        return take(readColour(object_, "colour", where_));
    }
    RunsPtr runs(const char* key) { return take(readRuns(object_, key, where_)); }
    // read(member "value", where it is, ...)
    template <class Read, class... A>
    auto value(Read read, A&&... arguments) {
        const auto found = memberObject(object_, "value", where_);
        using Value = std::remove_reference_t<decltype(*read(object_, where_, arguments...))>;
        return take(found ? read(**found, where_ + ".value", arguments...) : Result<Value>(found.error()));
    }
    RowPtr draft() {
        const auto found = object_.find("value");
        if (found != object_.end() && found->is_null()) {
            return nullptr;
        }
        return value(readRow, base_);
    }
    std::vector<Edit> edits();

    // The edit made of what was read.
    Result<Edit> done(Edit edit) {
        if (!error_ && !plain_.status()) {
            error_ = plain_.status().error();
        }
        return error_ ? Result<Edit>(*error_) : Result<Edit>(std::move(edit));
    }
    [[nodiscard]] const Base& base() const { return base_; }

  private:
    template <class T>
    T take(Result<T> result) {
        if (result) {
            return std::move(*result);
        }
        if (!error_) {
            error_ = result.error();
        }
        return T{};
    }
    const Json& object_;
    std::string where_;
    const Base& base_;
    int level_;
    JsonReader plain_;
    std::optional<Error> error_;
};

using Make = Edit (*)(Reader&);
// Braces evaluate from left to right.
const std::map<std::string, Make>& makers() {
    static const std::map<std::string, Make> all = {
        {"add_picture",
         [](Reader& r) {
             return Edit(AddPicture{r.place("at"), r.value(readPicture, r.base())});
         }},
        {"remove_picture", [](Reader& r) { return Edit(RemovePicture{r.id("picture")}); }},
        {"move_picture",
         [](Reader& r) {
             return Edit(MovePicture{r.id("picture"), r.place("to")});
         }},
        {"set_picture_file",
         [](Reader& r) {
             return Edit(SetPictureFile{r.id("picture"), r.value(project::readFile, r.base())});
         }},
        {"add_row",
         [](Reader& r) {
             return Edit(AddRow{r.id("picture"), r.place("at"), r.value(readRow, r.base())});
         }},
        {"remove_row",
         [](Reader& r) {
             return Edit(RemoveRow{r.id("picture"), r.id("row")});
         }},
        {"move_row",
         [](Reader& r) {
             return Edit(MoveRow{r.id("picture"), r.id("row"), r.place("to")});
         }},
        {"set_row_name",
         [](Reader& r) {
             return Edit(SetRowName{r.picture(), r.id("row"), r.string("name")});
         }},
        {"set_row_colour",
         [](Reader& r) {
             return Edit(SetRowColour{r.picture(), r.id("row"), r.colour()});
         }},
        {"set_row_visible",
         [](Reader& r) {
             return Edit(SetRowVisible{r.picture(), r.id("row"), r.boolean("visible")});
         }},
        {"set_row_threshold",
         [](Reader& r) {
             return Edit(SetRowThreshold{r.picture(), r.id("row"), r.value(readThreshold)});
         }},
        {"set_row_refine",
         [](Reader& r) {
             return Edit(SetRowRefine{r.picture(), r.id("row"), r.boolean("refine"), r.refineRadius()});
         }},
        {"set_row_question",
         [](Reader& r) {
             return Edit(SetRowQuestion{r.picture(), r.id("row"), r.value(readQuestion)});
         }},
        {"set_row_object",
         [](Reader& r) {
             return Edit(SetRowObject{r.picture(), r.id("row"), r.runs("object")});
         }},
        {"set_row_correction",
         [](Reader& r) {
             return Edit(SetRowCorrection{r.picture(), r.id("row"), {r.runs("added"), r.runs("removed")}});
         }},
        {"add_example",
         [](Reader& r) {
             return Edit(AddExample{r.picture(), r.id("row"), r.place("at"), r.value(readExample, r.base())});
         }},
        {"remove_example",
         [](Reader& r) {
             return Edit(RemoveExample{r.picture(), r.id("row"), r.id("example")});
         }},
        {"set_example",
         [](Reader& r) {
             return Edit(SetExample{r.picture(), r.id("row"), r.value(readExample, r.base())});
         }},
        {"set_draft", [](Reader& r) { return Edit(SetDraft{r.draft()}); }},
        {"set_model", [](Reader& r) { return Edit(SetModel{r.value(readModel, r.base())}); }},
        {"set_settings", [](Reader& r) { return Edit(SetSettings{r.value(readSettings)}); }},
        {"together", [](Reader& r) { return Edit(Together{r.edits()}); }},
    };
    return all;
}

Result<Edit> read(const Json& object, const std::string& where, const Base& base, int level) {
    const auto name = object.is_object() ? object.find("edit") : object.end();
    const bool named = object.is_object() && name != object.end() && name->is_string();
    const auto maker = named ? makers().find(name->get<std::string>()) : makers().end();
    if (maker == makers().end() || level > kMostLevels) {
        return Error{ErrorKind::input, message("%1: this is no edit of a project", where), ""};
    }
    Reader reader(object, where, base, level);
    Edit edit = maker->second(reader);
    return reader.done(std::move(edit));
}

std::vector<Edit> Reader::edits() {
    std::vector<Edit> made;
    const auto list = object_.find("edits");
    if (list == object_.end() || !list->is_array()) {
        plain_.require("edits");
        return made;
    }
    for (const Json& one : *list) {
        made.push_back(take(read(one, where_, base_, level_ + 1)));
    }
    return made;
}

}  // namespace

std::string lineOf(const Edit& edit, const Base& base) {
    return std::visit(Writer(base), edit.what).dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

Result<Edit> readEdit(const Json& object, const std::string& where, const Base& base) {
    return read(object, where, base, 0);
}

}  // namespace maskwright::project
