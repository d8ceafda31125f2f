// A project's values as JSON, for the file format and the journal. Not for other rooms. `where` opens every message and
// says which value of which file is read: "cats.maskwright: pictures[3]". Errors: ErrorKind::input.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/project/edit.h"

namespace maskwright::project {

using OrderedJson = nlohmann::ordered_json;

// Where paths are relative to. Absolute.
struct Base {
    std::filesystem::path folder;
    [[nodiscard]] std::string relative(const std::string& path) const;
    [[nodiscard]] std::string absolute(const std::string& path) const;
};

OrderedJson jsonOf(const RunsPtr& runs);
OrderedJson jsonOf(const PictureFile& file, const Base& base);
OrderedJson jsonOf(const Example& example, const Base& base);
OrderedJson jsonOf(const Row& row, const Base& base);
OrderedJson jsonOf(const Picture& picture, const Base& base);
OrderedJson jsonOf(const Question& question);
OrderedJson jsonOf(const Threshold& threshold);
OrderedJson jsonOf(const Model& model, const Base& base);
OrderedJson jsonOf(const Settings& settings);
OrderedJson jsonOf(Colour colour);  // "ff2e7e"

// The member `key` as runs; null where it is missing or null.
Result<RunsPtr> readRuns(const Json& object, const char* key, const std::string& where);
Result<PictureFile> readFile(const Json& object, const std::string& where, const Base& base);
Result<ExamplePtr> readExample(const Json& object, const std::string& where, const Base& base);
Result<RowPtr> readRow(const Json& object, const std::string& where, const Base& base);
Result<PicturePtr> readPicture(const Json& object, const std::string& where, const Base& base);
Result<Question> readQuestion(const Json& object, const std::string& where);
Result<Threshold> readThreshold(const Json& object, const std::string& where);
Result<Model> readModel(const Json& object, const std::string& where, const Base& base);
Result<Settings> readSettings(const Json& object, const std::string& where);
Result<Colour> readColour(const Json& object, const char* key, const std::string& where);
Result<Id> readId(const Json& object, const char* key, const std::string& where);

// The member `key`: an object. Missing or another type: an error.
Result<const Json*> memberObject(const Json& object, const char* key, const std::string& where);

// One line, without its end.
std::string lineOf(const Edit& edit, const Base& base);
Result<Edit> readEdit(const Json& object, const std::string& where, const Base& base);

}  // namespace maskwright::project
