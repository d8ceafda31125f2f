// A journal's lines as JSON, for the files of this room that write and read them. Not for others.
#pragma once

#include <functional>
#include <string>

#include "core/base/json.h"
#include "core/batch/journal.h"

namespace maskwright::batch {

nlohmann::ordered_json jsonOf(const JournalLine& line);
// With its line end; bytes that are not UTF-8 become U+FFFD (jsonOf() has their names in hexadecimal too).
std::string lineText(const nlohmann::ordered_json& json);
// `name` opens the message of the error, which is of kind input.
Result<JournalLine> journalLine(const Json& json, const std::string& name);
// Whether a line is the head of a shard's run (shard_journal.h).
inline bool isHead(const Json& json) { return json.is_object() && json.contains("shard") && !json.contains("input"); }
// Calls `hear` with the JSON of each line of a file. -> how many lines are no JSON or made `hear` false. Errors:
// ErrorKind::input where the file cannot be read.
Result<std::size_t> eachLine(const std::string& path, const std::function<bool(const Json& json)>& hear);

}  // namespace maskwright::batch
