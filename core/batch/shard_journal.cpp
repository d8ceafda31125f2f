#include "core/batch/shard_journal.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <limits>

#include "core/base/file.h"
#include "core/base/name_bytes.h"
#include "core/batch/earlier.h"
#include "core/batch/journal_json.h"

namespace maskwright::batch {

namespace fs = std::filesystem;

namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::int64_t kMost = std::int64_t(1) << 53;  // of whole numbers: what a double holds too

// A file's name as it is.
OrderedJson exactly(const std::string& name) {
    const auto hex = hexOfOtherBytes(name);
    return hex ? OrderedJson{{"hex", *hex}} : OrderedJson(name);
}

std::string nameOf(const Json& json) {
    if (json.is_string()) {
        return json.get<std::string>();
    }
    const bool hex = json.is_object() && json.contains("hex") && json["hex"].is_string();
    return hex ? nameOfHex(json["hex"].get_ref<const std::string&>()) : std::string();
}

OrderedJson errorJson(const Error& error) {
    return {{"kind", static_cast<int>(error.kind)}, {"what", error.what.text()}, {"advice", error.advice.text()}};
}

OrderedJson errorsJson(const std::vector<std::pair<std::string, Error>>& errors) {
    OrderedJson all = OrderedJson::array();
    for (const auto& [path, error] : errors) {
        all.push_back({{"path", exactly(path)}, {"error", errorJson(error)}});
    }
    return all;
}

// What is missing or of another type reads as empty: a stranger's line is no reason to end.
const Json& at(const Json& json, const char* key) {
    static const Json kNothing;
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() ? *found : kNothing;
}

std::string textAt(const Json& json, const char* key) {
    const Json& value = at(json, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::int64_t wholeAt(const Json& json, const char* key) {
    const Json& value = at(json, key);
    return value.is_number_integer() ? std::clamp<std::int64_t>(value.get<std::int64_t>(), 0, kMost) : 0;
}

bool flagAt(const Json& json, const char* key) {
    const Json& value = at(json, key);
    return value.is_boolean() && value.get<bool>();
}

double numberOf(const Json& value) {
    return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

Message messageOf(std::string text) { return text.empty() ? Message() : verbatim(std::move(text)); }

Error errorOf(const Json& json) {
    return {static_cast<ErrorKind>(wholeAt(json, "kind")), messageOf(textAt(json, "what")),
            messageOf(textAt(json, "advice"))};
}

std::vector<std::pair<std::string, Error>> errorsOf(const Json& list) {
    std::vector<std::pair<std::string, Error>> errors;
    for (const Json& one : list) {
        errors.emplace_back(nameOf(at(one, "path")), errorOf(at(one, "error")));
    }
    return errors;
}

OrderedJson entryJson(const Entry& entry) {
    OrderedJson json = {{"phrase", entry.phrase}};
    if (entry.skipped) {
        json["skipped"] = true;
    }
    if (!entry.note.empty()) {
        json["note"] = entry.note.text();
    }
    if (entry.skipped) {
        return json;
    }
    json["made"] = !entry.output.empty();
    json["presence"] = entry.presence;
    json["truncated"] = entry.truncated;
    json["area"] = entry.area;
    json["pixels"] = entry.pixels;
    json["box"] = {entry.box.x, entry.box.y, entry.box.width, entry.box.height};
    json["milliseconds"] = {entry.timing.encode, entry.timing.text, entry.timing.decode, entry.timing.refine};
    if (entry.words.listed) {
        json["known"] = entry.words.known;
        json["unknown_words"] = entry.words.unknown;
        json["negative_unknown_words"] = entry.words.negativeUnknown;
        if (!entry.words.place.empty()) {
            json["place"] = entry.words.place.text();
        }
    }
    return json;
}

Entry entryOf(const Json& json) {
    Entry entry;
    entry.phrase = static_cast<std::size_t>(wholeAt(json, "phrase"));
    entry.skipped = flagAt(json, "skipped");
    entry.note = messageOf(textAt(json, "note"));
    if (entry.skipped) {
        return entry;
    }
    entry.presence = static_cast<float>(numberOf(at(json, "presence")));
    entry.truncated = flagAt(json, "truncated");
    entry.area = wholeAt(json, "area");
    entry.pixels = wholeAt(json, "pixels");
    const auto number = [&](const char* key, std::size_t i) {
        const Json& list = at(json, key);
        return list.is_array() && i < list.size() ? numberOf(list[i]) : 0;
    };
    const auto side = [&](std::size_t i) { return static_cast<int>(std::clamp(number("box", i), 0.0, 1e9)); };
    entry.box = {side(0), side(1), side(2), side(3)};
    entry.timing = {number("milliseconds", 0), number("milliseconds", 1), number("milliseconds", 2),
                    number("milliseconds", 3)};
    entry.words.listed = json.contains("known");
    entry.words.known = !entry.words.listed || flagAt(json, "known");
    const auto words = [&](const char* key, std::vector<std::string>& list) {
        for (const Json& word : at(json, key)) {
            list.push_back(word.is_string() ? word.get<std::string>() : "");
        }
    };
    words("unknown_words", entry.words.unknown);
    words("negative_unknown_words", entry.words.negativeUnknown);
    entry.words.place = messageOf(textAt(json, "place"));
    return entry;
}

std::optional<ShardHead> headOf(const Json& json) {
    ShardHead head;
    Part& part = head.part;
    part.shard = {static_cast<std::size_t>(wholeAt(json, "shard")), static_cast<std::size_t>(wholeAt(json, "of"))};
    if (part.shard.index < 1 || part.shard.index > part.shard.count || part.shard.count > kMostShards ||
        !at(json, "asked").is_object()) {
        return {};
    }
    part.pictures = static_cast<std::size_t>(wholeAt(json, "pictures"));
    part.plan = textAt(json, "plan");
    part.bad = errorsOf(at(json, "bad"));
    part.skipped = errorsOf(at(json, "skipped"));
    for (const Json& notice : at(json, "notices")) {
        part.notices.push_back(errorOf(notice));
    }
    head.request = textAt(json, "request");
    head.asked = at(json, "asked").dump();
    return head;
}

std::optional<ShardLine> lineOf(const Json& json, const std::string& journal) {
    auto told = journalLine(json, journal);
    if (!told || !at(json, "number").is_number_integer() || !at(json, "files").is_array() ||
        at(json, "files").empty()) {
        return {};
    }
    ShardLine line;
    line.number = static_cast<std::size_t>(wholeAt(json, "number"));
    line.path = nameOf(at(json, "path"));
    for (const Json& file : at(json, "files")) {
        line.files.push_back(nameOf(file));
    }
    line.line = std::move(*told);
    line.line.outputs.clear();  // as they are, not as JSON has them
    for (const Json& made : at(json, "made")) {
        const std::int64_t column = made.is_number_integer() ? made.get<std::int64_t>() : -1;
        if (column < 0 || column >= static_cast<std::int64_t>(line.files.size())) {
            return {};
        }
        line.line.outputs.push_back(line.files[static_cast<std::size_t>(column)]);
    }
    for (const Json& found : at(json, "found")) {
        Entry entry = entryOf(found);
        if (line.files.size() != 1 && entry.phrase >= line.files.size()) {
            return {};
        }
        if (flagAt(found, "made")) {
            entry.output = line.fileOf(entry);
        }
        line.entries.push_back(std::move(entry));
    }
    if (json.contains("error")) {
        line.error = errorOf(at(json, "error"));
    }
    for (const Json& warning : at(json, "warnings")) {
        line.warnings.push_back(messageOf(warning.is_string() ? warning.get<std::string>() : ""));
    }
    return line;
}

std::string lockPath(const std::string& folder) { return (fs::path(folder) / "lock").string(); }

}  // namespace

std::string shardFolder(const std::string& journal) {
    return (fs::path(journal).parent_path() / kShardFolder).string();
}

std::string shardJournalPath(const std::string& journal, const Shard& shard) {
    const std::string name = std::to_string(shard.index) + "-of-" + std::to_string(shard.count) + ".jsonl";
    return (fs::path(shardFolder(journal)) / name).string();
}

Result<std::vector<std::string>> shardJournals(const std::string& journal) {
    std::vector<std::string> files;
    const std::string folder = shardFolder(journal);
    if (!isThere(folder)) {
        return files;
    }
    std::error_code failed;
    for (auto it = fs::directory_iterator(folder, failed); !failed && it != fs::directory_iterator();
         it.increment(failed)) {
        if (it->path().extension() == ".jsonl") {
            files.push_back(it->path().string());
        }
    }
    if (failed) {
        return Error{ErrorKind::input,
                     message("the folder %1 cannot be read: %2", quoted(folder), systemReason(failed.value())), ""};
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<ShardJournal> openShardJournal(const Plan& plan) {
    const std::string folder = shardFolder(plan.journal), file = shardJournalPath(plan.journal, plan.part->shard);
    std::error_code failed;
    fs::create_directory(folder, failed);
    if (failed) {
        return Error{ErrorKind::output,
                     message("the folder %1 cannot be made: %2", quoted(folder), systemReason(failed.value())), ""};
    }
    auto all = FileLock::take(lockPath(folder), FileLock::Kind::shared);
    if (!all) {
        return Error{ErrorKind::output, message("the shards in %1 are being merged", quoted(folder)),
                     "wait until that has ended"};
    }
    auto own = FileLock::take(file, FileLock::Kind::alone);
    if (!own) {
        return Error{ErrorKind::output, message("another process works on shard %1 already", plan.part->shard.text()),
                     "wait until it has ended, or end it"};
    }
    auto journal = Journal::open(file);
    if (!journal) {
        return journal.error();
    }
    return ShardJournal{std::move(*all), std::move(*own), std::move(*journal)};
}

std::optional<FileLock> lockShards(const std::string& journal) {
    return FileLock::take(lockPath(shardFolder(journal)), FileLock::Kind::alone);
}

void removeShardFolder(const std::string& journal) {
    std::error_code ignored;
    const std::string folder = shardFolder(journal);
    fs::remove(lockPath(folder), ignored);
    fs::remove(folder, ignored);  // fails where it is not empty
}

std::vector<std::string> busyJournals(const std::vector<std::string>& files) {
    std::vector<std::string> busy;
    std::copy_if(files.begin(), files.end(), std::back_inserter(busy),
                 [](const std::string& file) { return !FileLock::take(file, FileLock::Kind::alone); });
    return busy;
}

std::string headText(const ShardHead& head) {
    OrderedJson notices = OrderedJson::array();
    for (const Error& notice : head.part.notices) {
        notices.push_back(errorJson(notice));
    }
    return lineText({{"shard", head.part.shard.index},
                     {"of", head.part.shard.count},
                     {"pictures", head.part.pictures},
                     {"plan", head.part.plan},
                     {"request", head.request},
                     {"asked", OrderedJson::parse(head.asked)},
                     {"bad", errorsJson(head.part.bad)},
                     {"skipped", errorsJson(head.part.skipped)},
                     {"notices", notices}});
}

std::string shardLineText(const Plan& plan, const JournalLine& line, const Outcome& outcome) {
    OrderedJson json = jsonOf(line);
    json["number"] = plan.part->numbers[outcome.index];
    json["path"] = exactly(plan.inputs[outcome.index]);
    json["files"] = OrderedJson::array();
    json["made"] = OrderedJson::array();
    const auto& paths = plan.outputs[outcome.index];
    for (std::size_t column = 0; column < paths.size(); ++column) {
        const std::string name = nameBesideJournal(paths[column], plan.journal);
        json["files"].push_back(exactly(name));
        if (std::find(line.outputs.begin(), line.outputs.end(), name) != line.outputs.end()) {
            json["made"].push_back(column);
        }
    }
    json["found"] = OrderedJson::array();
    for (const Entry& entry : outcome.entries) {
        json["found"].push_back(entryJson(entry));
    }
    if (outcome.error) {
        json["error"] = errorJson(*outcome.error);
    }
    if (!outcome.warnings.empty()) {
        for (const Message& warning : outcome.warnings) {
            json["warnings"].push_back(warning.text());
        }
    }
    return lineText(json);
}

Result<std::optional<ShardContents>> readShardJournal(const std::string& path) {
    std::vector<ShardHead> heads;
    std::vector<std::pair<ShardLine, std::size_t>> lines;  // and the head it stands under
    const auto read = eachLine(path, [&](const Json& json) {
        if (isHead(json)) {
            if (auto head = headOf(json)) {
                heads.push_back(std::move(*head));
                return true;
            }
        } else if (auto line = heads.empty() ? std::nullopt : lineOf(json, path)) {
            lines.emplace_back(std::move(*line), heads.size() - 1);
            return true;
        }
        return false;
    });
    if (!read) {
        return read.error();
    }
    if (heads.empty()) {
        return std::optional<ShardContents>();
    }
    ShardContents contents;
    contents.head = heads.back();
    for (auto& [line, head] : lines) {
        line.current = heads[head].part.plan == contents.head.part.plan && heads[head].request == contents.head.request;
        contents.lines.push_back(std::move(line));
    }
    return std::optional(std::move(contents));
}

}  // namespace maskwright::batch
